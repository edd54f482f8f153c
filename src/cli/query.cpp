// `convene query`: which conferences there are at a node.
#include <CLI/App.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <ostream>

#include "base/json_line.hpp"
#include "cli/command.hpp"
#include "cli/context.hpp"
#include "cli/probe_report.hpp"
#include "io/node_runner.hpp"
#include "io/session.hpp"
#include "server/setting_value.hpp"

namespace convene::cli {
namespace {

constexpr Example kQueryExamples[] = {
    {"query meet.example.org", "which conferences does it list?"},
    {"query --json localhost", "one JSON object for each"},
};
constexpr CommandText kQueryText{"query", "list the conferences of a server or node", "", kQueryExamples};

class Query final : public Command, private io::NodeRunnerEvents {
public:
    const CommandText& text() const override { return kQueryText; }

    void declare(CLI::App& app) override {
        app.add_option("HOST", host_, "Name or address, with :PORT unless it is 1503")->required()->type_name("HOST");
        app.add_option("--timeout", timeout_, "How long it may take")->type_name("DURATION");
    }

    ExitCode run(Context& context) override {
        const auto time = server::parse_duration(timeout_);
        if (const auto where = io::parse_host_port(host_); !where || !time) {
            complain(context, !where ? where.error() : time.error());
            return ExitCode::usage;
        }
        io::Lane lane(io_);
        node::NodeConfig config;
        config.random = io::system_random();
        io::NodeRunner runner(lane, std::move(config), *this);
        runner.node().query(host_, io::NodeRunner::now());
        runner.act();
        io_.run_for(*time);
        if (answer_) return show(context, *answer_);
        complain(context, trouble_.empty() ? "no answer in time" : printable(trouble_));
        hint(context, "what is there? convene probe " + host_);
        return ExitCode::unreachable;
    }

private:
    static ExitCode show(Context& context, const gcc::ConferenceQueryResponse& answer) {
        if (answer.result != gcc::QueryResult::success) {
            complain(context, "the node does not tell");
            return ExitCode::refused;
        }
        for (const auto& conference : answer.conference_list) {
            if (context.json)
                context.out << json_line(to_json(conference));
            else
                context.out << describe(conference);
            context.out << '\n';
        }
        if (answer.conference_list.empty() && !context.json) context.err << "no conference is listed\n";
        if (answer.wait_for_invitation_flag.value_or(false)) context.err << "callers wait to be invited\n";
        return ExitCode::fine;
    }

    void on_event(node::Event& event) override {
        if (auto* answered = std::get_if<node::QueryAnswered>(&event)) answer_ = std::move(answered->response);
        if (auto* broken = std::get_if<node::CallBroken>(&event)) trouble_ = broken->why;
        if (answer_ || !trouble_.empty()) boost::asio::post(io_, [this] { io_.stop(); });
    }
    void on_incident(const node::Incident&) override {}
    void on_transport_gone(io::TransportId, std::string_view) override {}
    void on_too_slow(io::TransportId, io::TooSlow) override {}

    boost::asio::io_context io_{1};
    std::string host_;
    std::string timeout_ = "10s";
    std::optional<gcc::ConferenceQueryResponse> answer_;
    std::string trouble_;
};

}  // namespace

std::unique_ptr<Command> make_query() { return std::make_unique<Query>(); }

}  // namespace convene::cli
