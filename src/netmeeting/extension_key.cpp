#include "netmeeting/extension_key.hpp"

namespace convene::netmeeting {
namespace {

constexpr std::size_t kPrefix = 4;

}  // namespace

whiteboard::NonStandardIdentifier extension_key(std::uint16_t manufacturer, std::string_view name) {
    Bytes octets = bytes({0xB5, 0x00, static_cast<unsigned>(manufacturer >> 8), manufacturer & 0xFFU});
    append(octets, as_bytes(name));
    octets.push_back(std::byte{0});
    return {gcc::h221_key(std::move(octets))};
}

bool is_extension_key(const whiteboard::NonStandardIdentifier& key, std::string_view name) {
    const auto* h221 = std::get_if<gcc::H221NonStandardIdentifier>(&key.value);
    if (h221 == nullptr || h221->value.size() < kPrefix) return false;
    const ByteView octets = h221->value;
    const ByteView prefix = octets.first(kPrefix);
    if (!equal(prefix, bytes({0xB5, 0x00, 0x53, 0x4C})) && !equal(prefix, bytes({0xB5, 0x00, 0x4C, 0x53})))
        return false;
    std::string_view rest = as_text(octets.subspan(kPrefix));
    if (!rest.empty() && rest.back() == '\0') rest.remove_suffix(1);
    return rest == name;
}

}  // namespace convene::netmeeting
