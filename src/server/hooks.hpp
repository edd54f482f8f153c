/// What webhooks are told: events of conferences, on their way to the one thread that sends them.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace convene::server {

inline constexpr std::size_t kMaxHookEvents = 10'000;  ///< waiting to be taken; more are lost, and counted

enum class HookEvent : std::uint8_t { created, joined, left, ended };

constexpr std::string_view to_text(HookEvent event) {
    constexpr std::string_view kWords[] = {"created", "joined", "left", "ended"};
    return kWords[static_cast<std::size_t>(event)];
}

/// Of whom an event tells.
struct HookPerson {
    std::uint16_t node = 0;
    std::string name;
    std::string entry;  ///< empty for who did not come by the web
};

struct HookNews {
    HookEvent event{};
    std::string conference;
    HookPerson person;      ///< of joined and left
    std::int64_t time = 0;  ///< milliseconds since 1970-01-01T00:00:00Z
};

/// Telling never waits and costs nothing while nobody listens. Used from every thread.
class HookQueue {
public:
    /// `wake` is called, on any thread, when there is something to take. Before the workers start.
    void listen(std::function<void()> wake) { wake_ = std::move(wake); }
    void tell(HookEvent event, const std::string& conference, HookPerson person = {});
    std::vector<HookNews> take();
    std::uint64_t lost() const;

private:
    std::function<void()> wake_;
    mutable std::mutex mutex_;
    std::deque<HookNews> news_;
    std::uint64_t lost_ = 0;
};

}  // namespace convene::server
