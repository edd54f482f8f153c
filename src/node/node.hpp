/// One complete T.120 node in one conference, without any input or output of its own.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "gcc/conference.hpp"
#include "mcs/domain.hpp"
#include "node/chat_desk.hpp"
#include "node/events.hpp"
#include "node/files_desk.hpp"
#include "node/links.hpp"
#include "node/output.hpp"
#include "node/whiteboard_desk.hpp"

namespace convene::node {

/// Unguessable 64-bit numbers.
using RandomSource = std::function<std::uint64_t()>;

struct NodeConfig {
    std::string name;  ///< shown to others, UTF-8, at most 255 characters
    gcc::NodeType type = gcc::NodeType::terminal;
    std::optional<std::string> site;        ///< site information, UTF-8
    std::vector<std::string> participants;  ///< people at this node, UTF-8
    bool has_raised_hand = false;           ///< which the roster shows to all
    mcs::DomainConfig domain;
    LinksConfig links;
    gcc::ConferenceLimits conference;
    gcc::RegistryRules registry;
    bool chats = true;          ///< enrols a chat entity
    bool bridges_chat = false;  ///< passes lines between T.134 and NetMeeting's chat
    bool keeps_chat = false;    ///< tells ChatNewcomer, and counts what is said
    bool wants_history = true;  ///< asks for what was said before, and for receipts
    /// Enrols this whiteboard entity. It outlives the node: after on_lost() the next node of the same user takes it
    /// along, with what its user did and nobody has confirmed.
    std::shared_ptr<whiteboard::Entity> whiteboard;
    bool keeps_whiteboard = false;             ///< tells WhiteboardTraffic
    std::optional<files::EntityConfig> files;  ///< enrols a file transfer entity
    RandomSource random;                       ///< must not be empty
};

/// How to get into a conference elsewhere.
struct JoinOptions {
    std::optional<gcc::ConferenceNameSelector> conference;  ///< absent: whatever the called node lets callers into
    std::optional<gcc::ConferenceNameModifier> modifier;
    std::optional<gcc::PasswordChallengeRequestResponse> password;
    std::optional<gcc::PasswordSelector> convener_password;
};

/// Octets, time and wishes in; take_outputs() and take_events() out, after every input. Everything is in order within
/// each of the two. One owner, no threads.
///
/// A node is in at most one conference in its life: host() makes it the top of one, join() and create() take it into
/// one elsewhere, accept_invitation() does the same from the other end.
class Node {
public:
    explicit Node(NodeConfig config, Instant now);
    Node(const Node&) = delete;
    Node& operator=(const Node&) = delete;

    // --- transports ---

    /// A transport whose Reception has found a purpose for this node. `peer` stands for the peer's address: transports
    /// of one MCS connection must agree on it.
    void adopt(TransportId transport, Reception&& reception, std::string peer, Instant now);
    void transport_opened(TransportId transport, Instant now);
    void on_bytes(TransportId transport, Slice octets, Instant now);
    void on_closed(TransportId transport, std::string_view why, Instant now);
    void on_written(TransportId transport, std::size_t frames, std::size_t octets_queued, Instant now);
    void on_time(Instant now);
    std::optional<Instant> deadline() const;
    void take_outputs(std::vector<NodeOutput>& into);
    void take_events(std::vector<Event>& into);

    // --- getting into a conference ---

    /// Becomes the top of a conference of its own.
    void host(const gcc::ConferenceProfile& profile, Instant now);
    CallId query(const std::string& address, Instant now);
    CallId join(const std::string& address, const JoinOptions& options, Instant now);
    CallId create(const std::string& address, const gcc::ConferenceProfile& profile, Instant now);
    /// Calls somebody into the conference this node is in; nothing when it cannot admit anybody now.
    std::optional<CallId> invite(const std::string& address, Instant now);
    void hang_up(CallId call, Instant now);

    // --- answering CallArrived ---

