#include <cstdio>
#include <fstream>
#include <iterator>

#include "bench/peers/report.hpp"

namespace convene::bench::peers {
namespace {

constexpr const char* kBegin = "<!-- peers: begin -->\n";
constexpr const char* kEnd = "<!-- peers: end -->";

}  // namespace

bool put_into_document(const std::string& file, const std::string& text) {
    std::ifstream in(file);
    std::string document((std::istreambuf_iterator<char>(in)), {});
    auto begin = document.find(kBegin), end = document.find(kEnd);
    if (begin == std::string::npos || end == std::string::npos || end < begin) {
        std::fprintf(stderr, "peers_bench: %s has no lines \"%.21s\" and \"%s\"\n", file.c_str(), kBegin, kEnd);
        return false;
    }
    begin += std::string(kBegin).size();
    document.replace(begin, end - begin, "\n" + text + "\n");
    return static_cast<bool>(std::ofstream(file) << document << std::flush);
}

}  // namespace convene::bench::peers
