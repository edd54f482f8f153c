#include "io/node_runner.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <utility>

#include "base/check.hpp"
#include "base/overloaded.hpp"

namespace convene::io {

namespace {
// A node that answers each of its own events with another one is broken, and must not hang its thread.
constexpr int kMostRounds = 10'000;

void add(Traffic& to, const Traffic& more) {
    to.octets_in += more.octets_in;
    to.octets_out += more.octets_out;
    to.frames_out += more.frames_out;
}
}  // namespace

NodeRunner::NodeRunner(Lane& lane, node::NodeConfig config, NodeRunnerEvents& events, NodeRunnerOptions options)
    : lane_(lane), events_(events), options_(options), node_(std::move(config), now()), timer_(lane.context()) {}

NodeRunner::~NodeRunner() {
    for (auto& [id, connection] : open_) connection->abort();
    for (auto& [id, connection] : closing_) connection->abort();
}

TransportId NodeRunner::adopt(Connection::Socket socket, node::Reception&& reception, std::string peer,
                              std::unique_ptr<Tap> tap) {
    const TransportId id{next_++};
    CONVENE_CHECK(id.value < node::kFirstOpened, "too many connections in the life of one node");
    take(id, std::move(socket)).set_tap(std::move(tap));
    node_.adopt(id, std::move(reception), std::move(peer), now());
    act();
    return id;
}

Connection& NodeRunner::take(TransportId id, Connection::Socket socket) {
    ConnectionEvents& events = *this;
    auto& slot = open_[id];
    slot = std::make_shared<Connection>(lane_, std::move(socket), id.value, events, options_.connection);
    slot->start();
    return *slot;
}

Connection* NodeRunner::connection(TransportId transport) {
    const auto found = open_.find(transport);
    return found == open_.end() ? nullptr : found->second.get();
}

Traffic NodeRunner::traffic() const {
    Traffic out = past_;
    for (const auto* all : {&open_, &closing_})
        for (const auto& [id, connection] : *all) add(out, connection->traffic());
    return out;
}

std::vector<TransportId> NodeRunner::transports() const {
    std::vector<TransportId> out;
    for (const auto& [id, connection] : open_) out.push_back(id);
    std::sort(out.begin(), out.end());
    return out;
}

void NodeRunner::act() {
    // An owner that uses the node within an event comes back here; the outer loop sees to it.
    if (std::exchange(acting_, true)) return;
    for (int round = 0;; ++round) {
        CONVENE_CHECK(round < kMostRounds, "a node keeps itself busy");
        node_.take_outputs(outputs_);
        for (auto& output : outputs_) carry_out(output);
        node_.take_events(node_events_);
        for (auto& event : node_events_) events_.on_event(event);
        if (outputs_.empty() && node_events_.empty()) break;
    }
    acting_ = false;
    set_timer();
}

void NodeRunner::carry_out(node::NodeOutput& output) {
    std::visit(overloaded{[&](node::Write& write) {
                              if (auto* to = connection(write.transport))
                                  to->write(std::move(write.octets), write.frames);
                          },
                          [&](node::CloseTransport& close) {
                              dials_.erase(close.transport);
                              auto found = open_.extract(close.transport);
                              if (found.empty()) return;
                              found.mapped()->close(close.why);
                              closing_.insert(std::move(found));
                          },
                          [&](node::PauseReading& pause) {
                              if (auto* from = connection(pause.transport)) from->pause_reading();
                          },
                          [&](node::ResumeReading& resume) {
                              if (auto* from = connection(resume.transport)) from->resume_reading();
                          },
                          [&](node::OpenTransport& wanted) { open(wanted); },
                          [&](node::Incident& incident) { events_.on_incident(incident); }},
               output);
}

void NodeRunner::open(const node::OpenTransport& wanted) {
    const TransportId id = wanted.transport;
    const auto failed = [this, id](const std::string& why) {
        dials_.erase(id);
        node_.on_closed(id, why, now());
        events_.on_transport_gone(id, why);
        act();
    };
    const auto where = parse_host_port(wanted.address);
    if (!where) {
        // Later, as a call that fails on the way does.
        boost::asio::post(lane_.context(), [failed, why = where.error(), alive = std::weak_ptr(alive_)] {
            if (!alive.expired()) failed(why);
        });
        return;
    }
    dials_[id] = dial(
        lane_.context(), *where,
        [this, id, failed](DialResult result) {
            if (!result) return failed(result.error());
            dials_.erase(id);
            Connection& connection = take(id, std::move(*result));
            if (tap_maker_) connection.set_tap(tap_maker_(connection));
            node_.transport_opened(id, now());
            act();
        },
        options_.dial_time);
}

void NodeRunner::on_bytes(Connection& connection, Slice octets) {
    node_.on_bytes(TransportId{connection.number()}, std::move(octets), now());
    act();
}

void NodeRunner::on_written(Connection& connection, std::size_t frames, std::size_t octets_queued) {
    const TransportId id{connection.number()};
    if (!open_.contains(id)) return;
    node_.on_written(id, frames, octets_queued, now());
    act();
}

void NodeRunner::on_too_slow(Connection& connection, TooSlow reason) {
    const TransportId id{connection.number()};
    const std::string_view why = describe(reason);
    events_.on_too_slow(id, reason);
    const auto closing = closing_.extract(id);  // keeps it alive, as the next line does
    const auto found = open_.extract(id);
    forget(connection);
    connection.abort();
    if (!found.empty()) node_.on_closed(id, why, now());
    events_.on_transport_gone(id, why);
    act();
}

void NodeRunner::on_backlog(Connection& connection, std::size_t before) {
    backlog_ = backlog_ - before + connection.backlog();
    while (backlog_ > options_.backlog_limit) {
        Connection* longest = nullptr;
        for (const auto* all : {&open_, &closing_})
            for (const auto& [id, each] : *all)
                if (longest == nullptr || each->backlog() > longest->backlog()) longest = each.get();
        CONVENE_CHECK(longest != nullptr, "what waits, waits for somebody");
        on_too_slow(*longest, TooSlow::conference);
    }
}

/// What it has carried is remembered, what waits for it is not.
void NodeRunner::forget(const Connection& connection) {
    add(past_, connection.traffic());
    backlog_ -= connection.backlog();
}

void NodeRunner::on_closed(Connection& connection, std::string_view why) {
    const TransportId id{connection.number()};
    const bool was_closing = closing_.erase(id) > 0;
    const auto found = open_.extract(id);
    if (was_closing || !found.empty()) forget(connection);
    if (!found.empty()) node_.on_closed(id, why, now());
    events_.on_transport_gone(id, why);
    act();
}

void NodeRunner::set_timer() {
    const auto deadline = node_.deadline();
    // A timer that fires too early costs less than one that is set anew after every frame.
    if (!deadline || (timer_at_ && *timer_at_ <= *deadline)) return;
    timer_at_ = deadline;
    timer_.expires_at(*deadline);
    timer_.async_wait([this, alive = std::weak_ptr(alive_)](boost::system::error_code error) {
        if (error || alive.expired()) return;
        timer_at_.reset();
        node_.on_time(now());
        act();
    });
}

}  // namespace convene::io
