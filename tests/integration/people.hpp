/// Participants on real sockets, all on one event loop that the test drives.
#pragma once

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/lane.hpp"
#include "io/node_runner.hpp"
#include "io/session.hpp"

namespace convene::integration {

/// As a program of ours would be by default.
node::NodeConfig person_named(std::string name);

/// One participant; keeps all that happens to it.
class Person final : private io::NodeRunnerEvents {
public:
    Person(io::Lane& lane, node::NodeConfig config);

    void join(const std::string& address, std::string_view conference = {});
    void say(std::string_view text);
    void leave();

    template <class T>
    std::vector<const T*> all() const {
        std::vector<const T*> out;
        for (const auto& event : events_)
            if (const T* found = io::event_as<T>(event)) out.push_back(found);
        return out;
    }
    bool can_chat() const { return !all<node::ChatReady>().empty(); }
    bool is_over() const { return !all<gcc::Ended>().empty(); }
    std::size_t roster_size();
    std::vector<std::string> lines() const;  ///< of chat

    io::NodeRunner& runner() { return runner_; }
    node::Node& node() { return runner_.node(); }

private:
    void on_event(node::Event& event) override { events_.push_back(std::move(event)); }
    void on_incident(const node::Incident&) override {}
    void on_transport_gone(io::TransportId, std::string_view) override {}
    void on_too_slow(io::TransportId, io::TooSlow) override {}

    std::vector<node::Event> events_;
    io::NodeRunner runner_;
};

class People {
public:
    Person& add(std::string name);
    Person& add(node::NodeConfig config);
    /// Runs the event loop until `done`, or until `patience` is over: then false.
    bool run_until(const std::function<bool()>& done, std::chrono::milliseconds patience = std::chrono::seconds(10));
    void run_for(std::chrono::milliseconds time);

private:
    boost::asio::io_context context_{1};
    io::Lane lane_{context_};
    std::vector<std::unique_ptr<Person>> people_;
};

}  // namespace convene::integration
