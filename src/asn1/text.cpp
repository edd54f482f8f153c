#include "asn1/text.hpp"

#include <nlohmann/json.hpp>

#include "base/json_line.hpp"
#include "base/utf8.hpp"

namespace convene::asn1 {
namespace {

class Printer {
public:
    explicit Printer(const TextOptions& options) : options_(options) {}

    /// What follows a name or stands alone; the cursor is behind something on an open line.
    void value(const Json& value, std::size_t depth) {
        if (is_flat(value)) {
            out_ += " " + flat(value) + "\n";
        } else if (value.is_array()) {
            out_ += "\n";
            elements(value, depth + 1);
        } else if (value.size() == 1 && !is_flat(value.front()) && value.front().is_object()) {
            // A CHOICE, or what looks like one: stay on the line.
            out_ += " " + value.begin().key() + ":";
            this->value(value.front(), depth);
        } else {
            out_ += "\n";
            members(value, depth + 1);
        }
    }
    void top(const Json& value) {
        if (is_flat(value)) {
            out_ += flat(value) + "\n";
        } else if (value.is_array()) {
            elements(value, 0);
        } else {
            members(value, 0);
        }
    }
    std::string take() { return std::move(out_); }

private:
    static bool is_plain(const Json& value) { return !value.is_structured(); }
    static bool is_flat(const Json& value) {
        if (is_plain(value) || value.empty()) return true;
        if (!value.is_array()) return false;
        for (const Json& element : value)
            if (!is_plain(element)) return false;
        return true;
    }
    std::string flat(const Json& value) const {
        if (value.is_object()) return "{}";
        if (value.is_array()) {
            std::string out;
            for (const Json& element : value) out += (out.empty() ? "" : ", ") + flat(element);
            return "[" + out + "]";
        }
        if (value.is_null()) return "null";
        const auto* text = value.get_ptr<const std::string*>();
        if (text == nullptr) return value.dump();
        if (options_.most_characters == 0 || text->size() <= options_.most_characters) return visible(*text);
        const auto shown = utf8_prefix(*text, options_.most_characters);
        return visible(std::string(shown)) + "... (" + std::to_string(text->size()) + " characters)";
    }
    /// Names and hexadecimal stand bare; everything else in quotes, with control characters escaped.
    static std::string visible(const std::string& text) {
        bool bare = !text.empty();
        for (char c : text)
            bare = bare &&
                   ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '.');
        return bare ? text : json_line(Json(text));
    }
    void indent(std::size_t depth) { out_.append(depth * options_.indent, ' '); }
    /// The first member goes on in the open line when `continues`.
    void members(const Json& object, std::size_t depth, bool continues = false) {
        for (auto it = object.begin(); it != object.end(); ++it) {
            if (!continues) indent(depth);
            continues = false;
            out_ += it.key() + ":";
            value(*it, depth);
        }
    }
    void elements(const Json& list, std::size_t depth) {
        for (const Json& element : list) {
            indent(depth);
            out_ += "-";
            if (element.is_object() && !element.empty()) {
                out_ += " ";
                members(element, depth + 1, true);
            } else {
                value(element, depth);
            }
        }
    }

    const TextOptions& options_;
    std::string out_;
};

}  // namespace

std::string to_text(const Json& value, const TextOptions& options) {
    Printer printer(options);
    printer.top(value);
    return printer.take();
}

}  // namespace convene::asn1
