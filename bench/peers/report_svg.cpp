#include <algorithm>
#include <cstdio>

#include "bench/peers/format.hpp"
#include "bench/peers/report.hpp"

namespace convene::bench::peers {
namespace {

constexpr double kWidth = 796, kLeft = 176, kRight = 120;  // pixels; names of the works, and of the figures
constexpr double kTop = 74, kBar = 15, kGap = 3, kGroupGap = 18, kBottom = 34;
constexpr double kLabel = 110;        // room for one behind a bar
constexpr double kLeastScale = 1.25;  // so that 100 % and a label behind it have room

constexpr const char* kStyle = R"(<style>
text { font: 12px system-ui, 'DejaVu Sans', sans-serif; fill: #1f2328 }
.title { font-size: 15px; font-weight: bold } .quiet { fill: #59636e } .ahead { font-weight: bold }
.line { stroke: #59636e; stroke-dasharray: 3 3 } .rule { stroke: #d1d9e0 }
.convene { fill: #1f6feb } .nats { fill: #2da44e } .mosquitto { fill: #bf8700 } .redis { fill: #cf222e }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 } .quiet { fill: #9198a1 } .line { stroke: #9198a1 } .rule { stroke: #3d444d }
  .convene { fill: #4493f8 } .nats { fill: #3fb950 } .mosquitto { fill: #d29922 } .redis { fill: #ff7b72 }
}
</style>
)";

std::string number(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f", value);
    return text;
}

std::string label(double x, double y, const std::string& text, const std::string& kind = "", bool to_the_left = false) {
    return "<text x=\"" + number(x) + "\" y=\"" + number(y) + "\"" + (kind.empty() ? "" : " class=\"" + kind + "\"") +
           (to_the_left ? " text-anchor=\"end\"" : "") + ">" + text + "</text>\n";
}

std::string rectangle(double x, double y, double width, double height, const std::string& kind) {
    return "<rect class=\"" + kind + "\" x=\"" + number(x) + "\" y=\"" + number(y) + "\" width=\"" + number(width) +
           "\" height=\"" + number(height) + "\" rx=\"2\"/>\n";
}

struct Group {
    const Row* bare;
    std::vector<const Row*> bars;
};

std::vector<Group> groups_of(const Results& results) {
    std::vector<Group> groups;
    for (const auto& bare : results.rows) {
        bool shown = bare.work.receivers == 8 || bare.work.receivers == 32;
        if (bare.server != kBare || !shown || bare.work.conferences != 1 || !bare.one_core) continue;
        Group group{&bare, {}};
        for (const auto& server : results.servers) {
            const auto* row = row_of(results, server, bare);
            if (server != kBare && row != nullptr) group.bars.push_back(row);
        }
        if (!group.bars.empty()) groups.push_back(group);
    }
    return groups;
}

double share_of(const Group& group, const Row& row) { return ratio_of(row, *group.bare); }

std::string draw(const Group& group, double y, double scale) {
    std::string out;
    auto height = static_cast<double>(group.bars.size()) * (kBar + kGap);
    out +=
        label(12, y + height / 2 - 3,
              size_name(group.bare->work.payload) + " to " + std::to_string(group.bare->work.receivers) + " receivers");
    out += label(12, y + height / 2 + 13, "100 % = " + millions(group.bare->per_cpu_second.value), "quiet");
    for (const auto* row : group.bars) {
        double width = std::max(1.0, share_of(group, *row) * scale);
        out += rectangle(kLeft, y, width, kBar, row->server);
        std::string text = percent(share_of(group, *row)) + (row->server == kConvene ? " convene" : " " + row->server);
        // Not across the line.
        double end = width < scale && width + kLabel > scale ? scale : width;
        out += label(kLeft + end + 6, y + kBar - 3, text, row->server == kConvene ? "ahead" : "quiet");
        y += kBar + kGap;
    }
    return out;
}

}  // namespace

std::string svg_of(const Results& results) {
    auto groups = groups_of(results);
    if (groups.empty()) return {};
    double most = kLeastScale, height = kTop + kBottom - kGroupGap;
    for (const auto& group : groups) {
        for (const auto* row : group.bars) most = std::max(most, share_of(group, *row));
        height += static_cast<double>(group.bars.size()) * (kBar + kGap) + kGroupGap;
    }
    double scale = (kWidth - kLeft - kRight) / most;  // pixels for 100 %
    std::string out = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + number(kWidth) + " " +
                      number(height) + "\" width=\"" + number(kWidth) + "\" height=\"" + number(height) +
                      "\" role=\"img\" aria-label=\"Deliveries for each CPU second of the server, beside a bare "
                      "relay\">\n<!-- Drawn by bench/peers from what it measured. -->\n";
    out += kStyle;
    out += label(12, 24, "Deliveries for each CPU second of the server", "title");
    out += label(12, 43, "one publisher, one core; 100 % is a relay that copies octets and knows no protocol", "quiet");
    double hundred = kLeft + scale;
    out += label(hundred, 62, "bare relay", "quiet", true);
    out += "<path class=\"line\" d=\"M" + number(hundred) + " " + number(kTop - 6) + "V" +
           number(height - kBottom + 6) + "\"/>\n<path class=\"rule\" d=\"M" + number(kLeft) + " " + number(kTop - 6) +
           "V" + number(height - kBottom + 6) + "\"/>\n";
    double y = kTop;
    for (const auto& group : groups) {
        out += draw(group, y, scale);
        y += static_cast<double>(group.bars.size()) * (kBar + kGap) + kGroupGap;
    }
    out += label(12, height - 8, results.machine, "quiet");
    return out + "</svg>\n";
}

}  // namespace convene::bench::peers
