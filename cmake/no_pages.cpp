// In place of the pages, where they are not built.
#include "http/pages.hpp"

std::span<const convene::http::Page> convene::http::built_pages() { return {}; }
