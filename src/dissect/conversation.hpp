/// What the two directions of a connection teach about how to read the rest of it.
#pragma once

#include <cstdint>
#include <optional>
#include <set>

#include "asn1/json_node.hpp"

namespace convene::dissect {

/// Shared by the streams of both directions; with one direction alone it knows less.
class Conversation {
public:
    /// A channel on which only GCC providers talk: channel 1 and 2, and the channels of node ids.
    bool is_gcc(std::uint16_t channel) const { return channel == 1 || channel == 2 || nodes_.contains(channel); }
    /// A channel of a chat session, or that of somebody who takes part in one.
    bool is_chat(std::uint16_t channel) const { return chat_.contains(channel); }
    /// A channel of a whiteboard session, or that of somebody who takes part in one.
    bool is_whiteboard(std::uint16_t channel) const { return whiteboard_.contains(channel); }
    /// A channel on which files are transferred.
    bool is_files(std::uint16_t channel) const { return files_.contains(channel); }
    /// Whether the connect phase was seen; when it was not, more has to be tried.
    bool saw_connect() const { return saw_connect_; }
    /// The protocol version of T.125, when it is known.
    std::optional<std::uint64_t> version() const { return version_; }
    void guess_version(std::uint64_t version) {
        if (!version_) version_ = version;
    }

    /// A new MCS connection begins.
    void on_connect_initial(const asn1::Json& pdu);
    void on_connect_response(const asn1::Json& pdu);
    /// Any PDU of T.124, by its JSON.
    void on_gcc(const asn1::Json& pdu);
    /// Any PDU of T.127, by its JSON: offers and invitations name channels.
    void on_files(const asn1::Json& pdu);

private:
    using Channels = std::set<std::uint16_t>;

    /// Where the channels of the protocol with this key are collected; null when it is none of those read here.
    Channels* channels_of(const asn1::Json& key);
    void learn(const asn1::Json& value, unsigned depth);
    void learn_session(const asn1::Json& key);

    // A channel is a 16-bit number, which bounds them all.
    Channels nodes_;
    Channels chat_{11};       // the static session of chat::kChatChannel
    Channels whiteboard_{8};  // that of whiteboard::kWhiteboardChannel
    Channels files_{9, 10};   // T.127's control and data channel
    std::optional<std::uint64_t> version_;
    bool saw_connect_ = false;
};

}  // namespace convene::dissect
