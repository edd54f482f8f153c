#include "cli/client_options.hpp"

#include <istream>

#include "io/endpoint.hpp"
#include "server/setting_value.hpp"
#include "server/settings_load.hpp"

namespace convene::cli {

void ClientOptions::declare_place(CLI::App& app, bool conference_required) {
    app.add_option("HOST", host, "Name or address of the server, with :PORT unless it is 1503")
        ->required()
        ->type_name("HOST");
    CLI::Option* option = app.add_option("CONFERENCE", conference,
                                         "Name or number of the conference; ~MODIFIER behind it where two share a name")
                              ->type_name("CONFERENCE");
    if (conference_required) option->required();
}

void ClientOptions::declare_identity(CLI::App& app) {
    app.add_option("--name", name, "The name that others see; otherwise that of the user")->type_name("NAME");
    app.add_option("--password-file", password_file, "The first line of this file is the password; - is standard input")
        ->type_name("FILE");
    app.add_option("--convener-password-file", convener_password_file,
                   "The same for the convener's password, which gives all privileges")
        ->type_name("FILE");
    app.add_flag("--clear-password", clear_password,
                 "Send the password in the clear to a host that knows no challenges, such as NetMeeting");
}

void ClientOptions::declare_session(CLI::App& app) {
    app.add_flag("--stay", stay, "Stay when the input has ended");
    declare_retry(app);
    app.add_option("--dir", directory, "Where files go that are accepted with /accept")->type_name("DIR");
}

void ClientOptions::declare_retry(CLI::App& app) {
    is_session_ = true;
    app.add_option("--retry-for", retry_for, "How long to try to come back after the connection broke; 0s: not at all")
        ->type_name("DURATION");
}

std::optional<std::string> read_password(Context& context, const std::string& file) {
    std::string line;
    if (file == "-") {
        std::getline(context.streams.in, line);
        if (line.ends_with('\r')) line.pop_back();
    } else {
        auto secret = server::read_secret(file);
        if (!secret) {
            complain(context, secret.error());
            return std::nullopt;
        }
        line = *secret;
    }
    if (!line.empty()) return line;
    complain(context, "there is no password in " + file);
    return std::nullopt;
}

std::optional<ParticipantOptions> ClientOptions::read(Context& context, ExitCode& code) const {
    ParticipantOptions out;
    code = ExitCode::usage;
    if (const auto where = io::parse_host_port(host); !where) {
        complain(context, where.error());
        return std::nullopt;
    }
    if (is_session_) {
        const auto duration = server::parse_duration(retry_for);
        if (!duration) {
            complain(context, "--retry-for: " + duration.error());
            return std::nullopt;
        }
        out.retry_for = *duration;
    }
    out.address = host;
    out.conference = conference;
    out.clear_password = clear_password;
    out.name = name;
    for (const char* variable : {"USER", "LOGNAME"})
        if (const char* user = context.streams.variable(variable); out.name.empty() && user != nullptr) out.name = user;
    if (out.name.empty()) out.name = "guest";
    code = ExitCode::failed;
    for (const auto& [file, into] :
         {std::pair{&password_file, &out.password}, std::pair{&convener_password_file, &out.convener_password}}) {
        if (file->empty()) continue;
        auto secret = read_password(context, *file);
        if (!secret) return std::nullopt;
        *into = std::move(*secret);
    }
    code = ExitCode::fine;
    return out;
}

}  // namespace convene::cli
