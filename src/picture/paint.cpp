#include "picture/paint.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <numbers>
#include <sstream>
#include <string>
#include <variant>
#include <vector>

#include "base/overloaded.hpp"

namespace convene::picture {
namespace {

using namespace whiteboard;

// A marker lets what lies below show through; T.126 §5.1 asks for that and names no number.
constexpr double kMarkerOpacity = 0.4;
constexpr double kLineSpacing = 1.2;  // of the height of a character

class Saved {
public:
    explicit Saved(cairo_t* cairo) : cairo_(cairo) { cairo_save(cairo); }
    Saved(const Saved&) = delete;
    Saved& operator=(const Saved&) = delete;
    ~Saved() { cairo_restore(cairo_); }

private:
    cairo_t* cairo_;
};

void set_color(cairo_t* cairo, const Color& color, double opacity = 1) {
    cairo_set_source_rgba(cairo, color.red / 255.0, color.green / 255.0, color.blue / 255.0, opacity);
}

void set_pattern(cairo_t* cairo, const Style& style) {
    const double unit = std::max<double>(style.thickness, 1);
    std::vector<double> dashes;
    switch (style.pattern) {
        case Pattern::solid:
        case Pattern::two_tone:
            break;
        case Pattern::dashed:
            dashes = {4 * unit, 3 * unit};
            break;
        case Pattern::dotted:
            dashes = {unit, 2 * unit};
            break;
        case Pattern::dash_dot:
            dashes = {4 * unit, 2 * unit, unit, 2 * unit};
            break;
        case Pattern::dash_dot_dot:
            dashes = {4 * unit, 2 * unit, unit, 2 * unit, unit, 2 * unit};
            break;
    }
    cairo_set_dash(cairo, dashes.data(), static_cast<int>(dashes.size()), 0);
}

void stroke(cairo_t* cairo, const Style& style, double opacity) {
    if (style.pen.is_transparent) return cairo_new_path(cairo);
    const bool is_square = style.nib == Nib::square;
    cairo_set_line_width(cairo, style.thickness);
    // A round cap would fill the gaps between dashes.
    const bool is_broken = style.pattern != Pattern::solid && style.pattern != Pattern::two_tone;
    cairo_set_line_cap(cairo,
                       is_square ? CAIRO_LINE_CAP_SQUARE : (is_broken ? CAIRO_LINE_CAP_BUTT : CAIRO_LINE_CAP_ROUND));
    cairo_set_line_join(cairo, is_square ? CAIRO_LINE_JOIN_MITER : CAIRO_LINE_JOIN_ROUND);
    if (style.pattern == Pattern::two_tone) {  // white below, so that the line shows on any ground
        set_color(cairo, kWhite, opacity);
        cairo_stroke_preserve(cairo);
        const double unit = std::max<double>(style.thickness, 1);
        const double dashes[] = {4 * unit, 4 * unit};
        cairo_set_line_cap(cairo, CAIRO_LINE_CAP_BUTT);
        cairo_set_dash(cairo, dashes, 2, 0);
    } else {
        set_pattern(cairo, style);
    }
    set_color(cairo, style.pen, opacity);
    cairo_stroke(cairo);
}

void trace_line(cairo_t* cairo, const Drawing& drawing) {
    // The middle of a pixel is half a unit off its corner.
    double x = drawing.anchor.x + 0.5;
    double y = drawing.anchor.y + 0.5;
    cairo_move_to(cairo, x, y);
    if (drawing.deltas.empty()) cairo_line_to(cairo, x, y);  // a dot
    for (const Point& delta : drawing.deltas) cairo_line_to(cairo, x += delta.x, y += delta.y);
}

void trace_dots(cairo_t* cairo, const Drawing& drawing) {
    double x = drawing.anchor.x + 0.5;
    double y = drawing.anchor.y + 0.5;
    const auto dot = [&] {
        cairo_move_to(cairo, x, y);
        cairo_line_to(cairo, x, y);
    };
    dot();
    for (const Point& delta : drawing.deltas) {
        x += delta.x;
        y += delta.y;
        dot();
    }
}

void trace_box(cairo_t* cairo, const Drawing& drawing) {
    const Point corner = drawing.deltas.empty() ? Point{} : drawing.deltas.front();
    const double left = std::min(drawing.anchor.x, drawing.anchor.x + corner.x) + 0.5;
    const double top = std::min(drawing.anchor.y, drawing.anchor.y + corner.y) + 0.5;
    const double width = std::abs(corner.x);
    const double height = std::abs(corner.y);
    if (drawing.shape == Shape::rectangle) return cairo_rectangle(cairo, left, top, width, height);
    if (width < 1 || height < 1) {  // flat: a circle cannot be pressed so far
        cairo_move_to(cairo, left, top);
        cairo_line_to(cairo, left + width, top + height);
        return;
    }
    Saved saved(cairo);
    cairo_translate(cairo, left + width / 2, top + height / 2);
    cairo_scale(cairo, width / 2, height / 2);
    cairo_new_sub_path(cairo);
    cairo_arc(cairo, 0, 0, 1, 0, 2 * std::numbers::pi);
    cairo_close_path(cairo);
}

void paint_drawing(cairo_t* cairo, const Drawing& drawing) {
    Saved saved(cairo);
    if (drawing.rotation) {
        const double x = drawing.anchor.x + drawing.rotation->axis.x + 0.5;
        const double y = drawing.anchor.y + drawing.rotation->axis.y + 0.5;
        cairo_translate(cairo, x, y);
        cairo_rotate(cairo, drawing.rotation->minutes / 60.0 * std::numbers::pi / 180);
        cairo_translate(cairo, -x, -y);
    }
    const double opacity = drawing.style.is_highlight ? kMarkerOpacity : 1;
    switch (drawing.shape) {
        case Shape::point:
            trace_dots(cairo, drawing);
            return stroke(cairo, drawing.style, opacity);
        case Shape::open_line:
            trace_line(cairo, drawing);
            return stroke(cairo, drawing.style, opacity);
        case Shape::closed_line:
            trace_line(cairo, drawing);
            cairo_close_path(cairo);
            break;
        case Shape::rectangle:
        case Shape::ellipse:
            trace_box(cairo, drawing);
            break;
    }
    if (!drawing.style.fill.is_transparent) {
        set_color(cairo, drawing.style.fill, opacity);
        cairo_fill_preserve(cairo);
    }
    stroke(cairo, drawing.style, opacity);
}

Area shown_part(const Picture& picture) {
    const auto right = static_cast<std::int32_t>(std::min<std::uint32_t>(picture.size.width, INT32_MAX)) - 1;
    const auto lower = static_cast<std::int32_t>(std::min<std::uint32_t>(picture.size.height, INT32_MAX)) - 1;
    if (!picture.part) return {{0, 0}, {right, lower}};
    return {{std::clamp(picture.part->upper_left.x, 0, right), std::clamp(picture.part->upper_left.y, 0, lower)},
            {std::clamp(picture.part->lower_right.x, 0, right), std::clamp(picture.part->lower_right.y, 0, lower)}};
}

/// Where a picture lies on the page.
struct Box {
    double left, top, width, height;
};
Box box_of(const Picture& picture) {
    const Area part = shown_part(picture);
    Box box{double(picture.anchor.x), double(picture.anchor.y), double(part.lower_right.x - part.upper_left.x + 1),
            double(part.lower_right.y - part.upper_left.y + 1)};
    if (picture.scale && picture.scale->x > 0 && picture.scale->y > 0) {
        box.width = picture.scale->x;
        box.height = picture.scale->y;
    }
    return box;
}

void paint_missing(cairo_t* cairo, const Box& box) {
    set_color(cairo, {0x99, 0x99, 0x99, false});
    cairo_set_line_width(cairo, 1);
    cairo_rectangle(cairo, box.left + 0.5, box.top + 0.5, std::max(box.width - 1, 0.0), std::max(box.height - 1, 0.0));
    cairo_move_to(cairo, box.left, box.top);
    cairo_line_to(cairo, box.left + box.width, box.top + box.height);
    cairo_move_to(cairo, box.left + box.width, box.top);
    cairo_line_to(cairo, box.left, box.top + box.height);
    cairo_stroke(cairo);
}

void paint_picture(cairo_t* cairo, const Picture& picture, const Decode& decode) {
    if (picture.size.width == 0 || picture.size.height == 0) return;
    const Box box = box_of(picture);
    Saved saved(cairo);
    std::optional<Raster> raster = picture.is_complete ? decode(picture) : std::nullopt;
    if (!raster || raster->width == 0 || raster->height == 0) return paint_missing(cairo, box);
    // What the data says counts, where the creator said something else.
    const Area part = shown_part(picture);
    const double across = double(part.lower_right.x - part.upper_left.x + 1) * raster->width / picture.size.width;
    const double down = double(part.lower_right.y - part.upper_left.y + 1) * raster->height / picture.size.height;
    // A copy of its own: a PDF or SVG keeps the pixels until it is written.
    cairo_surface_t* surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, static_cast<int>(raster->width),
                                                          static_cast<int>(raster->height));
    if (cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS) return paint_missing(cairo, box);
    unsigned char* rows = cairo_image_surface_get_data(surface);
    const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(surface));
    for (std::size_t row = 0; row < raster->height; ++row)
        std::memcpy(rows + row * stride, raster->pixels.data() + row * raster->width, raster->width * 4ULL);
    cairo_surface_mark_dirty(surface);
    cairo_rectangle(cairo, box.left, box.top, box.width, box.height);
    cairo_clip(cairo);
    cairo_translate(cairo, box.left, box.top);
    cairo_scale(cairo, box.width / across, box.height / down);
    cairo_set_source_surface(cairo, surface, -double(part.upper_left.x) * raster->width / picture.size.width,
                             -double(part.upper_left.y) * raster->height / picture.size.height);
    cairo_pattern_set_extend(cairo_get_source(cairo), CAIRO_EXTEND_PAD);
    cairo_paint(cairo);
    cairo_surface_destroy(surface);
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

double character_height(const Font& font) {
    const double height = font.height < 0 ? -double(font.height) : font.height / kLineSpacing;
    return std::clamp(height == 0 ? 16.0 : height, 4.0, 1000.0);
}

void choose_font(cairo_t* cairo, const Font& font) {
    cairo_select_font_face(cairo, font.face.empty() ? "sans-serif" : font.face.c_str(),
                           font.is_italic ? CAIRO_FONT_SLANT_ITALIC : CAIRO_FONT_SLANT_NORMAL,
                           font.weight >= 600 ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size(cairo, character_height(font));
    // Letters advance as the font says, not by whole pixels of this picture: a line is as long at every scale, and as
    // in a browser.
    cairo_font_options_t* options = cairo_font_options_create();
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_set_font_options(cairo, options);
    cairo_font_options_destroy(options);
}

void paint_text(cairo_t* cairo, const Text& text) {
    Saved saved(cairo);
    choose_font(cairo, text.font);
    const double height = character_height(text.font);
    const double spacing = height * kLineSpacing;
    double y = text.anchor.y + height;
    for (const std::string& line : lines_of(text.utf8)) {
        cairo_text_extents_t size;
        cairo_text_extents(cairo, line.c_str(), &size);
        const double x = text.anchor.x;
        if (!text.fill.is_transparent) {
            set_color(cairo, text.fill);
            cairo_rectangle(cairo, x, y - height, size.x_advance, spacing);
            cairo_fill(cairo);
        }
        set_color(cairo, text.pen.is_transparent ? kBlack : text.pen);
        cairo_move_to(cairo, x, y);
        cairo_show_text(cairo, line.c_str());
        cairo_set_line_width(cairo, std::max(height / 16, 1.0));
        for (const double rule :
             {text.font.is_underlined ? y + height / 8 : -1, text.font.is_struck_out ? y - height / 3 : -1}) {
            if (rule < 0) continue;
            cairo_move_to(cairo, x, rule);
            cairo_line_to(cairo, x + size.x_advance, rule);
            cairo_stroke(cairo);
        }
        y += spacing;
    }
}

void include(Area& area, double left, double top, double right, double bottom) {
    area.upper_left.x = std::min(area.upper_left.x, static_cast<std::int32_t>(std::floor(left)));
    area.upper_left.y = std::min(area.upper_left.y, static_cast<std::int32_t>(std::floor(top)));
    area.lower_right.x = std::max(area.lower_right.x, static_cast<std::int32_t>(std::ceil(right)));
    area.lower_right.y = std::max(area.lower_right.y, static_cast<std::int32_t>(std::ceil(bottom)));
}

void include(Area& area, const Drawing& drawing) {
    const double pen = drawing.style.thickness / 2.0 + 1;
    std::int64_t x = drawing.anchor.x;
    std::int64_t y = drawing.anchor.y;
    const auto add = [&] { include(area, double(x) - pen, double(y) - pen, double(x) + pen, double(y) + pen); };
    add();
    for (const Point& delta : drawing.deltas) {
        x += delta.x;
        y += delta.y;
        add();
    }
}

void include(Area& area, const Text& text) {
    const double height = character_height(text.font);
    std::size_t longest = 0;
    const auto lines = lines_of(text.utf8);
    for (const auto& line : lines) longest = std::max(longest, line.size());
    include(area, text.anchor.x, text.anchor.y, text.anchor.x + double(longest) * height * 0.6,
            text.anchor.y + double(lines.size()) * height * kLineSpacing);
}

}  // namespace

Area extent_of(const Board& board, const Page& page) {
    const auto width = static_cast<std::int32_t>(std::clamp<std::uint32_t>(page.size.width, 1, 65'535));
    const auto height = static_cast<std::int32_t>(std::clamp<std::uint32_t>(page.size.height, 1, 65'535));
    Area area{{0, 0}, {width - 1, height - 1}};
    for (const ItemId id : board.objects_of(page.id)) {
        std::visit(overloaded{[&](const Drawing& drawing) { include(area, drawing); },
                              [&](const Picture& picture) {
                                  const Box box = box_of(picture);
                                  include(area, box.left, box.top, box.left + box.width - 1, box.top + box.height - 1);
                              },
                              [&](const Text& text) { include(area, text); }},
                   board.find(id)->content);
    }
    return {{std::max(area.upper_left.x, -width), std::max(area.upper_left.y, -height)},
            {std::min(area.lower_right.x, 2 * width - 1), std::min(area.lower_right.y, 2 * height - 1)}};
}

void paint(cairo_t* cairo, const Board& board, const Page& page, const Decode& decode) {
    if (!page.background.is_transparent) {
        set_color(cairo, page.background);
        cairo_paint(cairo);
    }
    for (const ItemId id : board.objects_of(page.id)) {
        std::visit(overloaded{[&](const Drawing& drawing) { paint_drawing(cairo, drawing); },
                              [&](const Picture& picture) { paint_picture(cairo, picture, decode); },
                              [&](const Text& text) { paint_text(cairo, text); }},
                   board.find(id)->content);
    }
}

}  // namespace convene::picture
