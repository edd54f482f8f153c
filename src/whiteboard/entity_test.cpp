#include "whiteboard/entity.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "whiteboard/codec.hpp"
#include "whiteboard/editor.hpp"
#include "whiteboard/operation_pdu.hpp"
#include "whiteboard/testing.hpp"

namespace convene::whiteboard {
namespace {

using namespace std::chrono_literals;

constexpr mcs::UserId kSelf{1001};
constexpr mcs::UserId kOtherUser{1002};
constexpr ItemId kFirstPage{500};

/// One entity, and everybody else played by the test.
class Desk : public ::testing::Test {
protected:
    Desk() : entity_(config()), editor_(entity_) {}

    static EntityConfig config() {
        EntityConfig out;
        out.limits.max_objects_per_page = 50;
        return out;
    }
    static RosterLine line(mcs::UserId user) {
        gcc::ApplicationRecord record;
        record.application_active = true;
        record.application_user_id = user;
        return {{whiteboard_protocol_key(), kWhiteboardChannel}, {mcs::UserId(user), gcc::EntityId{1}}, record};
    }
    void roster(const std::vector<mcs::UserId>& users) {
        std::vector<RosterLine> lines;
        for (mcs::UserId user : users) lines.push_back(line(user));
        entity_.on_roster(lines, 7, now_);
        collect();
    }
    void join() {
        entity_.on_attached(kSelf, now_);
        entity_.on_joined(mcs::channel_of(kSelf), true, now_);
        entity_.on_roster({}, 1, now_);
        entity_.on_joined(kWhiteboardChannel, true, now_);
        entity_.on_handles(ItemId{1}, kHandleBlock, now_);
        collect();
    }
    /// Alone, with the refresh token.
    void start() {
        join();
        roster({kSelf});
        entity_.on_token(kWorkspaceRefreshToken, true, now_);
        collect();
        echo();
        sent_.clear();
    }
    void collect() {
        std::vector<Output> outputs;
        entity_.take_outputs(outputs);
        for (auto& output : outputs) {
            if (auto* send = std::get_if<Send>(&output)) {
                if (send->uniform) flying_.push_back(send->octets);
                sent_.push_back(*decode_si_pdu(send->octets));
                channels_.push_back(send->channel);
            } else {
                outputs_.push_back(std::move(output));
            }
        }
    }
    /// What was sent by uniform data comes back, until nothing more is sent.
    void echo(std::size_t rounds = 100) {
        while (!flying_.empty() && rounds-- > 0) {
            auto octets = flying_.front();
            flying_.erase(flying_.begin());
            entity_.on_data(kSelf, kWhiteboardChannel, true, octets, now_);
            collect();
        }
    }
    void receive(const SiPdu& pdu, mcs::ChannelId channel = kWhiteboardChannel, bool uniform = true) {
        entity_.on_data(kOtherUser, channel, uniform, *encode(pdu), now_);
        collect();
    }
    void receive(const Operation& operation) {
        for (const SiPdu& pdu : to_pdus(operation, native_extensions())) receive(pdu);
    }
    void pass(Duration time) {
        now_ += time;
        entity_.on_time(now_);
        collect();
    }
    template <class Pdu>
    std::size_t count() const {
        return static_cast<std::size_t>(std::count_if(
            sent_.begin(), sent_.end(), [](const SiPdu& pdu) { return std::holds_alternative<Pdu>(pdu); }));
    }
    template <class What>
    const What* last() const {
        const What* found = nullptr;
        for (const auto& output : outputs_) {
            if (const auto* one = std::get_if<What>(&output)) found = one;
        }
        return found;
    }
    ItemId add_page() {
        auto page = editor_.add_page({800, 600}, kWhite, now_).items.at(0);
        collect();
        echo();
        return page;
    }

