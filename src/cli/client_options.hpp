/// The options of every subcommand that takes part in a conference.
#pragma once

#include <CLI/App.hpp>
#include <optional>
#include <string>

#include "cli/context.hpp"
#include "cli/exit_code.hpp"
#include "cli/participant.hpp"

namespace convene::cli {

struct ClientOptions {
    std::string host;
    std::string conference;
    std::string name;
    std::string password_file;
    std::string convener_password_file;
    bool clear_password = false;
    bool stay = false;
    std::string retry_for = "10m";
    std::string directory = ".";

    /// HOST, and CONFERENCE when `with_conference`.
    void declare_place(CLI::App& app, bool conference_required);
    void declare_identity(CLI::App& app);
    /// What a session is like: --stay, --retry-for and --dir. Without --retry-for nobody comes back.
    void declare_session(CLI::App& app);
    /// --retry-for alone.
    void declare_retry(CLI::App& app);

    /// What a participant needs of it; nothing, after a complaint, when an address or a file is wrong.
    std::optional<ParticipantOptions> read(Context& context, ExitCode& code) const;

private:
    bool is_session_ = false;
};

/// The first line of a file, or of standard input for "-". Nothing after a complaint.
std::optional<std::string> read_password(Context& context, const std::string& file);

}  // namespace convene::cli
