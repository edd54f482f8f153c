/// A participant for programs: one node on an event loop of its own, which calls back for what happens.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <functional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "io/lane.hpp"
#include "io/node_runner.hpp"

namespace convene::io {

using node::event_as;

/// Say with on() what is of interest, join(), then run() until it is over. Everything happens on the thread of run();
/// handlers may use the session. For several nodes on one loop, or a node that is called, use NodeRunner.
class Session final : private NodeRunnerEvents {
public:
    /// `name` is what others see, UTF-8, at most 255 characters.
    explicit Session(std::string name);
    /// A random source that is missing is filled in with the system's.
    explicit Session(node::NodeConfig config);

    /// Calls `handler(const T&)` for every T that happens: one of node::Event or of gcc::Event. Before run().
    template <class T, class Handler>
    void on(Handler handler) {
        handlers_.push_back([handler = std::move(handler)](const node::Event& event) mutable {
            if (const auto* found = event_as<T>(event)) handler(*found);
        });
    }

    /// Calls `address` ("host" or "host:port") and joins a conference there: by its number when `conference` consists
    /// of digits, else by its name; whichever newcomers are led to when it is empty.
    void join(const std::string& address, std::string_view conference = {}, std::string_view password = {});
    void say(std::string_view utf8);
    /// False when that node has no chat.
    bool say_privately(mcs::UserId node, std::string_view utf8);
    void leave();
    /// SIGINT and SIGTERM make the session leave.
    void leave_on_signals();

    /// Until the session has left or its conference has ended. What went wrong, as a sentence; empty when nothing did.
    std::string run();
    /// Makes run() return at once.
    void stop() { context_.stop(); }

    /// For everything that this class has no function for. After using it, call act().
    node::Node& node() { return runner_.node(); }
    void act() { runner_.act(); }
    boost::asio::io_context& context() { return context_; }

private:
    void on_event(node::Event& event) override;
    void on_incident(const node::Incident&) override {}
    void on_transport_gone(TransportId transport, std::string_view why) override;
    void on_too_slow(TransportId, TooSlow) override {}
    void finish(std::string trouble);
    void stop_when_closed();

    boost::asio::io_context context_{1};
    Lane lane_;
    boost::asio::signal_set signals_;
    std::vector<std::function<void(const node::Event&)>> handlers_;
    std::string trouble_;
    bool leaving_ = false;
    bool finished_ = false;
    NodeRunner runner_;
};

/// Numbers that nobody can guess, from the operating system.
node::RandomSource system_random();

}  // namespace convene::io
