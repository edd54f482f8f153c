#include "dissect/conversation.hpp"

#include <array>
#include <nlohmann/json.hpp>
#include <string_view>

#include "chat/entity.hpp"
#include "gcc/protocol_key.hpp"
#include "whiteboard/protocol.hpp"

namespace convene::dissect {
namespace {

constexpr unsigned kDeepestLook = 64;  // more than any type of the module is nested

std::optional<std::uint16_t> number_in(const asn1::Json& value) {
    if (!value.is_number_unsigned()) return std::nullopt;
    return static_cast<std::uint16_t>(value.get<std::uint64_t>());
}

const asn1::Json* member(const asn1::Json& object, std::string_view name) {
    if (!object.is_object()) return nullptr;
    auto found = object.find(std::string(name));
    return found == object.end() ? nullptr : &*found;
}

std::optional<std::uint64_t> version_in(const asn1::Json& pdu, std::string_view parameters) {
    const asn1::Json* found = member(pdu, parameters);
    if (found != nullptr) found = member(*found, "protocolVersion");
    if (found == nullptr || !found->is_number_unsigned()) return std::nullopt;
    return found->get<std::uint64_t>();
}

/// The channels of the users in the records of a session: what is meant for one of them alone goes there.
void learn_users(const asn1::Json& records, unsigned depth, std::set<std::uint16_t>& channels) {
    if (!records.is_structured() || depth > kDeepestLook) return;
    if (const asn1::Json* user = member(records, "applicationUserID"))
        if (auto number = number_in(*user)) channels.insert(*number);
    for (const asn1::Json& inner : records) learn_users(inner, depth + 1, channels);
}

}  // namespace

void Conversation::on_connect_initial(const asn1::Json& pdu) {
    saw_connect_ = true;
    version_.reset();
    // Who offers nothing above version 2 will speak it.
    if (auto most = version_in(pdu, "maximumParameters"); most && *most <= 2) version_ = *most;
}

void Conversation::on_connect_response(const asn1::Json& pdu) {
    saw_connect_ = true;
    const asn1::Json* result = member(pdu, "result");
    if (result == nullptr || *result != "rt-successful") return;
    if (auto version = version_in(pdu, "domainParameters")) version_ = version;
}

void Conversation::on_gcc(const asn1::Json& pdu) { learn(pdu, 0); }

void Conversation::on_files(const asn1::Json& pdu) {
    for (std::string_view name : {"data-channel-id", "control-channel-id"})
        if (const asn1::Json* channel = member(pdu, name))
            if (auto number = number_in(*channel); number && !is_gcc(*number)) files_.insert(*number);
}

Conversation::Channels* Conversation::channels_of(const asn1::Json& key) {
    const asn1::Json* object = member(key, "object");
    if (object == nullptr || !object->is_string()) return nullptr;
    auto identifier = asn1::ObjectIdentifier::parse(object->get_ref<const std::string&>());
    if (!identifier) return nullptr;
    const gcc::Key protocol{*identifier};
    if (gcc::same_protocol(protocol, chat::chat_protocol_key())) return &chat_;
    if (gcc::same_protocol(protocol, whiteboard::whiteboard_protocol_key())) return &whiteboard_;
    return nullptr;
}

void Conversation::learn(const asn1::Json& value, unsigned depth) {
    static constexpr std::array<std::string_view, 4> kNodes{"nodeID", "topNodeID", "superiorNode", "conductingNode"};
    if (!value.is_structured() || depth > kDeepestLook) return;
    if (value.is_array()) {
        for (const asn1::Json& element : value) learn(element, depth + 1);
        return;
    }
    if (value.contains("applicationProtocolKey")) learn_session(value);
    auto channels_in = [this](const asn1::Json& holder) -> Channels* {
        const asn1::Json* session = member(holder, "sessionKey");
        const asn1::Json* protocol = session != nullptr ? member(*session, "applicationProtocolKey") : nullptr;
        return protocol != nullptr ? channels_of(*protocol) : nullptr;
    };
    if (Channels* channels = channels_in(value)) learn_users(value, depth, *channels);
    // The registry answers with the key of a session and the channel that it got.
    if (const asn1::Json* key = member(value, "key"))
        if (Channels* channels = channels_in(*key))
            if (const asn1::Json* item = member(value, "item"))
                if (const asn1::Json* channel = member(*item, "channelID"))
                    if (auto number = number_in(*channel)) channels->insert(*number);
    for (auto it = value.begin(); it != value.end(); ++it) {
        for (std::string_view name : kNodes)
            if (it.key() == name)
                if (auto number = number_in(*it)) nodes_.insert(*number);
        learn(*it, depth + 1);
    }
}

void Conversation::learn_session(const asn1::Json& key) {
    Channels* channels = channels_of(key["applicationProtocolKey"]);
    if (channels == nullptr) return;
    if (const asn1::Json* id = member(key, "sessionID"))
        if (auto number = number_in(*id)) channels->insert(*number);
}

}  // namespace convene::dissect
