#include "catalogue/make_entry.hpp"
#include "catalogue/modules.hpp"
#include "chat/chat_pdu.hpp"

namespace convene::catalogue {
namespace {

template <class T, const auto& Node = kByType>
constexpr TypeEntry entry(std::string_view name) {
    return type_entry<T, Node>("CHAT-PROTOCOL", name);
}

constexpr TypeEntry kTypes[] = {
    entry<gcc::H221NonStandardIdentifier>("H221NonStandardIdentifier"),
    entry<gcc::Key>("Key"),
    entry<gcc::NonStandardParameter>("NonStandardParameter"),
    entry<Bytes>("T140Data"),
    entry<chat::ChatDataPdu>("ChatDataPDU"),
    entry<chat::ChatNonStandardPdu>("ChatNonStandardPDU"),
    entry<chat::ChatPdu>("CHATPDU"),
};

}  // namespace

std::span<const TypeEntry> chat_types() { return kTypes; }

}  // namespace convene::catalogue