    Instant now_{};
    Entity entity_;
    Editor editor_;
    std::vector<Bytes> flying_;
    std::vector<SiPdu> sent_;
    std::vector<mcs::ChannelId> channels_;
    std::vector<Output> outputs_;
};

TEST_F(Desk, TheFirstStartsAtOnceAndTakesTheRefreshToken) {
    join();
    EXPECT_FALSE(entity_.has_converged());
    ASSERT_NE(last<Enrol>(), nullptr);
    EXPECT_TRUE(last<Enrol>()->record.application_active);
    roster({kSelf});
    EXPECT_TRUE(entity_.has_converged());
    EXPECT_TRUE(last<Converged>()->is_first);
    ASSERT_NE(last<GrabToken>(), nullptr);
    EXPECT_EQ(last<GrabToken>()->token, kWorkspaceRefreshToken);
    entity_.on_token(kWorkspaceRefreshToken, true, now_);
    collect();
    EXPECT_TRUE(entity_.is_refresher());
    EXPECT_EQ(count<WorkspaceRefreshStatusPdu>(), 1U);
}

TEST_F(Desk, ANewcomerThatHearsNothingCarriesOn) {
    join();
    roster({kSelf, kOtherUser});
    receive(WorkspaceRefreshStatusPdu{true, std::nullopt});
    EXPECT_EQ(count<NonStandardPdu>(), 1U) << "it asks for a copy";
    receive(testing::page(kFirstPage));
    pass(29s);
    EXPECT_FALSE(entity_.has_converged());
    pass(1s);
    EXPECT_TRUE(entity_.has_converged());
    EXPECT_TRUE(last<Converged>()->has_given_up);
    EXPECT_NE(entity_.board().find_page(kFirstPage), nullptr) << "what happened meanwhile is not lost";
}

TEST_F(Desk, TakesACopyFromAWhiteboardThatMarksNothing) {
    join();
    roster({kSelf, kOtherUser});
    receive(testing::stroke(ItemId{8}, kFirstPage));
    auto create = testing::page(kFirstPage);
    create.is_refresh = true;
    for (const Operation& operation :
         {Operation(create), Operation(testing::stroke(ItemId{9}, kFirstPage)), Operation(PageReady{kFirstPage})})
        receive(to_pdus(operation, native_extensions()).front(), mcs::channel_of(kSelf), false);
    pass(1s);
    EXPECT_FALSE(entity_.has_converged());
    pass(1s);
    EXPECT_TRUE(entity_.has_converged());
    EXPECT_EQ(entity_.board().objects_of(kFirstPage), (std::vector{ItemId{9}, ItemId{8}}));
}

TEST_F(Desk, SeesItsOwnStrokesAtOnceAndSettlesThemWithTheirEcho) {
    start();
    auto page = add_page();
    EXPECT_TRUE(entity_.confirmed().find_page(page)->is_ready);
    auto made = editor_.draw(page, testing::stroke({}, page).drawing, now_).items;
    collect();
    ASSERT_EQ(made.size(), 1U);
    EXPECT_NE(entity_.board().find(made[0]), nullptr);
    EXPECT_EQ(entity_.confirmed().find(made[0]), nullptr);
    EXPECT_FALSE(entity_.is_settled());
    echo();
    EXPECT_TRUE(entity_.is_settled());
    EXPECT_EQ(entity_.board().digest(), entity_.confirmed().digest());
}

TEST_F(Desk, DoesNotJumpBackWhenAnEchoIsOlderThanWhatTheUserDoes) {
    start();
    auto page = add_page();
    auto id = editor_.draw(page, testing::stroke({}, page).drawing, now_).items.at(0);
    editor_.move({id}, {10, 0}, now_);
    editor_.move({id}, {10, 0}, now_);
    collect();
    auto at = anchor_of(entity_.board().find(id)->content);
    for (int i = 0; i < 3; ++i) {
        echo(1);
        EXPECT_EQ(anchor_of(entity_.board().find(id)->content), at);
    }
    EXPECT_TRUE(entity_.is_settled());
}

TEST_F(Desk, TheLastInTheOneOrderWins) {
    start();
    auto page = add_page();
    auto id = editor_.draw(page, testing::stroke({}, page).drawing, now_).items.at(0);
    collect();
    echo();
    EditDrawing ours{id}, theirs{id};
    ours.pen = Color{1, 1, 1, false};
    theirs.pen = Color{2, 2, 2, false};
    entity_.perform({ours}, now_);
    collect();
    receive(theirs);
    EXPECT_EQ(std::get<Drawing>(entity_.board().find(id)->content).style.pen, *ours.pen);
    echo();
    EXPECT_EQ(std::get<Drawing>(entity_.confirmed().find(id)->content).style.pen, *ours.pen);
    entity_.perform({theirs}, now_);
    collect();
    echo();
    receive(ours);
    EXPECT_EQ(std::get<Drawing>(entity_.board().find(id)->content).style.pen, *ours.pen);
}

TEST_F(Desk, WaitsForAllAcknowledgementsButNotForEver) {
    start();
    roster({kSelf, kOtherUser});
    auto page = editor_.add_page({800, 600}, kWhite, now_).items.at(0);
    editor_.draw(page, testing::stroke({}, page).drawing, now_);
    collect();
    echo();
    EXPECT_EQ(count<WorkspaceReadyPdu>(), 0U);
    EXPECT_EQ(count<DrawingCreatePdu>(), 0U) << "nobody draws before a page is ready";
    WorkspaceCreateAcknowledgePdu acknowledge;
    acknowledge.workspace = page;
    receive(acknowledge, mcs::channel_of(kSelf), false);
    echo();
    EXPECT_EQ(count<WorkspaceReadyPdu>(), 1U);
    EXPECT_EQ(count<DrawingCreatePdu>(), 1U);
    editor_.add_page({800, 600}, kWhite, now_);
    collect();
    echo();
    pass(kAcknowledgeTime);
    EXPECT_EQ(count<WorkspaceReadyPdu>(), 2U);
}

TEST_F(Desk, AcknowledgesOthersPages) {
    start();
    receive(testing::page(kFirstPage));
    EXPECT_EQ(count<WorkspaceCreateAcknowledgePdu>(), 1U);
    EXPECT_EQ(channels_.back(), mcs::channel_of(kOtherUser));
}

TEST_F(Desk, SendsPicturesInPiecesThatStrokesOvertake) {
    start();
    auto page = add_page();
    Picture picture;
    picture.size = {100, 100};
    picture.data.push_back(Slice(Bytes(10 * kMaxBitmapData)));
    auto id = editor_.put_picture(page, picture, now_).items.at(0);
    collect();
    EXPECT_EQ(last<GrabToken>()->token, kBitmapCreateToken);
    EXPECT_EQ(count<BitmapCreatePdu>(), 0U);
    entity_.on_token(kBitmapCreateToken, true, now_);
    collect();
    EXPECT_EQ(flying_.size(), kMaxPiecesInFlight);
    editor_.draw(page, testing::stroke({}, page).drawing, now_);
    collect();
    EXPECT_EQ(flying_.size(), kMaxPiecesInFlight + 1);
    EXPECT_TRUE(std::holds_alternative<DrawingCreatePdu>(sent_.back()));
    echo();
    EXPECT_TRUE(std::get<Picture>(entity_.confirmed().find(id)->content).is_complete);
    EXPECT_EQ(last<ReleaseToken>()->token, kBitmapCreateToken);
}

TEST_F(Desk, TriesABusyTokenAgain) {
    start();
    auto page = add_page();
    editor_.put_picture(page, testing::picture({}, page, "x", true).picture, now_);
    collect();
    entity_.on_token(kBitmapCreateToken, false, now_);
    collect();
    outputs_.clear();
    pass(2 * kPictureTokenTime);
    EXPECT_NE(last<GrabToken>(), nullptr);
}

TEST_F(Desk, StopsAPictureThatItsAuthorDeletes) {
    start();
    auto page = add_page();
    Picture picture;
    picture.size = {100, 100};
    picture.data.push_back(Slice(Bytes(10 * kMaxBitmapData)));
    editor_.put_picture(page, picture, now_);
    collect();
    entity_.on_token(kBitmapCreateToken, true, now_);
    collect();
    EXPECT_TRUE(editor_.undo(now_).is_done());
    collect();
    EXPECT_EQ(count<BitmapAbortPdu>(), 1U);
    echo();
    EXPECT_TRUE(entity_.confirmed().objects_of(page).empty());
    EXPECT_EQ(count<BitmapCreateContinuePdu>(), kMaxPiecesInFlight - 1);
}

TEST_F(Desk, SaysWhenTheOrderOfAllRefusesSomething) {
    start();
    auto page = add_page();
    for (unsigned i = 0; i < 49; ++i) receive(testing::stroke(ItemId{10'000 + i}, page));
    auto made = editor_.draw(page, testing::stroke({}, page).drawing, now_);
    ASSERT_TRUE(made.is_done());
    collect();
    receive(testing::stroke(ItemId{20'000}, page));
    echo();
    ASSERT_NE(last<ActionRefused>(), nullptr);
    EXPECT_EQ(last<ActionRefused>()->refusal.reason, RefusalReason::too_many_objects);
    EXPECT_EQ(entity_.board().find(made.items.at(0)), nullptr);
    EXPECT_EQ(editor_.draw(page, testing::stroke({}, page).drawing, now_).refusal->reason,
              RefusalReason::too_many_objects);
}

TEST_F(Desk, SendsPointersTenTimesASecond) {
    start();
    auto page = add_page();
    sent_.clear();
    for (int i = 0; i < 100; ++i) {
        EXPECT_FALSE(entity_.point_at(page, {i, i}, now_));
        pass(10ms);
    }
    EXPECT_EQ(count<BitmapCreatePdu>(), 1U);
    EXPECT_LE(count<BitmapEditPdu>(), 10U);
    EXPECT_GE(count<BitmapEditPdu>(), 8U);
    pass(100ms);
    auto pointers = entity_.board().pointers();
    ASSERT_EQ(pointers.size(), 1U);
    EXPECT_EQ(entity_.owner_of(pointers[0]), kSelf);
    EXPECT_EQ(anchor_of(entity_.board().find(pointers[0])->content), (Point{99, 99}));
    entity_.stop_pointing(now_);
    collect();
    EXPECT_EQ(count<BitmapDeletePdu>(), 1U);
}

TEST_F(Desk, TheConductorDecidesWhoDraws) {
    start();
    auto page = add_page();
    roster({kSelf, kOtherUser});
    entity_.on_conductor(kOtherUser, false, now_);
    collect();
    EXPECT_EQ(editor_.draw(page, testing::stroke({}, page).drawing, now_).refusal->reason, RefusalReason::conducted);
    entity_.request_privileges({Privilege::annotation});
    collect();
    EXPECT_EQ(count<ConductorPrivilegeRequestPdu>(), 1U);
    receive(ConductorPrivilegeGrantPdu{kSelf, {AnnotationPrivilege{}}, std::nullopt});
    EXPECT_TRUE(editor_.draw(page, testing::stroke({}, page).drawing, now_).is_done());
    EXPECT_EQ(editor_.add_page({10, 10}, kWhite, now_).refusal->reason, RefusalReason::conducted);
    entity_.on_conductor(std::nullopt, false, now_);
    EXPECT_TRUE(editor_.add_page({10, 10}, kWhite, now_).is_done());
}

TEST_F(Desk, AConductorHearsRequestsAndGrants) {
    start();
    roster({kSelf, kOtherUser});
    receive(ConductorPrivilegeRequestPdu{{ImagePrivilege{}}, std::nullopt}, mcs::channel_of(kSelf), false);
    EXPECT_EQ(last<PrivilegesRequested>(), nullptr) << "nobody conducts";
    entity_.on_conductor(kSelf, true, now_);
    receive(ConductorPrivilegeRequestPdu{{ImagePrivilege{}}, std::nullopt}, mcs::channel_of(kSelf), false);
    ASSERT_NE(last<PrivilegesRequested>(), nullptr);
    EXPECT_EQ(last<PrivilegesRequested>()->privileges, Privileges{Privilege::image});
    entity_.grant_privileges(kOtherUser, {Privilege::image});
    collect();
    EXPECT_EQ(count<ConductorPrivilegeGrantPdu>(), 1U);
}

TEST_F(Desk, HoldsTheTokensOfOthersCheckpoints) {
    start();
    add_page();
    auto create = testing::picture(ItemId{9000}, entity_.board().pages()[0], "a", false);
    create.checkpoints = {mcs::TokenId{20'000}, mcs::TokenId{20'001}};
    receive(create);
    EXPECT_EQ(last<InhibitToken>()->token, mcs::TokenId{20'001});
    receive(ContinuePicture{ItemId{9000}, Slice(as_bytes("b")), 0, false, {}, {1}});
    EXPECT_EQ(last<ReleaseToken>()->token, mcs::TokenId{20'000});
    receive(ContinuePicture{ItemId{9000}, Slice(as_bytes("c")), 0, true, {}, {}});
    EXPECT_EQ(last<ReleaseToken>()->token, mcs::TokenId{20'001});
}

TEST_F(Desk, SendsAgainWhatALostConnectionKeptBack) {
    start();
    auto page = add_page();
    editor_.draw(page, testing::stroke({}, page).drawing, now_);
    collect();
    flying_.clear();
    entity_.on_lost(now_);
    editor_.draw(page, testing::stroke({}, page).drawing, now_);
    collect();
    sent_.clear();
    EXPECT_EQ(entity_.board().objects_of(page).size(), 2U);
    join();
    roster({kSelf});
    echo();
    EXPECT_EQ(count<DrawingCreatePdu>(), 2U);
    EXPECT_TRUE(entity_.is_settled());
    EXPECT_EQ(entity_.confirmed().objects_of(page).size(), 2U);
}

TEST_F(Desk, MayLeaveWhileItIsStillJoining) {
    entity_.on_attached(kSelf, now_);
    entity_.leave();
    EXPECT_FALSE(entity_.user());
    join();
    roster({kSelf});
    EXPECT_TRUE(entity_.has_converged());
}

TEST_F(Desk, SurvivesRubbish) {
    start();
    auto digest = entity_.confirmed().digest();
    std::uint32_t lot = 1;
    for (int i = 0; i < 5000; ++i) {
        Bytes octets;
        lot = lot * 1'664'525 + 1'013'904'223;
        for (std::size_t size = lot >> 26; octets.size() < size; lot = lot * 1'664'525 + 1'013'904'223)
            octets.push_back(static_cast<std::byte>(lot >> 24));
        entity_.on_data(kOtherUser, (i & 1) != 0 ? kWhiteboardChannel : mcs::channel_of(kSelf), true, octets, now_);
    }
    EXPECT_EQ(entity_.confirmed().digest(), digest);
}

TEST_F(Desk, NobodyChangesACompleteBoardBehindItsBack) {
    start();
    auto create = testing::page(kFirstPage);
    create.is_refresh = true;
    receive(to_pdus(create, native_extensions()).front(), mcs::channel_of(kSelf), false);
    EXPECT_EQ(entity_.board().find_page(kFirstPage), nullptr);
}

}  // namespace
}  // namespace convene::whiteboard
