// Hostile peers against a whole node: several at once against the host of a conference, or a hostile server against a
// participant. The input is a list of records; some carry octets of the peer's own, others have it behave well, so that
// the bad ones get as deep as the conference.
//
//   first octet  even: the node hosts, odd: it joins
//   record       one octet, peer (2 high bits) and kind (6 low bits, modulo the number of kinds), then what the kind
//   needs
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <variant>
#include <vector>

#include "base/check.hpp"
#include "base/overloaded.hpp"
#include "fuzz/script.hpp"
#include "gcc/codec.hpp"
#include "mcs/domain_pdu.hpp"
#include "node/node.hpp"
#include "t123/data_writer.hpp"
#include "t123/frame_reader.hpp"
#include "t123/tpdu.hpp"

using namespace convene;
using convene::fuzz::Script;

namespace {

constexpr std::size_t kMaxRecords = 200;
constexpr std::size_t kPeers = 4;
constexpr int kMaxRounds = 1000;                                         // of outputs after one input
constexpr std::array<std::uint16_t, 6> kChannels{1, 2, 3, 9, 11, 1001};  // GCC's two, static ones, chat's, somebody's

gcc::ConferenceProfile lobby() {
    gcc::ConferenceProfile profile;
    profile.name.numeric = "1";
    profile.termination = gcc::TerminationMethod::manual;
    return profile;
}

node::NodeConfig config() {
    node::NodeConfig config;
    config.name = "node";
    config.bridges_chat = true;
    config.random = [seed = std::uint64_t{1}]() mutable {
        seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
        return seed >> 16;
    };
    return config;
}

/// One end of a wire, as the peer sees it.
struct Peer {
    node::TransportId id;
    std::optional<node::Reception> reception;  // until it has a purpose
    t123::FrameReader reader;                  // of what the node writes
    std::vector<mcs::UserId> users;            // that the node said are the peer's
    unsigned attaching = 0;                    // requests of a node that joins
    std::vector<mcs::ChannelJoinRequest> joining;
    bool paused = false;
};

class World {
public:
    explicit World(bool hosts) : hosts_(hosts), node_(config(), now_) {
        if (hosts_)
            node_.host(lobby(), now_);
        else
            node_.join("somewhere", {}, now_);
        drain();
    }

    void step(Script& script) {
        const unsigned what = script.octet();
        auto& slot = peers_[(what >> 6) % kPeers];
        switch ((what & 0x3F) % 10) {
            case 0:
                return say(slot, script.octets(script.octet()));
            case 1:
                return say_tsdu(slot, script.octets(script.number() % 4096));
            case 2:
                return greet(slot);
            case 3:
                return enter(slot);
            case 4:
                return send_data(slot, script);
            case 5:
                return pass(std::chrono::milliseconds(script.octet() * 50));
            case 6:
                return hang_up(slot);
            case 7:
                return backlog(slot, script.number());
            case 8:
                return wait_for_deadline();
            default:
                return answer_well(slot);
        }
    }
    void finish() {
        for (auto& slot : peers_) hang_up(slot);
        pass(std::chrono::seconds(1));
        CONVENE_CHECK(node_.links().transports() == 0, "a transport is left over");
    }

private:
    // --- what a peer does ---

