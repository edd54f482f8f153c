#include "whiteboard/archive.hpp"

#include <algorithm>
#include <utility>

#include "whiteboard/codec.hpp"
#include "whiteboard/inverse.hpp"
#include "whiteboard/operation_pdu.hpp"
#include "whiteboard/snapshot.hpp"
#include "whiteboard/wire_octets.hpp"

namespace convene::whiteboard {
namespace {

constexpr std::string_view kMagic{kArchiveMagic, sizeof kArchiveMagic};

}  // namespace

Bytes write_archive(const Board& board, const Extensions& extensions, std::optional<ItemId> only) {
    Bytes out = to_bytes(kMagic);
    SnapshotReader::Scope scope;
    scope.is_refresh = false;
    scope.has_pointers = false;
    scope.only = only;
    SnapshotReader reader(board, scope);
    while (auto operation = reader.next()) {
        for (const SiPdu& pdu : to_pdus(*operation, extensions)) {
            auto octets = encode(pdu);
            if (!octets) continue;
            append(out, OctetWriter().number(octets->size(), 4).take());
            append(out, *octets);
        }
    }
    return out;
}

Expected<Board, ArchiveFault> read_archive(ByteView octets, const Extensions& extensions, const BoardLimits& limits) {
    OctetReader in(octets);
    auto magic = as_text(in.take(kMagic.size()));
    if (magic.size() != kMagic.size() || magic.substr(0, kMagic.size() - 1) != kMagic.substr(0, kMagic.size() - 1))
        return make_unexpected(ArchiveFault::not_an_archive);
    if (magic.back() != kMagic.back()) return make_unexpected(ArchiveFault::other_version);
    Board board(limits);
    for (std::size_t count = 0; !in.is_done(); ++count) {
        if (count == kMaxArchiveOperations) return make_unexpected(ArchiveFault::too_large);
        auto size = in.number(4);
        auto pdu = decode_si_pdu(in.take(size));
        if (!in.is_good() || !pdu) return make_unexpected(ArchiveFault::damaged);
        // What a later version adds is passed over.
        auto operation = to_operation(*pdu, extensions);
        if (operation && board.apply(*operation, std::nullopt).refusal) return make_unexpected(ArchiveFault::too_large);
    }
    return board;
}

std::optional<std::vector<Operation>> transplant(const Board& board,
                                                 const std::function<std::optional<ItemId>()>& new_id) {
    std::vector<Operation> out;
    bool has_ids = true;
    auto fresh = [&] {
        auto id = new_id();
        has_ids = has_ids && id;
        return id.value_or(ItemId{});
    };
    for (ItemId old_page : board.pages()) {
        CreatePage create;
        create.page = *board.find_page(old_page);
        create.page.id = fresh();
        create.page.access_list.clear();  // of people of another conference
        for (View& view : create.page.views) view.id = fresh();
        if (create.page.views.empty()) create.page.views.push_back(View{fresh()});
        out.push_back(create);
        for (ItemId id : board.objects_of(old_page)) {
            Object object = *board.find(id);
            const auto* picture = std::get_if<Picture>(&object.content);
            if (picture != nullptr && !picture->is_complete) continue;
            object.page = create.page.id;
            out.push_back(creation_of(fresh(), object));
            if (!has_ids) return std::nullopt;
        }
    }
    if (!has_ids) return std::nullopt;
    return out;
}

}  // namespace convene::whiteboard
