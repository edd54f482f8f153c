/// A server's node and sessions in one process, joined by hand; time passes only when told to.
#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "netmeeting/whiteboard_extensions.hpp"
#include "node/testing.hpp"
#include "session/session.hpp"

namespace convene::session::testing {

/// A session as its page would have it, with what it was told.
struct Page {
    explicit Page(std::uint64_t seed, Instant now) : session(node::testing::counting_random(seed), now) {}

    /// Of one kind, in their order.
    std::vector<JsonValue> all(std::string_view kind) const {
        std::vector<JsonValue> out;
        for (const auto& event : events)
            if (event.text("event") == kind) out.push_back(event);
        return out;
    }
    JsonValue last(std::string_view kind) const {
        const auto found = all(kind);
        return found.empty() ? JsonValue() : found.back();
    }
    std::string phase() const { return last("status").text("phase"); }

    Session session;
    std::vector<JsonValue> events;
    std::map<std::uint64_t, Bytes> stored;     ///< files that arrive
    std::map<std::uint64_t, Bytes> kept;       ///< those that are whole
    std::map<std::uint64_t, Bytes> outgoing;   ///< files that are sent
    std::map<TransportId, TransportId> wires;  ///< to the server's ends
};

/// A server that lets everybody in, and pages.
class World {
public:
    explicit World(bool keeps = true) { begin(keeps); }

    /// The server is there, anew: with nothing of what was before.
    void begin(bool keeps) {
        auto config = node::testing::config_for("server", 1);
        config.type = gcc::NodeType::mcu;
        config.keeps_chat = keeps;
        config.wants_history = false;
        whiteboard::EntityConfig board;
        board.is_keeper = true;
        board.extensions = netmeeting::whiteboard_extensions();
        config.whiteboard = std::make_shared<whiteboard::Entity>(std::move(board));
        config.keeps_whiteboard = keeps;
        server = std::make_unique<node::Node>(std::move(config), now_);
        gcc::ConferenceProfile profile;
        profile.name.numeric = "42";
        profile.termination = gcc::TerminationMethod::manual;
        server->host(profile, now_);
        run();
    }

    Page& join(const std::string& name) {
        Page& page = start(name);
        pass(std::chrono::seconds{3});
        return page;
    }
    Page& start(const std::string& name) {
        pages_.push_back(std::make_unique<Page>(7 + pages_.size(), now_));
        tell(*pages_.back(),
             R"({"do":"start","address":"server","conference":"42","toWall":1000000,"name":")" + name + "\"}");
        return *pages_.back();
    }
    /// A command, and all that comes of it.
    void tell(Page& page, const std::string& json, ByteView octets = {}) {
        page.session.command(json, octets, now_);
        run();
    }
    /// As tell(), for a command that is answered.
    JsonValue call(Page& page, const std::string& json, ByteView octets = {}) {
        const int number = ++calls_;
        tell(page, R"({"call":)" + std::to_string(number) + "," + json.substr(1), octets);
        for (const auto& done : page.all("done"))
            if (done.number("call") == number) return done;
        return {};
    }

    void run() {
        for (int i = 0; i < 10'000; ++i) {
            bool any = step_server();
            for (auto& page : pages_) any = step(*page) || any;
            if (!any) return;
        }
    }
    void pass(Duration duration) {
        for (const Instant end = now_ + duration; now_ < end;) {
            now_ += std::chrono::milliseconds{50};
            server->on_time(now_);
            for (auto& page : pages_) page->session.on_time(now_);
            run();
        }
    }
    void cut(Page& page) {
        for (const auto& [end, far] : std::exchange(page.wires, {})) {
            receptions_.erase(far);
            server->on_closed(far, "cut", now_);
            page.session.on_closed(end, "cut", false, now_);
        }
        run();
    }

    Instant now() const { return now_; }

