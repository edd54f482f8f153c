#include "bench/guests.hpp"

#include <algorithm>
#include <chrono>

#include "gcc/typed_text.hpp"
#include "io/random.hpp"
#include "io/session.hpp"

namespace convene::bench {
namespace {

class Counter final : public io::Tap {
public:
    explicit Counter(std::shared_ptr<std::size_t> count) : count_(std::move(count)) {}
    void received(ByteView octets) override { *count_ += octets.size(); }
    void sent(ByteView) override {}
    void closed(bool) override {}

private:
    std::shared_ptr<std::size_t> count_;
};

std::shared_ptr<whiteboard::Entity> entity_of(std::uint64_t seed) {
    whiteboard::EntityConfig config;
    config.seed = seed;
    return std::make_shared<whiteboard::Entity>(std::move(config));
}

node::NodeConfig config_of(const std::string& name, std::shared_ptr<whiteboard::Entity> entity) {
    node::NodeConfig config;
    config.name = name;
    config.whiteboard = std::move(entity);
    config.files.emplace();
    config.random = io::system_random();
    return config;
}

}  // namespace

Guest::Guest(io::Lane& lane, const std::string& name, std::uint64_t seed)
    : entity_(entity_of(seed)),
      editor_(*entity_),
      runner_(lane, config_of(name, entity_), static_cast<io::NodeRunnerEvents&>(*this)) {
    runner_.set_tap_maker([count = received_](const io::Connection&) { return std::make_unique<Counter>(count); });
}

void Guest::join(std::uint16_t port, std::string_view conference) {
    node::JoinOptions options;
    if (!conference.empty()) options.conference = gcc::selector_of_text(conference);
    node().join("127.0.0.1:" + std::to_string(port), options, io::NodeRunner::now());
    runner_.act();
}

void Guest::act() {
    node().settle(io::NodeRunner::now());
    runner_.act();
}

Guest& Party::add(std::uint16_t port, const std::string& name) {
    guests_.push_back(std::make_unique<Guest>(lane_, name, guests_.size() + 1));
    guests_.back()->join(port);
    return *guests_.back();
}

bool Party::run_until(const std::function<bool()>& done, double seconds) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
    while (!done()) {
        const auto now = std::chrono::steady_clock::now();
        if (now >= end) return false;
        io_.restart();
        io_.run_one_for(
            std::min(std::chrono::duration_cast<Duration>(end - now), Duration(std::chrono::milliseconds(20))));
    }
    return true;
}

double percentile(std::vector<double>& values, double share) {
    if (values.empty()) return 0;
    std::sort(values.begin(), values.end());
    return values[std::min(values.size() - 1, static_cast<std::size_t>(share * static_cast<double>(values.size())))];
}

}  // namespace convene::bench
