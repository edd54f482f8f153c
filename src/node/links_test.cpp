#include "node/links.hpp"

#include <gtest/gtest.h>

#include "base/hex.hpp"
#include "gcc/codec.hpp"
#include "t123/tpkt.hpp"

namespace convene::node {
namespace {

/// One provider with its transports; bytes go to the other side by hand.
struct Side {
    explicit Side(LinksConfig config = {}, mcs::DomainConfig domain_config = {})
        : domain(domain_config), links(domain, std::move(config)) {}

    void act(Instant now) {
        std::vector<mcs::Output> outputs;
        domain.take_outputs(outputs);
        for (auto& output : outputs) {
            if (auto* transmit = std::get_if<mcs::Transmit>(&output)) links.transmit(*transmit);
            if (auto* close = std::get_if<mcs::Close>(&output)) links.close(*close);
            if (auto* event = std::get_if<mcs::UserEvent>(&output)) events.push_back(*event);
        }
        (void)now;
    }

    mcs::Domain domain;
    Links links;
    std::vector<mcs::UserEvent> events;
    std::vector<LinkEvent> link_events;
};

/// A caller and a listener, and the transports between them.
struct Pair {
    Side caller, listener;
    Instant now{};
    std::map<TransportId, TransportId> to_listener, to_caller;
    std::map<TransportId, Reception> receptions;
    std::map<TransportId, bool> closed;
    std::uint32_t next = 1;
    bool refuse = false;

    explicit Pair(LinksConfig listener_config = {}, LinksConfig caller_config = {})
        : caller(std::move(caller_config)), listener(std::move(listener_config)) {}

    bool step() {
        bool any = false;
        std::vector<NodeOutput> outputs;
        caller.act(now);
        caller.links.take_outputs(outputs);
        for (auto& output : outputs) {
            any = true;
            if (auto* open = std::get_if<OpenTransport>(&output)) {
                TransportId id{next++};
                to_listener[open->transport] = id;
                to_caller[id] = open->transport;
                receptions.emplace(id, Reception({}, now));
                caller.links.transport_opened(open->transport, now);
            } else if (auto* write = std::get_if<Write>(&output)) {
                deliver_up(to_listener[write->transport], write->octets);
            } else if (auto* close = std::get_if<CloseTransport>(&output)) {
                closed[close->transport] = true;
                listener.links.on_closed(to_listener[close->transport], "closed by the peer", now);
            }
        }
        listener.act(now);
        std::vector<LinkEvent> events;
        listener.links.take_events(events);
        for (auto& event : events) {
            any = true;
            if (auto* call = std::get_if<CallReceived>(&event)) {
                if (refuse) {
                    listener.links.refuse(call->transport, mcs::Result::user_rejected, hex("0102"));
                } else {
                    listener.links.accept(call->transport, hex("0a0b"), 4711, now);
                }
            }
            listener.link_events.push_back(std::move(event));
        }
        listener.links.take_outputs(outputs);
        for (auto& output : outputs) {
            any = true;
            if (auto* write = std::get_if<Write>(&output)) {
                caller.links.on_bytes(to_caller[write->transport], write->octets, now);
            } else if (auto* close = std::get_if<CloseTransport>(&output)) {
                caller.links.on_closed(to_caller[close->transport], "closed by the peer", now);
            }
        }
        caller.links.take_events(events);
        for (auto& event : events) caller.link_events.push_back(std::move(event));
        return any || !events.empty();
    }
    void run() {
        for (int i = 0; i < 100 && step(); ++i) {
        }
    }

