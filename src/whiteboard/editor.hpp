/// What a person does on a whiteboard, and undoes.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "whiteboard/entity.hpp"

namespace convene::whiteboard {

/// Actions that can be undone; older ones are final.
inline constexpr std::size_t kMaxUndo = 200;

/// Height of a line of text, in tenths of its font's size.
inline constexpr std::int32_t kLineTenths = 12;

/// Where an object is to be. The box is the one around its points, its pixels or its lines, before it is turned.
struct BoxChange {
    ItemId id;
    Point upper_left;
    Extent size;
    std::optional<std::uint16_t> minutes;  ///< of arc, about the centre of the box; of drawings alone
};

/// Each function is one action: it takes effect at once on the entity's board, goes to everybody, and undo() takes
/// back all of it, as far as it is still there. Only one's own actions are undone, whatever page they were on.
class Editor {
public:
    struct Outcome {
        std::vector<ItemId> items;  ///< pages or objects that were made
        std::optional<Refusal> refusal;

        bool is_done() const { return !refusal; }
    };

    /// The entity must outlive it.
    explicit Editor(Entity& entity) : entity_(entity) {}

    /// A stroke or a shape. One with more points than a PDU holds becomes several that follow one another: that is
    /// what every whiteboard understands (T.126 §5).
    Outcome draw(ItemId page, const Drawing& drawing, Instant now);
    Outcome write(ItemId page, const Text& text, Instant now);
    /// With all its data.
    Outcome put_picture(ItemId page, const Picture& picture, Instant now);

    Outcome move(const std::vector<ItemId>& objects, Point by, Instant now);
    /// Of drawings whatever is set; of text its pen and fill. The id and what is about place do not count.
    Outcome restyle(const std::vector<ItemId>& objects, const EditDrawing& style, Instant now);
    Outcome rewrite(ItemId text, std::string utf8, Instant now);
    /// The size of a picture on the page.
    Outcome resize(ItemId picture, Extent size, Instant now);
    Outcome stack(const std::vector<ItemId>& objects, Stacking where, Instant now);
    /// One step among the others of their page: over the next one above the topmost of them, or under the next below.
    /// T.126 knows front and back alone, so whatever comes to lie above them is raised after them.
    Outcome step_over(const std::vector<ItemId>& objects, Stacking towards, Instant now);
    /// Gives objects other boxes: pictures keep their octets, drawings their points' relations, and text gets the font
    /// that fills the height with its lines. What is no object, or still arriving, is left out.
    Outcome transform(const std::vector<BoxChange>& changes, Instant now);
    /// The font and the colour of a text.
    Outcome set_font(ItemId text, const Font& font, std::optional<Color> pen, Instant now);
    /// Copies onto a page, in the order in which they lie, moved by so much.
    Outcome duplicate(const std::vector<ItemId>& objects, ItemId page, Point by, Instant now);
    Outcome erase(const std::vector<ItemId>& objects, Instant now);
    Outcome clear_page(ItemId page, Instant now);

    /// At the end; everybody turns to it.
    Outcome add_page(Extent size, Color background, Instant now);
    Outcome remove_page(ItemId page, Instant now);
    Outcome set_background(ItemId page, Color background, Instant now);
    /// To be the one at `index` of all pages, from 0.
    Outcome move_page(ItemId page, std::size_t index, Instant now);
    /// Everybody turns to it. Cannot be undone: others may have begun to draw there.
    Outcome turn_to(ItemId page, Instant now);

    bool can_undo() const { return !undo_.empty(); }
    bool can_redo() const { return !redo_.empty(); }
    Outcome undo(Instant now) { return step(undo_, redo_, now); }
    Outcome redo(Instant now) { return step(redo_, undo_, now); }

private:
    /// The operations that take an action back, in the order in which they are to be done.
    using Action = std::vector<Operation>;

    Outcome act(const std::vector<Operation>& operations, std::vector<ItemId> made, Instant now);
    Outcome step(std::deque<Action>& from, std::deque<Action>& to, Instant now);
    /// Does them, and puts before `inverse` what takes them back.
    std::optional<Refusal> perform(const std::vector<Operation>& operations, Action& inverse, Instant now);
    /// Those that exist and are no pointers, as they lie on their page from the lowest up.
    std::vector<ItemId> in_their_order(const std::vector<ItemId>& objects) const;
    static Outcome refused(RefusalReason reason, ItemId item) { return {{}, Refusal{reason, item}}; }

    Entity& entity_;
    std::deque<Action> undo_;
    std::deque<Action> redo_;
};

}  // namespace convene::whiteboard
