#include "picture/export.hpp"

#include <cairo-pdf.h>
#include <cairo-svg.h>

#include <cmath>
#include <memory>

namespace convene::picture {
namespace {

struct Release {
    void operator()(cairo_t* cairo) const { cairo_destroy(cairo); }
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
using Surface = std::unique_ptr<cairo_surface_t, Release>;
using Cairo = std::unique_ptr<cairo_t, Release>;

cairo_status_t collect(void* into, const unsigned char* octets, unsigned int count) {
    append(*static_cast<Bytes*>(into), as_bytes({reinterpret_cast<const char*>(octets), count}));
    return CAIRO_STATUS_SUCCESS;
}

/// A page and the part of it that is drawn.
struct Sheet {
    const whiteboard::Page* page;
    whiteboard::Area area;
    double width, height;
};

void draw(cairo_surface_t* surface, const whiteboard::Board& board, const Sheet& sheet, double scale,
          const Decode& decode) {
    const Cairo cairo(cairo_create(surface));
    cairo_scale(cairo.get(), scale, scale);
    cairo_translate(cairo.get(), -sheet.area.upper_left.x, -sheet.area.upper_left.y);
    paint(cairo.get(), board, *sheet.page, decode);
    cairo_show_page(cairo.get());
}

tl::unexpected<std::string> failed(cairo_status_t status) {
    return tl::make_unexpected("it could not be drawn: " + std::string(cairo_status_to_string(status)));
}

Expected<Bytes, std::string> as_png(const whiteboard::Board& board, const Sheet& sheet, double scale,
                                    const Decode& decode) {
    if (sheet.width > kMaxExportSide || sheet.height > kMaxExportSide)
        return tl::make_unexpected("the picture would be more than " + std::to_string(kMaxExportSide) +
                                   " pixels wide or high; choose a smaller scale");
    const Surface surface(cairo_image_surface_create(CAIRO_FORMAT_ARGB32, static_cast<int>(std::ceil(sheet.width)),
                                                     static_cast<int>(std::ceil(sheet.height))));
    draw(surface.get(), board, sheet, scale, decode);
    Bytes out;
    const cairo_status_t status = cairo_surface_write_to_png_stream(surface.get(), collect, &out);
    if (status != CAIRO_STATUS_SUCCESS) return failed(status);
    return out;
}

Expected<Bytes, std::string> as_vectors(const whiteboard::Board& board, const std::vector<Sheet>& sheets,
                                        FileFormat format, double scale, const Decode& decode) {
    Bytes out;
    const double width = sheets.front().width;
    const double height = sheets.front().height;
    const Surface surface(format == FileFormat::pdf
                              ? cairo_pdf_surface_create_for_stream(collect, &out, width, height)
                              : cairo_svg_surface_create_for_stream(collect, &out, width, height));
    if (format == FileFormat::svg) cairo_svg_surface_set_document_unit(surface.get(), CAIRO_SVG_UNIT_PX);
    for (const Sheet& sheet : sheets) {
        if (format == FileFormat::pdf) cairo_pdf_surface_set_size(surface.get(), sheet.width, sheet.height);
        draw(surface.get(), board, sheet, scale, decode);
    }
    cairo_surface_finish(surface.get());
    const cairo_status_t status = cairo_surface_status(surface.get());
    if (status != CAIRO_STATUS_SUCCESS) return failed(status);
    return out;
}

}  // namespace

std::optional<FileFormat> file_format(std::string_view word) {
    std::string lower(word);
    for (char& c : lower) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    if (lower == "png") return FileFormat::png;
    if (lower == "svg") return FileFormat::svg;
    if (lower == "pdf") return FileFormat::pdf;
    return std::nullopt;
}

Expected<Bytes, std::string> export_pages(const whiteboard::Board& board, const std::vector<whiteboard::ItemId>& pages,
                                          FileFormat format, double scale, const Decode& decode) {
    if (!(scale > 0) || !std::isfinite(scale)) return tl::make_unexpected(std::string("the scale must be above 0"));
    std::vector<Sheet> sheets;
    for (const auto id : pages) {
        const whiteboard::Page* page = board.find_page(id);
        if (page == nullptr) return tl::make_unexpected(std::string("there is no such page"));
        const auto area = extent_of(board, *page);
        sheets.push_back({page, area, (area.lower_right.x - area.upper_left.x + 1) * scale,
                          (area.lower_right.y - area.upper_left.y + 1) * scale});
    }
    if (sheets.empty()) return tl::make_unexpected(std::string("there is no page to export"));
    if (format != FileFormat::pdf && sheets.size() > 1)
        return tl::make_unexpected(std::string("PNG and SVG hold one page; choose one, or PDF"));
    if (format == FileFormat::png) return as_png(board, sheets.front(), scale, decode);
    return as_vectors(board, sheets, format, scale, decode);
}

}  // namespace convene::picture