    void deliver_up(TransportId id, const Slice& octets) {
        auto reception = receptions.find(id);
        if (reception == receptions.end()) {
            listener.links.on_bytes(id, octets, now);
            return;
        }
        reception->second.on_bytes(octets, now);
        std::vector<Reception::Output> outputs;
        reception->second.take_outputs(outputs);
        for (auto& output : outputs) {
            if (auto* write = std::get_if<Reception::Write>(&output))
                caller.links.on_bytes(to_caller[id], write->octets, now);
        }
        bool wanted = std::holds_alternative<ConferenceCall>(reception->second.purpose()) ||
                      std::holds_alternative<AdditionalTransport>(reception->second.purpose());
        if (!wanted) return;
        auto released = std::move(reception->second).release();
        receptions.erase(reception);
        listener.links.adopt(id, std::move(released), "peer", now);
    }
};

/// Connect data that GCC accepts: a query.
Bytes query() { return *gcc::encode_connect_data(gcc::ConferenceQueryRequest{}); }

TEST(Links, CallBecomesALinkAndAUserAttaches) {
    Pair pair;
    pair.caller.links.call("host:1503", true, query(), pair.now);
    pair.run();
    ASSERT_EQ(pair.caller.link_events.size(), 1U);
    auto* up = std::get_if<LinkUp>(&pair.caller.link_events[0]);
    ASSERT_NE(up, nullptr);
    EXPECT_EQ(to_hex(up->user_data), "0a0b");
    EXPECT_FALSE(pair.caller.domain.is_top());
    EXPECT_TRUE(pair.listener.domain.is_top());
    pair.caller.domain.attach();
    pair.run();
    ASSERT_EQ(pair.caller.events.size(), 1U);
    auto* confirm = std::get_if<mcs::AttachConfirm>(&pair.caller.events[0].event);
    ASSERT_NE(confirm, nullptr);
    EXPECT_EQ(confirm->result, mcs::Result::successful);
}

TEST(Links, EveryPriorityHasItsTransport) {
    LinksConfig config;
    config.preferred_priorities = 4;
    Pair pair(config);
    // The caller aims at one; the listener cannot force more on it, so offer four.
    pair.caller.links.call("host", true, query(), pair.now);
    pair.run();
    ASSERT_EQ(pair.listener.link_events.size(), 2U);
    EXPECT_TRUE(std::holds_alternative<LinkUp>(pair.listener.link_events[1]));
}

TEST(Links, RefusalCarriesTheAnswer) {
    Pair pair;
    pair.refuse = true;
    pair.caller.links.call("host", true, query(), pair.now);
    pair.run();
    ASSERT_EQ(pair.caller.link_events.size(), 1U);
    auto* refused = std::get_if<CallRefused>(&pair.caller.link_events[0]);
    ASSERT_NE(refused, nullptr);
    EXPECT_EQ(refused->result, mcs::Result::user_rejected);
    EXPECT_EQ(to_hex(refused->user_data), "0102");
    EXPECT_EQ(pair.caller.links.transports(), 0U);
    EXPECT_EQ(pair.listener.links.transports(), 0U);
}

/// Two frames with payloads of these sizes, side by side.
mcs::TransmitRun run_for(mcs::ConnectionId connection, std::size_t first, std::size_t second) {
    Bytes octets;
    for (std::size_t size : {first, second}) {
        Bytes header(t123::kDataHeaderSize);
        t123::write_data_header(header.data(), size, true);
        append(octets, header);
        append(octets, Bytes(size, std::byte{0x5A}));
    }
    return {connection,    0, mcs::DataPriority::top,
            Slice{octets}, 2, static_cast<std::uint32_t>(std::max(first, second) + t123::kDataHeaderSize)};
}

TEST(Links, RunIsWrittenAsItIs) {
    Pair pair;
    pair.caller.links.call("host", true, query(), pair.now);
    pair.run();
    auto run = run_for(pair.listener.domain.connections().find(mcs::ConnectionId{1})->id, 20, 500);
    pair.listener.links.transmit(run);
    std::vector<NodeOutput> outputs;
    pair.listener.links.take_outputs(outputs);
    ASSERT_EQ(outputs.size(), 1U);
    EXPECT_EQ(std::get<Write>(outputs[0]).octets, run.frames);
    EXPECT_EQ(std::get<Write>(outputs[0]).frames, 2U);
}

TEST(Links, RunIsCutForAPeerOfSmallTpdus) {
    LinksConfig small;
    small.transport.max_tpdu = t123::kMinTpdu;
    Pair pair({}, small);
    pair.caller.links.call("host", true, query(), pair.now);
    pair.run();
    pair.listener.links.transmit(run_for(pair.listener.domain.connections().find(mcs::ConnectionId{1})->id, 20, 500));
    std::vector<NodeOutput> outputs;
    pair.listener.links.take_outputs(outputs);
    Bytes written;
    for (auto& output : outputs) append(written, std::get<Write>(output).octets);
    std::size_t octets = 0;
    t123::for_each_tsdu(Slice{written}, [&](const t123::Tsdu& part) {
        ASSERT_GT(part.payload.size(), 0U);
        EXPECT_LE(part.payload.size() + t123::kDataHeaderSize, t123::kMinTpdu + t123::kTpktHeaderSize);
        octets += part.payload.size();
    });
    EXPECT_EQ(octets, 520U);
}

TEST(Links, NobodyThere) {
    Side caller;
    auto call = caller.links.call("host", true, query(), {});
    std::vector<NodeOutput> outputs;
    caller.links.take_outputs(outputs);
    caller.links.on_closed(std::get<OpenTransport>(outputs.at(0)).transport, "connection refused", {});
    std::vector<LinkEvent> events;
    caller.links.take_events(events);
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(std::get<CallFailed>(events[0]).call, call);
    EXPECT_EQ(std::get<CallFailed>(events[0]).why, "connection refused");
    EXPECT_EQ(caller.links.transports(), 0U);
}

TEST(Links, LossTellsTheDomain) {
    Pair pair;
    pair.caller.links.call("host", true, query(), pair.now);
    pair.run();
    pair.caller.domain.attach();
    pair.run();
    auto transport = pair.to_listener.begin()->second;
    pair.listener.links.on_closed(transport, "reset", pair.now);
    std::vector<LinkEvent> events;
    pair.listener.links.take_events(events);
    ASSERT_EQ(events.size(), 1U);
    EXPECT_TRUE(std::holds_alternative<LinkDown>(events[0]));
    EXPECT_EQ(pair.listener.links.transports(), 0U);
    EXPECT_EQ(pair.listener.domain.connections().size(), 0U);
}

}  // namespace
}  // namespace convene::node
