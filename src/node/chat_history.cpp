#include "node/chat_history.hpp"

#include <algorithm>

#include "asn1/per.hpp"
#include "base/utf8.hpp"

namespace convene::node {
namespace {

struct WireLine {
    Bytes author;
    std::uint64_t time_ms = 0;
    Bytes text;
};
struct WirePiece {
    std::vector<WireLine> lines;
    bool is_last = false;
};

constexpr std::uint64_t kMaxTimeMs = 253'402'300'799'999;  // the end of the year 9999

}  // namespace
}  // namespace convene::node

namespace convene::asn1 {

template <>
inline constexpr auto schema<node::WireLine> =
    sequence(field("author", &node::WireLine::author, OctetString<0, node::kMaxPastAuthorOctets>{}),
             field("time", &node::WireLine::time_ms, Integer<0, node::kMaxTimeMs>{}),
             field("text", &node::WireLine::text, OctetString<0, node::kMaxPastTextOctets>{}), extensible);
template <>
inline constexpr auto schema<node::WirePiece> = sequence(field("lines", &node::WirePiece::lines,
                                                               SequenceOf<0, node::kMaxLinesOfPiece>{}),
                                                         field("isLast", &node::WirePiece::is_last), extensible);

}  // namespace convene::asn1

namespace convene::node {
namespace {

Bytes cut(std::string_view utf8, std::size_t most) { return to_bytes(utf8_prefix(utf8, most)); }

}  // namespace

gcc::Key history_key() { return gcc::h221_key(to_bytes("Convene chat history")); }

gcc::CapabilityId memory_capability() { return gcc::h221_key(to_bytes("Convene chat memory")); }

Bytes encode(const HistoryPiece& piece) {
    WirePiece wire;
    wire.is_last = piece.is_last;
    for (const PastLine& line : piece.lines) {
        if (wire.lines.size() == kMaxLinesOfPiece) break;
        wire.lines.push_back({cut(line.author, kMaxPastAuthorOctets), std::min(line.time_ms, kMaxTimeMs),
                              cut(line.text, kMaxPastTextOctets)});
    }
    return *asn1::per_encode(wire);
}

std::optional<HistoryPiece> decode_history_piece(ByteView octets) {
    auto wire = asn1::per_decode<WirePiece>(octets);
    if (!wire) return std::nullopt;
    HistoryPiece piece;
    piece.is_last = wire->is_last;
    for (const WireLine& line : wire->lines) {
        if (!is_utf8(as_text(line.author)) || !is_utf8(as_text(line.text))) continue;
        piece.lines.push_back({std::string(as_text(line.author)), line.time_ms, std::string(as_text(line.text))});
    }
    return piece;
}

std::vector<HistoryPiece> pieces_of(const std::vector<PastLine>& lines) {
    std::vector<HistoryPiece> pieces(1);
    std::size_t octets = 0;
    const std::size_t first = lines.size() - std::min(lines.size(), kMaxHistoryLines);
    for (std::size_t i = first; i < lines.size(); ++i) {
        const std::size_t more = lines[i].author.size() + lines[i].text.size();
        const bool is_full = octets + more > kMaxHistoryPiece || pieces.back().lines.size() == kMaxLinesOfPiece;
        if (is_full && !pieces.back().lines.empty()) {
            pieces.emplace_back();
            octets = 0;
        }
        pieces.back().lines.push_back(lines[i]);
        octets += more;
    }
    pieces.back().is_last = true;
    return pieces;
}

}  // namespace convene::node
