#include "tests/instructions/relaying.hpp"

#include <array>
#include <map>
#include <vector>

#include "base/check.hpp"
#include "io/output_queue.hpp"
#include "mcs/domain_pdu.hpp"
#include "mcs/parameters.hpp"
#include "node/testing.hpp"
#include "t123/data_writer.hpp"

namespace convene::instructions {
namespace {

using node::testing::config_for;

constexpr std::size_t kReceivers = 8;
constexpr mcs::ChannelId kChannel{777};            // static: whoever likes joins it
constexpr std::size_t kReadOctets = 32 * 1024;     // that arrive together from a busy sender
constexpr std::size_t kSmall = 64, kLarge = 1024;  // octets of user data

Bytes framed(const mcs::DomainPdu& pdu) {
    const auto tsdu = t123::make_framed(*mcs::encode_domain_pdu(pdu));
    return to_bytes(tsdu.payload.widened_front(t123::kDataHeaderSize).view());
}

/// A server's node in a conference with one who sends and others who receive, and what the server would write to them.
class Hall {
public:
    Hall() {
        gcc::ConferenceProfile profile;
        profile.name.numeric = "1503";
        profile.termination = gcc::TerminationMethod::manual;
        auto& server = network_.add(config_for("server", 1));
        server_ = server.node.get();
        auto admit = network_.answer;
        network_.answer = [this, admit](auto& member, node::CallArrived& call, Instant now) {
            transports_.push_back(call.transport);
            admit(member, call, now);
        };
        server_->host(profile, network_.now());
        for (std::size_t i = 0; i <= kReceivers; ++i) {
            auto config = config_for("caller " + std::to_string(i), 100 + i);
            config.links.range = mcs::without_version_3(config.links.range);
            auto& caller = network_.add(std::move(config));
            node::JoinOptions options;
            options.conference = gcc::ConferenceNameSelector{std::string("1503")};
            caller.node->join("server", options, network_.now());
            network_.run();
            CONVENE_CHECK(caller.node->conference() != nullptr && caller.node->conference()->self(), "everybody is in");
            users_.push_back(*caller.node->conference()->self());
        }
        network_.pass(std::chrono::seconds{5});
        for (std::size_t i = 0; i <= kReceivers; ++i) take(i, framed(mcs::ChannelJoinRequest{users_[i], kChannel}));
        CONVENE_CHECK(queues_.size() == kReceivers + 1, "everybody has joined");
        written_ = 0;
    }

    Bytes frame(std::size_t payload) const {
        return framed(mcs::SendDataRequest{
            users_[0], kChannel, mcs::DataPriority::high, {true, true}, Slice(Bytes(payload, std::byte{0x5A}))});
    }
    /// Octets from the one who sends.
    void send(ByteView octets) { take(0, octets); }
    std::size_t written() const { return written_; }

private:
    void take(std::size_t who, ByteView octets) {
        server_->on_bytes(transports_[who], Slice(octets), network_.now());
        server_->take_outputs(outputs_);
        for (auto& output : outputs_)
            if (auto* write = std::get_if<node::Write>(&output))
                queues_[write->transport].push(std::move(write->octets), write->frames);
        for (auto& [transport, queue] : queues_) {
            std::array<iovec, 64> runs;
            std::size_t octets_out = 0;
            for (std::size_t i = 0, count = queue.gather(runs); i < count; ++i) octets_out += runs[i].iov_len;
            const std::size_t frames = queue.consume(octets_out);
            written_ += octets_out;
            if (frames > 0) server_->on_written(transport, frames, queue.octets(), network_.now());
        }
    }

    node::testing::Network network_;
    node::Node* server_ = nullptr;
    std::vector<node::TransportId> transports_;
    std::vector<mcs::UserId> users_;
    std::map<node::TransportId, io::OutputQueue> queues_;
    std::vector<node::NodeOutput> outputs_;
    std::size_t written_ = 0;
};

void relay(std::size_t count, std::size_t payload, std::size_t at_once) {
    Hall hall;
    const Bytes frame = hall.frame(payload);
    Bytes octets;
    for (std::size_t i = 0; i < at_once; ++i) append(octets, frame);
    for (std::size_t i = 0; i < count; i += at_once) hall.send(octets);
    const std::size_t rounds = (count + at_once - 1) / at_once;
    CONVENE_CHECK(hall.written() == rounds * octets.size() * kReceivers, "everybody gets everything");
}

}  // namespace

void relay_small(std::size_t count) { relay(count, kSmall, kReadOctets / kSmall); }
void relay_large(std::size_t count) { relay(count, kLarge, kReadOctets / kLarge); }
void relay_alone(std::size_t count) { relay(count, kSmall, 1); }

}  // namespace convene::instructions
