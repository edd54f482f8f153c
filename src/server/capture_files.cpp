#include "server/capture_files.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <cerrno>
#include <ctime>
#include <filesystem>

namespace convene::server {

Expected<std::shared_ptr<io::CaptureFile>, std::string> open_capture(const std::string& directory,
                                                                     const std::string& what, std::uint64_t limit) {
    std::error_code error;
    // What people say is in these files: a new directory is for the owner alone, an existing one stays as it is.
    const auto parent = std::filesystem::path(directory).parent_path();
    if (!parent.empty()) std::filesystem::create_directories(parent, error);
    if (::mkdir(directory.c_str(), 0700) != 0 && errno != EEXIST)
        return make_unexpected("cannot make the directory " + directory + ": " +
                               std::generic_category().message(errno));
    // Names of conferences come from strangers.
    std::string safe;
    for (char c : what.substr(0, 40)) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
        safe += plain ? c : '_';
    }
    const std::string base = fmt::format("{}/{:%Y%m%dT%H%M%S}-{}", directory, fmt::gmtime(std::time(nullptr)), safe);
    auto file = io::CaptureFile::create(base + ".pcap", limit);
    for (int copy = 2; !file && copy < 10 && std::filesystem::exists(base + ".pcap", error); ++copy)
        file = io::CaptureFile::create(fmt::format("{}-{}.pcap", base, copy), limit);
    return file;
}

}  // namespace convene::server
