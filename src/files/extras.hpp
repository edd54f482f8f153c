/// What goes in MBFT-NonStandardPDUs: NetMeeting's end of file and leaving of channels, and the digests of this
/// project.
#pragma once

#include <optional>
#include <variant>

#include "base/sha256.hpp"
#include "files/mbft_pdu.hpp"
#include "gcc/records.hpp"

namespace convene::files {

/// A receiver has stored the file. MS-MNPR 2.2.4; `handle` where the data can be read as one.
struct FileEnd {
    std::optional<FileHandle> handle;

    friend bool operator==(const FileEnd&, const FileEnd&) = default;
};
/// Somebody leaves the private channels. MS-MNPR 2.2.4.
struct ChannelLeave {
    friend bool operator==(const ChannelLeave&, const ChannelLeave&) = default;
};
/// From a sender of this project before the last octets of a file: the SHA-256 of the whole of it.
struct FileDigest {
    FileHandle handle;
    std::uint64_t size = 0;
    Sha256Digest digest{};

    friend bool operator==(const FileDigest&, const FileDigest&) = default;
};
/// From a requester of this project before its request: the SHA-256 of the `octets` it has.
struct HeldDigest {
    RequestHandle handle;
    std::uint64_t octets = 0;
    Sha256Digest digest{};

    friend bool operator==(const HeldDigest&, const HeldDigest&) = default;
};
using Extra = std::variant<FileEnd, ChannelLeave, FileDigest, HeldDigest>;

MbftNonStandard to_pdu(const Extra& extra);
/// Empty for a key nobody knows here, and for data of the wrong size under ours. NetMeeting's texts are found anywhere
/// in a key, so that a vendor prefix or a zero at the end does no harm.
std::optional<Extra> read_extra(const MbftNonStandard& pdu);

/// In the roster: this entity understands FileDigest and HeldDigest.
gcc::CapabilityId convene_capability();
bool is_convene(const gcc::ApplicationRecord& record);
/// A record with a capability of Microsoft's naming.
bool is_netmeeting(const gcc::ApplicationRecord& record);

}  // namespace convene::files
