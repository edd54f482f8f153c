// `convene probe`: what listens on a port 1503, here or elsewhere.
#include <CLI/App.hpp>
#include <ostream>

#include "base/hex.hpp"
#include "base/json_line.hpp"
#include "cli/clock_text.hpp"
#include "cli/command.hpp"
#include "cli/local_ports.hpp"
#include "cli/probe_dialogue.hpp"
#include "io/endpoint.hpp"
#include "server/setting_value.hpp"

namespace convene::cli {
namespace {

constexpr Example kProbeExamples[] = {
    {"probe meet.example.org", "what listens on port 1503 there?"},
    {"probe 192.0.2.7:3389 --timeout 2s", "on another port, with little patience"},
    {"probe --local", "who listens on 1503 and related ports of this machine?"},
    {"probe --json localhost", "for a health check: exit code 0 means a T.120 node"},
};
constexpr CommandText kProbeText{
    "probe", "say what listens on a port 1503",
    "Asks as a T.120 node would: an X.224 connection request, then a conference query. If that "
    "is not T.120, asks as a Remote "
    "Desktop client would, and, where there was no answer at all, as a TLS client. Everything "
    "that is sent is printed before; "
    "nothing else is sent.",
    kProbeExamples};

class Probe final : public Command {
public:
    const CommandText& text() const override { return kProbeText; }

    void declare(CLI::App& app) override {
        app.add_option("HOST", host_, "Name or address, with :PORT unless it is 1503")->type_name("HOST");
        app.add_flag("--local", local_, "List who listens on the ports of conferencing on this machine; sends nothing");
        app.add_option("--timeout", timeout_, "How long each step may take")->type_name("DURATION");
    }

    ExitCode run(Context& context) override {
        if (local_ != host_.empty()) {
            complain(context, local_ ? "--local takes no host" : "which host? Or --local for this machine");
            return ExitCode::usage;
        }
        return local_ ? list_local(context) : probe_host(context);
    }

private:
    ExitCode probe_host(Context& context) const {
        const auto where = io::parse_host_port(host_);
        const auto time = server::parse_duration(timeout_);
        if (!where || !time || time->count() == 0) {
            complain(context, !where  ? where.error()
                              : !time ? time.error()
                                      : std::string("--timeout must be above zero"));
            return ExitCode::usage;
        }
        nlohmann::ordered_json sent = nlohmann::ordered_json::array();
        const ProbeReport report =
            probe({where->host, where->port, *time}, [&](unsigned connection, std::string_view what, ByteView octets) {
                if (context.json)
                    sent.push_back({{"connection", connection}, {"what", what}, {"octets", to_hex(octets)}});
                else
                    context.out << "sends " << what << " (connection " << connection << ", " << octets.size()
                                << " octets): " << to_hex(octets) << std::endl;
            });
        if (context.json) {
            nlohmann::ordered_json out = to_json(report);
            out["sent"] = std::move(sent);
            context.out << json_line(out) << '\n';
        } else {
            const ExitCode code = exit_code(report.verdict);
            const Style style = code == ExitCode::fine          ? Style::good
                                : code == ExitCode::unreachable ? Style::bad
                                                                : Style::doubtful;
            context.out << details_of(report) << styled(context, style, printable(report.host) + ": " + report.summary)
                        << '\n';
            context.out << printable(advice(report)) << '\n';
        }
        return exit_code(report.verdict);
    }

    static ExitCode list_local(Context& context) {
        const auto listeners = local_listeners();
        bool has_t120 = false;
        for (const LocalListener& listener : listeners) {
            const KnownPort& port = *listener.port;
            has_t120 = has_t120 || (port.port == io::kT120Port && !port.is_udp);
            if (context.json) {
                nlohmann::ordered_json out{{"port", port.port},
                                           {"protocol", port.is_udp ? "udp" : "tcp"},
                                           {"use", port.use},
                                           {"address", listener.address},
                                           {"user", listener.user_name}};
                if (listener.process) out["process"] = *listener.process;
                if (!listener.program.empty()) out["program"] = listener.program;
                if (listener.since) out["since"] = utc_text(*listener.since);
                out["expected"] = listener.expected();
                out["judgement"] = judge(listener);
                context.out << json_line(out) << '\n';
                continue;
            }
            context.out << port.port << (port.is_udp ? "/udp" : "/tcp") << " (" << port.use << ") on "
                        << listener.address << ": ";
            if (listener.program.empty())
                context.out << "a program of " << listener.user_name;
            else
                context.out << printable(listener.program) << ", process " << *listener.process << ", user "
                            << listener.user_name;
            if (listener.since) context.out << ", since " << utc_text(*listener.since);
            context.out << "; " << styled(context, listener.expected() ? Style::good : Style::doubtful, judge(listener))
                        << '\n';
        }
        if (!has_t120 && !context.json) context.out << "nothing listens on 1503/tcp; `convene serve` would\n";
        return ExitCode::fine;
    }

    std::string host_;
    std::string timeout_ = "5s";
    bool local_ = false;
};

}  // namespace

std::unique_ptr<Command> make_probe() { return std::make_unique<Probe>(); }

}  // namespace convene::cli
