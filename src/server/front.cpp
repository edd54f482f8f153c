#include "server/front.hpp"

#include <dirent.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <limits>
#include <utility>

#include "base/overloaded.hpp"
#include "gcc/connect_decisions.hpp"
#include "io/capture.hpp"
#include "server/capture_files.hpp"
#include "server/host_config.hpp"

namespace convene::server {

namespace {

constexpr Duration kLingerTime = std::chrono::seconds(3);  // for the peer to read the answer and close
constexpr Duration kRoomCheck = std::chrono::milliseconds(200);
constexpr std::uint64_t kSpareDescriptors = 64;   // for files, the admin socket and what libraries open
constexpr ConnectionNumber kRoomCheckEvery = 32;  // connections

std::uint64_t descriptor_limit() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
        return std::numeric_limits<std::uint64_t>::max();
    return limit.rlim_cur;
}

}  // namespace

std::uint64_t raise_descriptor_limit() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
        limit.rlim_cur = limit.rlim_max;
        static_cast<void>(::setrlimit(RLIMIT_NOFILE, &limit));  // what it was is enough for a small server
    }
    return descriptor_limit();
}

Front::Front(boost::asio::io_context& context, Shared& shared, FrontExit& exit)
    : context_(context), shared_(shared), exit_(exit), timer_(context), room_timer_(context) {}

Front::~Front() { close(); }

Expected<std::vector<io::Endpoint>, io::ListenError> Front::listen(const std::string& where) {
    const auto endpoints = io::parse_listen(where);
    if (!endpoints) return make_unexpected(io::ListenError{endpoints.error(), EINVAL});
    std::vector<io::Endpoint> out;
    for (const auto& endpoint : *endpoints) {
        auto listener = io::Listener::open(context_, endpoint);
        if (!listener) {
            // A machine without IPv6 still serves "*" and "localhost".
            const bool optional = endpoints->size() > 1 && endpoint.protocol() == boost::asio::ip::tcp::v6() &&
                                  (listener.error().error == EAFNOSUPPORT || listener.error().error == EADDRNOTAVAIL);
            if (optional && !out.empty()) continue;
            return make_unexpected(listener.error());
        }
        (*listener)->start([this](boost::asio::ip::tcp::socket socket) { accepted(std::move(socket)); },
                           [this](std::string_view what) {
                               shared_.log.warning(LogEvent::accept_trouble, {{"why", what}});
                           });
        out.push_back((*listener)->endpoint());
        listeners_.push_back(std::move(*listener));
    }
    return out;
}

void Front::close() {
    closed_ = true;
    for (auto& listener : listeners_) listener->close();
    listeners_.clear();
    for (auto& [number, client] : clients_) client->abort();
    clients_.clear();
    timer_.cancel();
    room_timer_.cancel();
}

void Front::accepted(boost::asio::ip::tcp::socket socket) {
    boost::system::error_code error;
    const auto peer = socket.remote_endpoint(error);
    if (error) return;  // gone already
    auto ticket = shared_.counts.admit(peer.address());
    if (!ticket) {
        shared_.log.info(LogEvent::connection_refused, {{"addr", shared_.log.address(peer)}, {"why", ticket.error()}});
        return;
    }
    const auto local = socket.local_endpoint(error);
    take(std::move(socket), FrontGuest{std::move(*ticket), peer, local});
}

void Front::adopt(io::LooseSocket socket, FrontGuest guest) {
    if (closed_) return;
    auto joined = std::move(socket).join(context_);
    if (joined) take(std::move(*joined), std::move(guest));
}

