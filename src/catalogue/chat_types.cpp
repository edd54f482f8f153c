#include "catalogue/make_entry.hpp"
#include "catalogue/modules.hpp"
#include "chat/chat_pdu.hpp"

namespace convene::catalogue {
namespace {

template <class T, const auto& Node = kByType>
constexpr TypeEntry chat_entry(std::string_view name) {
    return type_entry<T, Node>("CHAT-PROTOCOL", name);
}

constexpr TypeEntry kChatTypes[] = {
    chat_entry<gcc::H221NonStandardIdentifier>("H221NonStandardIdentifier"),
    chat_entry<gcc::Key>("Key"),
    chat_entry<gcc::NonStandardParameter>("NonStandardParameter"),
    chat_entry<Bytes>("T140Data"),
    chat_entry<chat::ChatDataPdu>("ChatDataPDU"),
    chat_entry<chat::ChatNonStandardPdu>("ChatNonStandardPDU"),
    chat_entry<chat::ChatPdu>("CHATPDU"),
};

}  // namespace

std::span<const TypeEntry> chat_types() { return kChatTypes; }

}  // namespace convene::catalogue
