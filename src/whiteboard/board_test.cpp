#include "whiteboard/board.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "whiteboard/testing.hpp"

namespace convene::whiteboard {
namespace {

using testing::page;
using testing::picture;
using testing::stroke;
using testing::text;
using Kind = Change::Kind;

constexpr mcs::UserId kAnna{1001};
constexpr mcs::UserId kBert{1002};
constexpr ItemId kPage{1};
constexpr ItemId kOther{2};

Changes apply(Board& board, const Operation& operation, mcs::UserId author = kAnna) {
    auto applied = board.apply(operation, author);
    EXPECT_FALSE(applied.refusal);
    return applied.changes;
}
std::optional<RefusalReason> refused(Board& board, const Operation& operation, mcs::UserId author = kAnna) {
    auto before = board.digest();
    auto applied = board.apply(operation, author);
    if (!applied.refusal) return std::nullopt;
    EXPECT_EQ(board.digest(), before) << "a refused operation changed something";
    return applied.refusal->reason;
}
Board board_with_page(const BoardLimits& limits = {}) {
    Board board(limits);
    apply(board, page(kPage));
    return board;
}
const Drawing& drawing(const Board& board, ItemId id) { return std::get<Drawing>(board.find(id)->content); }
const Picture& picture_of(const Board& board, ItemId id) { return std::get<Picture>(board.find(id)->content); }

TEST(Board, IsEmptyAtFirst) {
    Board board;
    EXPECT_TRUE(board.pages().empty());
    EXPECT_FALSE(board.current_page());
    EXPECT_EQ(board.find(ItemId{1}), nullptr);
    EXPECT_EQ(board.digest(), Board().digest());
}

TEST(Board, TurnsToANewPageThatTakesTheFocus) {
    Board board;
    EXPECT_EQ(apply(board, page(kPage)), (Changes{{Kind::page_added, kPage, {}}, {Kind::page_turned, kPage, {}}}));
    apply(board, page(kOther));
    EXPECT_EQ(board.current_page(), kOther);
    EXPECT_EQ(board.pages(), (std::vector{kPage, kOther}));
    EXPECT_FALSE(board.find_page(kPage)->is_ready);
    EXPECT_EQ(apply(board, PageReady{kPage}), (Changes{{Kind::page_changed, kPage, {}}}));
    EXPECT_TRUE(board.find_page(kPage)->is_ready);
    EXPECT_TRUE(apply(board, PageReady{kPage}).empty());
}

TEST(Board, HasOneFocusHoweverManyAskForIt) {
    Board board = board_with_page();
    apply(board, page(kOther));
    apply(board, testing::turn(kPage));
    EXPECT_EQ(board.current_page(), kPage);
    // The old page's view put back does not take the focus from the new one.
    EditPage back{kOther};
    back.views.push_back(ViewChange{testing::view_of(kOther), ViewChange::Action::edit, Visibility::background, {}});
    apply(board, back);
    EXPECT_EQ(board.current_page(), kPage);
}

TEST(Board, DeletingThePageThatIsLookedAtTurnsToItsNeighbour) {
    Board board = board_with_page();
    apply(board, page(kOther));
    apply(board, page(ItemId{3}));
    apply(board, stroke(ItemId{9}, kOther));
    apply(board, testing::turn(kOther));
    EXPECT_EQ(apply(board, DeletePage{kOther}),
              (Changes{{Kind::page_removed, kOther, {}}, {Kind::page_turned, kPage, {}}}));
    EXPECT_EQ(board.find(ItemId{9}), nullptr);
    apply(board, DeletePage{kPage});
    EXPECT_EQ(board.current_page(), ItemId{3});
    apply(board, DeletePage{ItemId{3}});
    EXPECT_FALSE(board.current_page());
    EXPECT_EQ(board.octets(), 0U);
    EXPECT_EQ(board.digest(), Board().digest());
}

TEST(Board, OrdersPagesByTheirPlace) {
    Board board = board_with_page();
    apply(board, page(kOther));
    apply(board, page(ItemId{3}));
    EditPage move{ItemId{3}};
    move.place = 1;
    apply(board, move);
    EXPECT_EQ(board.pages(), (std::vector{ItemId{3}, kPage, kOther}));
}

TEST(Board, StacksObjectsInTheOrderInWhichTheyCame) {
    Board board = board_with_page();
    ItemId a{10}, b{11}, c{12};
    for (ItemId id : {a, b, c}) apply(board, stroke(id, kPage));
    EXPECT_EQ(board.objects_of(kPage), (std::vector{a, b, c}));
    EditDrawing to_front{a};
    to_front.stacking = Stacking::front;
    apply(board, to_front);
    EXPECT_EQ(board.objects_of(kPage), (std::vector{b, c, a}));
    EditDrawing to_back{c};
    to_back.stacking = Stacking::back;
    apply(board, to_back);
    EXPECT_EQ(board.objects_of(kPage), (std::vector{c, b, a}));
    // A higher plane is above all of that.
    auto high = stroke(ItemId{13}, kPage);
    high.plane = 1;
    apply(board, high);
    to_front.id = b;
    apply(board, to_front);
    EXPECT_EQ(board.objects_of(kPage), (std::vector{c, a, b, ItemId{13}}));
}

TEST(Board, ChangesOnlyWhatAnEditNames) {
    Board board = board_with_page();
    auto create = stroke(ItemId{10}, kPage);
    create.drawing.style.thickness = 5;
    apply(board, create);
    EditDrawing edit{ItemId{10}};
    edit.pen = Color{1, 2, 3, false};
    edit.anchor = Point{7, 8};
    EXPECT_EQ(apply(board, edit, kBert), (Changes{{Kind::object_changed, kPage, ItemId{10}}}));
    EXPECT_EQ(drawing(board, ItemId{10}).style.pen, (Color{1, 2, 3, false}));
    EXPECT_EQ(drawing(board, ItemId{10}).style.thickness, 5);
    EXPECT_EQ(drawing(board, ItemId{10}).anchor, (Point{7, 8}));
    EXPECT_EQ(drawing(board, ItemId{10}).deltas, create.drawing.deltas);
    EXPECT_EQ(board.find(ItemId{10})->author, kAnna);
}

TEST(Board, ReplacesAndAppendsPoints) {
    Board board = board_with_page();
    auto create = stroke(ItemId{10}, kPage);
    create.drawing.deltas = {{1, 1}, {2, 2}};
    apply(board, create);
    EditDrawing edit{ItemId{10}};
    edit.points = {{1, {{5, 5}, {6, 6}}}, {9, {{9, 9}}}};  // the last is beyond the end
    apply(board, edit);
    EXPECT_EQ(drawing(board, ItemId{10}).deltas, (std::vector<Point>{{1, 1}, {5, 5}, {6, 6}}));
}

TEST(Board, IgnoresWhatIsAboutNothing) {
    Board board = board_with_page();
    apply(board, stroke(ItemId{10}, kPage));
    apply(board, DeleteObject{ItemId{10}});
    auto digest = board.digest();
    EXPECT_TRUE(apply(board, EditDrawing{ItemId{10}}).empty());
    EXPECT_TRUE(apply(board, DeleteObject{ItemId{10}}).empty());
    EXPECT_TRUE(apply(board, ContinuePicture{ItemId{10}}).empty());
    EXPECT_TRUE(apply(board, AbortPicture{ItemId{10}}).empty());
    EXPECT_TRUE(apply(board, stroke(ItemId{11}, kOther)).empty());
    EXPECT_TRUE(apply(board, text(ItemId{11}, kOther, "x")).empty());
    EXPECT_TRUE(apply(board, picture(ItemId{11}, kOther, "x", true)).empty());
    EXPECT_TRUE(apply(board, EditPage{kOther}).empty());
    EXPECT_TRUE(apply(board, DeletePage{kOther}).empty());
    EXPECT_TRUE(apply(board, PageReady{kOther}).empty());
    EXPECT_EQ(board.digest(), digest);
}

TEST(Board, DoesNotEditAnObjectOfAnotherKind) {
    Board board = board_with_page();
    apply(board, stroke(ItemId{10}, kPage));
    EditText edit{ItemId{10}};
    edit.utf8 = "no";
    EXPECT_TRUE(apply(board, edit).empty());
    EXPECT_TRUE(apply(board, EditPicture{ItemId{10}}).empty());
}

TEST(Board, TakesTheNewerOfTwoWithOneHandle) {
    Board board = board_with_page();
    apply(board, stroke(ItemId{10}, kPage));
    apply(board, stroke(ItemId{11}, kPage));
    EXPECT_EQ(apply(board, text(ItemId{10}, kPage, "newer")),
              (Changes{{Kind::object_removed, kPage, ItemId{10}}, {Kind::object_added, kPage, ItemId{10}}}));
    EXPECT_EQ(std::get<Text>(board.find(ItemId{10})->content).utf8, "newer");
    EXPECT_EQ(board.objects_of(kPage), (std::vector{ItemId{11}, ItemId{10}}));
    // Also for pages: what was on the older one is gone.
    apply(board, page(kPage));
    EXPECT_TRUE(board.objects_of(kPage).empty());
}

TEST(Board, GivesDrawingsWithoutAHandleOneThatNobodyUses) {
    Board board = board_with_page();
    auto nameless = stroke(ItemId{}, kPage);
    nameless.id.reset();
    apply(board, stroke(ItemId{0xFFFF'FFFF}, kPage));
    apply(board, nameless);
    apply(board, nameless);
    EXPECT_EQ(board.objects_of(kPage), (std::vector{ItemId{0xFFFF'FFFF}, ItemId{0xFFFF'FFFE}, ItemId{0xFFFF'FFFD}}));
    apply(board, DeleteObject{ItemId{0xFFFF'FFFE}});
    apply(board, nameless);
    EXPECT_EQ(board.objects_of(kPage).back(), ItemId{0xFFFF'FFFE});
}

TEST(Board, CollectsThePiecesOfAPicture) {
    Board board = board_with_page();
    apply(board, picture(ItemId{10}, kPage, "ab", false));
    EXPECT_EQ(board.unfinished_pictures(), std::vector{ItemId{10}});
    apply(board, ContinuePicture{ItemId{10}, Slice(as_bytes("cd")), 0, false, {}});
    apply(board, ContinuePicture{ItemId{10}, Slice(as_bytes("e")), 3, true, {}});
    EXPECT_EQ(as_text(picture_of(board, ItemId{10}).joined()), "abcde");
    EXPECT_TRUE(picture_of(board, ItemId{10}).is_complete);
    EXPECT_EQ(picture_of(board, ItemId{10}).pad_bits, 3);
    EXPECT_TRUE(apply(board, ContinuePicture{ItemId{10}, Slice(as_bytes("f")), 0, true, {}}).empty());
    EXPECT_TRUE(apply(board, AbortPicture{ItemId{10}}).empty()) << "a complete picture cannot be aborted";
    EXPECT_TRUE(board.unfinished_pictures().empty());
}

TEST(Board, TakesAwayAnAbortedPictureUnlessAReceiverGaveUp) {
    Board board = board_with_page();
    apply(board, picture(ItemId{10}, kPage, "ab", false));
    EXPECT_TRUE(apply(board, AbortPicture{ItemId{10}, kBert}, kBert).empty());
    EXPECT_EQ(apply(board, AbortPicture{ItemId{10}, kAnna}, kBert),
              (Changes{{Kind::object_removed, kPage, ItemId{10}}}));
}

TEST(Board, KeepsPointersApart) {
    Board board = board_with_page();
    auto digest = board.digest();
    auto create = picture(ItemId{20}, kPage, "arrow", true);
    create.is_pointer = true;
    apply(board, create, kBert);
    EXPECT_EQ(board.pointers(), std::vector{ItemId{20}});
    EXPECT_EQ(board.find(ItemId{20})->author, kBert);
    EXPECT_TRUE(board.objects_of(kPage).empty());
    EditPicture move{ItemId{20}};
    move.anchor = Point{5, 6};
    EXPECT_EQ(apply(board, move, kBert), (Changes{{Kind::object_changed, kPage, ItemId{20}}}));
    EXPECT_EQ(picture_of(board, ItemId{20}).anchor, (Point{5, 6}));
    EXPECT_EQ(board.digest(), digest) << "pointers are not what is kept";
    EXPECT_TRUE(board.remove_pointers_of(kAnna).empty());
    EXPECT_EQ(board.remove_pointers_of(kBert), (Changes{{Kind::object_removed, kPage, ItemId{20}}}));
    EXPECT_TRUE(board.pointers().empty());
}

TEST(Board, LetsOnlyTheTrustedChangeAProtectedPlane) {
    Board board;
    auto create = page(kPage);
    create.page.planes[0].is_protected = true;
    create.page.access_list = {mcs::UserId{1003}};
    apply(board, create, kAnna);
    apply(board, stroke(ItemId{10}, kPage), kAnna);
    apply(board, stroke(ItemId{11}, kPage), mcs::UserId{1003});
    EXPECT_EQ(refused(board, stroke(ItemId{12}, kPage), kBert), RefusalReason::plane_protected);
    EXPECT_EQ(refused(board, DeleteObject{ItemId{10}}, kBert), RefusalReason::plane_protected);
    EditDrawing edit{ItemId{10}};
    edit.anchor = Point{1, 1};
    EXPECT_EQ(refused(board, edit, kBert), RefusalReason::plane_protected);
    EditPage lift{kPage};
    lift.planes = {{0, false}};
    EXPECT_TRUE(apply(board, lift, kBert).empty());
    apply(board, lift, kAnna);
    apply(board, edit, kBert);
}

TEST(Board, DoesNotEditOnAPlaneThatIsNotEditable) {
    Board board;
    auto create = page(kPage);
    create.page.planes[0].is_editable = false;
    apply(board, create);
    apply(board, stroke(ItemId{10}, kPage));
    EditDrawing edit{ItemId{10}};
    edit.anchor = Point{1, 1};
    EXPECT_TRUE(apply(board, edit).empty());
    EXPECT_TRUE(apply(board, DeleteObject{ItemId{10}}).empty());
    EXPECT_EQ(board.objects_of(kPage).size(), 1U);
}

TEST(Board, RefusesWhatIsBeyondItsLimits) {
    BoardLimits limits;
    limits.max_pages = 2;
    limits.max_objects_per_page = 2;
    limits.max_octets = 4000;
    limits.max_picture_octets = 1000;
    limits.max_points = 4;
    limits.max_text_octets = 100;
    limits.max_views_per_page = 2;
    limits.max_pointers = 1;
    limits.max_picture_pixels = 10'000;
    Board board = board_with_page(limits);
    apply(board, page(kOther));
    EXPECT_EQ(refused(board, page(ItemId{3})), RefusalReason::too_many_pages);
    apply(board, page(kOther));  // the newer takes the place of the older

    apply(board, stroke(ItemId{10}, kPage));
    apply(board, stroke(ItemId{11}, kPage));
    EXPECT_EQ(refused(board, stroke(ItemId{12}, kPage)), RefusalReason::too_many_objects);
    apply(board, stroke(ItemId{11}, kPage));

    EditDrawing longer{ItemId{10}};
    longer.points = {{0, std::vector<Point>(5)}};
    EXPECT_EQ(refused(board, longer), RefusalReason::drawing_too_long);
    auto long_stroke = stroke(ItemId{12}, kOther);
    long_stroke.drawing.deltas.resize(5);
    EXPECT_EQ(refused(board, long_stroke), RefusalReason::drawing_too_long);
    EXPECT_EQ(refused(board, text(ItemId{12}, kOther, std::string(101, 'x'))), RefusalReason::text_too_long);
    EXPECT_EQ(refused(board, picture(ItemId{12}, kOther, std::string(1001, 'x'), true)),
              RefusalReason::picture_too_large);
    auto absurd = picture(ItemId{12}, kOther, "x", true);
    absurd.picture.size = Extent{65'536, 65'536};
    EXPECT_EQ(refused(board, absurd), RefusalReason::picture_too_large);
    absurd.picture.size = Extent{0, 1};
    EXPECT_EQ(refused(board, absurd), RefusalReason::picture_too_large);

    EditPage views{kPage};
    views.views = {{ItemId{90}, ViewChange::Action::create}};
    apply(board, views);
    views.views[0].view = ItemId{91};
    EXPECT_EQ(refused(board, views), RefusalReason::too_many_views);

    auto pointer = picture(ItemId{50}, kPage, "a", true);
    pointer.is_pointer = true;
    apply(board, pointer);
    pointer.id = ItemId{51};
    EXPECT_EQ(refused(board, pointer), RefusalReason::too_many_pointers);

    apply(board, picture(ItemId{13}, kOther, std::string(1000, 'x'), true));
    apply(board, picture(ItemId{14}, kOther, std::string(1000, 'x'), false));
    EXPECT_EQ(refused(board, stroke(ItemId{15}, kOther)), RefusalReason::too_many_objects);
    // A picture that grows too large goes, so that nobody keeps half of it.
    auto applied = board.apply(ContinuePicture{ItemId{14}, Slice(as_bytes("x")), 0, true, {}}, kAnna);
    ASSERT_TRUE(applied.refusal);
    EXPECT_EQ(applied.refusal->reason, RefusalReason::picture_too_large);
    EXPECT_EQ(applied.changes, (Changes{{Kind::object_removed, kOther, ItemId{14}}}));
    EXPECT_EQ(board.find(ItemId{14}), nullptr);
}

TEST(Board, RefusesWhenItIsFull) {
    BoardLimits limits;
    limits.max_octets = 2000;
    Board board = board_with_page(limits);
    apply(board, picture(ItemId{10}, kPage, std::string(1500, 'x'), true));
    EXPECT_EQ(refused(board, stroke(ItemId{11}, kPage)), RefusalReason::board_full);
    apply(board, picture(ItemId{10}, kPage, std::string(1600, 'y'), true));
    apply(board, DeleteObject{ItemId{10}});
    apply(board, stroke(ItemId{11}, kPage));
    EditDrawing longer{ItemId{11}};
    longer.points = {{0, std::vector<Point>(300)}};
    EXPECT_EQ(refused(board, longer), RefusalReason::board_full);
}

TEST(Board, DiffersInItsDigestByEverythingThatShows) {
    Board plain = board_with_page();
    apply(plain, stroke(ItemId{10}, kPage));
    std::vector<Sha256Digest> digests{plain.digest()};
    auto differs = [&](const Operation& operation) {
        Board other = plain;
        apply(other, operation);
        EXPECT_EQ(std::count(digests.begin(), digests.end(), other.digest()), 0);
        digests.push_back(other.digest());
    };
    EditDrawing edit{ItemId{10}};
    edit.pen = Color{9, 9, 9, false};
    differs(edit);
    edit.fill = edit.pen;
    differs(edit);
    edit.is_highlight = true;
    differs(edit);
    edit.rotation = Rotation{60, {}};
    differs(edit);
    edit.points = {{0, {{77, 77}}}};
    differs(edit);
    differs(PageReady{kPage});
    differs(page(kOther));
    differs(stroke(ItemId{11}, kPage));
    differs(text(ItemId{11}, kPage, "a"));
    differs(text(ItemId{11}, kPage, "b"));
    differs(picture(ItemId{11}, kPage, "ab", true));
    differs(picture(ItemId{11}, kPage, "ab", false));
    differs(DeleteObject{ItemId{10}});
    differs(DeletePage{kPage});
}

TEST(Board, SharesNothingThatACopyCouldChange) {
    Board board = board_with_page();
    apply(board, stroke(ItemId{10}, kPage));
    auto digest = board.digest();
    Board copy = board;
    EditDrawing edit{ItemId{10}};
    edit.anchor = Point{99, 99};
    apply(copy, edit);
    apply(copy, page(kOther));
    EXPECT_EQ(board.digest(), digest);
    EXPECT_NE(copy.digest(), digest);
}

TEST(Board, SaysWhatDistinguishesTwo) {
    Board before = board_with_page();
    apply(before, page(kOther));
    for (unsigned id : {10, 11, 12}) apply(before, stroke(ItemId{id}, kPage));
    apply(before, stroke(ItemId{13}, kOther));
    Board after = before;
    EXPECT_TRUE(Board::differences(before, after).empty());
    apply(after, DeletePage{kOther});
    apply(after, DeleteObject{ItemId{10}});
    EditDrawing edit{ItemId{11}};
    edit.anchor = Point{1, 1};
    apply(after, edit);
    apply(after, stroke(ItemId{14}, kPage));
    EXPECT_EQ(Board::differences(before, after), (Changes{{Kind::page_removed, kOther, {}},
                                                          {Kind::object_removed, kPage, ItemId{10}},
                                                          {Kind::object_changed, kPage, ItemId{11}},
                                                          {Kind::object_added, kPage, ItemId{14}},
                                                          {Kind::page_turned, kPage, {}}}));
}

TEST(Board, KeepsAnOverlayAboveEverything) {
    Board board = board_with_page();
    apply(board, stroke(ItemId{10}, kPage));
    Board overlay = board.overlay();
    apply(overlay, stroke(ItemId{20}, kPage));
    apply(board, stroke(ItemId{11}, kPage));
    overlay.adopt(board, ItemId{11});
    EXPECT_TRUE(overlay.agrees(board, ItemId{11}));
    EXPECT_EQ(overlay.objects_of(kPage), (std::vector{ItemId{10}, ItemId{11}, ItemId{20}}));
    EXPECT_FALSE(overlay.agrees(board, ItemId{20}));
    overlay.adopt(board, ItemId{20});
    EXPECT_EQ(overlay.digest(), board.digest());
}

}  // namespace
}  // namespace convene::whiteboard
