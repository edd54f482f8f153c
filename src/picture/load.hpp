/// Reads picture files of people: JPEG and PNG here, SVG and PDF by programs made for them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/expected.hpp"
#include "picture/raster.hpp"

namespace convene::picture {

enum class SourceFormat { jpeg, png, svg, pdf };

/// By what the octets begin with, not by a name.
std::optional<SourceFormat> source_format(ByteView file);

/// Pages of a PDF at most.
inline constexpr unsigned kMaxPdfPages = 200;
/// Seconds that a program may take to draw one file.
inline constexpr unsigned kDrawingSeconds = 60;

Expected<Raster, std::string> load_png(ByteView file);

/// Pictures of a file: one, or one for each page of a PDF. An SVG or PDF is drawn to fit `width` by `height` pixels, by
/// rsvg-convert or pdftocairo in a process of its own with no more time and memory than it needs: their input comes
/// from strangers. The error says what is wrong and, where a program is missing, which package has it. Blocks.
Expected<std::vector<Raster>, std::string> load(ByteView file, std::uint32_t width, std::uint32_t height);

}  // namespace convene::picture
