#include "session/json_reader.hpp"

#include <utility>

#include "base/hex.hpp"
#include "base/utf8.hpp"

namespace convene::session {
namespace {

const JsonValue kNothing{};
constexpr int kMostExponent = 40;  // beyond it, no coordinate or size is meant

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_decimal(char c) { return c >= '0' && c <= '9'; }

}  // namespace

class JsonParser {
public:
    explicit JsonParser(std::string_view text) : text_(text) {}

    bool parse(JsonValue& out) {
        if (!value(out, 0)) return false;
        skip_spaces();
        return at_ == text_.size();
    }

private:
    using Kind = JsonValue::Kind;

    void skip_spaces() {
        while (at_ < text_.size() && is_space(text_[at_])) ++at_;
    }
    bool take(char c) {
        if (at_ >= text_.size() || text_[at_] != c) return false;
        ++at_;
        return true;
    }
    bool take_word(std::string_view word) {
        if (text_.substr(at_, word.size()) != word) return false;
        at_ += word.size();
        return true;
    }

    bool value(JsonValue& out, std::size_t depth) {
        skip_spaces();
        if (at_ >= text_.size() || depth > kMaxJsonDepth || ++values_ > kMaxJsonValues) return false;
        switch (text_[at_]) {
            case '{':
                return object(out, depth);
            case '[':
                return array(out, depth);
            case '"':
                out.kind_ = Kind::text;
                return string(out.text_);
            case 't':
                out.kind_ = Kind::truth;
                out.number_ = 1;
                return take_word("true");
            case 'f':
                out.kind_ = Kind::truth;
                return take_word("false");
            case 'n':
                return take_word("null");
            default:
                out.kind_ = Kind::number;
                return number(out.number_);
        }
    }

    bool object(JsonValue& out, std::size_t depth) {
        out.kind_ = Kind::object;
        ++at_;
        skip_spaces();
        if (take('}')) return true;
        do {
            skip_spaces();
            std::string name;
            if (!string(name)) return false;
            skip_spaces();
            if (!take(':')) return false;
            out.names_.push_back(std::move(name));
            out.items_.emplace_back();
            if (!value(out.items_.back(), depth + 1)) return false;
            skip_spaces();
        } while (take(','));
        return take('}');
    }

    bool array(JsonValue& out, std::size_t depth) {
        out.kind_ = Kind::array;
        ++at_;
        skip_spaces();
        if (take(']')) return true;
        do {
            out.items_.emplace_back();
            if (!value(out.items_.back(), depth + 1)) return false;
            skip_spaces();
        } while (take(','));
        return take(']');
    }

    bool number(double& out) {
        const bool is_negative = take('-');
        if (at_ >= text_.size() || !is_decimal(text_[at_])) return false;
        int exponent = 0;
        out = 0;
        for (; at_ < text_.size() && is_decimal(text_[at_]); ++at_) out = out * 10 + (text_[at_] - '0');
        if (take('.'))
            for (; at_ < text_.size() && is_decimal(text_[at_]); ++at_, --exponent) out = out * 10 + (text_[at_] - '0');
        if (take('e') || take('E')) {
            const bool is_small = take('-');
            if (!is_small) take('+');
            int said = 0;
            for (; at_ < text_.size() && is_decimal(text_[at_]); ++at_)
                if (said < 1000) said = said * 10 + (text_[at_] - '0');
            exponent += is_small ? -said : said;
        }
        double power = 1;
        for (int i = 0; i < (exponent < 0 ? -exponent : exponent) && i < kMostExponent; ++i) power *= 10;
        out = exponent < 0 ? out / power : out * power;
        if (is_negative) out = -out;
        return true;
    }

    bool unit(char32_t& out) {
        out = 0;
        for (int i = 0; i < 4; ++i, ++at_) {
            const auto digit = at_ < text_.size() ? hex_digit(text_[at_]) : std::nullopt;
            if (!digit) return false;
            out = out << 4 | *digit;
        }
        return true;
    }

    bool escaped(std::string& out) {
        constexpr std::string_view kNames = "\"\\/bfnrt";
        constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
        if (at_ >= text_.size()) return false;
        const char c = text_[at_++];
        if (const auto found = kNames.find(c); found != std::string_view::npos) {
            out += kMeanings[found];
            return true;
        }
        char32_t code = 0;
        if (c != 'u' || !unit(code)) return false;
        if (is_high_surrogate(code)) {
            char32_t second = 0;
            const bool has_second = take_word("\\u") && unit(second) && is_low_surrogate(second);
            code = has_second ? of_surrogates(code, second) : kReplacementCharacter;
        } else if (is_low_surrogate(code)) {
            code = kReplacementCharacter;
        }
        append_utf8(out, code);
        return true;
    }

    bool string(std::string& out) {
        if (!take('"')) return false;
        while (at_ < text_.size()) {
            const char c = text_[at_++];
            if (c == '"') return is_utf8(out);
            if (static_cast<unsigned char>(c) < 0x20) return false;
            if (c != '\\')
                out += c;
            else if (!escaped(out))
                return false;
        }
        return false;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t values_ = 0;
};

const JsonValue* JsonValue::find(std::string_view name) const {
    for (std::size_t i = 0; i < names_.size(); ++i)
        if (names_[i] == name) return &items_[i];
    return nullptr;
}

const std::string& JsonValue::text(std::string_view name) const {
    const JsonValue* member = find(name);
    return member != nullptr && member->is(Kind::text) ? member->text_ : kNothing.text_;
}

double JsonValue::number(std::string_view name, double otherwise) const {
    const JsonValue* member = find(name);
    return member != nullptr && member->is(Kind::number) ? member->number_ : otherwise;
}

bool JsonValue::truth(std::string_view name) const {
    const JsonValue* member = find(name);
    return member != nullptr && member->is(Kind::truth) && member->truth();
}

const std::vector<JsonValue>& JsonValue::items(std::string_view name) const {
    const JsonValue* member = find(name);
    return member != nullptr && member->is(Kind::array) ? member->items_ : kNothing.items_;
}

std::optional<JsonValue> read_json(std::string_view text) {
    JsonValue out;
    if (!JsonParser(text).parse(out)) return std::nullopt;
    return out;
}

std::int64_t whole(double value, std::int64_t least, std::int64_t most) {
    if (!(value > static_cast<double>(least))) return least;  // also what is no number
    if (value >= static_cast<double>(most)) return most;
    return static_cast<std::int64_t>(value < 0 ? value - 0.5 : value + 0.5);
}

}  // namespace convene::session
