// Decodes arbitrary octets as PDUs of the whiteboard, and as what NetMeeting puts into them. What can be read must
// survive being written and read again.
#include <cstddef>
#include <cstdint>

#include "base/check.hpp"
#include "netmeeting/whiteboard_bitmap.hpp"
#include "netmeeting/whiteboard_text.hpp"
#include "whiteboard/codec.hpp"

using namespace convene;

namespace {

void check_text(ByteView octets) {
    const auto text = netmeeting::read_whiteboard_text(octets);
    if (!text) return;
    const auto again = netmeeting::read_whiteboard_text(netmeeting::write_whiteboard_text(*text));
    CONVENE_CHECK(again.has_value(), "wrote text that cannot be read");
    // The narrow form may look like the wide one, which is tried first.
    if (text->form == netmeeting::FontForm::wide) CONVENE_CHECK(*again == *text, "text changed");
    if (!text->lines) return;
    for (const auto& line : *text->lines) {
        const bool same = netmeeting::line_octets(netmeeting::line_text(line)) == line.octets;
        CONVENE_CHECK(same, "characters changed");
    }
}

void check_bitmap(ByteView octets) {
    const auto info = netmeeting::read_bitmap_info(octets);
    if (!info) return;
    CONVENE_CHECK(netmeeting::read_bitmap_info(netmeeting::write_bitmap_info(*info)) == info, "header changed");
    const auto picture = netmeeting::read_bitmap(*info, octets.subspan(netmeeting::kBitmapInfoBytes));
    if (!picture) return;
    const auto written = netmeeting::write_bitmap(*picture);
    CONVENE_CHECK(netmeeting::read_bitmap(written.info, written.octets) == picture, "picture changed");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView octets{reinterpret_cast<const std::byte*>(data), size};
    check_text(octets);
    check_bitmap(octets);
    const auto pdu = whiteboard::decode_si_pdu(octets);
    if (!pdu) return 0;
    const auto written = whiteboard::encode(*pdu);
    CONVENE_CHECK(written.has_value(), "decoded a SIPDU that cannot be encoded");
    const auto again = whiteboard::decode_si_pdu(*written);
    CONVENE_CHECK(again.has_value() && *again == *pdu, "SIPDU changed");
    if (const auto* own = std::get_if<whiteboard::NonStandardPdu>(&*pdu)) check_text(own->transaction.data);
    (void)netmeeting::text_in(*pdu);
    return 0;
}
