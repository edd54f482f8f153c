/// Reads the JSON in which a page says what it wants: small, bounded, and without exceptions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace convene::session {

inline constexpr std::size_t kMaxJsonDepth = 16;
inline constexpr std::size_t kMaxJsonValues = 1'000'000;

/// A value of JSON. Questions that do not fit its kind have harmless answers, as a page has no use for finer ones.
class JsonValue {
public:
    enum class Kind : std::uint8_t { null, truth, number, text, array, object };

    Kind kind() const { return kind_; }
    bool is(Kind kind) const { return kind_ == kind; }
    bool truth() const { return number_ != 0; }
    double number() const { return number_; }
    const std::string& text() const { return text_; }
    const std::vector<JsonValue>& items() const { return items_; }

    /// A member; null when there is none, or this is no object.
    const JsonValue* find(std::string_view name) const;
    bool has(std::string_view name) const { return find(name) != nullptr; }
    // Members of an object, or what stands in for one that is missing or of another kind.
    const std::string& text(std::string_view name) const;
    double number(std::string_view name, double otherwise = 0) const;
    bool truth(std::string_view name) const;
    const std::vector<JsonValue>& items(std::string_view name) const;

private:
    friend class JsonParser;
    Kind kind_ = Kind::null;
    double number_ = 0;  ///< also of a truth
    std::string text_;
    std::vector<JsonValue> items_;    ///< also the values of an object
    std::vector<std::string> names_;  ///< of these
};

/// Nothing for what is no JSON, or too deep, or too much.
std::optional<JsonValue> read_json(std::string_view text);

/// The nearest whole number, within the bounds; the lower bound for what is no number.
std::int64_t whole(double value, std::int64_t least, std::int64_t most);

}  // namespace convene::session