    void say(std::optional<Peer>& slot, ByteView octets) {
        if (!open(slot)) return;
        const Slice copy(octets);  // a buffer of its own, as from a network
        if (slot->reception) {
            slot->reception->on_bytes(copy, now_);
            pump_reception(slot);
        } else {
            node_.on_bytes(slot->id, copy, now_);
        }
        drain();
    }
    void say_tsdu(std::optional<Peer>& slot, ByteView tsdu) {
        if (!tsdu.empty()) say(slot, t123::write_frames(tsdu, t123::kMaxTpdu));
    }
    void say_pdu(std::optional<Peer>& slot, const mcs::DomainPdu& pdu) {
        const auto octets = mcs::encode_domain_pdu(pdu);
        if (octets) say_tsdu(slot, *octets);
    }
    /// The connect phase as it should be, up to an MCS connection.
    void greet(std::optional<Peer>& slot) {
        if (!hosts_) return answer_well(slot);
        hang_up(slot);
        say(slot, t123::serialise(t123::ConnectionRequest{}));
        mcs::ConnectInitial initial;
        initial.upward_flag = true;
        const auto offer = mcs::default_offer(mcs::without_version_3(mcs::default_parameter_range()));
        initial.target_parameters = offer.target;
        initial.minimum_parameters = offer.minimum;
        initial.maximum_parameters = offer.maximum;
        gcc::ConferenceJoinRequest request;
        request.conference_name = gcc::ConferenceNameSelector{std::string("1")};
        initial.user_data = *gcc::encode_connect_data(request);
        say_tsdu(slot, *mcs::encode(mcs::ConnectPdu{initial}));
    }
    /// A user, its own channel and the broadcast channel.
    void enter(std::optional<Peer>& slot) {
        if (!hosts_) return answer_well(slot);
        say_pdu(slot, mcs::ErectDomainRequest{});
        say_pdu(slot, mcs::AttachUserRequest{});
        if (!slot || slot->users.empty()) return;
        const mcs::UserId user = slot->users.back();
        for (const std::uint16_t channel : {user.value, std::uint16_t{1}, std::uint16_t{11}})
            say_pdu(slot, mcs::ChannelJoinRequest{user, mcs::ChannelId{channel}});
    }
    void send_data(std::optional<Peer>& slot, Script& script) {
        const unsigned where = script.octet();
        const mcs::ChannelId channel{kChannels[where % kChannels.size()]};
        const auto segmentation = mcs::Segmentation{(where & 0x40) == 0, (where & 0x80) == 0};
        const Slice data(script.octets(script.number() % 4096));
        mcs::UserId user{1001};
        if (slot && !slot->users.empty()) user = slot->users[where % slot->users.size()];
        if (!hosts_)
            say_pdu(slot, mcs::SendDataIndication{user, channel, mcs::DataPriority::high, segmentation, data});
        else if ((where & 0x20) != 0)
            say_pdu(slot, mcs::UniformSendDataRequest{user, channel, mcs::DataPriority::high, segmentation, data});
        else
            say_pdu(slot, mcs::SendDataRequest{user, channel, mcs::DataPriority::high, segmentation, data});
    }
    void hang_up(std::optional<Peer>& slot) {
        if (!slot) return;
        const node::TransportId id = slot->id;
        const bool known = !slot->reception;
        slot.reset();
        if (known) node_.on_closed(id, "gone", now_);
        drain();
    }
    void backlog(std::optional<Peer>& slot, std::size_t kibibytes) {
        if (!slot || slot->reception) return;
        node_.on_written(slot->id, 1, kibibytes * 1024, now_);
        drain();
    }
    /// What the node waits for, as a well-behaved server would answer.
    void answer_well(std::optional<Peer>& slot) {
        if (hosts_ || !slot) return;
        if (wants_confirm_) {
            wants_confirm_ = false;
            say(slot, t123::serialise(t123::ConnectionConfirm{}));
        } else if (wants_response_) {
            wants_response_ = false;
            mcs::ConnectResponse response;
            response.domain_parameters = mcs::default_offer().target;
            response.domain_parameters.protocol_version = 2;
            gcc::ConferenceJoinResponse join;
            join.top_node_id = mcs::UserId{1001};
            response.user_data = *gcc::encode_connect_data(join);
            say_tsdu(slot, *mcs::encode(mcs::ConnectPdu{response}));
        } else if (slot->attaching > 0) {
            --slot->attaching;
            const mcs::UserId user{next_user_++};
            slot->users.push_back(user);
            say_pdu(slot, mcs::AttachUserConfirm{mcs::Result::successful, user});
        } else if (!slot->joining.empty()) {
            const auto request = slot->joining.back();
            slot->joining.pop_back();
            const mcs::ChannelId channel = request.channel.value != 0 ? request.channel : mcs::ChannelId{2000};
            say_pdu(slot,
                    mcs::ChannelJoinConfirm{mcs::Result::successful, request.initiator, request.channel, channel});
        }
    }

    // --- time ---

    void pass(Duration time) {
        now_ += time;
        for (auto& slot : peers_) {
            if (!slot || !slot->reception) continue;
            slot->reception->on_time(now_);
            pump_reception(slot);
        }
        node_.on_time(now_);
        drain();
    }
    void wait_for_deadline() {
        const auto deadline = node_.deadline();
        if (!deadline) return;
        now_ = std::max(now_, *deadline);
        node_.on_time(now_);
        drain();
        const auto after = node_.deadline();
        CONVENE_CHECK(!after || *after > now_, "deadline without effect");
    }

    // --- the wires ---

