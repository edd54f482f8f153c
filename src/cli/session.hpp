/// A participant with a face: what `join` and `create` do once the options are read.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <memory>

#include "cli/participant.hpp"
#include "cli/session_ui.hpp"

namespace convene::cli {

struct SessionOptions {
    ParticipantOptions participant;
    bool stay = false;            ///< the end of the input does not end the session
    bool leave_at_once = false;   ///< once inside
    std::string directory = ".";  ///< where accepted files go
};

/// Runs until the user leaves or the conference ends.
ExitCode run_session(Context& context, const SessionOptions& options);

}  // namespace convene::cli
