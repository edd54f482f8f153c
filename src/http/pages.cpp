#include "http/pages.hpp"

#include <algorithm>
#include <string>

namespace convene::http {

namespace {

constexpr std::string_view kIndex = "/index.html";

/// What browsers show where nobody has built the pages.
constexpr std::string_view kNoPages =
    "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>Convene</title>\n"
    "<h1>The pages are not in this program</h1>\n"
    "<p>It was built without them: npm was missing, or CONVENE_PAGES was OFF. The server itself runs, and programs "
    "such "
    "as <code>convene join</code> can take part.</p>\n</html>\n";

bool is_page_address(const Request& request) {
    const auto& steps = request.steps;
    if (steps.size() == 1) return steps[0].empty() || steps[0] == "admin";
    return steps.size() == 2 && steps[0] == "c" && !steps[1].empty();
}

/// Whether the list of Accept-Encoding has it, and not with a weight of nothing. RFC 9110 §12.5.3.
bool accepts(std::string_view list, std::string_view coding) {
    while (!list.empty()) {
        const auto comma = std::min(list.find(','), list.size());
        std::string_view entry = list.substr(0, comma);
        list.remove_prefix(std::min(comma + 1, list.size()));
        entry.remove_prefix(std::min(entry.find_first_not_of(' '), entry.size()));
        const auto name = entry.substr(0, entry.find_first_of("; "));
        if (name != coding) continue;
        const auto weight = entry.find("q=");
        if (weight == std::string_view::npos) return true;
        return entry.find_first_of("123456789", weight) != std::string_view::npos;
    }
    return false;
}

bool has_tag(std::string_view list, std::string_view tag) {
    return list == "*" || list.find(tag) != std::string_view::npos;
}

std::string tag_of(const Page& page, std::string_view coding) {
    std::string out(page.etag);
    if (!coding.empty()) out.insert(out.size() - 1, "-" + std::string(coding));
    return out;
}

}  // namespace

const Page* Pages::find(std::string_view path) const {
    const auto found = std::find_if(pages_.begin(), pages_.end(), [&](const Page& page) { return page.path == path; });
    return found == pages_.end() ? nullptr : &*found;
}

Response Pages::answer(const Request& request) const {
    const bool is_index = is_page_address(request);
    const Page* page = find(is_index ? kIndex : std::string_view(request.path));
    if (page == nullptr) {
        if (!is_index) return problem(404, "notFound", "There is nothing at this address.");
        return Response{503, "text/html; charset=utf-8", {}, {}, kNoPages};
    }
    std::string_view coding, octets = page->octets;
    const auto wanted = request.header("Accept-Encoding");
    if (!page->brotli.empty() && accepts(wanted, "br")) {
        coding = "br";
        octets = page->brotli;
    } else if (!page->gzip.empty() && accepts(wanted, "gzip")) {
        coding = "gzip";
        octets = page->gzip;
    }
    const std::string tag = tag_of(*page, coding);
    Response out;
    out.headers.push_back(Field{"ETag", tag});
    out.headers.push_back(
        Field{"Cache-Control", page->is_immutable ? "public, max-age=31536000, immutable" : "no-cache"});
    out.headers.push_back(Field{"Vary", "Accept-Encoding"});
    if (has_tag(request.header("If-None-Match"), tag)) {
        out.status = 304;
        return out;
    }
    if (!coding.empty()) out.headers.push_back(Field{"Content-Encoding", std::string(coding)});
    out.content_type = page->content_type;
    out.kept_body = octets;
    return out;
}

}  // namespace convene::http
