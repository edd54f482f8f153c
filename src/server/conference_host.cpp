#include "server/conference_host.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "base/hex.hpp"
#include "base/overloaded.hpp"
#include "gcc/event_words.hpp"
#include "io/random.hpp"
#include "server/capture_files.hpp"
#include "server/host_config.hpp"

namespace convene::server {

namespace {

// After a conference has ended, its connections have this long to take what was said and close.
constexpr Duration kFinishTime = std::chrono::milliseconds(800);

gcc::PasswordRules password_rules(const ConferenceStatus& status, const Settings& settings) {
    gcc::PasswordRules rules;
    rules.password = status.entry.profile.password;
    rules.convener_password = status.entry.profile.convener_password;
    rules.wrong_passwords.burst = static_cast<unsigned>(settings.password_attempts);
    rules.wrong_passwords.refill = settings.password_refill;
    return rules;
}

}  // namespace

ConferenceHost::ConferenceHost(io::Lane& lane, Shared& shared, ConferenceStatus status, std::function<void()> gone)
    : lane_(lane),
      shared_(shared),
      status_(std::move(status)),
      name_(gcc::to_string(status_.entry.profile.name)),
      gone_(std::move(gone)),
      gate_(password_rules(status_, *shared.settings.get())),
      memory_(ConferenceMemory::open(lane, shared, status_)),
      runner_(lane, make_config(), *this,
              io::NodeRunnerOptions{connection_limits(*shared.settings.get()), io::kDialTime,
                                    shared.settings.get()->conference_queue.value}),
      rights_(runner_),
      empty_timer_(lane.context()),
      finish_timer_(lane.context()) {
    if (status_.entry.profile.modifier) name_ += "~" + *status_.entry.profile.modifier;
    shared_.log.info(LogEvent::conference_created, {{"conf", name_},
                                                    {"number", status_.entry.profile.name.numeric},
                                                    {"permanent", status_.is_permanent ? "yes" : "no"},
                                                    {"worker", status_.worker}});
    shared_.hooks.tell(HookEvent::created, name_);
    if (memory_) memory_->attach(runner_);
    runner_.node().host(status_.entry.profile, io::NodeRunner::now());
    runner_.act();
    watch_emptiness();
}

ConferenceHost::~ConferenceHost() { memory_.reset(); }  // it uses the node

node::NodeConfig ConferenceHost::make_config() {
    const auto settings = shared_.settings.get();
    auto config = node_config(*settings, status_.max_users, [&shared = shared_, id = status_.id] {
        const std::uint64_t random = io::random_number();
        shared.connect_ids.remember(random, id, io::NodeRunner::now());
        return random;
    });
    equip(config, *settings);
    if (!memory_ || memory_->prepare(config)) return config;
    memory_.reset();
    // Nothing of what was read in part.
    config.keeps_chat = config.keeps_whiteboard = false;
    config.files.reset();
    equip(config, *settings);
    return config;
}

void ConferenceHost::adopt(Handover handover) {
    auto socket = std::move(handover.socket).join(lane_.context());
    if (!socket) return;
    runner_.set_connection_limits(connection_limits(*shared_.settings.get()));
    runner_.set_backlog_limit(shared_.settings.get()->conference_queue.value);
    // The call arrives from within adopt(), so the peer must be known by its number before.
    const io::TransportId transport = runner_.next_transport();
    const std::string source = handover.ticket.source();
    peers_.emplace(transport,
                   Peer{handover.peer, handover.number, std::move(handover.ticket), std::move(handover.admission)});
    runner_.adopt(std::move(*socket), std::move(*handover.reception), source, std::move(handover.tap));
    if (auto* connection = runner_.connection(transport)) connection->set_ends(handover.local, handover.peer);
    if (capture_ != nullptr) tap(transport, capture_);
}

ConnectionNumber ConferenceHost::number_of(std::optional<io::TransportId> transport) const {
    if (!transport) return 0;
    const auto found = peers_.find(*transport);
    return found == peers_.end() ? 0 : found->second.number;
}

std::size_t ConferenceHost::people() const {
    std::set<ConnectionNumber> seen;
    for (const auto& [id, user] : users_) seen.insert(user.connection);
    const auto is_awaited = [&](const auto& each) {
        return each.second.is_admitted && !seen.contains(each.second.number);
    };
    return users_.size() + static_cast<std::size_t>(std::count_if(peers_.begin(), peers_.end(), is_awaited));
}

gcc::ConferenceEntry ConferenceHost::entry() const {
    auto& node = const_cast<ConferenceHost*>(this)->runner_.node();
    gcc::ConferenceEntry out = node.conference()->entry();
    out.is_lobby = status_.entry.is_lobby;
    out.is_full = out.is_full || (status_.max_users != 0 && people() >= status_.max_users);
    out.profile.password_required = gate_.is_password_in_the_clear_required();
    return out;
}

void ConferenceHost::on_event(node::Event& event) {
    std::visit(overloaded{[&](const node::CallArrived& call) { on_call(call); },
                          [&](const gcc::Event& inner) { on_gcc(inner); },
                          [&](const node::WhiteboardEvent& board) {
                              const auto* granted = std::get_if<whiteboard::PrivilegesGranted>(&board);
                              if (granted != nullptr) rights_.on_granted(granted->user, granted->privileges);
                          },
                          // The rest is for nodes that call others, or for the memory.
                          [](const auto&) {}},
               event);
    if (memory_) memory_->on_event(event);
}

void ConferenceHost::on_gcc(const gcc::Event& event) {
    auto& node = runner_.node();
    std::visit(
        overloaded{
            [&](const gcc::RosterChanged&) { on_roster(); }, [&](const gcc::Ended& end) { on_ended(end.why); },
            [&](const gcc::ApplicationRosterChanged&) {
                rights_.on_roster();
                node.settle(io::NodeRunner::now());
            },
            [&](const gcc::LockChanged& lock) {
                status_.entry.profile.locked = lock.locked;
                shared_.directory.set_locked(status_.id, lock.locked);
                shared_.doors->locked(status_.id, lock.locked);
                shared_.log.info(LogEvent::conference_changed,
                                 {{"conf", name_}, {"locked", lock.locked ? "yes" : "no"}});
            },
            [&](const gcc::ConductorChanged& change) {
                const auto self = node.conference()->self();
                if (change.conductor && change.conductor == self && std::exchange(takes_the_chair_, false))
                    node.conference()->release_conductor();
                rights_.on_conductor(change.conductor == self ? std::nullopt : change.conductor);
                node.settle(io::NodeRunner::now());
                shared_.log.info(LogEvent::conference_changed,
                                 {{"conf", name_}, {"conductor", change.conductor ? change.conductor->value : 0}});
            },
            [&](const gcc::KeySeen& seen) {
                if (!shared_.seen.saw(seen.key, name_, node.name_of(seen.node))) return;
                const auto protocol = protocol_of(seen.key);
                shared_.log.info(LogEvent::application_seen, {{"conf", name_},
                                                              {"user", seen.node.value},
                                                              {"key", gcc::to_string(seen.key)},
                                                              {"protocol", protocol.empty() ? "unknown" : protocol},
                                                              {"clause", "T.124 §8.3"}});
            },
            [&](const gcc::JoinRelayed& relayed) {
                const auto decision = decide(relayed.request, "node " + std::to_string(relayed.node.value));
                node.conference()->answer_relayed_join(relayed.node, relayed.request.tag.value_or(0), decision,
                                                       io::NodeRunner::now());
                node.settle(io::NodeRunner::now());
            },
            [&](const gcc::AddRequested& add) {
                // The server calls nobody for strangers: that would make it a means to reach its own network.
                node.conference()->answer_add(add.requester, add.request.tag, gcc::AddResult::no_ports_available);
                node.settle(io::NodeRunner::now());
            },
            [&](const gcc::ChildTimedOut& child) {
                const auto transport = child.connection ? node.links().transport_of(*child.connection) : std::nullopt;
                shared_.log.warning(LogEvent::protocol_incident, {{"conf", name_},
                                                                  {"conn", number_of(transport)},
                                                                  {"clause", "T.124 §7.2"},
                                                                  {"text", "was let in and never identified itself"}});
            },
            [&](const gcc::Incident& incident) {
                shared_.log.warning(LogEvent::protocol_incident, {{"conf", name_},
                                                                  {"user", incident.from ? incident.from->value : 0},
                                                                  {"clause", incident.clause},
                                                                  {"text", incident.text},
                                                                  {"octets", to_hex(incident.first_octets)}});
            },
            [](const auto&) {}},
        event);
}

void ConferenceHost::on_incident(const node::Incident& incident) {
    ++incidents_;
    auto level = incident.severity == node::Incident::Severity::warning ? LogLevel::warning : LogLevel::info;
    if (count_denied()) level = LogLevel::debug;  // anybody can bring it about, as often as wanted
    shared_.log.write(level, LogEvent::protocol_incident,
                      {{"conf", name_},
                       {"conn", number_of(incident.transport)},
                       {"clause", incident.clause},
                       {"text", incident.text},
                       {"octets", to_hex(incident.first_octets)}});
}

void ConferenceHost::watch_emptiness() {
    empty_timer_.cancel();
    if (status_.is_permanent || ended_ || !users_.empty()) return;
    // A conference that was just created is empty, too: its creator must come in time.
    const auto settings = shared_.settings.get();
    const auto wait =
        std::max(settings->linger, users_.empty() && !peers_.empty() ? settings->handshake_time : Milliseconds(1));
    empty_timer_.expires_after(wait);
    empty_timer_.async_wait([this, alive = std::weak_ptr(alive_)](boost::system::error_code error) {
        if (error || alive.expired() || ended_ || !users_.empty()) return;
        if (shared_.doors->is_expecting(status_.id)) return watch_emptiness();
        if (!shared_.directory.remove(status_.id, true)) return;
        end();
    });
}

void ConferenceHost::drain() {
    if (ended_) return finish_if_done();
    auto& node = runner_.node();
    if (node.conference() != nullptr && !users_.empty())
        node.conference()->send_text(u"This server is being stopped. The conference ends now.");
    end();
}

void ConferenceHost::end() {
    if (ended_) return;
    auto& node = runner_.node();
    const auto now = io::NodeRunner::now();
    if (node.conference() == nullptr) return on_ended(gcc::Ended::Why::terminated);
    node.conference()->force_terminate(gcc::TerminateReason::user_initiated, now);
    node.settle(now);
    runner_.act();
}

void ConferenceHost::on_ended(gcc::Ended::Why why) {
    if (std::exchange(ended_, true)) return;
    for (const auto& [id, user] : users_)
        shared_.log.info(LogEvent::user_left,
                         {{"conf", name_}, {"user", id.value}, {"conn", user.connection}, {"name", user.name}});
    users_.clear();
    shared_.directory.remove(status_.id, false);
    shared_.hooks.tell(HookEvent::ended, name_);
    shared_.log.info(LogEvent::conference_ended, {{"conf", name_}, {"why", gcc::word_for(why)}});
    empty_timer_.cancel();
    say_goodbye();
    finish_timer_.expires_after(kFinishTime);
    finish_timer_.async_wait([this, alive = std::weak_ptr(alive_)](boost::system::error_code error) {
        if (!error && !alive.expired() && !std::exchange(finished_, true)) gone_();
    });
    finish_if_done();
}

void ConferenceHost::say_goodbye() {
    // Whoever is still connected is told by MCS; those in the middle of the connect phase see the connection close.
    auto& node = runner_.node();
    for (const auto connection : node.domain().connections().ids())
        node.domain().disconnect(connection, mcs::Reason::provider_initiated);
    node.settle(io::NodeRunner::now());
}

void ConferenceHost::finish_if_done() {
    if (!ended_ || runner_.connections() > 0) return;
    // Later: this may be within an event of the runner that goes away.
    finish_timer_.expires_after(Duration::zero());
    finish_timer_.async_wait([this, alive = std::weak_ptr(alive_)](boost::system::error_code error) {
        if (!error && !alive.expired() && !std::exchange(finished_, true)) gone_();
    });
}

void ConferenceHost::on_transport_gone(io::TransportId transport, std::string_view why) {
    const auto found = peers_.find(transport);
    if (found != peers_.end()) {
        shared_.log.info(LogEvent::connection_closed, {{"conf", name_},
                                                       {"conn", found->second.number},
                                                       {"addr", shared_.log.address(found->second.endpoint)},
                                                       {"why", why}});
        peers_.erase(found);
    }
    rights_.forget(transport);
    count_too_slow();
    if (users_.empty()) watch_emptiness();
    finish_if_done();
}

ConferenceTraffic ConferenceHost::traffic() {
    ConferenceTraffic out;
    out.traffic = runner_.traffic();
    out.connections = runner_.connections();
    for (const auto transport : runner_.transports()) {
        const std::uint64_t queued = runner_.connection(transport)->octets_queued();
        out.octets_queued += queued;
        out.longest_queue = std::max(out.longest_queue, queued);
        if (queued > 0) ++out.waiting;
    }
    out.paused = runner_.node().domain().paused();
    out.too_slow = too_slow_;
    out.flow = runner_.node().domain().flow_counts();
    out.unsent = unsent_;
    out.incidents = incidents_;
    out.denied = runner_.node().domain().denied();
    out.data = runner_.node().domain().data_counts();
    return out;
}

void ConferenceHost::on_too_slow(io::TransportId transport, io::TooSlow why) {
    ++too_slow_[static_cast<std::size_t>(why)];
    if (const auto* connection = runner_.connection(transport)) unsent_ += connection->octets_queued();
    shared_.log.warning(LogEvent::connection_too_slow,
                        {{"conf", name_}, {"conn", number_of(transport)}, {"why", describe(why)}});
}

nlohmann::json ConferenceHost::memory() const {
    if (!memory_) return {{"ok", false}, {"error", "nothing is remembered of this conference"}};
    return memory_->describe();
}

void ConferenceHost::forget(std::function<void(std::optional<std::string>)> done) {
    if (!memory_) return done("nothing is remembered of this conference");
    memory_->forget([this, done = std::move(done)](std::optional<std::string> problem) {
        const bool is_gone = !problem;
        done(std::move(problem));
        if (is_gone) end();
    });
}

void ConferenceHost::tap(io::TransportId transport, const std::shared_ptr<io::CaptureFile>& file) {
    auto* connection = runner_.connection(transport);
    if (connection == nullptr) return;
    connection->set_tap(std::make_unique<io::CaptureStream>(file, connection->local(), connection->peer(), true));
}

Expected<std::string, std::string> ConferenceHost::start_capture(const std::string& directory,
                                                                 std::optional<ConnectionNumber> connection) {
    const std::string what = connection ? "conn" + std::to_string(*connection) : "conf-" + name_;
    CONVENE_TRY(file, open_capture(directory, what, shared_.settings.get()->capture_file_size.value));
    if (!connection) capture_ = file;
    for (const auto& [transport, peer] : peers_)
        if (!connection || peer.number == *connection) tap(transport, file);
    shared_.log.info(LogEvent::capture_started, {{"conf", name_}, {"file", file->path()}});
    return file->path();
}

bool ConferenceHost::has_connection(ConnectionNumber number) const {
    return std::any_of(peers_.begin(), peers_.end(), [&](const auto& entry) { return entry.second.number == number; });
}

bool ConferenceHost::stop_capture(std::optional<ConnectionNumber> connection) {
    bool any = false;
    if (!connection) capture_ = nullptr;
    for (const auto& [transport, peer] : peers_) {
        auto* open = runner_.connection(transport);
        if (open == nullptr || !open->has_tap() || (connection && peer.number != *connection)) continue;
        open->set_tap(nullptr);
        any = true;
    }
    if (any) shared_.log.info(LogEvent::capture_stopped, {{"conf", name_}});
    return any;
}

}  // namespace convene::server