void Front::take(FrontClient::Socket socket, FrontGuest guest) {
    const auto settings = shared_.settings.get();
    if (settings != limits_from_) {
        limits_ = std::make_shared<FrontClientLimits>(
            FrontClientLimits{reception_limits(*settings), settings->handshake_size.value});
        limits_from_ = settings;
    }
    const ConnectionNumber number = next_++;
    const io::Endpoint peer = guest.peer;
    FrontClientEvents& events = *this;
    auto client = std::make_shared<FrontClient>(std::move(socket), std::move(guest), number, events, limits_);
    if (!settings->capture_directory.empty()) {
        auto file = open_capture(settings->capture_directory, "conn" + std::to_string(number),
                                 settings->capture_file_size.value);
        if (file)
            client->set_tap(std::make_unique<io::CaptureStream>(*file, client->local(), peer, true));
        else
            shared_.log.warning(LogEvent::capture_failed, {{"why", file.error()}});
    }
    clients_.emplace(number, client);
    shared_.log.debug(LogEvent::connection_accepted, {{"conn", number}, {"addr", shared_.log.address(peer)}});
    watch(handshakes_, settings->handshake_time, number);
    client->start();
    if (number % kRoomCheckEvery == 0 || shared_.counts.is_nearly_full()) watch_room();
}

void Front::watch_room() {
    // Every counted connection has one descriptor, and with a WebSocket three.
    const std::uint64_t used = shared_.counts.total() + 2 * shared_.bridges + kSpareDescriptors + kRoomCheckEvery;
    const std::uint64_t limit = descriptor_limit();
    const bool full = used >= limit;
    if (full == paused_) {
        if (!full) return;
    } else {
        paused_ = full;
        if (full)
            shared_.log.warning(LogEvent::accept_paused,
                                {{"connections", shared_.counts.total()}, {"descriptors", limit}});
        else
            shared_.log.info(LogEvent::accept_resumed, {{"connections", shared_.counts.total()}});
        for (auto& listener : listeners_) full ? listener->pause() : listener->resume();
        if (!full) return;
    }
    room_timer_.expires_after(kRoomCheck);
    room_timer_.async_wait([this](boost::system::error_code error) {
        if (!error) watch_room();
    });
}

void Front::on_decided(FrontClient& client) {
    std::visit(overloaded{[&](const node::ConferenceCall& call) { route(client, call); },
                          [&](const node::AdditionalTransport& additional) {
                              const auto conference = shared_.connect_ids.find(additional.called_connect_id,
                                                                               std::chrono::steady_clock::now());
                              const auto status = conference ? shared_.directory.find(*conference) : std::nullopt;
                              if (status) return hand_over(client, *status);
                              const auto result =
                                  mcs::encode(mcs::ConnectPdu{mcs::ConnectResult{mcs::Result::unspecified_failure}});
                              if (result) client.answer(*result, "unknown connect id");
                          },
                          [](const auto&) {}},
               client.purpose());
}

void Front::route(FrontClient& client, const node::ConferenceCall& call) {
    const auto settings = shared_.settings.get();
    if (const auto& admission = client.admission()) {
        // A ticket is for joining one conference, whatever the connection asks for.
        const auto status = std::holds_alternative<gcc::ConferenceJoinRequest>(call.request)
                                ? shared_.directory.find(admission->conference)
                                : std::nullopt;
        if (status) return hand_over(client, *status);
        return refuse(client, call, std::nullopt, "a ticket is for joining its conference");
    }
    std::visit(
        overloaded{
            [&](const gcc::ConferenceQueryRequest& query) {
                shared_.log.info(LogEvent::query_answered,
                                 {{"conn", client.number()}, {"addr", shared_.log.address(client.peer())}});
                const auto response = shared_.directory.answer(query);
                client.answer(node::refusal(call.initial, mcs::Result::user_rejected, gcc::ConnectGccPdu{response}),
                              "query answered");
            },
            [&](const gcc::ConferenceCreateRequest& request) {
                const auto created = shared_.directory.create(request, settings->max_users);
                if (!created) {
                    shared_.log.info(
                        LogEvent::conference_refused,
                        {{"conn", client.number()},
                         {"conf", gcc::to_string(request.conference_name)},
                         {"why",
                          created.error() == gcc::CreateResult::resources_not_available ? "no-room" : "not-allowed"}});
                    return refuse(client, call, gcc::create_response(created.error(), gcc::kNoNode, 0), "refused");
                }
                exit_.create(*created);
                hand_over(client, *created);
            },
            [&](const gcc::ConferenceJoinRequest& request) {
                const auto status = shared_.directory.find(request);
                if (status) return hand_over(client, *status);
                gcc::JoinDecision decision;
                decision.result = gcc::JoinResult::invalid_conference;
                shared_.log.info(LogEvent::join_refused,
                                 {{"conn", client.number()},
                                  {"conf", request.conference_name ? gcc::to_string(*request.conference_name) : ""},
                                  {"why", "invalid-conference"}});
                refuse(client, call, gcc::join_refusal(decision, nullptr), "no such conference");
            },
            [&](const gcc::ConferenceInviteRequest&) {
                refuse(client, call, gcc::invite_response(false), "a server is not invited");
            },
            [&](const auto&) { refuse(client, call, std::nullopt, "not a request"); }},
        call.request);
}

