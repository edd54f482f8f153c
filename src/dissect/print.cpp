#include "dissect/print.hpp"

#include "asn1/text.hpp"
#include "base/hex.hpp"
#include "base/json_line.hpp"

namespace convene::dissect {
namespace {

constexpr std::size_t kIndent = 2;
constexpr std::size_t kHeadIndent = 12;  // as wide as the offset and the octets before a headline
constexpr std::size_t kDumped = 256;     // octets of a dump that are shown as text
constexpr std::size_t kMostCharacters = 400;

std::string hex_number(std::uint64_t value) {
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string out;
    for (int shift = 60; shift >= 0; shift -= 4) {
        const auto digit = (value >> shift) & 15;
        if (digit != 0 || !out.empty() || shift < 24) out += kDigits[digit];
    }
    return out;
}

void append_indented(std::string& out, std::string_view text, std::size_t columns) {
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        out.append(columns, ' ');
        out += text.substr(0, end);
        out += '\n';
        if (end == std::string_view::npos) break;
        text.remove_prefix(end + 1);
    }
}

std::string describe(const Problem& problem) {
    std::string out = problem.what;
    if (!problem.clause.empty()) out += " (" + problem.clause + ")";
    return out + " at offset 0x" + hex_number(problem.offset);
}

}  // namespace

std::string hex_dump(ByteView octets, std::uint64_t offset, std::size_t indent, std::size_t most) {
    constexpr std::size_t kPerLine = 16;
    const ByteView shown = octets.first(std::min(octets.size(), most));
    std::string out;
    for (std::size_t at = 0; at < shown.size(); at += kPerLine) {
        const ByteView line = shown.subspan(at, std::min(kPerLine, shown.size() - at));
        out.append(indent, ' ');
        out += hex_number(offset + at) + "  ";
        std::string text;
        for (std::size_t i = 0; i < kPerLine; ++i) {
            if (i == kPerLine / 2) out += ' ';
            if (i >= line.size()) {
                out += "   ";
                continue;
            }
            out += to_hex(line.subspan(i, 1)) + " ";
            const char c = static_cast<char>(line[i]);
            text += c >= ' ' && c <= '~' ? c : '.';
        }
        out += " " + text + "\n";
    }
    if (shown.size() < octets.size()) {
        out.append(indent, ' ');
        out += "... " + std::to_string(octets.size() - shown.size()) + " more\n";
    }
    return out;
}

std::string to_text(const Record& record) {
    std::string out;
    std::size_t indent = record.depth * kIndent;
    out += "0x" + hex_number(record.offset) + "  ";
    out.append(indent, ' ');
    out += std::string(name(record.layer)) + " " + record.name + ", " + std::to_string(record.octets) + " octets";
    if (!record.note.empty()) out += " (" + record.note + ")";
    if (!record.source.empty()) out += "  [" + record.source + "]";
    out += '\n';
    indent += kHeadIndent;
    if (!record.value.empty())  // null is empty, too
        append_indented(out, asn1::to_text(record.value, {kIndent, kMostCharacters}), indent);
    if (!record.data.empty()) out += hex_dump(record.data, record.data_offset, indent, kDumped);
    if (!record.difference.empty()) {
        out.append(indent, ' ');
        out += "~ encodes differently: " + record.difference + "\n";
    }
    for (const Problem& problem : record.problems) {
        out.append(indent, ' ');
        out += "! " + describe(problem) + "\n";
    }
    return out;
}

std::string to_json_line(const Record& record) {
    asn1::Json out = asn1::Json::object();
    if (!record.source.empty()) out["source"] = record.source;
    out["offset"] = record.offset;
    out["octets"] = record.octets;
    out["depth"] = record.depth;
    out["layer"] = name(record.layer);
    out["pdu"] = record.name;
    if (!record.note.empty()) out["note"] = record.note;
    if (!record.value.is_null()) out["value"] = record.value;
    if (!record.data.empty()) out["data"] = to_hex(record.data);
    if (!record.difference.empty()) out["difference"] = record.difference;
    if (!record.problems.empty()) {
        asn1::Json problems = asn1::Json::array();
        for (const Problem& problem : record.problems) {
            asn1::Json one = asn1::Json::object();
            one["offset"] = problem.offset;
            one["what"] = problem.what;
            if (!problem.clause.empty()) one["clause"] = problem.clause;
            problems.push_back(std::move(one));
        }
        out["problems"] = std::move(problems);
    }
    return json_line(out) + "\n";
}

void Summary::add(const Record& record) {
    ++records_;
    const std::string place = record.source.empty() ? "" : record.source + ": ";
    const std::string what = std::string(name(record.layer)) + " " + record.name + ": ";
    for (const Problem& problem : record.problems) {
        ++problems_;
        if (lines_.size() < kMostLines) lines_.push_back(place + what + describe(problem));
    }
    if (!record.difference.empty()) {
        ++differences_;
        if (lines_.size() < kMostLines) lines_.push_back(place + what + "encodes differently: " + record.difference);
    }
}

std::string Summary::to_text() const {
    std::string out;
    for (const std::string& line : lines_) out += line + "\n";
    const std::size_t all = problems_ + differences_;
    if (all > lines_.size()) out += "... and " + std::to_string(all - lines_.size()) + " more\n";
    out += std::to_string(records_) + (records_ == 1 ? " PDU, " : " PDUs, ");
    out += problems_ == 0 ? "all understood" : std::to_string(problems_) + " not understood";
    if (differences_ > 0) out += ", " + std::to_string(differences_) + " encoded differently";
    return out + "\n";
}

}  // namespace convene::dissect
