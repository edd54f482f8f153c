/// Records as text for people and as JSON for programs.
#pragma once

#include <string>

#include "dissect/record.hpp"

namespace convene::dissect {

/// Several lines, the last ends with a line feed.
std::string to_text(const Record& record);

/// One line with a line feed. Members: source, offset, octets, depth, layer, pdu, note, value, data (hexadecimal),
/// difference, problems; those with nothing to say are left out.
std::string to_json_line(const Record& record);

/// Offset, up to 16 octets in hexadecimal and as ASCII, in lines indented by `indent` columns; cut after `most` octets.
std::string hex_dump(ByteView octets, std::uint64_t offset, std::size_t indent, std::size_t most);

/// What remains to be said at the end.
class Summary {
public:
    void add(const Record& record);
    bool all_understood() const { return problems_ == 0 && differences_ == 0; }
    std::size_t records() const { return records_; }
    std::size_t problems() const { return problems_; }
    std::size_t differences() const { return differences_; }
    /// Lines, one for each problem up to a limit; the last says how many there are.
    std::string to_text() const;

private:
    static constexpr std::size_t kMostLines = 100;
    std::size_t records_ = 0;
    std::size_t problems_ = 0;
    std::size_t differences_ = 0;
    std::vector<std::string> lines_;
};

}  // namespace convene::dissect