    /// Lets the caller in. `decision` must be a granted one. False when nobody can be admitted now. `restriction` holds
    /// for its connection from the first PDU on.
    bool admit(TransportId transport, const gcc::JoinDecision& decision, Instant now,
               mcs::SharedRestriction restriction = nullptr);
    /// Lets the creator of this conference in, as its convener.
    bool admit_creator(TransportId transport, Instant now);
    /// Goes into the conference of the caller. False when this node is in one already.
    bool accept_invitation(TransportId transport, Instant now);
    /// Says no, with the GCC answer that tells why.
    void reject(TransportId transport, mcs::Result result, const std::optional<gcc::ConnectGccPdu>& answer,
                Instant now);

    // --- chat ---

    void say(std::string_view utf8, Instant now);
    /// False when that node has no chat entity.
    bool say_privately(mcs::UserId node, std::string_view utf8, Instant now);
    /// Nothing before a conference, and in nodes without one. After using it, call settle().
    ChatDesk* chat() { return chat_.get(); }
    const ChatDesk* chat() const { return chat_.get(); }

    // --- the whiteboard ---

    /// As chat().
    WhiteboardDesk* whiteboard() { return whiteboard_.get(); }
    const WhiteboardDesk* whiteboard() const { return whiteboard_.get(); }

    // --- files ---

    /// As chat().
    FilesDesk* files() { return files_.get(); }
    const FilesDesk* files() const { return files_.get(); }

    // --- the conference ---

    /// Changes the name that others see.
    void rename(std::string name, Instant now);
    void raise_hand(bool is_up, Instant now);
    /// For the operations of GCC. After using it, call settle().
    gcc::Conference* conference() { return conference_.get(); }
    const gcc::Conference* conference() const { return conference_.get(); }
    /// Carries out what conference() or domain() was asked for.
    void settle(Instant now);
    /// Leaves the conference and closes every transport once what was said before is written. Calls that would have led
    /// into one are given up.
    void leave(Instant now);

    mcs::Domain& domain() { return domain_; }
    const Links& links() const { return links_; }
    const NodeConfig& config() const { return config_; }
    /// The name of a node in the roster, else its number.
    std::string name_of(mcs::UserId node) const;
    /// The nodes of that name, compared without regard to ASCII case.
    std::vector<mcs::UserId> nodes_named(std::string_view name) const;
    std::optional<std::string> peer_of(mcs::UserId node) const;

private:
    struct PendingCall {
        enum class Kind : std::uint8_t { query, join, create, invite } kind{};
        gcc::ConferenceName name;                       ///< asked for
        std::optional<gcc::ConferenceProfile> profile;  ///< create
        bool as_convener = false;
        gcc::Tag tag = 0;  ///< invite
    };
    struct Guest {
        std::optional<gcc::Tag> tag;                             ///< admitted with
        std::optional<gcc::ConferenceInviteRequest> invitation;  ///< accepted
    };

    void on(CallReceived& event, Instant now);
    void on(LinkUp& event, Instant now);
    void on(CallRefused& event, Instant now);
    void on(CallFailed& event, Instant now);
    void on(LinkDown& event, Instant now);
    void on_gcc(gcc::Event event, Instant now);
    void enter(gcc::ConferenceSettings settings, Instant now);
    gcc::NodeRecord record() const;
    Bytes connect_data(const gcc::ConnectGccPdu& pdu) const;
    bool route_domain_outputs(Instant now);
    bool tell_flow(Instant now);

    NodeConfig config_;
    mcs::Domain domain_;
    Links links_;
    std::unique_ptr<gcc::Conference> conference_;
    std::unique_ptr<ChatDesk> chat_;
    std::unique_ptr<WhiteboardDesk> whiteboard_;
    std::unique_ptr<FilesDesk> files_;
    std::vector<Desk*> desks_;                              ///< all of them
    std::unordered_map<TransportId, std::size_t> waiting_;  ///< octets that are not written yet, where there are any
    std::map<CallId, PendingCall> calls_;
    std::unordered_map<TransportId, Guest> guests_;
    std::vector<mcs::Output> domain_outputs_;
    std::vector<LinkEvent> link_events_;
    std::vector<gcc::Event> gcc_events_;
    std::vector<NodeOutput> incidents_;
    std::vector<Event> events_;
};

}  // namespace convene::node
