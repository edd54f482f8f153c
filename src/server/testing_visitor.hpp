/// Somebody who visits a server under test, over a socket.
#pragma once

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "io/node_runner.hpp"

namespace convene::server::testing {

/// A participant on the io_context of the test.
class Visitor final : private io::NodeRunnerEvents {
public:
    Visitor(io::Lane& lane, std::string name, const std::function<void(node::NodeConfig&)>& adjust = {});
    ~Visitor();

    io::NodeRunner& runner() { return runner_; }
    node::Node& node() { return runner_.node(); }
    gcc::Conference& conference() { return *runner_.node().conference(); }
    /// Use `what` on the node and let it act.
    void with(const std::function<void(node::Node&, Instant)>& what);
    void join(const std::string& address, const node::JoinOptions& options = {});

    /// The events of one kind so far, of the node or of GCC.
    template <class T>
    std::vector<T> all() const {
        std::vector<T> out;
        for (const auto& event : events_)
            if (const T* found = node::event_as<T>(event)) out.push_back(*found);
        return out;
    }
    template <class T>
    bool has() const {
        return std::any_of(events_.begin(), events_.end(),
                           [](const auto& event) { return node::event_as<T>(event) != nullptr; });
    }
    std::size_t roster() const;
    std::vector<std::string> said() const;

private:
    void on_event(node::Event& event) override;
    void on_incident(const node::Incident&) override {}
    void on_transport_gone(io::TransportId, std::string_view) override {}
    void on_too_slow(io::TransportId, io::TooSlow) override {}

    std::vector<node::Event> events_;
    io::NodeRunner runner_;
};

}  // namespace convene::server::testing
