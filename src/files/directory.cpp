#include "files/directory.hpp"

#include <algorithm>

#include "files/limits.hpp"

namespace convene::files {
namespace {

constexpr std::size_t kMaxPathDepth = 64;
constexpr std::size_t kLineOctets = 48;  // at most, beside the name

}  // namespace

DirectoryResponse directory_response(DirectoryResult result, const std::vector<DirectoryLine>& lines) {
    DirectoryResponse out;
    out.result = result;
    if (result != DirectoryResult::successful) return out;
    std::size_t octets = 0;
    for (const DirectoryLine& line : lines) {
        octets += line.name.text.size() + kLineOctets;
        if (out.entries.size() >= kMaxDirectoryEntries || octets > kMaxDirectoryOctets) break;
        DirectoryEntry entry;
        entry.is_subdirectory = line.is_directory;
        entry.attributes.filename = filename_of(line.name.text);
        if (line.size) entry.attributes.filesize = static_cast<std::int64_t>(std::min(*line.size, kMaxFileSize));
        if (line.modified) entry.attributes.last_modified = to_generalized_time(*line.modified);
        out.entries.push_back(std::move(entry));
    }
    return out;
}

DirectoryListed listed(UserId from, const DirectoryResponse& pdu) {
    DirectoryListed out{from, pdu.result, {}};
    for (const DirectoryEntry& entry : pdu.entries) {
        if (out.entries.size() >= kMaxDirectoryEntries) break;
        DirectoryLine line{name_of(entry.attributes), std::nullopt, std::nullopt, entry.is_subdirectory};
        if (entry.attributes.filesize && *entry.attributes.filesize >= 0)
            line.size = static_cast<std::uint64_t>(*entry.attributes.filesize);
        if (entry.attributes.last_modified) line.modified = from_generalized_time(*entry.attributes.last_modified);
        out.entries.push_back(std::move(line));
    }
    return out;
}

DirectoryAsked asked(UserId from, const DirectoryRequest& pdu) {
    DirectoryAsked out{from, {}};
    if (!pdu.pathname) return out;
    for (const GraphicString& component : *pdu.pathname) {
        if (out.path.size() >= kMaxPathDepth) break;
        out.path.push_back(harmless_name(component.value));
    }
    return out;
}

DirectoryRequest directory_request(const std::vector<std::string>& path) {
    DirectoryRequest out;
    if (path.empty()) return out;
    out.pathname.emplace();
    for (const std::string& component : path) out.pathname->push_back(GraphicString{name_octets(component)});
    return out;
}

}  // namespace convene::files
