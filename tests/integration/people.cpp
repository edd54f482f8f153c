#include "tests/integration/people.hpp"

#include "tests/integration/test_server.hpp"

namespace convene::integration {

node::NodeConfig person_named(std::string name) {
    node::NodeConfig config;
    config.name = std::move(name);
    config.random = io::system_random();
    return config;
}

Person::Person(io::Lane& lane, node::NodeConfig config) : runner_(lane, std::move(config), *this) {}

void Person::join(const std::string& address, std::string_view conference) {
    node::JoinOptions options;
    const bool is_number = conference.find_first_not_of("0123456789") == std::string_view::npos;
    if (!conference.empty() && is_number) options.conference = std::string(conference);
    if (!is_number) options.conference = gcc::SimpleText{gcc::to_bmp(conference)};
    node().join(address, options, io::NodeRunner::now());
    runner_.act();
}

void Person::say(std::string_view text) {
    node().say(text, io::NodeRunner::now());
    runner_.act();
}

void Person::leave() {
    node().leave(io::NodeRunner::now());
    runner_.act();
}

std::size_t Person::roster_size() {
    return node().conference() == nullptr ? 0 : node().conference()->roster().nodes.nodes().size();
}

std::vector<std::string> Person::lines() const {
    std::vector<std::string> out;
    for (const auto* line : all<node::ChatLine>()) out.push_back(line->text);
    return out;
}

Person& People::add(std::string name) { return add(person_named(std::move(name))); }

Person& People::add(node::NodeConfig config) {
    people_.push_back(std::make_unique<Person>(lane_, std::move(config)));
    return *people_.back();
}

bool People::run_until(const std::function<bool()>& done, std::chrono::milliseconds patience) {
    const auto end = std::chrono::steady_clock::now() + patience * slowness();
    while (!done()) {
        const auto now = std::chrono::steady_clock::now();
        if (now >= end) return false;
        context_.restart();
        context_.run_one_until(std::min(end, now + std::chrono::milliseconds(20)));
    }
    return true;
}

void People::run_for(std::chrono::milliseconds time) {
    context_.restart();
    context_.run_for(time);
}

}  // namespace convene::integration
