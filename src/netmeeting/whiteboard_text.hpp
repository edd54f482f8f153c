/// Text on NetMeeting's whiteboard: MSTextPDU in a nonStandardPDU of T.126. MS-MNPR.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "whiteboard/si_pdu.hpp"

namespace convene::netmeeting {

/// How the name of a font is written, which no field says: 60 octets of LOGFONT with 8-bit characters, or 92.
enum class FontForm : std::uint8_t { narrow, wide };

struct Font {
    std::int32_t height = -16;  ///< negative: of the characters, in pixels
    std::int32_t width = 0, escapement = 0, orientation = 0;
    std::int32_t weight = 400;
    bool italic = false, underline = false, strike_out = false;
    std::uint8_t character_set = 0;
    std::uint8_t out_precision = 0, clip_precision = 0, quality = 0, pitch_and_family = 0;
    std::string face;  ///< UTF-8; what is over kMaxFaceUnits is cut

    friend bool operator==(const Font&, const Font&) = default;
};
inline constexpr std::size_t kMaxFaceUnits = 31;  ///< LF_FACESIZE without the zero

/// A line of text and where it begins, in characters and lines.
struct TextLine {
    std::int16_t column = 0;
    std::int16_t line = 0;
    std::string octets;  ///< 8-bit characters of the sender's code page

    friend bool operator==(const TextLine&, const TextLine&) = default;
};
inline constexpr std::size_t kMaxTextLines = 1024;
inline constexpr std::size_t kMaxLineOctets = 8192;

struct TextAnchor {
    std::int32_t x = 0, y = 0;

    friend bool operator==(const TextAnchor&, const TextAnchor&) = default;
};

/// What is absent is not said: of an edit it stays as it is.
struct WhiteboardText {
    enum class Action : std::uint8_t { create = 0x1E, remove = 0x1F, edit = 0x20 };

    Action action = Action::create;
    whiteboard::Handle text;  ///< among the handles of T.126's objects
    whiteboard::Handle workspace;
    std::optional<whiteboard::ColorRgb> pen_color;
    std::optional<whiteboard::ColorRgb> fill_color;
    std::optional<bool> selected;
    std::optional<std::uint32_t> z_order;
    std::optional<TextAnchor> anchor;
    std::optional<Font> font;
    std::optional<std::vector<TextLine>> lines;
    FontForm form = FontForm::wide;  ///< as it came, or as it is to be sent; the published text has the wide one

    friend bool operator==(const WhiteboardText&, const WhiteboardText&) = default;
};

/// Nothing for another action, fewer octets than the fields take, or lines that do not fit in them.
std::optional<WhiteboardText> read_whiteboard_text(ByteView octets);
/// Lines over kMaxTextLines and octets over kMaxLineOctets are left out.
Bytes write_whiteboard_text(const WhiteboardText& text);

/// The characters of a line in UTF-8, and back: read as Windows-1252, which is right for Western senders and keeps
/// ASCII for all.
std::string line_text(const TextLine& line);
std::string line_octets(std::string_view utf8);

/// The key whose data is such text.
whiteboard::NonStandardIdentifier text_key();
bool is_text_key(const whiteboard::NonStandardIdentifier& key);

/// The text in a PDU of T.126; nothing when it is another PDU.
std::optional<WhiteboardText> text_in(const whiteboard::SiPdu& pdu);
whiteboard::NonStandardPdu pdu_of(const WhiteboardText& text);

}  // namespace convene::netmeeting
