#include "server/chat_memory.hpp"

#include <algorithm>

#include "base/utf8.hpp"
#include "server/memory_entries.hpp"

namespace convene::server {

Expected<std::monostate, std::string> ChatMemory::restore(store::Store& store, store::ConferenceId conference) {
    const auto record = store.conference(conference);
    if (!record) return make_unexpected(record.error().message);
    const std::uint64_t last = record->last.value;
    auto reader = store.read(conference, store::EntryIndex{last > kHistoryReach ? last - kHistoryReach : 0});
    if (!reader) return make_unexpected(reader.error().message);
    while (true) {
        auto entries = reader->next();
        if (!entries) return make_unexpected(entries.error().message);
        if (entries->empty()) return std::monostate{};
        for (auto& stored : *entries) {
            if (stored.entry.kind != kChatEntry) continue;
            const auto time = static_cast<std::uint64_t>(std::max<std::int64_t>(stored.entry.time.value, 0));
            remember({std::move(stored.entry.author), time, std::string(as_text(stored.entry.payload))});
        }
    }
}

void ChatMemory::on_line(const node::ChatLine& line) {
    if (line.is_private) return;
    const auto now = unix_now();
    std::string author(utf8_prefix(line.name, store::kMaxAuthorOctets));
    remember({author, static_cast<std::uint64_t>(now.value), line.text});
    std::optional<DueReceipt> receipt;
    if (line.number != 0) receipt = DueReceipt{kChatEntry, line.from, line.number};
    log_.append(store::Entry{kChatEntry, std::move(author), to_bytes(line.text), now}, receipt);
}

void ChatMemory::remember(node::PastLine line) {
    lines_.push_back(std::move(line));
    while (lines_.size() > most_()) lines_.pop_front();
}

std::vector<node::PastLine> ChatMemory::history(std::optional<std::int64_t> age_ms) const {
    std::vector<node::PastLine> out;
    const auto now = static_cast<std::uint64_t>(unix_now().value);
    const std::size_t first = lines_.size() - std::min(lines_.size(), most_());
    for (std::size_t i = first; i < lines_.size(); ++i) {
        if (!age_ms || lines_[i].time_ms + static_cast<std::uint64_t>(*age_ms) >= now) out.push_back(lines_[i]);
    }
    return out;
}

}  // namespace convene::server
