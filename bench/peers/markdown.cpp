#include "bench/peers/markdown.hpp"

#include <algorithm>

namespace convene::bench::peers {

std::string markdown_table(const std::vector<std::vector<std::string>>& rows) {
    std::vector<std::size_t> widths(rows.at(0).size(), 3);
    for (const auto& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
    }
    std::string out;
    for (std::size_t r = 0; r < rows.size(); ++r) {
        for (std::size_t i = 0; i < widths.size(); ++i)
            out += "| " + std::string(widths[i] - rows[r][i].size(), ' ') + rows[r][i] + " ";
        out += "|\n";
        if (r > 0) continue;
        for (std::size_t width : widths) out += "|" + std::string(width + 1, '-') + ":";
        out += "|\n";
    }
    return out;
}

}  // namespace convene::bench::peers
