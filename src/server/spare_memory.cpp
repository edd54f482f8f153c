#include "server/spare_memory.hpp"

#include <ctime>

#if defined(__GLIBC__)
#include <malloc.h>
#endif

namespace convene::server {

#if defined(__GLIBC__)
std::optional<std::size_t> free_in_allocator() { return ::mallinfo2().fordblks; }
void return_spare_memory() { ::malloc_trim(0); }
#else
std::optional<std::size_t> free_in_allocator() { return std::nullopt; }
void return_spare_memory() {}
#endif

Duration process_cpu_time() {
    timespec time{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return std::chrono::seconds{time.tv_sec} + std::chrono::nanoseconds{time.tv_nsec};
}

}  // namespace convene::server
