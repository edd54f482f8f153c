// One entity, and peers that say too much.
#include <gtest/gtest.h>

#include "files/testing_entity.hpp"

namespace convene::files {
namespace {

using namespace files::testing;
using namespace std::chrono_literals;

class FileLimits : public OneEntity {};

TEST_F(FileLimits, NoiseOnEveryChannel) {
    Numbers random(3);
    for (int i = 0; i < 20000; ++i) {
        Bytes octets(random() % 60);
        for (auto& octet : octets) octet = static_cast<std::byte>(random());
        const ChannelId channels[] = {kControlChannel, kDataChannel, kOwn, kFileChannel, ChannelId{1}};
        entity_.on_data(UserId{static_cast<std::uint16_t>(1006 + random() % 8)}, channels[random() % 5], octets, now_);
        take();
        out_.clear();
    }
    EXPECT_LE(entity_.incoming(), kMaxIncoming);
    EXPECT_LE(entity_.sub_sessions(), kMaxSubSessions);
    pass(1h);
    EXPECT_EQ(entity_.sub_sessions(), 0U);
    EXPECT_EQ(entity_.outgoing(), 0U);
}

TEST_F(FileLimits, TooManyOffersOfOnePeer) {
    for (std::uint16_t i = 0; i < 100; ++i) say(kControlChannel, offer(i));
    EXPECT_EQ(entity_.incoming(), kMaxIncomingPerPeer);
    EXPECT_EQ(all<Declined>().size(), 100 - kMaxIncomingPerPeer);
    ASSERT_EQ(said<FileReject>().size(), 100 - kMaxIncomingPerPeer);
    EXPECT_EQ(said<FileReject>()[0].reason, RejectReason::insufficient_resources);
    // Others are heard all the same.
    say(kControlChannel, offer(1), UserId{1011});
    EXPECT_EQ(all<Offered>().back().from, UserId{1011});
}

TEST_F(FileLimits, TooManyOffersOfMany) {
    for (std::uint16_t i = 0; i < 1000; ++i)
        say(kControlChannel, offer(static_cast<std::uint16_t>(i % 10)),
            UserId{static_cast<std::uint16_t>(2000 + i / 10)});
    EXPECT_EQ(entity_.incoming(), kMaxIncoming);
    pass(kAnswerTime);
    EXPECT_EQ(entity_.incoming(), 0U);
    EXPECT_EQ(all<Failed>().size(), kMaxIncoming);
}

TEST_F(FileLimits, TooManyBroadcastsAtOnce) {
    for (std::uint16_t i = 0; i < 1000; ++i)
        say(kDataChannel, start(i, std::string(9000, 'x')), UserId{static_cast<std::uint16_t>(2000 + i / 10)});
    EXPECT_LE(entity_.incoming(), kMaxIncoming);
    pass(kAnswerTime);
    pass(kStallTime);
    EXPECT_EQ(entity_.incoming(), 0U);
}

TEST_F(FileLimits, UndecidedBroadcastsAreBoundedInAll) {
    for (std::uint16_t i = 0; i < 10; ++i)
        say(kDataChannel, start(i, ""), UserId{static_cast<std::uint16_t>(2000 + i)});
    const std::string chunk(60000, 'x');
    for (int k = 0; k < 10; ++k)
        for (std::uint16_t i = 0; i < 10; ++i)
            say(kDataChannel, data(i, chunk), UserId{static_cast<std::uint16_t>(2000 + i)});
    EXPECT_GE(all<Failed>().size(), 2U);  // 6 MB are more than is held
    EXPECT_LE(all<Failed>().size(), 5U);
    // Empty pieces cost as well.
    say(kDataChannel, start(20, ""));
    for (std::size_t i = 0; i < kMaxHeld / sizeof(FileData) + 10; ++i) say(kDataChannel, data(20, ""));
    EXPECT_EQ(all<Failed>().back().reason, FailureReason::timed_out);
}

TEST_F(FileLimits, Over4GiB) {
    constexpr std::uint64_t kFiveGiB = 5ULL << 30;
    Partial partial{"huge", kFiveGiB + 5, kFiveGiB, {}};
    auto id = entity_.request({"huge", kFiveGiB + 5, partial, {}}, now_);
    entity_.on_token(kRequestToken, true, now_);
    EXPECT_EQ(said<FileRequest>().at(0).data_offset, static_cast<std::int64_t>(kFiveGiB));
    FileOffer answer = offer(1);
    answer.request_handle = said<FileRequest>()[0].handle;
    say(kControlChannel, answer);
    entity_.on_joined(kFileChannel, kFileChannel, now_);
    FileStart begin = start(1, "12", false, static_cast<std::int64_t>(kFiveGiB));
    begin.header.filesize = static_cast<std::int64_t>(kFiveGiB + 5);
    say(kFileChannel, begin);
    say(kFileChannel, data(1, "345", true));
    EXPECT_EQ(all<Write>().at(1).offset, kFiveGiB + 2);
    store_all();
    EXPECT_EQ(all<Received>().at(0).octets, kFiveGiB + 5);
    EXPECT_EQ(all<Received>()[0].transfer, *id);

    // And the other way.
    FileRequest wanted;
    wanted.header = header("huge");
    wanted.data_channel = kDataChannel;
    wanted.transmit_token = kTransmitToken;
    wanted.request_token = kRequestToken;
    wanted.data_offset = static_cast<std::int64_t>(kFiveGiB);
    say(kControlChannel, wanted);
    auto sending = entity_.answer_request(all<Requested>().at(0).request, {"huge", kFiveGiB + 5, {}}, now_);
    ASSERT_TRUE(sending.has_value());
    entity_.on_joined(mcs::kAssignChannel, ChannelId{1400}, now_);
    say(kOwn, FileAccept{said<FileOffer>().at(0).handle});
    const ReadMore more = all<ReadMore>().at(0);
    EXPECT_EQ(more.offset, kFiveGiB);
    EXPECT_EQ(more.size, 5U);
    entity_.on_read(*sending, Slice(as_bytes("abcde")), now_);
    EXPECT_EQ(said<FileStart>().at(0).data_offset, static_cast<std::int64_t>(kFiveGiB));
    EXPECT_EQ(said<FileStart>()[0].header.filesize, static_cast<std::int64_t>(kFiveGiB + 5));
}

TEST_F(FileLimits, InvitationsAreBounded) {
    for (std::uint16_t i = 0; i < 100; ++i)
        say(kOwn, JoinInvite{ChannelId{static_cast<std::uint16_t>(2000 + 2 * i)},
                             ChannelId{static_cast<std::uint16_t>(2001 + 2 * i)}, false});
    EXPECT_EQ(entity_.sub_sessions(), kMaxSubSessionsPerPeer);
    EXPECT_EQ(said<JoinResponse>().size(), 100 - kMaxSubSessionsPerPeer);
    pass(kIdleSubSession);
    EXPECT_EQ(entity_.sub_sessions(), 0U);
    EXPECT_EQ(all<Leave>().size(), 2 * kMaxSubSessionsPerPeer);
}

TEST_F(FileLimits, InvitationsToChannelsThatAreNotPrivate) {
    for (const auto& invite : {JoinInvite{kOwn, ChannelId{2000}, false}, JoinInvite{ChannelId{2000}, kOwn, false},
                               JoinInvite{ChannelId{2000}, ChannelId{2000}, false}}) {
        say(kOwn, invite);
        EXPECT_EQ(said<JoinResponse>().back().response, InviteResponse::rejected);
    }
    // One whose join is refused.
    say(kOwn, JoinInvite{ChannelId{2000}, ChannelId{2001}, false});
    entity_.on_joined(ChannelId{2000}, ChannelId{2000}, now_);
    entity_.on_joined(ChannelId{2001}, std::nullopt, now_);
    EXPECT_EQ(said<JoinResponse>().back().response, InviteResponse::rejected);
    EXPECT_EQ(all<Leave>().back().channel, ChannelId{2000});
    EXPECT_EQ(entity_.sub_sessions(), 0U);
}

TEST_F(FileLimits, LeavesAPrivateSessionByItself) {
    say(kOwn, JoinInvite{ChannelId{2000}, ChannelId{2001}, false});
    entity_.on_joined(ChannelId{2000}, ChannelId{2000}, now_);
    entity_.on_joined(ChannelId{2001}, ChannelId{2001}, now_);
    EXPECT_EQ(said<JoinResponse>().back().response, InviteResponse::accepted);
    say(ChannelId{2000}, offer(1, ChannelId{2001}));
    EXPECT_TRUE(all<Offered>().at(0).is_private);
    ASSERT_TRUE(entity_.accept(all<Offered>()[0].transfer, now_).has_value());
    EXPECT_EQ(said<FileAccept>().size(), 1U);
    say(ChannelId{2001}, start(1, "abc", true));
    store_all();
    // The end goes on the private control channel; a little later, nobody having disbanded it, the leave.
    ASSERT_EQ(all<Received>().size(), 1U);
    EXPECT_EQ(read_extra(said<MbftNonStandard>().at(0)), Extra(FileEnd{FileHandle{1}}));
    EXPECT_EQ(all<Send>().back().channel, ChannelId{2000});
    EXPECT_EQ(entity_.sub_sessions(), 1U);
    pass(kLinger);
    EXPECT_EQ(read_extra(said<MbftNonStandard>().at(1)), Extra(ChannelLeave{}));
    EXPECT_EQ(entity_.sub_sessions(), 0U);
    EXPECT_EQ(all<Leave>().size(), 2U);
}

TEST_F(FileLimits, RequestsAndNotesAreBounded) {
    FileRequest wanted;
    wanted.header = header("x");
    wanted.data_channel = kDataChannel;
    wanted.transmit_token = kTransmitToken;
    wanted.request_token = kRequestToken;
    for (std::uint16_t i = 0; i < 1000; ++i) {
        wanted.handle = RequestHandle{i};
        say(kControlChannel, to_pdu(HeldDigest{RequestHandle{static_cast<std::uint16_t>(i + 1000)}, 5, {}}));
        say(kControlChannel, wanted, UserId{static_cast<std::uint16_t>(2000 + i / 20)});
    }
    EXPECT_EQ(all<Requested>().size(), kMaxRequestsWaiting);
    EXPECT_FALSE(entity_.answer_request(RequestId{99999}, {"a", 1, {}}, now_).has_value());
    pass(kRequestTime);
    EXPECT_EQ(entity_.answer_request(all<Requested>().at(0).request, {"a", 1, {}}, now_).error(), Refusal::unknown);
}

TEST_F(FileLimits, HugePdusAreNotLookedAt) {
    FileOffer large = offer(1);
    large.header.private_use = Bytes(kMaxHeaderOctets);
    say(kControlChannel, large);
    EXPECT_TRUE(all<Offered>().empty());
    large.header.private_use = Bytes(kMaxHeaderOctets - 200);
    say(kControlChannel, large);
    EXPECT_EQ(all<Offered>().size(), 1U);
}

}  // namespace
}  // namespace convene::files
