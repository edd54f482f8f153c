// What of a request this project parses by itself: its target, and what wants to become a WebSocket. (Everything else
// of HTTP and WebSocket is read by Beast.)
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/check.hpp"
#include "base/utf8.hpp"
#include "http/target.hpp"
#include "http/upgrade.hpp"

using namespace convene;
using namespace convene::http;

namespace {

bool has_control(std::string_view text) {
    for (const char c : text)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) return true;
    return false;
}

void check_target(std::string_view text) {
    const auto target = parse_target(text);
    if (!target) return;
    CONVENE_CHECK(target->path.starts_with('/') && is_utf8(target->path), "a path is UTF-8 and begins with a slash");
    CONVENE_CHECK(target->steps.size() <= kMaxSteps && target->query.size() <= kMaxParameters, "limits hold");
    std::string joined;
    for (const auto& step : target->steps) {
        CONVENE_CHECK(step != "." && step != ".." && !has_control(step), "steps lead nowhere else");
        joined += "/" + step;
    }
    CONVENE_CHECK(joined == target->path, "the path consists of its steps");
    for (const auto& field : target->query)
        CONVENE_CHECK(is_utf8(field.name) && is_utf8(field.value), "parameters are UTF-8");
}

/// Lines "name:value" as the header of a request.
void check_header(std::string_view text) {
    Request request;
    request.host = "localhost:8443";
    request.is_secure = true;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        const auto line = text.substr(0, end);
        const auto colon = std::min(line.find(':'), line.size());
        request.headers.push_back(
            Field{std::string(line.substr(0, colon)), std::string(line.substr(std::min(colon + 1, line.size())))});
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    const auto upgrade = check_upgrade(request, Options{});
    if (!upgrade) return;
    const auto origin = request.header("Origin");
    CONVENE_CHECK(origin.empty() || origin.size() == std::string_view("https://localhost:8443").size(),
                  "no foreign page gets in");
    CONVENE_CHECK(upgrade->ticket.size() <= kMaxTicket, "a ticket is short");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
    if (data[0] == 'T') check_target(text);
    if (data[0] == 'H') check_header(text);
    return 0;
}
