#include "server/testing_visitor.hpp"

#include "io/random.hpp"

namespace convene::server::testing {
namespace {

node::NodeConfig config(std::string name, const std::function<void(node::NodeConfig&)>& adjust) {
    node::NodeConfig out;
    out.name = std::move(name);
    out.random = io::random_number;
    if (adjust) adjust(out);
    return out;
}

}  // namespace

Visitor::Visitor(io::Lane& lane, std::string name, const std::function<void(node::NodeConfig&)>& adjust)
    : runner_(lane, config(std::move(name), adjust), *this) {}

Visitor::~Visitor() = default;

void Visitor::with(const std::function<void(node::Node&, Instant)>& what) {
    what(runner_.node(), io::NodeRunner::now());
    runner_.node().settle(io::NodeRunner::now());
    runner_.act();
}

void Visitor::join(const std::string& address, const node::JoinOptions& options) {
    with([&](node::Node& node, Instant now) { node.join(address, options, now); });
}

std::size_t Visitor::roster() const {
    const auto* conference = const_cast<io::NodeRunner&>(runner_).node().conference();
    return conference == nullptr ? 0 : conference->roster().nodes.nodes().size();
}

std::vector<std::string> Visitor::said() const {
    std::vector<std::string> out;
    for (const auto& line : all<node::ChatLine>()) out.push_back(line.name + ": " + line.text);
    return out;
}

void Visitor::on_event(node::Event& event) { events_.push_back(event); }

}  // namespace convene::server::testing
