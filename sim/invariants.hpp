/// What must hold in every tree of providers once nothing moves any more.
#pragma once

#include <vector>

#include "sim/crowd.hpp"
#include "sim/network.hpp"
#include "sim/report.hpp"

namespace convene::sim {

/// The providers of one domain: a tree of connections that both ends have.
struct Tree {
    std::vector<Node> nodes;  ///< ascending
    Node top = 0;
};

/// Every node is in one tree. Reports domains without a top provider or with several.
std::vector<Tree> trees_of(const Network& network, Report& report);

/// Both ends of every connection agree, ids are unique, each token has one holder, nothing is left in any queue.
void check_providers(const Network& network, const Crowd& crowd, const std::vector<Tree>& trees, Report& report);

/// After the last user has gone.
void check_empty(const Network& network, Report& report);

}  // namespace convene::sim
