#include "files/extras.hpp"

#include <algorithm>
#include <string_view>

#include "base/overloaded.hpp"

namespace convene::files {
namespace {

constexpr std::string_view kFileEnd = "NetMeeting 1 FileEnd";
constexpr std::string_view kChannelLeave = "NetMeeting 1 ChannelLeave";
constexpr std::string_view kNetMeeting = "NetMeeting";
constexpr std::string_view kFileDigest = "Convene 1 FileDigest";
constexpr std::string_view kHeldDigest = "Convene 1 HeldDigest";
constexpr std::string_view kCapability = "Convene 1 files";

MbftNonStandard pdu_of(std::string_view key, Bytes data) { return {{gcc::h221_key(to_bytes(key)), std::move(data)}}; }

void put_number(Bytes& out, std::uint64_t value, unsigned octets) {
    for (unsigned i = octets; i-- > 0;) out.push_back(static_cast<std::byte>(value >> 8 * i));
}
std::uint64_t number_at(ByteView octets) {
    std::uint64_t value = 0;
    for (const std::byte octet : octets) value = value << 8 | std::to_integer<std::uint64_t>(octet);
    return value;
}

// A handle, a number of octets and a digest: 2, 8 and 32 octets, numbers with the highest octet first.
constexpr std::size_t kDigestOctets = 2 + 8 + kSha256Octets;

Bytes digest_data(std::uint16_t handle, std::uint64_t octets, const Sha256Digest& digest) {
    Bytes out;
    put_number(out, handle, 2);
    put_number(out, octets, 8);
    append(out, digest);
    return out;
}
template <class Out, class Handle>
std::optional<Extra> read_digest(ByteView data) {
    if (data.size() != kDigestOctets) return std::nullopt;
    Out out{Handle{static_cast<std::uint16_t>(number_at(data.first(2)))}, number_at(data.subspan(2, 8)), {}};
    std::copy_n(data.begin() + 10, kSha256Octets, out.digest.begin());
    return out;
}

bool has_key(const gcc::ApplicationRecord& record, std::string_view part) {
    if (!record.non_collapsing_capabilities) return false;
    for (const auto& capability : *record.non_collapsing_capabilities) {
        const auto* key = std::get_if<gcc::Key>(&capability.capability_id);
        const auto* h221 = key != nullptr ? std::get_if<gcc::H221NonStandardIdentifier>(key) : nullptr;
        if (h221 != nullptr && as_text(h221->value).find(part) != std::string_view::npos) return true;
    }
    return false;
}

}  // namespace

MbftNonStandard to_pdu(const Extra& extra) {
    return std::visit(overloaded{[](const FileEnd& end) {
                                     Bytes data;
                                     if (end.handle) put_number(data, end.handle->value, 2);
                                     return pdu_of(kFileEnd, std::move(data));
                                 },
                                 [](const ChannelLeave&) { return pdu_of(kChannelLeave, {}); },
                                 [](const FileDigest& file) {
                                     return pdu_of(kFileDigest, digest_data(file.handle.value, file.size, file.digest));
                                 },
                                 [](const HeldDigest& held) {
                                     return pdu_of(kHeldDigest,
                                                   digest_data(held.handle.value, held.octets, held.digest));
                                 }},
                      extra);
}

std::optional<Extra> read_extra(const MbftNonStandard& pdu) {
    const auto* key = std::get_if<gcc::H221NonStandardIdentifier>(&pdu.data.key);
    if (key == nullptr) return std::nullopt;
    const std::string_view text = as_text(key->value);
    const ByteView data = pdu.data.data;
    if (text.find(kFileEnd) != std::string_view::npos) {
        if (data.size() != 2) return FileEnd{};
        return FileEnd{FileHandle{static_cast<std::uint16_t>(number_at(data))}};
    }
    if (text.find(kChannelLeave) != std::string_view::npos) return ChannelLeave{};
    if (text == kFileDigest) return read_digest<FileDigest, FileHandle>(data);
    if (text == kHeldDigest) return read_digest<HeldDigest, RequestHandle>(data);
    return std::nullopt;
}

gcc::CapabilityId convene_capability() { return gcc::h221_key(to_bytes(kCapability)); }
bool is_convene(const gcc::ApplicationRecord& record) { return has_key(record, kCapability); }
bool is_netmeeting(const gcc::ApplicationRecord& record) { return has_key(record, kNetMeeting); }

}  // namespace convene::files
