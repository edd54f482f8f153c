/// The users of the simulated providers: what they ask for, and what they must therefore be told.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "mcs/reassembly.hpp"
#include "sim/network.hpp"

namespace convene::sim {

using PersonId = std::size_t;
using MessageId = std::uint32_t;  ///< a number for each SDU ever sent, and its first octets

/// A user as its own application knows it: from the events alone, without a look into the provider.
struct Person {
    enum class State : std::uint8_t { asking, here, gone };
    /// Of which channel it has asked what, to know which answers are due.
    struct Membership {
        bool joined = false;
        /// A leave and a merge or another join were under way together: until the network is at rest, both is right.
        bool unsure = false;
        std::size_t asked = 0;  ///< joins not yet confirmed
        mcs::Reassembler parts;
    };
    struct Offer {
        mcs::TokenId token;
        mcs::UserId donor;
    };

    Node node = 0;
    mcs::AttachmentId attachment;
    State state = State::asking;
    std::optional<mcs::UserId> user;
    std::map<mcs::ChannelId, Membership> channels;
    std::set<mcs::ChannelId> admitted;
    std::size_t convening = 0;
    std::array<std::size_t, 4> token_requests{};  ///< not yet confirmed: grab, inhibit, release, test
    std::vector<Offer> offers;
    std::map<mcs::TokenId, mcs::TokenStatus> tested;  ///< what the last TokenTestConfirm said

    std::array<std::vector<MessageId>, mcs::kDataPriorities> uniform;  ///< as they came
    std::map<std::tuple<PersonId, mcs::ChannelId, mcs::DataPriority, bool>, MessageId> last_heard;
    std::vector<MessageId> heard;  ///< since forget_heard()

    bool has_joined(mcs::ChannelId channel) const {
        auto at = channels.find(channel);
        return at != channels.end() && at->second.joined;
    }
};

struct Message {
    PersonId sender = 0;
    mcs::ChannelId channel;
    mcs::DataPriority priority{};
    bool uniform = false;
    std::size_t size = 0;
};

class Crowd {
public:
    Crowd(Network& network, Report& report);

    PersonId attach(Node node);
    void detach(PersonId who);
    void join(PersonId who, mcs::ChannelId channel);
    void leave(PersonId who, mcs::ChannelId channel);
    void convene(PersonId who);
    /// `size`: at least kMinMessage octets.
    MessageId send(PersonId who, mcs::ChannelId channel, mcs::DataPriority priority, bool uniform, std::size_t size);
    enum class TokenRequest : std::uint8_t { grab, inhibit, release, test };
    void request(PersonId who, TokenRequest what, mcs::TokenId token);
    /// Any other primitive, without an answer to be waited for.
    template <class Primitive>
    void act(PersonId who, Primitive primitive) {
        primitive(network_[people_[who].node], people_[who].attachment);
        network_.collect(people_[who].node);
    }

    const std::vector<Person>& people() const { return people_; }
    std::vector<PersonId> present() const;
    void forget_heard();
    /// When the network is at rest: what was unsure is as the provider says.
    void make_sure();
    void forget_offer(PersonId who, std::size_t offer);

    /// Every request has been answered; what everybody believes is what the providers know.
    void check_at_rest() const;
    /// There is one order of all uniform data of a priority in which every user has got its part of it. T.122 §10.
    void check_uniform_order() const;

    static constexpr std::size_t kMinMessage = 4;

private:
    void on_event(Node node, mcs::UserEvent& event);
    void on(PersonId who, const mcs::AttachConfirm& event);
    void on(PersonId who, const mcs::DetachIndication& event);
    void on(PersonId who, const mcs::JoinConfirm& event);
    void on(PersonId who, const mcs::LeaveIndication& event);
    void on(PersonId who, const mcs::ConveneConfirm& event);
    void on(PersonId who, const mcs::DisbandIndication& event);
    void on(PersonId who, const mcs::AdmitIndication& event);
    void on(PersonId who, const mcs::ExpelIndication& event);
    void on(PersonId who, const mcs::DataIndication& event);
    void on(PersonId who, const mcs::TokenGrabConfirm& event);
    void on(PersonId who, const mcs::TokenInhibitConfirm& event);
    void on(PersonId who, const mcs::TokenReleaseConfirm& event);
    void on(PersonId who, const mcs::TokenTestConfirm& event);
    void on(PersonId who, const mcs::TokenGiveIndication& event);
    void on(PersonId who, const mcs::TokenGiveConfirm& event);
    void on(PersonId who, const mcs::TokenPleaseIndication& event);
    void on_message(PersonId who, const mcs::DataIndication& event, const Slice& data);
    void answered(PersonId who, TokenRequest what, mcs::UserId initiator);
    void unjoin(PersonId who, mcs::ChannelId channel);
    void note(PersonId who, const std::string& what) const;
    void expect(PersonId who, bool holds, const char* text) const;
    std::string name(PersonId who) const;

    Network& network_;
    Report& report_;
    std::vector<Person> people_;
    std::map<std::pair<Node, std::uint32_t>, PersonId> by_attachment_;
    std::vector<Message> messages_;
};

}  // namespace convene::sim