    std::unique_ptr<node::Node> server;
    bool is_reachable = true;
    std::vector<node::PastLine> history;  ///< what the server tells newcomers

private:
    bool step(Page& page) {
        page.session.tell_board();
        std::vector<Output> outputs;
        page.session.take_outputs(outputs);
        for (auto& output : outputs) std::visit([&](auto& each) { act(page, each); }, output);
        return !outputs.empty();
    }
    void act(Page& page, Open& open) {
        if (!is_reachable) return page.session.on_closed(open.transport, "nobody there", false, now_);
        const TransportId far{next_++};
        page.wires[open.transport] = far;
        receptions_.emplace(far, node::Reception({}, now_));
        page.session.transport_opened(open.transport, now_);
    }
    void act(Page& page, Transmit& send) {
        const auto wire = page.wires.find(send.transport);
        if (wire == page.wires.end()) return;
        page.session.on_written(send.transport, send.frames, 0, now_);
        const TransportId far = wire->second;
        Slice copy{send.octets.view()};
        const auto reception = receptions_.find(far);
        if (reception == receptions_.end()) return server->on_bytes(far, copy, now_);
        reception->second.on_bytes(copy, now_);
        std::vector<node::Reception::Output> outputs;
        reception->second.take_outputs(outputs);
        for (auto& output : outputs)
            if (auto* write = std::get_if<node::Reception::Write>(&output))
                page.session.on_octets(send.transport, write->octets, now_);
        if (std::holds_alternative<node::Undecided>(reception->second.purpose())) return;
        auto taken = receptions_.extract(reception);
        server->adopt(far, std::move(taken.mapped()), "page", now_);
    }
    void act(Page& page, Close& close) {
        const auto wire = page.wires.extract(close.transport);
        if (wire.empty()) return;
        receptions_.erase(wire.mapped());
        server->on_closed(wire.mapped(), "closed", now_);
        page.session.on_closed(close.transport, "closed", false, now_);
    }
    void act(Page& page, Tell& tell) {
        auto event = read_json(tell.json);
        CONVENE_CHECK(event.has_value(), "events are JSON");
        page.events.push_back(std::move(*event));
    }
    void act(Page& page, Store& store) {
        Bytes& octets = page.stored[store.file];
        octets.resize(static_cast<std::size_t>(store.offset));
        append(octets, store.octets);
        page.session.on_stored(store.file, store.octets.size(), now_);
    }
    void act(Page& page, Read& read) {
        const Bytes& all = page.outgoing[read.file];
        if (read.offset + read.size > all.size()) return page.session.on_read_failed(read.file, now_);
        page.session.on_read(read.file, ByteView(all).subspan(static_cast<std::size_t>(read.offset), read.size), now_);
    }
    void act(Page& page, Keep& keep) {
        page.kept[keep.file] = page.stored[keep.file];
        page.kept[keep.file].resize(static_cast<std::size_t>(keep.octets));
    }
    void act(Page& page, Drop& drop) { page.stored.erase(drop.file); }

    bool step_server() {
        std::vector<node::NodeOutput> outputs;
        std::vector<node::Event> events;
        server->take_outputs(outputs);
        server->take_events(events);
        for (auto& output : outputs) {
            if (auto* write = std::get_if<node::Write>(&output)) {
                server->on_written(write->transport, write->frames, 0, now_);
                for (auto& page : pages_)
                    for (const auto& [end, far] : page->wires)
                        if (far == write->transport) {
                            page->session.on_octets(end, Slice(write->octets.view()), now_);
                            break;
                        }
            } else if (auto* closed = std::get_if<node::CloseTransport>(&output)) {
                for (auto& page : pages_) {
                    const auto wire = std::find_if(page->wires.begin(), page->wires.end(),
                                                   [&](const auto& each) { return each.second == closed->transport; });
                    if (wire == page->wires.end()) continue;
                    const TransportId end = wire->first;
                    page->wires.erase(wire);
                    page->session.on_closed(end, "closed by the server", false, now_);
                }
            }
        }
        for (auto& event : events) {
            if (auto* call = std::get_if<node::CallArrived>(&event)) {
                gcc::JoinDecision decision;
                decision.kind = gcc::JoinDecision::Kind::granted;
                server->admit(call->transport, decision, now_);
            } else if (auto* line = std::get_if<node::ChatLine>(&event)) {
                if (line->is_private || line->number == 0) continue;
                history.push_back({line->name, 1, line->text});
                if (acknowledges) server->chat()->acknowledge(line->from, line->number);
            } else if (auto* newcomer = std::get_if<node::ChatNewcomer>(&event)) {
                server->chat()->tell_history(newcomer->user, history);
            } else if (auto* traffic = std::get_if<node::WhiteboardTraffic>(&event)) {
                if (acknowledges) server->whiteboard()->acknowledge(traffic->from, traffic->number);
            }
        }
        server->settle(now_);
        return !outputs.empty() || !events.empty();
    }

public:
    bool acknowledges = true;  ///< what the server hears is safe at once

private:
    Instant now_{std::chrono::hours{1}};
    std::vector<std::unique_ptr<Page>> pages_;
    std::map<TransportId, node::Reception> receptions_;
    std::uint32_t next_ = 1;
    int calls_ = 0;
};

}  // namespace convene::session::testing
