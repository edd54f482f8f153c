#include "server/seen_applications.hpp"

#include "gcc/protocol_key.hpp"

namespace convene::server {

std::string_view protocol_of(const gcc::Key& key) {
    struct Known {
        std::uint32_t recommendation;
        std::string_view name;
    };
    static constexpr Known kKnown[] = {
        {124, "T.124 conference control"},  {126, "T.126 whiteboard"}, {127, "T.127 file transfer"},
        {128, "T.128 application sharing"}, {134, "T.134 chat"},       {136, "T.136 remote device control"},
        {137, "T.137 virtual meeting room"}};
    for (const Known& known : kKnown)
        if (gcc::same_protocol(key, gcc::object_key({0, 0, 20, known.recommendation, 0, 1}))) return known.name;
    // Manufacturer code of H.221 Annex A: USA (B5 00), Microsoft (53 4C).
    if (const auto* h221 = std::get_if<gcc::H221NonStandardIdentifier>(&key))
        if (h221->value.size() >= 4 && equal(ByteView(h221->value).first(4), bytes({0xB5, 0x00, 0x53, 0x4C})))
            return "Microsoft";
    return {};
}

bool SeenApplications::saw(const gcc::Key& key, const std::string& conference, const std::string& node) {
    const std::lock_guard lock(mutex_);
    const auto found = seen_.find(key);
    if (found != seen_.end()) {
        ++found->second.times;
        return false;
    }
    if (seen_.size() >= kMostKeysRemembered) return false;
    seen_.emplace(key, SeenApplication{key, protocol_of(key), conference, node, 1, std::chrono::system_clock::now()});
    return true;
}

std::vector<SeenApplication> SeenApplications::list() const {
    const std::lock_guard lock(mutex_);
    std::vector<SeenApplication> out;
    for (const auto& [key, seen] : seen_) out.push_back(seen);
    return out;
}

}  // namespace convene::server
