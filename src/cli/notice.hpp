/// What a participant is told, as one line for people and one JSON object for programs.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/exit_code.hpp"
#include "node/node.hpp"

namespace convene::cli {

struct Notice {
    nlohmann::ordered_json json;  ///< an object; "event" names its kind
    std::string text;             ///< without line feed, safe for a terminal
    bool is_chat = false;         ///< said by somebody, not by the conference
};
using Notices = std::vector<Notice>;

Notice make_notice(std::string event, std::string text,
                   nlohmann::ordered_json members = nlohmann::ordered_json::object());

/// Puts the events of one node into words. Remembers names, because who has left stands in no roster.
class Narrator {
public:
    /// Nothing for what only machines care about.
    Notices tell(const node::Event& event, const node::Node& node);
    /// Who is there.
    Notice roster(const node::Node& node) const;

private:
    Notices tell_roster(const gcc::RosterChanged& change, const node::Node& node);
    std::string name_of(mcs::UserId node) const;

    std::map<mcs::UserId, std::string> names_;
    bool complete_ = false;
};

/// The answer to a request of this node: in words, and whether it was granted.
struct RequestOutcome {
    std::string request;  ///< "lock", "eject" …
    std::string result;   ///< "done", or why not
    ExitCode code = ExitCode::fine;
};
RequestOutcome outcome_of(const gcc::ResponsePdu& response);

/// Why a join or a create was refused.
struct Refusal {
    std::string why;
    ExitCode code = ExitCode::refused;
};
Refusal refusal_of(const node::JoinRefused& refused);
Refusal refusal_of(const node::CreateRefused& refused);

}  // namespace convene::cli
