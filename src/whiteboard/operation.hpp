/// What can be done to a board, as plain values: the unit that travels, is applied and is undone.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "whiteboard/page.hpp"

namespace convene::whiteboard {

struct CreatePage {
    Page page{};                   ///< neither its creator nor its readiness counts
    std::optional<Place> place{};  ///< at the end when absent
    std::uint16_t roster_instance = 0;
    bool is_refresh = false;               ///< a copy for somebody who came late
    std::optional<mcs::UserId> creator{};  ///< in a copy

    friend bool operator==(const CreatePage&, const CreatePage&) = default;
};

/// What is present changes.
struct ViewChange {
    ItemId view{};
    enum class Action : std::uint8_t { create, edit, remove } action = Action::edit;
    std::optional<Visibility> state{};
    std::optional<bool> updates_enabled{};
    bool sets_region = false;
    std::optional<Area> region{};  ///< absent: all of the page

    friend bool operator==(const ViewChange&, const ViewChange&) = default;
};
struct PlaneChange {
    std::uint8_t plane = 0;
    bool is_protected = false;

    friend bool operator==(const PlaneChange&, const PlaneChange&) = default;
};
struct EditPage {
    ItemId page{};
    std::optional<Color> background{};
    std::optional<bool> preserve{};
    std::optional<Place> place{};
    bool turns_here = false;  ///< it becomes the current page, whether it has a view or not
    std::vector<PlaneChange> planes{};
    std::vector<ViewChange> views{};

    friend bool operator==(const EditPage&, const EditPage&) = default;
};

struct DeletePage {
    ItemId page{};
    bool for_lack_of_storage = false;

    friend bool operator==(const DeletePage&, const DeletePage&) = default;
};

/// Everybody has the page.
struct PageReady {
    ItemId page{};

    friend bool operator==(const PageReady&, const PageReady&) = default;
};

struct CreateDrawing {
    std::optional<ItemId> id{};  ///< without one, nobody can change it any more
    ItemId page{};
    std::uint8_t plane = 0;
    Drawing drawing{};

    friend bool operator==(const CreateDrawing&, const CreateDrawing&) = default;
};

/// Replaces differences from `first` on, and adds those that go beyond the last.
struct PointsEdit {
    std::uint16_t first = 0;
    std::vector<Point> deltas{};

    friend bool operator==(const PointsEdit&, const PointsEdit&) = default;
};
struct EditDrawing {
    ItemId id{};
    std::optional<Color> pen{};
    std::optional<Color> fill{};
    std::optional<std::uint8_t> thickness{};
    std::optional<Nib> nib{};
    std::optional<Pattern> pattern{};
    std::optional<bool> is_highlight{};
    std::optional<bool> is_selected{};
    std::optional<Stacking> stacking{};
    std::optional<Point> anchor{};
    std::optional<Rotation> rotation{};
    std::vector<PointsEdit> points{};

    friend bool operator==(const EditDrawing&, const EditDrawing&) = default;
};

/// The picture's data is the first piece, or all of it when it is complete.
struct CreatePicture {
    ItemId id{};
    ItemId page{};
    std::uint8_t plane = 0;
    bool is_annotation = false;  ///< addressed to the annotations of the plane, not to its images
    bool is_pointer = false;     ///< on the pointer plane; `plane` does not count
    Picture picture{};
    std::vector<mcs::TokenId> checkpoints{};  ///< tokens that a receiver holds until it has read so far (T.126 §6.1)
    std::optional<mcs::UserId> author{};      ///< in a copy for somebody who came late

    friend bool operator==(const CreatePicture&, const CreatePicture&) = default;
};
struct ContinuePicture {
    ItemId id{};
    Slice data{};
    std::uint8_t pad_bits = 0;
    bool is_last = false;
    NonStandardParameters extras{};           ///< those of the format again
    std::vector<std::uint8_t> checkpoints{};  ///< 1..100: those of the creation that are reached by this piece

    friend bool operator==(const ContinuePicture&, const ContinuePicture&) = default;
};
struct AbortPicture {
    ItemId id{};
    std::optional<mcs::UserId> who{};  ///< a receiver that gave up; nobody when it was the creator

    friend bool operator==(const AbortPicture&, const AbortPicture&) = default;
};
struct EditPicture {
    ItemId id{};
    std::optional<bool> is_selected{};
    std::optional<Stacking> stacking{};
    std::optional<Point> anchor{};
    std::optional<Area> part{};
    std::optional<Point> scale{};

    friend bool operator==(const EditPicture&, const EditPicture&) = default;
};

/// Text lies on plane 0: no form in which it travels names another.
struct CreateText {
    ItemId id{};
    ItemId page{};
    Text text{};

    friend bool operator==(const CreateText&, const CreateText&) = default;
};
struct EditText {
    ItemId id{};
    std::optional<std::string> utf8{};
    std::optional<Point> anchor{};
    std::optional<Color> pen{};
    std::optional<Color> fill{};
    std::optional<Font> font{};
    std::optional<bool> is_selected{};
    std::optional<Stacking> stacking{};

    friend bool operator==(const EditText&, const EditText&) = default;
};

enum class ObjectKind : std::uint8_t { drawing, picture, text };
struct DeleteObject {
    ItemId id{};
    ObjectKind kind = ObjectKind::drawing;  ///< which of the PDUs says so; any kind of object goes

    friend bool operator==(const DeleteObject&, const DeleteObject&) = default;
};

using Operation = std::variant<CreatePage, EditPage, DeletePage, PageReady, CreateDrawing, EditDrawing, CreatePicture,
                               ContinuePicture, AbortPicture, EditPicture, CreateText, EditText, DeleteObject>;

/// The object that an operation is about; nothing for those about a page and for drawings without an id.
std::optional<ItemId> object_of(const Operation& operation);
/// The page that an operation names; nothing for those that name an object alone.
std::optional<ItemId> page_of(const Operation& operation);
/// Whether it changes a page itself, and with that maybe everything on it.
bool is_about_page(const Operation& operation);

}  // namespace convene::whiteboard
