/// How files and those who have them are spoken of.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/time.hpp"
#include "cli/notice.hpp"
#include "files/outputs.hpp"

namespace convene::cli {

/// Somebody at the other end of a file. The name is what remains when the connection is made anew.
struct FilePeer {
    std::optional<mcs::UserId> node;
    std::string name;
};
FilePeer file_peer(const node::FilesDesk& desk, mcs::UserId attachment);
/// {"node": …, "name": …}
nlohmann::ordered_json to_json(const FilePeer& peer);
nlohmann::ordered_json to_json(const std::vector<FilePeer>& peers);
/// "Ada, Bob", safe for a terminal.
std::string names_of(const std::vector<FilePeer>& peers);

/// "812 octets", "3.1 MB": decimal units.
std::string size_text(std::uint64_t octets);
/// "0:07", "2:03:00".
std::string duration_text(Duration duration);

std::string_view word_for(files::Verified verified);     ///< "yes", "no", "unknown"
std::string_view word_for(files::FailureReason reason);  ///< "peer-gone": of events, never changed
std::string_view words_for(files::RejectReason reason);  ///< a phrase

/// Tells progress not too often.
class ProgressPace {
public:
    bool is_due(Instant now);

private:
    std::optional<Instant> told_;
};

}  // namespace convene::cli
