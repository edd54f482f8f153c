#include "whiteboard/operation_pdu.hpp"

#include <gtest/gtest.h>

#include "whiteboard/board.hpp"
#include "whiteboard/codec.hpp"
#include "whiteboard/picture_parts.hpp"
#include "whiteboard/pointer_picture.hpp"
#include "whiteboard/testing.hpp"

namespace convene::whiteboard {
namespace {

constexpr ItemId kSomePage{1};

/// What arrives of an operation, PDU by PDU.
std::vector<Operation> travelled(const Operation& operation) {
    std::vector<Operation> out;
    for (const SiPdu& pdu : to_pdus(operation, native_extensions())) {
        auto octets = encode(pdu);
        EXPECT_TRUE(octets) << "not encodable";
        if (!octets) continue;
        auto decoded = decode_si_pdu(*octets);
        EXPECT_TRUE(decoded) << "not decodable";
        if (!decoded) continue;
        auto read = to_operation(*decoded, native_extensions());
        EXPECT_TRUE(read) << "no operation";
        if (read) out.push_back(std::move(*read));
    }
    return out;
}
void expect_same(const Operation& operation) {
    auto there = travelled(operation);
    ASSERT_EQ(there.size(), 1U);
    EXPECT_TRUE(there.front() == operation) << "operation " << operation.index() << " arrives changed";
}

TEST(OperationPdu, BringsPages) {
    auto create = testing::page(kSomePage);
    create.page.size = Extent{800, 600};
    create.page.background = Color{1, 2, 3, false};
    create.page.preserve = false;
    create.page.accepts_keyboard = true;
    create.page.access_list = {mcs::UserId{1005}};
    create.page.planes = {Plane{true, true, false, true}, Plane{false, false, true, false}};
    create.page.views.push_back(View{ItemId{7}, Area{{1, 2}, {3, 4}}, Visibility::hidden, false});
    create.place = 0x1234'5678'9ABC'DEF0;
    create.roster_instance = 77;
    expect_same(create);
    create.is_refresh = true;
    create.creator = mcs::UserId{1001};
    create.place.reset();
    expect_same(create);
    expect_same(DeletePage{kSomePage, false});
    expect_same(DeletePage{kSomePage, true});
    expect_same(PageReady{kSomePage});
}

TEST(OperationPdu, BringsEditsOfPages) {
    expect_same(testing::turn(kSomePage));
    EditPage edit{kSomePage};
    edit.background = kTransparent;
    edit.preserve = true;
    edit.place = 5;
    edit.turns_here = true;
    edit.planes = {{3, true}, {4, false}};
    edit.views = {
        ViewChange{ItemId{9}, ViewChange::Action::create, Visibility::focus, true, true, Area{{0, 0}, {9, 9}}},
        ViewChange{ItemId{9}, ViewChange::Action::edit, std::nullopt, false, true, std::nullopt},
        ViewChange{ItemId{8}, ViewChange::Action::edit}, ViewChange{ItemId{9}, ViewChange::Action::remove}};
    expect_same(edit);
}

TEST(OperationPdu, BringsEveryKindOfDrawing) {
    for (auto shape : {Shape::point, Shape::open_line, Shape::closed_line, Shape::rectangle, Shape::ellipse}) {
        auto create = testing::stroke(ItemId{10}, kSomePage);
        create.drawing.shape = shape;
        expect_same(create);
    }
    auto create = testing::stroke(ItemId{10}, kSomePage);
    create.plane = 3;
    create.drawing.style =
        Style{Color{9, 8, 7, false}, Color{1, 1, 1, false}, 12, Nib::square, Pattern::dash_dot_dot, true, true};
    create.drawing.rotation = Rotation{5400, {-7, 300}};
    create.drawing.deltas = {{-32'768, 32'767}, {0, 0}, {100, -3}};
    expect_same(create);
    create.id.reset();
    expect_same(create);
}

TEST(OperationPdu, BringsLongDrawingsInSeveral) {
    auto create = testing::stroke(ItemId{10}, kSomePage);
    create.drawing.deltas.clear();
    for (int i = 0; i < 2000; ++i) create.drawing.deltas.push_back({i % 7, -(i % 300)});
    Board sent, received;
    sent.apply(testing::page(kSomePage), std::nullopt);
    received.apply(testing::page(kSomePage), std::nullopt);
    sent.apply(create, std::nullopt);
    auto pieces = travelled(create);
    EXPECT_EQ(pieces.size(), 2U);
    for (const auto& piece : pieces) received.apply(piece, std::nullopt);
    EXPECT_EQ(received.digest(), sent.digest());
}

TEST(OperationPdu, BringsWhatIsOutsideTheRangesInside) {
    auto create = testing::stroke(ItemId{10}, kSomePage);
    create.drawing.anchor = Point{-1'000'000, 1'000'000};
    create.drawing.deltas = {{70'000, -70'000}};
    create.drawing.style.thickness = 0;
    auto there = travelled(create);
    ASSERT_EQ(there.size(), 1U);
    const auto& drawing = std::get<CreateDrawing>(there.front()).drawing;
    EXPECT_EQ(drawing.anchor, (Point{-21'845, 43'690}));
    EXPECT_EQ(drawing.deltas, (std::vector<Point>{{32'767, -32'768}}));
    EXPECT_EQ(drawing.style.thickness, 1);
}

TEST(OperationPdu, BringsEditsOfDrawings) {
    expect_same(EditDrawing{ItemId{10}});
    EditDrawing edit{ItemId{10}};
    edit.pen = kBlack;
    edit.fill = kTransparent;
    edit.thickness = 255;
    edit.nib = Nib::circular;
    edit.pattern = Pattern::two_tone;
    edit.is_highlight = false;
    edit.is_selected = true;
    edit.stacking = Stacking::back;
    edit.anchor = Point{5, -5};
    edit.rotation = Rotation{1, {2, 3}};
    edit.points = {{3, {{1, 1}}}, {9, {{1, 1}, {500, 500}}}};
    expect_same(edit);
    expect_same(DeleteObject{ItemId{10}, ObjectKind::drawing});
    expect_same(DeleteObject{ItemId{10}, ObjectKind::picture});
    expect_same(DeleteObject{ItemId{10}, ObjectKind::text});
}

TEST(OperationPdu, BringsText) {
    auto create = testing::text(ItemId{11}, kSomePage, "Grüße, 世界\nzweite Zeile");
    create.text.font = Font{"DejaVu Sans", -24, 700, true, true, true};
    create.text.anchor = Point{-3, 70};
    create.text.pen = Color{200, 100, 50, false};
    expect_same(create);
    expect_same(EditText{ItemId{11}});
    EditText edit{ItemId{11}};
    edit.utf8 = "";
    edit.anchor = Point{1, 2};
    edit.fill = Color{1, 2, 3, false};
    edit.is_selected = true;
    edit.stacking = Stacking::front;
    expect_same(edit);
}

TEST(OperationPdu, TextThatIsCutOrPaddedIsNothing) {
    auto extensions = native_extensions();
    auto create = testing::text(ItemId{11}, kSomePage, "abc");
    create.text.anchor = Point{1, 2};
    create.text.pen = create.text.fill = Color{1, 2, 3, false};
    create.text.font.height = 7;
    create.text.is_selected = true;
    auto whole = *extensions.encode(create);
    for (std::size_t size = 0; size < whole.data.size(); ++size) {
        auto cut = whole;
        cut.data.resize(size);
        auto read = extensions.decode(cut);
        EXPECT_FALSE(read && *read == Operation(create)) << size;
    }
    whole.data.push_back(std::byte{99});
    EXPECT_FALSE(extensions.decode(whole));
    whole.identifier.value = gcc::h221_key(to_bytes("somebody else"));
    EXPECT_FALSE(extensions.decode(whole));
}

TEST(OperationPdu, BringsPictures) {
    auto create = testing::picture(ItemId{12}, kSomePage, "data", false);
    create.picture.format = pointer_picture().format;
    create.picture.anchor = Point{5, 6};
    create.picture.part = Area{{1, 2}, {3, 4}};
    create.picture.scale = Point{640, 480};
    create.picture.is_selected = true;
    create.picture.pad_bits = 3;
    create.plane = 2;
    create.checkpoints = {mcs::TokenId{20'000}, mcs::TokenId{20'001}};
    expect_same(create);
    create.is_annotation = true;
    expect_same(create);
    create = testing::picture(ItemId{12}, kSomePage, "arrow", true);
    create.is_pointer = true;
    create.author = mcs::UserId{1007};
    expect_same(create);
    expect_same(ContinuePicture{ItemId{12}, Slice(as_bytes("more")), 0, false, {}, {1, 2}});
    expect_same(ContinuePicture{ItemId{12}, Slice(as_bytes("last")), 7, true, {}, {}});
    expect_same(AbortPicture{ItemId{12}, std::nullopt});
    expect_same(AbortPicture{ItemId{12}, mcs::UserId{1002}});
    EditPicture edit{ItemId{12}};
    edit.anchor = Point{1, 2};
    expect_same(edit);
    edit.is_selected = false;
    edit.stacking = Stacking::front;
    edit.part = Area{{0, 0}, {9, 9}};
    edit.scale = Point{3, 4};
    expect_same(edit);
}

TEST(OperationPdu, ForeignExtrasStayWithThePicture) {
    auto create = testing::picture(ItemId{12}, kSomePage, "data", true);
    PictureFormat format;
    format.extras = {{NonStandardIdentifier{gcc::h221_key(to_bytes("Bitmap24"))}, to_bytes("header")}};
    create.picture.format = std::make_shared<const PictureFormat>(format);
    expect_same(create);
}

TEST(OperationPdu, KnowsNothingOfOtherPdus) {
    auto extensions = native_extensions();
    EXPECT_FALSE(to_operation(WorkspaceRefreshStatusPdu{}, extensions));
    EXPECT_FALSE(to_operation(BitmapCheckpointPdu{}, extensions));
    EXPECT_FALSE(to_operation(asn1::UnknownAlternative{}, extensions));
    WorkspaceDeletePdu archived;
    archived.workspace = ArchiveWorkspace{Handle{1}, u"page", std::nullopt};
    EXPECT_FALSE(to_operation(archived, extensions));
    DrawingCreatePdu odd;
    odd.destination = NonStandardParameter{};
    EXPECT_FALSE(to_operation(odd, extensions));
    BitmapCreatePdu paper;
    paper.destination = HardCopyDevice{};
    EXPECT_FALSE(to_operation(paper, extensions));
}

TEST(PictureParts, CutAPictureIntoPiecesThatMakeItAgain) {
    for (std::size_t size : {std::size_t{0}, std::size_t{1}, kMaxBitmapData, kMaxBitmapData + 1, 3 * kMaxBitmapData}) {
        for (bool is_complete : {true, false}) {
            auto whole = testing::picture(ItemId{12}, kSomePage, std::string(size, 'x'), is_complete);
            whole.picture.pad_bits = size == 0 ? 0 : 5;
            Board sent, received;
            sent.apply(testing::page(kSomePage), std::nullopt);
            received.apply(testing::page(kSomePage), std::nullopt);
            sent.apply(whole, std::nullopt);
            PictureParts parts(whole);
            std::size_t count = 0;
            while (auto piece = parts.next()) {
                ++count;
                EXPECT_EQ(parts.is_done(),
                          count == std::max<std::size_t>(1, (size + kMaxBitmapData - 1) / kMaxBitmapData));
                for (const auto& there : travelled(*piece)) received.apply(there, std::nullopt);
            }
            EXPECT_EQ(received.digest(), sent.digest()) << size;
        }
    }
}

}  // namespace
}  // namespace convene::whiteboard
