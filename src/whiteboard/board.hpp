/// The model of a whiteboard: all pages and what lies on them, changed by operations and by nothing else.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <vector>

#include "base/sha256.hpp"
#include "whiteboard/board_limits.hpp"
#include "whiteboard/operation.hpp"

namespace convene::whiteboard {

/// What a view of the board has to draw anew.
struct Change {
    enum class Kind : std::uint8_t {
        page_added,
        page_changed,  ///< its background, views, place or readiness
        page_removed,  ///< with all its objects
        page_turned,   ///< it is the current one now
        object_added,
        object_changed,  ///< its content or its place among the others
        object_removed,
    };
    Kind kind{};
    ItemId page;    ///< none (0) in page_turned when there is no page any more
    ItemId object;  ///< 0 in those about a page

    friend bool operator==(const Change&, const Change&) = default;
};
using Changes = std::vector<Change>;

struct Refusal {
    RefusalReason reason{};
    ItemId item;  ///< the page or object that was to be

    friend bool operator==(const Refusal&, const Refusal&) = default;
};

/// What became of an operation: one about what does not exist has neither.
struct Applied {
    Changes changes;
    std::optional<Refusal> refusal;  ///< then it has changed nothing, but that a picture grown too large is gone
};

/// A value: copies share the objects. Two boards that were given the same operations by the same authors in the same
/// order are equal, whatever they were; so nothing in here depends on time, chance or who looks.
class Board {
public:
    explicit Board(const BoardLimits& limits = {}) : limits_(limits) {}

    /// `author` is who is to have done it, as planes may be protected; nobody for what is copied from another board.
    Applied apply(const Operation& operation, std::optional<mcs::UserId> author);

    const Page* find_page(ItemId id) const;
    /// In their order.
    std::vector<ItemId> pages() const;
    /// The page that everybody is to look at; nothing on a board without pages.
    std::optional<ItemId> current_page() const;

    /// An object or a pointer.
    const Object* find(ItemId id) const;
    /// From the lowest to the topmost, without pointers.
    std::vector<ItemId> objects_of(ItemId page) const;
    std::vector<ItemId> pointers() const;
    /// Where an object lies among those of its plane: higher ones lie above, equal ones in the order of their ids. 0
    /// for what is none.
    std::int64_t height_of(ItemId object) const;
    std::size_t size() const { return objects_.size(); }
    /// What counts against the limits.
    std::size_t octets() const { return octets_; }
    const BoardLimits& limits() const { return limits_; }

    /// Equal for boards that look the same and go on the same. Who made an object, pointers and selections in progress
    /// do not count.
    Sha256Digest digest() const;

    /// The pointers of somebody who is gone.
    Changes remove_pointers_of(mcs::UserId user);
    /// Pictures that `is_gone` was still sending when it went.
    std::vector<ItemId> unfinished_pictures() const;

    // --- for somebody who keeps a second board, ahead of this one by what is not confirmed yet ---

    /// A copy on which whatever is created or moved to the front or back lies beyond everything of this board, also of
    /// what comes to this board later.
    Board overlay() const;
    /// Makes one object exactly as it is in `other`, or absent; its page must exist here if it does there.
    void adopt(const Board& other, ItemId object);
    /// Whether one object is the same here and there, in content and place.
    bool agrees(const Board& other, ItemId object) const;
    /// What a view of `before` has to draw to become a view of `after`.
    static Changes differences(const Board& before, const Board& after);

private:
    using Kind = Change::Kind;
    /// Shared because a board and its overlay, or a snapshot, have nearly all objects in common; never changed.
    using ObjectPointer = std::shared_ptr<const Object>;
    using Height = std::int64_t;
    struct Placed {
        ObjectPointer object;
        Height height = 0;
    };
    struct OrderKey {
        std::uint8_t plane = 0;
        Height height = 0;
        ItemId id;

        friend auto operator<=>(const OrderKey&, const OrderKey&) = default;
    };
    struct Sheet {
        Page page;
        std::set<OrderKey> order;
    };

    // board_pages.cpp
    void on(const CreatePage& create, Applied& out);
    void on(const EditPage& edit, Applied& out);
    void on(const DeletePage& gone, Applied& out);
    void on(const PageReady& ready, Applied& out);
    bool edit_view(Sheet& sheet, const ViewChange& edit, Applied& out);
    void turn_to(ItemId page, Applied& out);
    Place last_place() const;

    // board_objects.cpp
    void on(const CreateDrawing& create, Applied& out);
    void on(const EditDrawing& edit, Applied& out);
    void on(const CreateText& create, Applied& out);
    void on(const EditText& edit, Applied& out);
    void on(const DeleteObject& gone, Applied& out);

    // board_pictures.cpp
    void on(const CreatePicture& create, Applied& out);
    void on(const ContinuePicture& more, Applied& out);
    void on(const AbortPicture& abort, Applied& out);
    void on(const EditPicture& edit, Applied& out);
    void create_pointer(const CreatePicture& create, Applied& out);

    // board.cpp
    bool is_refused(const Object& object, ItemId id, Applied& out) const;
    bool may_change(const Object& object, ItemId id, Applied& out) const;
    void create(ItemId id, Object object, Applied& out);
    /// Puts a changed object in the place of `id`, and it itself elsewhere on its plane if so wanted.
    void change(ItemId id, Object object, std::optional<Stacking> stacking, Applied& out);
    void remove(ItemId id, Applied& out);
    void put(ItemId id, ObjectPointer object, Height height);
    void take(ItemId id);
    Height height_for(Stacking stacking);
    ItemId unused_id();
    /// The object of an edit: nothing when there is none, it is of another kind, or out of the author's reach.
    template <class What>
    const Object* editable(ItemId id, Applied& out) const;

    BoardLimits limits_;
    std::map<ItemId, Sheet> sheets_;
    std::map<ItemId, Placed> objects_;
    std::map<ItemId, ObjectPointer> pointers_;
    std::optional<ItemId> current_;
    std::size_t octets_ = 0;
    Height front_ = 0;                     ///< of the topmost object there ever was
    Height back_ = 0;                      ///< of the lowest
    ItemId next_anonymous_{0xFFFF'FFFFU};  ///< every id above it is in use
    std::optional<mcs::UserId> author_;    ///< of the operation that is being applied
};

}  // namespace convene::whiteboard
