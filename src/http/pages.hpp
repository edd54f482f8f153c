/// The pages: files that were compiled into the program, each in up to three forms.
#pragma once

#include <span>
#include <string_view>

#include "http/message.hpp"
#include "http/responder.hpp"

namespace convene::http {

/// One file. All octets live as long as the program.
struct Page {
    std::string_view path;  ///< "/assets/index-4f2a.js"
    std::string_view content_type;
    std::string_view etag;  ///< with its quotation marks; that of the compressed forms is made from it
    std::string_view octets;
    std::string_view gzip;  ///< empty where it is not worth it; likewise
    std::string_view brotli;
    bool is_immutable = false;  ///< its name has the hash of its contents
};

/// What was compiled in; nothing where the pages were not built. Made by web/scripts/embed.mjs.
std::span<const Page> built_pages();

/// Answers GET and HEAD from pages. "/", "/c/NAME" and "/admin" are all "/index.html", which looks at the address
/// itself. Without pages these say that there are none.
class Pages {
public:
    explicit Pages(std::span<const Page> pages) : pages_(pages) {}

    Response answer(const Request& request) const;

private:
    const Page* find(std::string_view path) const;

    std::span<const Page> pages_;
};

}  // namespace convene::http
