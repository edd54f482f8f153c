/// Writes the JSON in which a page is told what has happened.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace convene::session {

/// Begin with begin_object(); each member() or item() puts its comma itself. Texts must be UTF-8.
class JsonWriter {
public:
    JsonWriter& begin_object() { return open('{'); }
    JsonWriter& end_object() { return close('}'); }
    JsonWriter& begin_array() { return open('['); }
    JsonWriter& end_array() { return close(']'); }

    /// The name of what comes next.
    JsonWriter& name(std::string_view name);
    JsonWriter& value(std::string_view text);
    JsonWriter& value(const char* text) { return value(std::string_view(text)); }
    JsonWriter& value(bool truth);
    template <class Integer>
    requires(std::is_integral_v<Integer> && !std::is_same_v<Integer, bool>) JsonWriter& value(Integer number) {
        return whole(static_cast<std::int64_t>(number));
    }
    /// With up to four digits behind the point.
    JsonWriter& ratio(std::int64_t numerator, std::int64_t denominator);

    template <class T>
    JsonWriter& member(std::string_view of, T&& what) {
        return name(of).value(std::forward<T>(what));
    }
    /// What is JSON already.
    JsonWriter& raw(std::string_view json);

    std::size_t size() const { return out_.size(); }
    std::string take() { return std::exchange(out_, {}); }

private:
    JsonWriter& open(char bracket);
    JsonWriter& close(char bracket);
    JsonWriter& whole(std::int64_t number);
    void comma();

    std::string out_;
    bool is_first_ = true;  ///< nothing stands before what comes next that a comma would part it from
};

/// An event, to be filled in and ended.
inline JsonWriter event(std::string_view kind) {
    JsonWriter out;
    out.begin_object().member("event", kind);
    return out;
}

}  // namespace convene::session
