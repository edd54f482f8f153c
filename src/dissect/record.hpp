/// What a dissector says about a run of octets: one PDU, one frame header, or octets that nobody could read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "asn1/json_node.hpp"
#include "base/bytes.hpp"

namespace convene::dissect {

enum class Layer : std::uint8_t {
    capture,          ///< packets: what is wrong with a capture file, or missing from it
    stream,           ///< octets of a stream that are no TPKT frame
    x224,             ///< TPKT and X.224 class 0
    mcs_connect,      ///< T.125 connect PDUs
    mcs,              ///< T.125 domain PDUs
    map,              ///< T.125 Annex A
    gcc_connect,      ///< T.124 in MCS connect PDUs
    gcc,              ///< T.124 in MCS data
    chat,             ///< T.134
    whiteboard,       ///< T.126
    files,            ///< T.127
    netmeeting_chat,  ///< NetMeeting's chat packets
    application,      ///< MCS data of a protocol that is not known here
    value,            ///< a single value of a type that was asked for
};
/// As it is printed: "X.224", "MCS", "NetMeeting chat" …
std::string_view name(Layer layer);

/// Something that was not understood.
struct Problem {
    std::uint64_t offset = 0;  ///< octets from the start of the source
    std::string what;          ///< a phrase
    std::string clause;        ///< such as "X.691 §11.9"; may be empty
};

struct Record {
    std::string source;        ///< which stream or packet, when there may be several; otherwise empty
    std::uint64_t offset = 0;  ///< of the first octet, from the start of the source
    std::size_t octets = 0;    ///< how many it covers; of a PDU in one frame, the whole frame
    unsigned depth = 0;        ///< 0 for what stands in the source itself, 1 for what it carries, …
    Layer layer{};
    std::string name;  ///< of the PDU, as the standard writes it
    std::string note;  ///< a phrase, may be empty
    asn1::Json value;  ///< null when there is nothing to show
    Bytes data;        ///< octets to be dumped, for what was not decoded
    std::uint64_t data_offset = 0;
    std::string difference;  ///< where encoding it again gives other octets; empty when it does not
    std::vector<Problem> problems;
};

using Records = std::vector<Record>;

}  // namespace convene::dissect