    /// A new connection where there is none; a node that joins opens its own.
    bool open(std::optional<Peer>& slot) {
        if (slot) return true;
        if (!hosts_) return false;
        slot.emplace();
        slot->id = node::TransportId{++next_};
        slot->reception.emplace(node::ReceptionLimits{}, now_);
        return true;
    }
    void pump_reception(std::optional<Peer>& slot) {
        std::vector<node::Reception::Output> outputs;
        slot->reception->take_outputs(outputs);
        bool closed = false;
        for (auto& output : outputs) {
            if (auto* write = std::get_if<node::Reception::Write>(&output)) {
                CONVENE_CHECK(!closed, "written after the end");
                hear(*slot, write->octets);
            } else {
                closed = true;
            }
        }
        if (closed) return slot.reset();
        const auto& purpose = slot->reception->purpose();
        if (std::holds_alternative<node::Undecided>(purpose)) return;
        CONVENE_CHECK(!std::holds_alternative<node::Unacceptable>(purpose), "unacceptable, and not closed");
        node::Reception reception = std::move(*slot->reception);
        slot->reception.reset();
        node_.adopt(slot->id, std::move(reception), "peer", now_);
    }
    /// What the node writes is TPKT, and what this peer remembers of it.
    void hear(Peer& peer, const Slice& octets) {
        peer.reader.push(octets);
        for (Slice frame;;) {
            const auto status = peer.reader.next(frame);
            CONVENE_CHECK(status != t123::FrameReader::Status::error, "the node wrote something else than TPKT");
            if (status == t123::FrameReader::Status::need_more) return;
            const auto tpdu = t123::parse_tpdu(frame);
            CONVENE_CHECK(tpdu.has_value(), "the node wrote a TPDU that cannot be read");
            if (std::holds_alternative<t123::ConnectionRequest>(*tpdu)) wants_confirm_ = true;
            const auto* data = std::get_if<t123::DataTpdu>(&*tpdu);
            if (data == nullptr || !data->end_of_tsdu) continue;
            if (mcs::looks_like_connect_pdu(data->payload)) {
                wants_response_ = true;
                continue;
            }
            const auto pdu = mcs::decode_domain_pdu(Slice(data->payload));
            if (!pdu) continue;  // of version 3
            if (const auto* confirm = std::get_if<mcs::AttachUserConfirm>(&*pdu)) {
                if (confirm->initiator) peer.users.push_back(*confirm->initiator);
            } else if (std::holds_alternative<mcs::AttachUserRequest>(*pdu)) {
                ++peer.attaching;
            } else if (const auto* join = std::get_if<mcs::ChannelJoinRequest>(&*pdu)) {
                peer.joining.push_back(*join);
            }
        }
    }
    std::optional<Peer>* find(node::TransportId id) {
        for (auto& slot : peers_)
            if (slot && slot->id == id) return &slot;
        return nullptr;
    }
    void drain() {
        if (std::exchange(draining_, true)) return;
        for (int round = 0; round < kMaxRounds; ++round) {
            std::vector<node::NodeOutput> outputs;
            node_.take_outputs(outputs);
            std::vector<node::Event> events;
            node_.take_events(events);
            if (outputs.empty() && events.empty()) {
                draining_ = false;
                return;
            }
            for (auto& output : outputs) std::visit([&](auto& each) { act(each); }, output);
            for (auto& event : events)
                if (auto* call = std::get_if<node::CallArrived>(&event)) answer(*call);
        }
        CONVENE_CHECK(false, "the node keeps itself busy");
    }
    void act(node::Write& write) {
        if (auto* slot = find(write.transport)) hear(**slot, write.octets);
    }
    void act(node::CloseTransport& close) {
        if (auto* slot = find(close.transport)) slot->reset();
    }
    void act(node::PauseReading& pause) {
        auto* slot = find(pause.transport);
        if (slot == nullptr) return;
        CONVENE_CHECK(!std::exchange((*slot)->paused, true), "paused twice");
    }
    void act(node::ResumeReading& resume) {
        auto* slot = find(resume.transport);
        if (slot == nullptr) return;
        CONVENE_CHECK(std::exchange((*slot)->paused, false), "resumed without a pause");
    }
    void act(node::OpenTransport& wanted) {
        for (auto& slot : peers_) {
            if (slot) continue;
            slot.emplace();
            slot->id = wanted.transport;
            node_.transport_opened(wanted.transport, now_);
            return;
        }
        node_.on_closed(wanted.transport, "no line is free", now_);
    }
    void act(node::Incident& incident) { CONVENE_CHECK(!incident.text.empty(), "an incident without words"); }

    void answer(node::CallArrived& call) {
        if (std::holds_alternative<gcc::ConferenceJoinRequest>(call.request)) {
            gcc::JoinDecision decision;
            decision.kind = gcc::JoinDecision::Kind::granted;
            if (node_.admit(call.transport, decision, now_)) return;
        } else if (std::holds_alternative<gcc::ConferenceCreateRequest>(call.request)) {
            if (node_.admit_creator(call.transport, now_)) return;
        } else if (std::holds_alternative<gcc::ConferenceInviteRequest>(call.request)) {
            if (node_.accept_invitation(call.transport, now_)) return;
        }
        node_.reject(call.transport, mcs::Result::user_rejected, std::nullopt, now_);
    }

    bool hosts_;
    Instant now_{std::chrono::hours(1)};
    node::Node node_;
    std::array<std::optional<Peer>, kPeers> peers_;
    std::uint32_t next_ = 0;
    std::uint16_t next_user_ = 1002;
    bool wants_confirm_ = false;
    bool wants_response_ = false;
    bool draining_ = false;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Script script({reinterpret_cast<const std::byte*>(data), size});
    World world(script.octet() % 2 == 0);
    for (std::size_t records = 0; records < kMaxRecords && !script.done(); ++records) world.step(script);
    world.finish();
    return 0;
}
