/// A table that reads well as plain text and as Markdown.
#pragma once

#include <string>
#include <vector>

namespace convene::bench::peers {

/// The first row is the heading; each row has as many cells. Columns are as wide as their widest cell.
std::string markdown_table(const std::vector<std::vector<std::string>>& rows);

}  // namespace convene::bench::peers
