#include "chat/t140.hpp"

namespace convene::chat {
namespace {

constexpr char32_t kByteOrderMark = 0xFEFF;
constexpr char32_t kLineSeparator = 0x2028;
constexpr char32_t kParagraphSeparator = 0x2029;
constexpr char32_t kBell = 0x07;
constexpr char32_t kBackspace = 0x08;
constexpr char32_t kEscape = 0x1B;
constexpr char32_t kStartOfString = 0x98;
constexpr char32_t kControlSequenceIntroducer = 0x9B;
constexpr char32_t kStringTerminator = 0x9C;

bool is_control(char32_t c) { return c < 0x20 || (c >= 0x7F && c < 0xA0); }

}  // namespace

T140Events T140Reader::on_octets(ByteView octets) {
    T140Events events;
    for (std::byte raw : octets) {
        auto octet = std::to_integer<unsigned>(raw);
        std::size_t index = octets_seen_++;
        if (index == 0) first_octet_ = octet;
        if (index == 0 && octet == 0xFE) continue;
        if (index == 1 && first_octet_ == 0xFE) {
            if (octet == 0xFF) {
                is_ucs2_ = true;
                continue;
            }
            on_code_point(kReplacementCharacter, events);
        }
        if (is_ucs2_) {
            if (index % 2 == 0) {
                first_octet_ = octet;
            } else {
                on_code_point(first_octet_ << 8 | octet, events);
            }
            continue;
        }
        char32_t out[2];
        unsigned count = utf8_.put(static_cast<std::uint8_t>(octet), out);
        for (unsigned i = 0; i < count; ++i) on_code_point(out[i], events);
    }
    return events;
}

void T140Reader::on_code_point(char32_t code_point, T140Events& events) {
    switch (state_) {
        case State::text:
            on_text(code_point, events);
            return;
        case State::escape:
            state_ = State::text;
            if (code_point == U'a') {
                ++events.interrupts;
            } else if (code_point == U'[') {
                state_ = State::control_sequence;
                control_length_ = 0;
            }
            return;
        case State::control_sequence:
            // Parameters and intermediates stand below 0x40; the first character above ends the sequence (ISO 6429
            // §5.4).
            if (code_point >= 0x40 || ++control_length_ > kMaxControlStringCharacters) state_ = State::text;
            return;
        case State::control_string:
            if (code_point == kStringTerminator || ++control_length_ > kMaxControlStringCharacters)
                state_ = State::text;
            return;
    }
}

void T140Reader::on_text(char32_t code_point, T140Events& events) {
    bool was_return = std::exchange(after_return_, code_point == U'\r');
    switch (code_point) {
        case kByteOrderMark:
            after_return_ = was_return;
            return;
        case U'\n':
            if (!was_return) end_line(events);
            return;
        case U'\r':
        case kLineSeparator:
        case kParagraphSeparator:
            end_line(events);
            return;
        case kBackspace:
            pop_code_point(line_);
            return;
        case kBell:
            ++events.bells;
            return;
        case kEscape:
            state_ = State::escape;
            return;
        case kControlSequenceIntroducer:
            state_ = State::control_sequence;
            control_length_ = 0;
            return;
        case kStartOfString:
            state_ = State::control_string;
            control_length_ = 0;
            return;
        default:
            break;
    }
    if (is_control(code_point)) return;
    append_utf8(line_, code_point);
    if (line_.size() >= kMaxLineBytes) end_line(events);
}

void T140Reader::end_line(T140Events& events) { events.lines.push_back(std::exchange(line_, {})); }

Bytes to_t140(std::string_view utf8, bool is_first) {
    std::string out;
    if (is_first) append_utf8(out, kByteOrderMark);
    T140Reader reader;
    auto events = reader.on_octets(as_bytes(utf8));
    events.lines.push_back(reader.take_line());
    for (std::size_t i = 0; i < events.lines.size(); ++i) {
        bool is_empty_end = i + 1 == events.lines.size() && events.lines[i].empty() && i > 0;
        if (is_empty_end) break;
        out += events.lines[i];
        append_utf8(out, kLineSeparator);
    }
    return to_bytes(as_bytes(out));
}

}  // namespace convene::chat
