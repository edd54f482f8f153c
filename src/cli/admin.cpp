// `convene admin`: talks to a running server through its UNIX socket.
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <CLI/App.hpp>
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <ostream>

#include "asn1/text.hpp"
#include "base/json_line.hpp"
#include "cli/command.hpp"
#include "server/settings_load.hpp"
#include "server/settings_table.hpp"

namespace convene::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr time_t kAnswerSeconds = 30;
constexpr time_t kCopySeconds = 24 * 3600;  // of a back-up or an export, which copies everything there is
constexpr std::size_t kMaxAnswer = 64 * 1024 * 1024;

constexpr Example kAdminExamples[] = {
    {"admin status", "how is the server?"},
    {"admin participants lobby", "who is in the conference \"lobby\"?"},
    {"admin eject lobby 1007", "put participant 1007 out of it"},
    {"admin capture lobby on", "write a pcap file of everything in it"},
    {"admin reload", "read the configuration again"},
    {"admin memory lobby", "what is remembered of the conference \"lobby\"?"},
    {"admin backup /backup/convene", "a copy of everything that is remembered"},
    {"admin invite lobby --right view --expires 1d --uses 30", "a link for thirty people who may look on"},
};
constexpr CommandText kAdminText{
    "admin", "ask or tell a running server on this machine",
    "Actions: status, conferences, participants CONFERENCE, eject CONFERENCE NUMBER, lock "
    "CONFERENCE, unlock CONFERENCE, end "
    "CONFERENCE, capture CONFERENCE on|off, seen (applications that were met), reload, memory "
    "CONFERENCE, export CONFERENCE FOLDER, backup FOLDER, forget CONFERENCE (ends it, and "
    "deletes what is remembered of it), settings, invite CONFERENCE, invitations CONFERENCE, revoke CONFERENCE ID.",
    kAdminExamples};

struct Action {
    std::string_view name;
    bool takes_conference;
    std::string_view more;  ///< what the argument behind it is
};
constexpr Action kActions[] = {{"status", false, ""},
                               {"conferences", false, ""},
                               {"participants", true, ""},
                               {"eject", true, "NUMBER"},
                               {"lock", true, ""},
                               {"unlock", true, ""},
                               {"end", true, ""},
                               {"capture", true, "on or off"},
                               {"seen", false, ""},
                               {"reload", false, ""},
                               {"memory", true, ""},
                               {"export", true, "a new folder"},
                               {"backup", false, "a new folder"},
                               {"forget", true, ""},
                               {"settings", false, ""},
                               {"invite", true, ""},
                               {"invitations", true, ""},
                               {"revoke", true, "the id of an invitation"}};

class Descriptor {
public:
    explicit Descriptor(int fd) : fd_(fd) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (fd_ >= 0) close(fd_);
    }
    int get() const { return fd_; }

private:
    int fd_;
};

class Admin final : public Command {
public:
    const CommandText& text() const override { return kAdminText; }

    void declare(CLI::App& app) override {
        std::vector<std::string> names;
        for (const Action& action : kActions) names.emplace_back(action.name);
        app.add_option("ACTION", action_, "What to ask or do")
            ->required()
            ->type_name("ACTION")
            ->check(CLI::IsMember(names));
        app.add_option("CONFERENCE", conference_, "Name or number of a conference (backup: a folder)")
            ->type_name("CONFERENCE");
        app.add_option("ARGUMENT", argument_, "Number of a participant, on or off, or a folder")->type_name("ARGUMENT");
        app.add_option("--right", right_, "What who is invited may do (invite); draw when not said")
            ->type_name("RIGHT")
            ->check(CLI::IsMember({"view", "draw", "moderate"}));
        app.add_flag("--owner", owner_, "Who is invited is never locked out, and stands above moderators (invite)");
        app.add_option("--expires", expires_, "How long an invitation holds, such as 1d; for ever when not said")
            ->type_name("DURATION");
        app.add_option("--uses", uses_, "How often an invitation may be used; without end when not said")
            ->type_name("NUMBER");
        app.add_option("--note", note_, "What an invitation is for, for those who list them")->type_name("TEXT");
        app.add_flag("--eject", eject_, "Who came by the invitation has to go (revoke)");
        app.add_option("--socket", socket_, "The server's admin socket; otherwise where its settings say")
            ->type_name("FILE");
        app.add_option("--config", config_, "The server's configuration file")->type_name("FILE");
    }

