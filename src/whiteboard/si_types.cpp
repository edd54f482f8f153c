#include "whiteboard/si_types.hpp"

#include <algorithm>

namespace convene::whiteboard {

const std::vector<PointDiff>& points_of(const PointList& list) {
    return std::visit([](const auto& points) -> const std::vector<PointDiff>& { return points.value; }, list);
}

PointList make_point_list(std::vector<PointDiff> points) {
    int least = 0;
    int most = 0;
    for (const PointDiff& point : points) {
        least = std::min<int>({least, point.x, point.y});
        most = std::max<int>({most, point.x, point.y});
    }
    if (least >= -8 && most <= 7) return PointsDiff4{std::move(points)};
    if (least >= -128 && most <= 127) return PointsDiff8{std::move(points)};
    return PointsDiff16{std::move(points)};
}

}  // namespace convene::whiteboard
