/// Joins a conference, does one thing, tells the answer, and leaves: what eject, lock, end and invite have in common.
#pragma once

#include <functional>

#include "cli/client_options.hpp"
#include "cli/context.hpp"

namespace convene::cli {

struct Errand {
    /// As it would be typed in a session.
    SessionCommand command;
    /// The "request" of the answer that is waited for.
    std::string request;
    /// Do not leave after a good answer, but when a signal comes or the conference ends.
    bool stay_after = false;
};

/// How long the answer may take, once in the conference.
inline constexpr Duration kAnswerTime = std::chrono::seconds(30);

ExitCode run_errand(Context& context, const ClientOptions& client, const Errand& errand);

}  // namespace convene::cli
