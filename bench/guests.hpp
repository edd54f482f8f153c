/// Participants of a benchmark: whole nodes with whiteboard and files, many on one thread.
#pragma once

#include <boost/asio/io_context.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "io/node_runner.hpp"
#include "whiteboard/editor.hpp"

namespace convene::bench {

/// One participant on a loop that it shares with others.
class Guest final : private io::NodeRunnerEvents {
public:
    Guest(io::Lane& lane, const std::string& name, std::uint64_t seed);

    /// The conference of that name; nothing means that for clients which know no name.
    void join(std::uint16_t port, std::string_view conference = {});
    io::NodeRunner& runner() { return runner_; }
    node::Node& node() { return runner_.node(); }
    whiteboard::Entity& board() { return *entity_; }
    whiteboard::Editor& editor() { return editor_; }
    void act();
    /// Octets that came over the network.
    std::size_t received() const { return *received_; }

    /// Called for everything that happens; replaceable.
    std::function<void(const node::Event&)> on_news;

private:
    void on_event(node::Event& event) override {
        if (on_news) on_news(event);
    }
    void on_incident(const node::Incident&) override {}
    void on_transport_gone(io::TransportId, std::string_view) override {}
    void on_too_slow(io::TransportId, io::TooSlow) override {}

    std::shared_ptr<std::size_t> received_ = std::make_shared<std::size_t>(0);
    std::shared_ptr<whiteboard::Entity> entity_;
    whiteboard::Editor editor_;
    io::NodeRunner runner_;
};

/// Many of them, joined one after the other.
class Party {
public:
    Party() : lane_(io_) {}

    Guest& add(std::uint16_t port, const std::string& name);
    /// Until `done` says so; false when `seconds` are over before.
    bool run_until(const std::function<bool()>& done, double seconds);
    void run_for(double seconds) {
        run_until([] { return false; }, seconds);
    }
    std::vector<std::unique_ptr<Guest>>& guests() { return guests_; }
    boost::asio::io_context& io() { return io_; }

private:
    boost::asio::io_context io_{1};
    io::Lane lane_;
    std::vector<std::unique_ptr<Guest>> guests_;
};

/// The value below which `share` (0..1) of them lie; sorts. 0 of none.
double percentile(std::vector<double>& values, double share);

}  // namespace convene::bench
