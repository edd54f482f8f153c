#include "whiteboard/editor.hpp"

#include <gtest/gtest.h>

#include "whiteboard/testing.hpp"

namespace convene::whiteboard {
namespace {

/// An editor without any network: what it does shows on board() at once.
class Easel : public ::testing::Test {
protected:
    Easel() : editor_(entity_) {
        entity_.on_handles(ItemId{1}, kHandleBlock, now_);
        page_ = editor_.add_page({640, 480}, kWhite, now_).items.at(0);
    }
    ItemId draw() { return editor_.draw(page_, testing::stroke({}, page_).drawing, now_).items.at(0); }
    const Board& board() const { return entity_.board(); }
    /// Whatever `act` does, undo takes back and redo does again.
    template <class Act>
    void expect_undoable(Act act) {
        auto before = board().digest();
        act();
        auto after = board().digest();
        EXPECT_NE(before, after);
        EXPECT_TRUE(editor_.undo(now_).is_done());
        EXPECT_EQ(board().digest(), before);
        EXPECT_TRUE(editor_.redo(now_).is_done());
        EXPECT_EQ(board().digest(), after);
        EXPECT_TRUE(editor_.undo(now_).is_done());
        EXPECT_EQ(board().digest(), before);
    }

    Instant now_{};
    Entity entity_{EntityConfig{}};
    Editor editor_;
    ItemId page_;
};

TEST_F(Easel, TakesBackEverythingItDoes) {
    auto a = draw();
    auto b = draw();
    auto c = draw();
    auto text = editor_.write(page_, testing::text({}, page_, "text").text, now_).items.at(0);
    auto picture = editor_.put_picture(page_, testing::picture({}, page_, "data", true).picture, now_).items.at(0);
    expect_undoable([&] { draw(); });
    expect_undoable([&] { editor_.move({a, text, picture}, {5, 5}, now_); });
    EditDrawing style{};
    style.pen = Color{1, 2, 3, false};
    style.rotation = Rotation{90, {}};
    expect_undoable([&] { editor_.restyle({b, text}, style, now_); });
    expect_undoable([&] { editor_.rewrite(text, "other", now_); });
    expect_undoable([&] { editor_.resize(picture, {10, 10}, now_); });
    expect_undoable([&] { editor_.stack({a}, Stacking::front, now_); });
    expect_undoable([&] { editor_.stack({c, b}, Stacking::back, now_); });
    expect_undoable([&] { editor_.step_over({a}, Stacking::front, now_); });
    expect_undoable([&] { editor_.step_over({picture, text}, Stacking::back, now_); });
    expect_undoable([&] { editor_.transform({{a, {1, 2}, {30, 40}, {}}, {text, {5, 5}, {90, 60}, {}}}, now_); });
    expect_undoable([&] { editor_.transform({{b, {1, 2}, {30, 40}, 5400}, {picture, {9, 9}, {8, 7}, {}}}, now_); });
    expect_undoable([&] { editor_.set_font(text, Font{"Serif", -40, 700, true, false, false}, kBlack, now_); });
    expect_undoable([&] { editor_.duplicate({picture, a, text}, page_, {10, 10}, now_); });
    expect_undoable([&] { editor_.erase({b}, now_); });
    expect_undoable([&] { editor_.clear_page(page_, now_); });
    expect_undoable([&] { editor_.set_background(page_, kBlack, now_); });
    expect_undoable([&] { editor_.remove_page(page_, now_); });
}

TEST_F(Easel, UndoesAcrossPages) {
    auto first = draw();
    auto other = editor_.add_page({640, 480}, kWhite, now_).items.at(0);
    editor_.turn_to(page_, now_);
    EXPECT_EQ(board().current_page(), page_);
    EXPECT_TRUE(editor_.undo(now_).is_done());
    EXPECT_EQ(board().find_page(other), nullptr);
    EXPECT_TRUE(editor_.undo(now_).is_done());
    EXPECT_EQ(board().find(first), nullptr);
}

TEST_F(Easel, PutsPagesInOrder) {
    std::vector<ItemId> pages{page_};
    for (int i = 0; i < 3; ++i) pages.push_back(editor_.add_page({1, 1}, kWhite, now_).items.at(0));
    editor_.move_page(pages[3], 0, now_);
    EXPECT_EQ(board().pages(), (std::vector{pages[3], pages[0], pages[1], pages[2]}));
    editor_.move_page(pages[3], 99, now_);
    EXPECT_EQ(board().pages(), pages);
    // Again and again into the same gap, until there is none.
    for (int i = 0; i < 100; ++i) {
        editor_.move_page(board().pages()[2], 1, now_);
        EXPECT_EQ(board().pages().size(), 4U);
        EXPECT_EQ(board().pages()[0], pages[0]);
        EXPECT_EQ(board().pages()[1], i % 2 == 0 ? pages[2] : pages[1]);
    }
}

TEST_F(Easel, CutsLongStrokes) {
    auto drawing = testing::stroke({}, page_).drawing;
    drawing.shape = Shape::closed_line;
    drawing.deltas.assign(600, Point{1, 2});
    auto made = editor_.draw(page_, drawing, now_).items;
    ASSERT_EQ(made.size(), 3U);
    Point end = drawing.anchor;
    for (ItemId id : made) {
        const auto& piece = std::get<Drawing>(board().find(id)->content);
        EXPECT_EQ(piece.shape, Shape::open_line);
        EXPECT_EQ(piece.anchor, end);
        for (Point delta : piece.deltas) end = {end.x + delta.x, end.y + delta.y};
    }
    EXPECT_EQ(end, drawing.anchor);
    EXPECT_TRUE(editor_.undo(now_).is_done());
    EXPECT_TRUE(board().objects_of(page_).empty());
}

TEST_F(Easel, RemembersSoManyActions) {
    for (std::size_t i = 0; i < kMaxUndo + 10; ++i) editor_.set_background(page_, Color{1, 1, std::uint8_t(i)}, now_);
    std::size_t undone = 0;
    while (editor_.can_undo()) {
        EXPECT_TRUE(editor_.undo(now_).is_done());
        ++undone;
    }
    EXPECT_EQ(undone, kMaxUndo);
    EXPECT_FALSE(editor_.undo(now_).is_done());
}

TEST_F(Easel, RefusesWhatIsNotThere) {
    EXPECT_EQ(editor_.draw(ItemId{99}, {}, now_).refusal->reason, RefusalReason::nothing_there);
    EXPECT_EQ(editor_.rewrite(ItemId{99}, "", now_).refusal->reason, RefusalReason::nothing_there);
    EXPECT_EQ(editor_.rewrite(draw(), "", now_).refusal->reason, RefusalReason::not_this_kind);
    EXPECT_EQ(editor_.turn_to(ItemId{99}, now_).refusal->reason, RefusalReason::nothing_there);
    Entity unheard{EntityConfig{}};
    Editor early(unheard);
    EXPECT_EQ(early.add_page({1, 1}, kWhite, now_).refusal->reason, RefusalReason::no_handle);
}

TEST_F(Easel, ChangesPlacesWithItsNeighbours) {
    const auto a = draw();
    const auto b = draw();
    const auto c = draw();
    const auto d = draw();
    using Order = std::vector<ItemId>;
    editor_.step_over({b}, Stacking::front, now_);
    EXPECT_EQ(board().objects_of(page_), (Order{a, c, b, d}));
    editor_.step_over({d}, Stacking::back, now_);
    EXPECT_EQ(board().objects_of(page_), (Order{a, c, d, b}));
    editor_.step_over({a, d}, Stacking::front, now_);  // what is apart comes together above the next one
    EXPECT_EQ(board().objects_of(page_), (Order{c, b, a, d}));
    editor_.step_over({a, d}, Stacking::front, now_);
    EXPECT_EQ(board().objects_of(page_), (Order{c, b, a, d}));
    editor_.step_over({c}, Stacking::back, now_);
    EXPECT_EQ(board().objects_of(page_), (Order{c, b, a, d}));
    EXPECT_LT(board().height_of(c), board().height_of(b));
}

TEST_F(Easel, StretchesPointsAndTheirTurn) {
    Drawing drawing;
    drawing.anchor = {10, 10};
    drawing.deltas = {{10, 0}, {0, 20}, {-10, -20}};
    const auto id = editor_.draw(page_, drawing, now_).items.at(0);
    editor_.transform({{id, {100, 200}, {20, 10}, 90 * 60}}, now_);
    const auto& wide = std::get<Drawing>(board().find(id)->content);
    EXPECT_EQ(wide.anchor, (Point{100, 200}));
    EXPECT_EQ(wide.deltas, (std::vector<Point>{{20, 0}, {0, 10}, {-20, -10}}));
    EXPECT_EQ(wide.rotation, (Rotation{90 * 60, {10, 5}}));
    // Without a new angle, the axis goes along.
    editor_.transform({{id, {0, 0}, {40, 10}, {}}}, now_);
    EXPECT_EQ(std::get<Drawing>(board().find(id)->content).rotation, (Rotation{90 * 60, {20, 5}}));
}

TEST_F(Easel, CopiesKeepTheirOrder) {
    const auto a = draw();
    const auto b = draw();
    const auto other = editor_.add_page({640, 480}, kWhite, now_).items.at(0);
    const auto made = editor_.duplicate({b, a}, other, {7, -7}, now_).items;
    ASSERT_EQ(made.size(), 2U);
    EXPECT_EQ(board().objects_of(other), made);
    const Point from = anchor_of(board().find(a)->content);
    EXPECT_EQ(anchor_of(board().find(made[0])->content), (Point{from.x + 7, from.y - 7}));
}

}  // namespace
}  // namespace convene::whiteboard
