// Plays arbitrary peers on several connections, and local users, against one domain, and checks what must hold whatever
// they do: nothing is said about a connection that was closed, pauses and resumes alternate, limits are kept, and
// nothing is left when all are gone.
//
// The input is a list of records: an octet that says what happens, then what that needs. TSDUs have their length before
// them; 255 stands for data that are longer than a script could carry.
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <variant>
#include <vector>

#include "base/check.hpp"
#include "base/overloaded.hpp"
#include "fuzz/script.hpp"
#include "mcs/domain.hpp"

using namespace convene;
using convene::fuzz::Script;
using namespace convene::mcs;

namespace {

constexpr std::size_t kMaxSteps = 512;
constexpr std::size_t kMaxConnections = 8;
constexpr std::size_t kMaxUsers = 8;

DomainConfig small() {
    DomainConfig config;
    config.parameters.max_channel_ids = 40;
    config.parameters.max_user_ids = 20;
    config.parameters.max_token_ids = 10;
    config.parameters.max_mcspdu_size = 200;
    config.high_water = 500;
    config.low_water = 100;
    config.queue_limit = 20'000;
    config.max_held = 50;
    return config;
}

struct World {
    Domain domain{small()};
    std::map<ConnectionId, std::uint8_t> open;  // and the number of its transports
    std::set<std::pair<std::uint32_t, std::uint8_t>> paused;
    std::vector<AttachmentId> users;
    Instant now{};