    ExitCode run(Context& context) override {
        Json request;
        if (!make_request(context, request)) return ExitCode::usage;
        std::string why;
        for (const std::string& path : candidates(context)) {
            const bool copies = action_ == "export" || action_ == "backup" || action_ == "forget";
            const Descriptor fd(open_socket(path, copies ? kCopySeconds : kAnswerSeconds, why));
            if (fd.get() < 0) continue;
            return exchange(context, fd.get(), request);
        }
        complain(context, "no server to talk to: " + why);
        hint(context, "is it running with --data DIR, and are you its user or root?");
        return ExitCode::unreachable;
    }

private:
    bool make_request(Context& context, Json& request) const {
        const Action& action =
            *std::find_if(std::begin(kActions), std::end(kActions), [&](const Action& a) { return a.name == action_; });
        request["command"] = action_;
        std::vector<std::string> given, wanted;
        for (const std::string& each : {conference_, argument_})
            if (!each.empty()) given.push_back(each);
        if (action.takes_conference) wanted.emplace_back("a conference");
        if (!action.more.empty()) wanted.emplace_back(action.more);
        if (given.size() != wanted.size()) {
            complain(context, "convene admin " + action_ + " takes " +
                                  (wanted.empty() ? "nothing more" : wanted.front()) +
                                  (wanted.size() < 2 ? "" : " and " + wanted.back()));
            return false;
        }
        if (action.takes_conference) request["conference"] = given.front();
        if (action_ == "export" || action_ == "backup")
            request["folder"] = std::filesystem::absolute(given.back()).lexically_normal().string();
        if (action_ == "eject") {
            const auto number = server::parse_count(argument_);
            if (!number) {
                complain(context, "the number of a participant is needed; `convene admin participants` shows them");
                return false;
            }
            request["user"] = *number;
        }
        if (action_ == "revoke") {
            request["invitation"] = argument_;
            request["eject"] = eject_;
        }
        if (action_ == "invite" && !invitation(context, request)) return false;
        if (action_ == "capture") {
            const auto on = server::parse_bool(argument_);
            if (!on) {
                complain(context, "capture is on or off");
                return false;
            }
            request["on"] = *on;
        }
        return true;
    }

    bool invitation(Context& context, Json& request) const {
        if (!right_.empty()) request["right"] = right_;
        if (!note_.empty()) request["note"] = note_;
        if (owner_) request["owner"] = true;
        if (!expires_.empty()) {
            const auto time = server::parse_duration(expires_);
            if (!time || time->count() < 1000) {
                complain(context, "--expires wants a duration such as 90m or 7d");
                return false;
            }
            request["expires_seconds"] = time->count() / 1000;
        }
        if (!uses_.empty()) {
            const auto uses = server::parse_count(uses_);
            if (!uses || *uses == 0) {
                complain(context, "--uses wants a number");
                return false;
            }
            request["uses"] = *uses;
        }
        return true;
    }

    std::vector<std::string> candidates(const Context& context) const {
        if (!socket_.empty()) return {socket_};
        server::SettingSources sources;
        if (!config_.empty()) sources.file = config_;
        sources.variable = context.streams.variable;
        const server::Settings settings = server::load_settings(sources).settings;
        std::vector<std::string> out;
        if (!settings.admin_socket.empty()) out.push_back(settings.admin_socket);
        if (!settings.data.empty()) out.push_back(settings.data + "/admin.sock");
        // Where the unit file puts them.
        out.emplace_back("/run/convene/admin.sock");
        out.emplace_back("/var/lib/convene/admin.sock");
        return out;
    }

    static int open_socket(const std::string& path, time_t seconds, std::string& why) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        if (path.size() >= sizeof address.sun_path) {
            why = path + ": the name is too long for a socket";
            return -1;
        }
        std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
        const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const timeval patience{seconds, 0};
        if (fd >= 0 && setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience) == 0 &&
            setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience) == 0 &&
            connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0)
            return fd;
        if (why.empty() || errno != ENOENT) why = path + ": " + std::strerror(errno);
        if (fd >= 0) close(fd);
        return -1;
    }

    static ExitCode exchange(Context& context, int fd, const Json& request) {
        const std::string line = json_line(request) + "\n";
        std::string answer;
        bool sent = send(fd, line.data(), line.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(line.size());
        char buffer[16 * 1024];
        while (sent && answer.find('\n') == std::string::npos && answer.size() < kMaxAnswer) {
            const ssize_t count = recv(fd, buffer, sizeof buffer, 0);
            if (count <= 0) break;
            answer.append(buffer, static_cast<std::size_t>(count));
        }
        if (answer.find('\n') == std::string::npos) {
            complain(context, "the server did not answer");
            return ExitCode::unreachable;
        }
        Json json = Json::parse(answer, nullptr, false);
        if (!json.is_object()) {
            complain(context, "the answer is no JSON object");
            return ExitCode::protocol;
        }
        const bool ok = json.value("ok", false);
        if (context.json) {
            context.out << answer.substr(0, answer.find('\n') + 1);
        } else if (ok) {
            json.erase("ok");
            context.out << (json.empty() ? std::string("done\n") : asn1::to_text(json));
        } else {
            complain(context, printable(json.value("error", "refused")));
            if (json.contains("problems"))
                for (const Json& problem : json["problems"]) hint(context, printable(problem.get<std::string>()));
        }
        return ok ? ExitCode::fine : ExitCode::refused;
    }

    std::string action_;
    std::string conference_;
    std::string argument_;
    std::string right_;
    bool owner_ = false;
    std::string expires_;
    std::string uses_;
    std::string note_;
    bool eject_ = false;
    std::string socket_;
    std::string config_;
};

}  // namespace

std::unique_ptr<Command> make_admin() { return std::make_unique<Admin>(); }

}  // namespace convene::cli
