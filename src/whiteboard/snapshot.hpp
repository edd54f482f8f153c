/// A whole board as operations that make an equal one.
#pragma once

#include <optional>
#include <vector>

#include "whiteboard/board.hpp"
#include "whiteboard/picture_parts.hpp"

namespace convene::whiteboard {

/// T.126 §8.3: page by page, each with its objects from the lowest to the topmost, then it is ready; pictures in
/// pieces, also those that are still arriving. Then the pointers and which page is the current one.
class SnapshotReader {
public:
    struct Scope {
        bool is_refresh = true;  ///< pages say that they exist already, objects who made them where that matters
        bool has_pointers = true;
        std::optional<ItemId> only;  ///< one page alone
    };
    /// The board is a copy, which shares its objects: it may change meanwhile.
    SnapshotReader(Board board, const Scope& scope);

    /// One after the other; nothing at the end.
    std::optional<Operation> next();

private:
    enum class Step { page, objects, ready, pointers, turn, end };
    Operation create_page(ItemId id) const;
    std::optional<Operation> next_object();
    Operation create(ItemId id, const Object& object);

    Board board_;
    Scope scope_;
    Step step_ = Step::page;
    std::vector<ItemId> pages_;
    std::size_t page_ = 0;
    std::vector<ItemId> objects_;
    std::size_t object_ = 0;
    std::optional<PictureParts> parts_;
};

}  // namespace convene::whiteboard
