#include "sim/board_world.hpp"

#include <algorithm>
#include <utility>

#include "base/overloaded.hpp"

namespace convene::sim {
namespace {

using namespace std::chrono_literals;

constexpr Duration kJitter = 30ms;
constexpr Duration kRosterRest = 80ms;  ///< changes of the roster are put together for up to so long
constexpr Duration kNotices = 400ms;    ///< until the top knows that a link is broken, at most

}  // namespace

BoardWorld::Node& BoardWorld::add(const whiteboard::EntityConfig& config) {
    auto& node = *nodes_.emplace_back(std::make_unique<Node>());
    node.number = nodes_.size() - 1;
    node.entity = std::make_unique<whiteboard::Entity>(config);
    node.editor = std::make_unique<whiteboard::Editor>(*node.entity);
    node.delay = random_.chance(30) ? random_.up_to(300ms) : random_.up_to(20ms);
    return node;
}

void BoardWorld::up(Node& node, std::function<void()> what) {
    if (!node.is_connected) return;
    node.up_free = std::max(node.up_free, now_ + node.delay + random_.up_to(kJitter));
    plan(node.up_free, [this, &node, epoch = node.epoch, what = std::move(what)] {
        if (node.epoch == epoch) what();
    });
}

void BoardWorld::down(Node& node, bool is_data, std::function<void()> what) {
    if (!node.is_connected) return;
    Instant& free = is_data ? node.data_free : node.control_free;
    free = std::max(free, now_ + node.delay + random_.up_to(kJitter));
    plan(free, [this, &node, epoch = node.epoch, what = std::move(what)] {
        if (node.epoch != epoch) return;
        what();
        act(node);
    });
}

BoardWorld::Node* BoardWorld::node_of(mcs::UserId user) {
    auto found = users_.find(user);
    // The top may not know yet that a user's connection is gone, and its node may be back as another user.
    bool is_current = found != users_.end() && nodes_[found->second]->user == user;
    return is_current ? nodes_[found->second].get() : nullptr;
}

void BoardWorld::connect(Node& node) {
    if (node.is_connected) return;
    node.is_connected = true;
    ++node.epoch;
    node.roster.clear();
    up(node, [this, &node] {
        mcs::UserId user{next_user_++};
        users_[user] = node.number;
        node.user = user;
        down(node, false, [this, &node, user] { node.entity->on_attached(user, now_); });
        announce_roster();
    });
}

void BoardWorld::cut(Node& node) {
    if (!node.is_connected) return;
    node.is_connected = false;
    ++node.epoch;
    auto user = std::exchange(node.user, std::nullopt);
    node.entity->on_lost(now_);
    act(node);
    if (user) plan(now_ + random_.up_to(kNotices), [this, user = *user] { remove(user); });
}

void BoardWorld::leave(Node& node) {
    if (!node.is_connected) return;
    node.entity->leave();
    act(node);
    auto user = node.user;
    if (user) up(node, [this, user = *user] { remove(user); });
    up(node, [&node] {
        node.is_connected = false;
        ++node.epoch;
        node.user.reset();
    });
}

void BoardWorld::remove(mcs::UserId user) {
    if (users_.erase(user) == 0) return;
    for (auto& [channel, members] : channels_) members.erase(user);
    for (auto at = tokens_.begin(); at != tokens_.end();) at = at->second == user ? tokens_.erase(at) : std::next(at);
    for (const auto& [other, number] : users_)
        down(*nodes_[number], false, [this, &node = *nodes_[number], user] { node.entity->on_detached(user, now_); });
    if (enrolments_.erase(user) != 0) announce_roster();
}

void BoardWorld::announce_roster() {
    if (std::exchange(roster_is_planned_, true)) return;
    plan(now_ + random_.up_to(kRosterRest), [this] {
        roster_is_planned_ = false;
        ++roster_instance_;
        std::vector<whiteboard::RosterLine> lines;
        for (const auto& [user, enrolment] : enrolments_)
            lines.push_back({enrolment.session, gcc::Entity{user, gcc::EntityId{1}}, enrolment.record});
        for (const auto& [user, number] : users_) {
            Node* node = node_of(user);
            if (node == nullptr) continue;
            down(*node, false, [this, node, lines, instance = roster_instance_] {
                node->roster = lines;
                node->roster_instance = instance;
                node->entity->on_roster(lines, instance, now_);
            });
        }
    });
}

void BoardWorld::relay(mcs::UserId from, const whiteboard::Send& send) {
    auto members = channels_.find(send.channel);
    if (members == channels_.end()) return;
    auto octets = std::make_shared<const Bytes>(send.octets);
    for (mcs::UserId member : members->second) {
        Node* node = node_of(member);
        if (node == nullptr || (member == from && !send.uniform)) continue;
        octets_ += octets->size();
        down(*node, true, [this, node, from, channel = send.channel, uniform = send.uniform, octets] {
            node->entity->on_data(from, channel, uniform, *octets, now_);
        });
    }
}

void BoardWorld::act(Node& node) {
    std::vector<whiteboard::Output> outputs;
    node.entity->take_outputs(outputs);
    while (!outputs.empty()) {
        for (auto& output : outputs) {
            std::visit(overloaded{[&](const whiteboard::Join& join) {
                                      up(node, [this, &node, channel = join.channel] {
                                          if (!node.user) return;
                                          channels_[channel].insert(*node.user);
                                          down(node, false, [this, &node, channel] {
                                              node.entity->on_joined(channel, true, now_);
                                              if (node.roster_instance != 0)
                                                  node.entity->on_roster(node.roster, node.roster_instance, now_);
                                          });
                                      });
                                  },
                                  [&](const whiteboard::Leave& leave) {
                                      up(node, [this, &node, channel = leave.channel] {
                                          if (node.user) channels_[channel].erase(*node.user);
                                      });
                                  },
                                  [&](const whiteboard::Enrol& enrol) {
                                      up(node, [this, &node, enrol] {
                                          if (!node.user) return;
                                          enrolments_[*node.user] = {enrol.session, enrol.record};
                                          announce_roster();
                                      });
                                  },
                                  [&](whiteboard::Send& send) {
                                      up(node, [this, &node, send = std::move(send)] {
                                          if (node.user) relay(*node.user, send);
                                      });
                                  },
                                  [&](const whiteboard::GrabToken& grab) {
                                      up(node, [this, &node, token = grab.token] {
                                          if (!node.user) return;
                                          bool is_free = tokens_.count(token) == 0;
                                          if (is_free) tokens_[token] = *node.user;
                                          down(node, false, [this, &node, token, is_free] {
                                              node.entity->on_token(token, is_free, now_);
                                          });
                                      });
                                  },
                                  [&](const whiteboard::ReleaseToken& release) {
                                      up(node, [this, &node, token = release.token] {
                                          auto found = tokens_.find(token);
                                          if (node.user && found != tokens_.end() && found->second == *node.user)
                                              tokens_.erase(found);
                                      });
                                  },
                                  [&](const whiteboard::AllocateHandles& wanted) {
                                      up(node, [this, &node, count = wanted.count] {
                                          whiteboard::ItemId first{std::exchange(next_handle_, next_handle_ + count)};
                                          down(node, false, [this, &node, first, count] {
                                              node.entity->on_handles(first, count, now_);
                                          });
                                      });
                                  },
                                  [&](const whiteboard::Converged& converged) {
                                      if (converged.has_given_up) ++node.given_up;
                                      if (!converged.is_first && !converged.has_given_up) ++node.copies;
                                  },
                                  [&](const whiteboard::ActionRefused&) { ++node.refusals; }, [](const auto&) {}},
                       output);
        }
        node.entity->take_outputs(outputs);
    }
    wake(node);
}

void BoardWorld::wake(Node& node) {
    auto deadline = node.entity->deadline();
    if (!deadline || (node.wakes && *node.wakes <= *deadline)) return;
    node.wakes = std::max(*deadline, now_);
    plan(*node.wakes, [this, &node, at = *node.wakes] {
        if (node.wakes != at) return;
        node.wakes.reset();
        node.entity->on_time(now_);
        act(node);
    });
}

std::optional<mcs::UserId> BoardWorld::holder_of(mcs::TokenId token) const {
    auto found = tokens_.find(token);
    return found == tokens_.end() ? std::nullopt : std::optional(found->second);
}

void BoardWorld::pass(Duration time) {
    Instant until = now_ + time;
    while (!events_.empty() && events_.top().at <= until) {
        Event event = events_.top();
        events_.pop();
        now_ = event.at;
        event.what();
    }
    now_ = until;
}

}  // namespace convene::sim
