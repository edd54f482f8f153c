#include "server/board_replay.hpp"

#include <filesystem>

#include "netmeeting/whiteboard_extensions.hpp"
#include "server/memory.hpp"
#include "server/memory_entries.hpp"
#include "whiteboard/codec.hpp"
#include "whiteboard/operation_pdu.hpp"

namespace convene::server {

namespace {

class BoardReplay {
public:
    explicit BoardReplay(const whiteboard::BoardLimits& limits)
        : board_(limits), extensions_(netmeeting::whiteboard_extensions()) {}

    void take(const store::Snapshot& stored) {
        const auto snapshot = decode_whiteboard_snapshot(stored.payload);
        if (!snapshot) {
            ++unreadable_;
            return;
        }
        for (const Bytes& pdu : snapshot->pdus) apply(pdu, std::nullopt);
    }
    void take(const store::Entry& stored) {
        if (stored.kind != kWhiteboardEntry) return;
        const auto entry = decode_whiteboard_entry(stored.payload);
        if (entry)
            apply(entry->pdu, mcs::UserId{entry->from});
        else
            ++unreadable_;
    }

    whiteboard::Board& board() { return board_; }
    std::uint64_t unreadable() const { return unreadable_; }

private:
    void apply(const Bytes& octets, std::optional<mcs::UserId> author) {
        const auto pdu = whiteboard::decode_si_pdu(octets);
        const auto operation = pdu ? whiteboard::to_operation(*pdu, extensions_) : std::nullopt;
        if (operation)
            board_.apply(*operation, author);
        else
            ++unreadable_;
    }

    whiteboard::Board board_;
    whiteboard::Extensions extensions_;
    std::uint64_t unreadable_ = 0;
};

}  // namespace

Expected<whiteboard::Board, std::string> replay_board(store::Store& store, store::ConferenceId conference,
                                                      const whiteboard::BoardLimits& limits,
                                                      std::uint64_t* unreadable) {
    auto reader = store.replay(conference);
    if (!reader) return make_unexpected(reader.error().message);
    BoardReplay replay(limits);
    if (reader->snapshot()) replay.take(*reader->snapshot());
    while (true) {
        auto entries = reader->next();
        if (!entries) return make_unexpected(entries.error().message);
        if (entries->empty()) break;
        for (const auto& stored : *entries) replay.take(stored.entry);
    }
    if (unreadable != nullptr) *unreadable = replay.unreadable();
    return std::move(replay.board());
}

Expected<whiteboard::Board, std::string> read_board(const std::string& data_folder, const std::string& name,
                                                    const whiteboard::BoardLimits& limits) {
    const std::string folder = memory_folder(data_folder);
    std::error_code ignored;
    if (!std::filesystem::exists(folder + "/convene.db", ignored))
        return make_unexpected("there is no memory of conferences in " + folder);
    auto opened = store::Store::open(folder);
    if (!opened) return make_unexpected(opened.error().message);
    const auto conference = (*opened)->find_conference(name);
    if (!conference) return make_unexpected("nothing is kept of a conference \"" + name + "\"");
    return replay_board(**opened, *conference, limits);
}

}  // namespace convene::server