void Front::refuse(FrontClient& client, const node::ConferenceCall& call, std::optional<gcc::ConnectGccPdu> answer,
                   const char* why) {
    client.answer(node::refusal(call.initial, mcs::Result::user_rejected, answer), why);
}

void Front::hand_over(FrontClient& client, const ConferenceStatus& status) {
    const auto self = clients_.extract(client.number());
    Handover handover = client.release();
    handover.conference = status.id;
    exit_.adopt(status.worker, std::move(handover));
}

void Front::on_gone(FrontClient& client, LogEvent event, std::string_view why) {
    shared_.log.write(event == LogEvent::connection_closed ? LogLevel::debug : LogLevel::info, event,
                      {{"conn", client.number()}, {"addr", shared_.log.address(client.peer())}, {"why", why}});
    clients_.erase(client.number());
}

void Front::on_lingering(FrontClient& client) {
    if (const auto* bad = std::get_if<node::Unacceptable>(&client.purpose()))
        shared_.log.info(LogEvent::handshake_failed, {{"conn", client.number()},
                                                      {"addr", shared_.log.address(client.peer())},
                                                      {"clause", bad->clause},
                                                      {"why", bad->why}});
    watch(lingering_, kLingerTime, client.number());
}

void Front::watch(std::deque<Deadline>& deadlines, Duration time, ConnectionNumber number) {
    Instant when = std::chrono::steady_clock::now() + time;
    // In order even when the setting was just made shorter.
    if (!deadlines.empty()) when = std::max(when, deadlines.back().when);
    deadlines.push_back(Deadline{when, number});
    set_timer();
}

void Front::set_timer() {
    if (timer_set_ || (handshakes_.empty() && lingering_.empty())) return;
    Instant next = Instant::max();
    for (const auto* deadlines : {&handshakes_, &lingering_})
        if (!deadlines->empty()) next = std::min(next, deadlines->front().when);
    // Nobody minds some milliseconds, and ten thousand deadlines fall together.
    timer_set_ = true;
    timer_.expires_at(std::min(next, std::chrono::steady_clock::now() + kRoomCheck));
    timer_.async_wait([this](boost::system::error_code error) {
        if (error) return;
        timer_set_ = false;
        on_time();
    });
}

void Front::on_time() {
    const auto now = std::chrono::steady_clock::now();
    const auto expire = [&](std::deque<Deadline>& deadlines, bool lingering) {
        while (!deadlines.empty() && deadlines.front().when <= now) {
            const auto found = clients_.find(deadlines.front().number);
            deadlines.pop_front();
            if (found == clients_.end() || found->second->is_lingering() != lingering) continue;
            const auto client = std::move(found->second);
            clients_.erase(found);
            if (!lingering)
                shared_.log.info(LogEvent::handshake_timeout,
                                 {{"conn", client->number()},
                                  {"addr", shared_.log.address(client->peer())},
                                  {"said", client->has_said_anything() ? "something" : "nothing"}});
            client->abort();
        }
    };
    expire(handshakes_, false);
    expire(lingering_, true);
    set_timer();
}

}  // namespace convene::server
