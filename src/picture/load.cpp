#include "picture/load.hpp"

#include <cairo.h>

#include <algorithm>
#include <cstring>
#include <memory>

#include "picture/decode.hpp"
#include "picture/program.hpp"

namespace convene::picture {
namespace {

using Result = Expected<std::vector<Raster>, std::string>;

bool begins_with(ByteView file, std::string_view text) {
    return file.size() >= text.size() && as_text(file.first(text.size())) == text;
}

struct Source {
    ByteView left;
};

cairo_status_t hand_out(void* source, unsigned char* into, unsigned int count) {
    ByteView& left = static_cast<Source*>(source)->left;
    if (left.size() < count) return CAIRO_STATUS_READ_ERROR;
    std::memcpy(into, left.data(), count);
    left = left.subspan(count);
    return CAIRO_STATUS_SUCCESS;
}

std::uint32_t big_endian(ByteView octets) {
    std::uint32_t out = 0;
    for (const std::byte octet : octets) out = out << 8 | std::to_integer<std::uint32_t>(octet);
    return out;
}

Expected<Raster, std::string> load_made(const std::filesystem::path& png) {
    CONVENE_TRY(file, read_file(png));
    return load_png(file);
}

Result draw_svg(ByteView file, std::uint32_t width, std::uint32_t height) {
    const ScratchFolder folder;
    const auto in = folder.path() / "in.svg";
    const auto out = folder.path() / "out.png";
    if (folder.path().empty() || !write_file(in, file))
        return tl::make_unexpected(std::string("there is no room for temporary files"));
    auto drawn = run_program({"rsvg-convert", "--keep-aspect-ratio", "--width=" + std::to_string(width),
                              "--height=" + std::to_string(height), "--output=" + out.string(), in.string()},
                             "librsvg2-bin", kDrawingSeconds, folder);
    if (!drawn) return tl::make_unexpected(drawn.error());
    CONVENE_TRY(raster, load_made(out));
    return std::vector<Raster>{std::move(raster)};
}

Result draw_pdf(ByteView file, std::uint32_t width, std::uint32_t height) {
    const ScratchFolder folder;
    const auto in = folder.path() / "in.pdf";
    if (folder.path().empty() || !write_file(in, file))
        return tl::make_unexpected(std::string("there is no room for temporary files"));
    auto drawn = run_program({"pdftocairo", "-png", "-l", std::to_string(kMaxPdfPages), "-scale-to",
                              std::to_string(std::min(width, height)), in.string(), (folder.path() / "page").string()},
                             "poppler-utils", kDrawingSeconds, folder);
    if (!drawn) return tl::make_unexpected(drawn.error());
    std::vector<std::filesystem::path> pages;
    for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
        if (entry.path().extension() == ".png") pages.push_back(entry.path());
    }
    std::sort(pages.begin(), pages.end());  // the numbers have leading zeros
    std::vector<Raster> out;
    for (const auto& page : pages) {
        CONVENE_TRY(raster, load_made(page));
        out.push_back(std::move(raster));
    }
    return out;
}

}  // namespace

std::optional<SourceFormat> source_format(ByteView file) {
    if (begins_with(file, "\xFF\xD8\xFF")) return SourceFormat::jpeg;
    if (begins_with(file, "\x89PNG\r\n\x1A\n")) return SourceFormat::png;
    if (begins_with(file, "%PDF-")) return SourceFormat::pdf;
    const auto beginning = as_text(file.first(std::min<std::size_t>(file.size(), 4096)));
    if (beginning.find("<svg") != std::string_view::npos) return SourceFormat::svg;
    return std::nullopt;
}

Expected<Raster, std::string> load_png(ByteView file) {
    // The first chunk has the size; Cairo would allocate whatever it says.
    constexpr std::size_t kWidthAt = 16;
    if (file.size() < kWidthAt + 8) return tl::make_unexpected(std::string("PNG: it is cut off"));
    const std::uint64_t claimed =
        std::uint64_t{big_endian(file.subspan(kWidthAt, 4))} * big_endian(file.subspan(kWidthAt + 4, 4));
    if (claimed == 0 || claimed > kMaxRasterPixels)
        return tl::make_unexpected(std::string("PNG: it claims a size that cannot be meant"));
    Source source{file};
    const std::unique_ptr<cairo_surface_t, void (*)(cairo_surface_t*)> png(
        cairo_image_surface_create_from_png_stream(hand_out, &source), cairo_surface_destroy);
    if (const auto status = cairo_surface_status(png.get()); status != CAIRO_STATUS_SUCCESS)
        return tl::make_unexpected("PNG: " + std::string(cairo_status_to_string(status)));
    Raster out{static_cast<std::uint32_t>(cairo_image_surface_get_width(png.get())),
               static_cast<std::uint32_t>(cairo_image_surface_get_height(png.get())),
               {}};
    const bool has_opacity = cairo_image_surface_get_format(png.get()) == CAIRO_FORMAT_ARGB32;
    if (!has_opacity && cairo_image_surface_get_format(png.get()) != CAIRO_FORMAT_RGB24)
        return tl::make_unexpected(std::string("PNG: its kind of pixels is not understood"));
    out.pixels.resize(std::size_t{out.width} * out.height);
    const unsigned char* rows = cairo_image_surface_get_data(png.get());
    const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(png.get()));
    for (std::size_t y = 0; y < out.height; ++y)
        std::memcpy(out.pixels.data() + y * out.width, rows + y * stride, std::size_t{out.width} * 4);
    if (!has_opacity) {
        for (auto& pixel : out.pixels) pixel |= 0xFF00'0000U;
    }
    return out;
}

Result load(ByteView file, std::uint32_t width, std::uint32_t height) {
    const auto format = source_format(file);
    if (!format) return tl::make_unexpected(std::string("it is neither JPEG, PNG, SVG nor PDF"));
    if (*format == SourceFormat::svg) return draw_svg(file, width, height);
    if (*format == SourceFormat::pdf) return draw_pdf(file, width, height);
    auto raster = *format == SourceFormat::jpeg ? decode_jpeg(file) : load_png(file);
    if (!raster) return tl::make_unexpected(raster.error());
    std::vector<Raster> out;
    out.push_back(std::move(*raster));
    return out;
}

}  // namespace convene::picture
