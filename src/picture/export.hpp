/// Pages of a whiteboard as files that everybody can open.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/expected.hpp"
#include "picture/paint.hpp"

namespace convene::picture {

enum class FileFormat { png, svg, pdf };

/// "png", "svg" or "pdf", in any case.
std::optional<FileFormat> file_format(std::string_view word);

/// Pixels of a PNG at most on either side; a scale that asks for more is refused.
inline constexpr std::uint32_t kMaxExportSide = 30'000;

/// The pages named, one after another; PNG and SVG take exactly one. `scale` is how many pixels (PNG) or units (SVG;
/// PDF: points) one workspace pixel becomes, above 0. The error is a sentence.
Expected<Bytes, std::string> export_pages(const whiteboard::Board& board, const std::vector<whiteboard::ItemId>& pages,
                                          FileFormat format, double scale, const Decode& decode);

}  // namespace convene::picture
