/// The application keys that were announced since the start, known or not.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "gcc/key.hpp"

namespace convene::server {

inline constexpr std::size_t kMostKeysRemembered = 4096;

struct SeenApplication {
    gcc::Key key;
    std::string_view protocol;  ///< "T.126 whiteboard"; empty when unknown
    std::string conference;     ///< where it was first seen
    std::string node;           ///< by whom it was first announced
    std::uint64_t times = 0;    ///< conferences in which it was seen
    std::chrono::system_clock::time_point since{};
};

/// What the key is known for, or nothing.
std::string_view protocol_of(const gcc::Key& key);

/// May be used from every thread.
class SeenApplications {
public:
    /// True when this key is new.
    bool saw(const gcc::Key& key, const std::string& conference, const std::string& node);
    std::vector<SeenApplication> list() const;

private:
    mutable std::mutex mutex_;
    std::map<gcc::Key, SeenApplication, gcc::KeyOrder> seen_;
};

}  // namespace convene::server