    void connect(Orientation orientation, Version version, std::uint8_t transports) {
        if (open.size() >= kMaxConnections || (orientation == Orientation::above && !domain.is_top())) return;
        DomainParameters parameters = domain.parameters();
        open[domain.add_connection({orientation, parameters, version, transports}, now)] = transports;
        drain();
    }
    void drain() {
        std::vector<Output> outputs;
        domain.take_outputs(outputs);
        for (const Output& output : outputs)
            std::visit(overloaded{[&](const Transmit& t) {
                                      CONVENE_CHECK(open.count(t.connection) != 0, "said to a closed connection");
                                      CONVENE_CHECK(t.transport < open[t.connection], "on a transport it has not");
                                  },
                                  [&](const TransmitRun& run) {
                                      CONVENE_CHECK(open.count(run.connection) != 0, "said to a closed connection");
                                      CONVENE_CHECK(run.transport < open[run.connection], "a transport it has not");
                                  },
                                  [&](const Close& c) { forget(c.connection); },
                                  [&](const Pause& p) {
                                      CONVENE_CHECK(open.count(p.connection) != 0, "pause of a closed connection");
                                      CONVENE_CHECK(paused.insert({p.connection.value, p.transport}).second, "twice");
                                  },
                                  [&](const Resume& r) {
                                      CONVENE_CHECK(paused.erase({r.connection.value, r.transport}) == 1, "not paused");
                                  },
                                  [](const UserEvent&) {}, [](const Incident&) {}},
                       output);
        CONVENE_CHECK(open.size() == domain.connections().size(), "a connection is lost from sight");
        if (!domain.is_top()) return;
        CONVENE_CHECK(domain.channels().size() <= domain.parameters().max_channel_ids, "too many channels");
        CONVENE_CHECK(domain.channels().users() <= domain.parameters().max_user_ids, "too many users");
        CONVENE_CHECK(domain.tokens().size() <= domain.parameters().max_token_ids, "too many tokens");
    }
    void forget(ConnectionId id) {
        CONVENE_CHECK(open.erase(id) == 1, "closed twice");
        for (std::uint8_t t = 0; t < kMaxTransports; ++t) paused.erase({id.value, t});
    }
    std::pair<ConnectionId, std::uint8_t> some_connection(unsigned which) const {
        if (open.empty()) return {};
        auto at = open.begin();
        std::advance(at, which % open.size());
        return *at;
    }
    UserId some_user(Script& script) {
        unsigned which = script.octet();
        auto known = domain.channels().user_ids();
        if (which < known.size()) return known[which];
        return UserId{static_cast<std::uint16_t>(1001 + script.number() % 64'535)};
    }
    ChannelId some_channel(Script& script) {
        unsigned which = script.octet();
        auto known = domain.channels().ids();
        return which < known.size() ? known[which] : ChannelId{script.number()};
    }

    void receive(Script& script) {
        auto [id, transports] = some_connection(script.octet());
        unsigned transport = script.octet();
        unsigned size = script.octet();
        if (transports == 0) return;
        Bytes octets = to_bytes(script.octets(size));
        if (size == 255) octets.resize(16'500);
        domain.receive(id, transport % transports, {Slice(octets), false}, now);
    }
    /// A PDU whose ids are likely to mean something.
    void receive_plausible(Script& script) {
        auto [id, transports] = some_connection(script.octet());
        if (transports == 0) return;
        UserId user = some_user(script);
        ChannelId channel = some_channel(script);
        TokenId token{static_cast<std::uint16_t>(1 + script.octet() % 12)};
        auto result = static_cast<Result>(script.octet() % 3 == 0 ? script.octet() % 16 : 0);
        auto status = static_cast<TokenStatus>(script.octet() % 8);
        std::vector<DomainPdu> menu{
            AttachUserRequest{},
            ChannelJoinRequest{user, channel},
            ChannelLeaveRequest{{channel}},
            DetachUserRequest{Reason::user_requested, {user}},
            ChannelConveneRequest{user},
            ChannelAdmitRequest{user, channel, {some_user(script)}},
            ChannelExpelRequest{user, channel, {user}},
            ChannelDisbandRequest{user, channel},
            TokenGrabRequest{user, token},
            TokenInhibitRequest{user, token},
            TokenGiveRequest{user, token, some_user(script)},
            TokenGiveResponse{result, user, token},
            TokenReleaseRequest{user, token},
            TokenPleaseRequest{user, token},
            SendDataRequest{user, channel, DataPriority::top, kWholeSdu, Slice(Bytes(script.octet()))},
            UniformSendDataRequest{user, channel, DataPriority::top, kWholeSdu, Slice(Bytes(script.octet()))},
            MergeChannelsRequest{
                {UserChannelAttributes{true, user}, PrivateChannelAttributes{true, channel, user, {user}},
                 AssignedChannelAttributes{channel}},
                {channel}},
            MergeTokensRequest{
                {GivingTokenAttributes{token, user, some_user(script)}, InhibitedTokenAttributes{token, {user}}},
                {token}},
            ErectDomainRequest{script.octet(), 0},
            AttachUserConfirm{result, user},
            DetachUserIndication{Reason::user_requested, {user}},
            ChannelJoinConfirm{result, user, channel, channel},
            ChannelConveneConfirm{result, user, channel},
            ChannelAdmitIndication{user, channel, {some_user(script)}},
            ChannelExpelIndication{channel, {user}},
            ChannelDisbandIndication{channel},
            TokenGrabConfirm{result, user, token, status},
            TokenReleaseConfirm{result, user, token, status},
            TokenGiveIndication{user, token, some_user(script)},
            TokenGiveConfirm{result, user, token, status},
            TokenPleaseIndication{user, token},
            MergeChannelsConfirm{{UserChannelAttributes{true, user}}, {channel}},
            MergeChannelsConfirm{{PrivateChannelAttributes{true, channel, user, {user}}}, {}},
            MergeTokensConfirm{{GrabbedTokenAttributes{token, user}}, {}},
            PurgeChannelsIndication{{user}, {channel}},
            PurgeTokensIndication{{token}},
            PlumbDomainIndication{script.octet()},
            SendDataIndication{user, channel, DataPriority::top, kWholeSdu, Slice(Bytes(script.octet()))}};
        const Connection* connection = domain.connections().find(id);
        auto tsdu = encode_for(connection->version, menu[script.octet() % menu.size()]);
        if (tsdu) domain.receive(id, 0, std::move(*tsdu), now);
    }
    void act(Script& script) {
        if (users.size() < kMaxUsers && script.octet() % 4 == 0) users.push_back(domain.attach());
        if (users.empty()) return;
        AttachmentId user = users[script.octet() % users.size()];
        TokenId token{static_cast<std::uint16_t>(1 + script.octet() % 12)};
        switch (script.octet() % 14) {
            case 0:
                return domain.detach(user);
            case 1:
                return domain.join(user, some_channel(script));
            case 2:
                return domain.leave(user, some_channel(script));
            case 3:
                return domain.convene(user);
            case 4:
                return domain.disband(user, some_channel(script));
            case 5:
                return domain.admit(user, some_channel(script), {some_user(script)});
            case 6:
                return domain.expel(user, some_channel(script), {some_user(script)});
            case 7:
                return domain.send(user, some_channel(script), static_cast<DataPriority>(script.octet() % 4),
                                   script.octet() % 2 == 0, Slice(Bytes(script.number() % 1000)));
            case 8:
                return domain.token_grab(user, token);
            case 9:
                return domain.token_inhibit(user, token);
            case 10:
                return domain.token_give(user, token, some_user(script));
            case 11:
                return domain.token_give_response(user, token, static_cast<Result>(script.octet() % 16));
            case 12:
                return domain.token_release(user, token);
            default:
                return domain.token_please(user, token);
        }
    }
    void step(Script& script) {
        unsigned what = script.octet();
        switch (what % 8) {
            case 0:
            case 1:
                receive(script);
                break;
            case 2:
            case 3:
                receive_plausible(script);
                break;
            case 4:
                act(script);
                break;
            case 5: {
                auto [id, transports] = some_connection(script.octet());
                if (transports != 0)
                    domain.on_transmitted(id, script.octet() % transports, 1, script.octet() * 10, now);
                break;
            }
            case 6: {
                unsigned kind = script.octet();
                connect(kind % 4 == 0 ? Orientation::above : Orientation::below, static_cast<Version>(1 + kind / 4 % 3),
                        static_cast<std::uint8_t>(1 + kind / 16 % 4));
                break;
            }
            default: {
                auto [id, transports] = some_connection(script.octet());
                if (transports == 0) break;
                if (what / 8 % 2 == 0) {
                    forget(id);
                    domain.connection_lost(id, now);
                } else {
                    domain.disconnect(id, Reason::user_requested);
                }
                break;
            }
        }
        drain();
    }
    void end() {
        while (!open.empty()) {
            ConnectionId id = open.begin()->first;
            forget(id);
            domain.connection_lost(id, now);
            drain();
        }
        for (AttachmentId user : users) domain.detach(user);
        drain();
        CONVENE_CHECK(domain.is_top(), "no superior is left");
        CONVENE_CHECK(domain.channels().empty(), "channels are left");
        CONVENE_CHECK(domain.tokens().empty(), "tokens are left");
        CONVENE_CHECK(domain.pending() == 0, "something still waits");
        CONVENE_CHECK(!domain.is_frozen(), "somebody is left");
    }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Script script({reinterpret_cast<const std::byte*>(data), size});
    World world;
    world.connect(Orientation::below, 2, 1);
    world.connect(Orientation::below, 2, 2);
    if (script.octet() % 2 == 0) world.connect(Orientation::above, 2, 1);
    for (std::size_t steps = 0; !script.done() && steps < kMaxSteps; ++steps) world.step(script);
    world.end();
    return 0;
}
