// One entity, and a peer that says what it likes.
#include <gtest/gtest.h>

#include <limits>

#include "files/testing_checks.hpp"

namespace convene::files {
namespace {

using namespace files::testing;
using namespace std::chrono_literals;

constexpr UserId kSelf{1005};
constexpr UserId kPeer{1009};
constexpr ChannelId kOwn{1005};
constexpr ChannelId kFileChannel{1300};

class FileHostile : public ::testing::Test {
protected:
    explicit FileHostile(EntityConfig config = {}) : entity_(config) {
        entity_.on_attached(kSelf);
        entity_.on_joined(kOwn, kOwn, now_);
        entity_.on_roster({line(kPeer)}, 1, now_);
        entity_.on_joined(kControlChannel, kControlChannel, now_);
        entity_.on_joined(kDataChannel, kDataChannel, now_);
        take();
        EXPECT_TRUE(entity_.is_active());
    }
    static RosterLine line(UserId user) {
        gcc::ApplicationRecord record;
        record.application_active = true;
        record.application_user_id = user;
        return {{file_protocol_key(), kControlChannel},
                {UserId{static_cast<std::uint16_t>(user.value - 1)}, gcc::EntityId{1}},
                record};
    }
    static FileHeader header(std::string_view name, std::optional<std::int64_t> size = std::nullopt) {
        FileHeader out;
        out.filename = filename_of(name);
        out.filesize = size;
        return out;
    }
    static FileOffer offer(std::uint16_t handle, ChannelId data = kFileChannel, bool ack = true) {
        FileOffer out;
        out.header = header("file", 100);
        out.data_channel = data;
        out.handle = FileHandle{handle};
        out.ack = ack;
        return out;
    }
    static FileStart start(std::uint16_t handle, std::string_view octets, bool eof = false, std::int64_t offset = 0) {
        FileStart out;
        out.header = header("file", 100);
        out.handle = FileHandle{handle};
        out.data = Slice(as_bytes(octets));
        out.eof = eof;
        out.data_offset = offset;
        return out;
    }
    static FileData data(std::uint16_t handle, std::string_view octets, bool eof = false) {
        return {FileHandle{handle}, eof, false, Slice(as_bytes(octets)), std::nullopt};
    }
    void say(ChannelId channel, const MbftPdu& pdu, UserId from = kPeer, HeaderForm form = HeaderForm::bits26) {
        entity_.on_data(from, channel, *encode(pdu, form), now_);
    }
    void take() {
        std::vector<Output> more;
        entity_.take_outputs(more);
        for (Output& output : more) out_.push_back(std::move(output));
    }
    template <class What>
    std::vector<What> all() {
        take();
        std::vector<What> found;
        for (const Output& output : out_)
            if (const auto* each = std::get_if<What>(&output)) found.push_back(*each);
        return found;
    }
    /// The PDUs of one kind that were sent.
    template <class Pdu>
    std::vector<Pdu> said(HeaderForm form = HeaderForm::bits26) {
        std::vector<Pdu> found;
        for (const Send& send : all<Send>()) {
            auto decoded = decode_mbft_pdu(send.octets, form);
            if (decoded && std::holds_alternative<Pdu>(decoded->pdu)) found.push_back(std::get<Pdu>(decoded->pdu));
        }
        return found;
    }
    void pass(Duration time) {
        now_ += time;
        entity_.on_time(now_);
    }
    /// An offer that is accepted, with the channel joined.
    TransferId accepted(std::uint16_t handle) {
        say(kControlChannel, offer(handle));
        const TransferId id = all<Offered>().back().transfer;
        EXPECT_TRUE(entity_.accept(id, now_).has_value());
        entity_.on_joined(kFileChannel, kFileChannel, now_);
        return id;
    }
    void store_all() {
        for (const Write& write : all<Write>()) entity_.on_stored(write.transfer, write.octets.size(), now_);
        out_.erase(
            std::remove_if(out_.begin(), out_.end(), [](const Output& o) { return std::holds_alternative<Write>(o); }),
            out_.end());
    }

    Instant now_{1h};
    FileEntity entity_;
    std::vector<Output> out_;
};

TEST_F(FileHostile, NoiseOnEveryChannel) {
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

TEST_F(FileHostile, DataWithoutAnything) {
    say(kDataChannel, data(1, "x"));
    say(kFileChannel, start(1, "x"));  // not a broadcast channel
    say(kControlChannel, start(2, "x"));
    EXPECT_TRUE(all<Offered>().empty());
    EXPECT_EQ(entity_.incoming(), 0U);
}

TEST_F(FileHostile, DataOnAnotherChannelThanOffered) {
    accepted(1);
    say(kDataChannel, data(1, "x"));
    say(ChannelId{1301}, start(1, "x"));
    EXPECT_TRUE(all<Write>().empty());
}

TEST_F(FileHostile, AnotherUsersHandleIsAnotherTransfer) {
    accepted(1);
    say(kFileChannel, start(1, "wrong"), UserId{1010});
    EXPECT_TRUE(all<Write>().empty());
    say(kFileChannel, start(1, "right", true));
    ASSERT_EQ(all<Write>().size(), 1U);
    EXPECT_EQ(as_text(all<Write>()[0].octets), "right");
}

TEST_F(FileHostile, AnOfferUnderALiveHandle) {
    const TransferId first = accepted(1);
    say(kFileChannel, start(1, "abc"));
    say(kControlChannel, offer(1));
    ASSERT_EQ(all<Failed>().size(), 1U);
    EXPECT_EQ(all<Failed>()[0].transfer, first);
    EXPECT_EQ(all<Failed>()[0].reason, FailureReason::superseded);
    EXPECT_EQ(all<Offered>().size(), 2U);
    say(kFileChannel, data(1, "def"));
    EXPECT_EQ(all<Write>().size(), 1U);  // the first one's
    EXPECT_EQ(entity_.incoming(), 1U);
}

TEST_F(FileHostile, ASecondStartUnderALiveHandle) {
    accepted(1);
    say(kFileChannel, start(1, "abc"));
    say(kFileChannel, start(1, "def"));
    EXPECT_EQ(all<Failed>().back().reason, FailureReason::superseded);
    EXPECT_EQ(all<Write>().size(), 1U);
    EXPECT_EQ(entity_.incoming(), 0U);

    say(kDataChannel, start(2, "abc"));
    ASSERT_TRUE(entity_.accept(all<Offered>().back().transfer, now_).has_value());
    say(kDataChannel, start(2, "def"));
    EXPECT_EQ(all<Failed>().size(), 2U);
}

TEST_F(FileHostile, TooManyOffersOfOnePeer) {
    for (std::uint16_t i = 0; i < 100; ++i) say(kControlChannel, offer(i));
    EXPECT_EQ(entity_.incoming(), kMaxIncomingPerPeer);
    EXPECT_EQ(all<Declined>().size(), 100 - kMaxIncomingPerPeer);
    ASSERT_EQ(said<FileReject>().size(), 100 - kMaxIncomingPerPeer);
    EXPECT_EQ(said<FileReject>()[0].reason, RejectReason::insufficient_resources);
    // Others are heard all the same.
    say(kControlChannel, offer(1), UserId{1011});
    EXPECT_EQ(all<Offered>().back().from, UserId{1011});
}

TEST_F(FileHostile, TooManyOffersOfMany) {
    for (std::uint16_t i = 0; i < 1000; ++i)
        say(kControlChannel, offer(static_cast<std::uint16_t>(i % 10)),
            UserId{static_cast<std::uint16_t>(2000 + i / 10)});
    EXPECT_EQ(entity_.incoming(), kMaxIncoming);
    pass(kAnswerTime);
    EXPECT_EQ(entity_.incoming(), 0U);
    EXPECT_EQ(all<Failed>().size(), kMaxIncoming);
}

TEST_F(FileHostile, TooManyBroadcastsAtOnce) {
    for (std::uint16_t i = 0; i < 1000; ++i)
        say(kDataChannel, start(i, std::string(9000, 'x')), UserId{static_cast<std::uint16_t>(2000 + i / 10)});
    EXPECT_LE(entity_.incoming(), kMaxIncoming);
    pass(kAnswerTime);
    pass(kStallTime);
    EXPECT_EQ(entity_.incoming(), 0U);
}

TEST_F(FileHostile, UndecidedBroadcastsAreBoundedInAll) {
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

TEST_F(FileHostile, ChannelsThatAreNotForFiles) {
    for (ChannelId channel : {ChannelId{1}, ChannelId{8}, kControlChannel, kOwn}) {
        say(kControlChannel, offer(1, channel));
        EXPECT_EQ(all<Declined>().size(), said<FileReject>().size());
        EXPECT_EQ(said<FileReject>().back().reason, RejectReason::parameter_not_supported);
    }
    EXPECT_TRUE(all<Join>().back().channel == kDataChannel);  // nothing was joined since
}

TEST_F(FileHostile, AChannelThatCannotBeJoined) {
    say(kControlChannel, offer(1));
    ASSERT_TRUE(entity_.accept(all<Offered>()[0].transfer, now_).has_value());
    EXPECT_TRUE(said<FileAccept>().empty());
    entity_.on_joined(kFileChannel, std::nullopt, now_);
    EXPECT_EQ(said<FileReject>().at(0).reason, RejectReason::unable_to_join_channel);
    EXPECT_EQ(all<Failed>().at(0).reason, FailureReason::no_channel);

    say(kControlChannel, offer(2));
    ASSERT_TRUE(entity_.accept(all<Offered>()[1].transfer, now_).has_value());
    pass(kChannelTime);
    EXPECT_EQ(all<Failed>().at(1).reason, FailureReason::no_channel);
    EXPECT_EQ(all<Leave>().back().channel, kFileChannel);
    EXPECT_EQ(entity_.incoming(), 0U);
}

TEST_F(FileHostile, Compression) {
    FileOffer compressed = offer(1);
    compressed.compression = V42bisParameters{2048, 32};
    say(kControlChannel, compressed);
    EXPECT_EQ(said<FileReject>().at(0).reason, RejectReason::compression_unsupported);
    accepted(2);
    FileStart begin = start(2, "abc");
    begin.compression = V42bisParameters{2048, 32};
    say(kFileChannel, begin);
    EXPECT_EQ(all<Failed>().at(0).reason, FailureReason::damaged);
    EXPECT_EQ(said<FileError>().at(0).type, ErrorType::permanent);
}

TEST_F(FileHostile, Offsets) {
    accepted(1);
    say(kFileChannel, start(1, "abc", false, 50));  // behind what is here
    EXPECT_EQ(all<Failed>().at(0).reason, FailureReason::damaged);
    accepted(2);
    say(kFileChannel, start(2, "abc", false, -1));
    EXPECT_EQ(all<Failed>().at(1).reason, FailureReason::damaged);
    accepted(3);
    say(kFileChannel, start(3, "abc", false, std::numeric_limits<std::int64_t>::min()));
    EXPECT_EQ(all<Failed>().at(2).reason, FailureReason::damaged);
    EXPECT_TRUE(all<Write>().empty());
}

TEST_F(FileHostile, BackToAPlaceInTheMiddle) {
    Partial partial{"file", 10, 8, {}};
    partial.hash.update(as_bytes("01234567"));
    auto id = entity_.request({"file", 10, partial, kPeer}, now_);
    ASSERT_TRUE(id.has_value());
    entity_.on_token(kRequestToken, true, now_);
    ASSERT_EQ(said<FileRequest>().size(), 1U);
    EXPECT_EQ(said<FileRequest>()[0].data_offset, 8);
    FileOffer answer = offer(1);
    answer.request_handle = said<FileRequest>()[0].handle;
    answer.mbft_id = kSelf;
    say(kControlChannel, answer);
    EXPECT_TRUE(all<Offered>().back().requested);
    entity_.on_joined(kFileChannel, kFileChannel, now_);
    FileStart begin = start(1, "56789", true, 5);
    begin.header.filesize = 10;
    say(kFileChannel, begin);
    EXPECT_EQ(all<Write>().at(0).offset, 5U);
    store_all();
    ASSERT_EQ(all<Received>().size(), 1U);
    EXPECT_EQ(all<Received>()[0].verified, Verified::unknown);
    EXPECT_EQ(all<Received>()[0].octets, 10U);
    EXPECT_EQ(all<Received>()[0].digest, std::nullopt);
}

TEST_F(FileHostile, Over4GiB) {
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

TEST_F(FileHostile, ChecksumsAndSizesThatDoNotFitAreAHint) {
    auto receive = [&](std::uint16_t handle, FileStart begin) {
        accepted(handle);
        begin.handle = FileHandle{handle};
        say(kFileChannel, begin);
        store_all();
        return all<Received>().back().verified;
    };
    FileStart whole = start(0, "123456789", true);
    whole.header.filesize = 9;
    whole.has_crc = true;
    whole.crc = 0xCBF43926;
    EXPECT_EQ(receive(1, whole), Verified::unknown);  // nobody says which CRC it is to be
    whole.crc = 1;
    EXPECT_EQ(receive(2, whole), Verified::no);
    whole.has_crc = false;
    EXPECT_EQ(receive(3, whole), Verified::unknown);
    whole.header.filesize = 10;
    EXPECT_EQ(receive(4, whole), Verified::no);
    EXPECT_TRUE(all<Failed>().empty());
}

TEST_F(FileHostile, AForgedDigest) {
    const TransferId id = accepted(1);
    const FileDigest digest{FileHandle{1}, 3, sha256(as_bytes("abc"))};
    say(kControlChannel, to_pdu(digest), UserId{1010});  // of somebody else's file
    say(kFileChannel, start(1, "xyz", true));
    store_all();
    ASSERT_EQ(all<Received>().size(), 1U);
    EXPECT_EQ(all<Received>()[0].transfer, id);
}

TEST_F(FileHostile, InvitationsAreBounded) {
    for (std::uint16_t i = 0; i < 100; ++i)
        say(kOwn, JoinInvite{ChannelId{static_cast<std::uint16_t>(2000 + 2 * i)},
                             ChannelId{static_cast<std::uint16_t>(2001 + 2 * i)}, false});
    EXPECT_EQ(entity_.sub_sessions(), kMaxSubSessionsPerPeer);
    EXPECT_EQ(said<JoinResponse>().size(), 100 - kMaxSubSessionsPerPeer);
    pass(kIdleSubSession);
    EXPECT_EQ(entity_.sub_sessions(), 0U);
    EXPECT_EQ(all<Leave>().size(), 2 * kMaxSubSessionsPerPeer);
}

TEST_F(FileHostile, InvitationsToChannelsThatAreNotPrivate) {
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

TEST_F(FileHostile, LeavesAPrivateSessionByItself) {
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

TEST_F(FileHostile, RequestsAndNotesAreBounded) {
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

TEST_F(FileHostile, AnswersThatNobodyAskedFor) {
    say(kOwn, FileAccept{FileHandle{1}});
    say(kOwn, FileReject{FileHandle{1}, RejectReason::unspecified});
    say(kOwn, FileDeny{RequestHandle{1}, DenyReason::unspecified});
    say(kOwn, FileError{FileHandle{1}, ErrorType::permanent, 3004, u"x"});
    say(kOwn, FileError{std::nullopt, ErrorType::permanent, 3004, std::nullopt});
    say(kOwn, FileAbort{});
    say(kOwn, JoinResponse{ChannelId{2000}, InviteResponse::accepted});
    say(kOwn, to_pdu(FileEnd{}));
    say(kOwn, to_pdu(ChannelLeave{}));
    say(kOwn, DirectoryResponse{DirectoryResult::successful, {}, {}});
    say(kOwn, PrivilegeRequest{{Privilege::abort}});
    say(kControlChannel, PrivilegeAssign{{UserPrivileges{kSelf, {}}}});
    out_.clear();
    EXPECT_TRUE(all<Send>().empty());
    EXPECT_EQ(entity_.incoming() + entity_.outgoing(), 0U);
}

TEST_F(FileHostile, StrangersCannotEndATransfer) {
    auto id = entity_.send({"a", 20'000, {}}, {}, now_);
    entity_.on_joined(mcs::kAssignChannel, kFileChannel, now_);
    const FileHandle handle = said<FileOffer>().at(0).handle;
    for (UserId stranger : {UserId{1010}, UserId{1011}}) {
        say(kOwn, FileReject{handle, RejectReason::unspecified}, stranger);
        say(kOwn, FileError{handle, ErrorType::permanent, 0, u"x"}, stranger);
        say(kOwn, FileAbort{AbortReason::unspecified, kFileChannel, kSelf, handle}, stranger);
    }
    say(kOwn, FileAccept{handle});
    entity_.on_read(*id, Slice(Bytes(kDefaultChunk)), now_);
    say(kOwn, FileAbort{AbortReason::unspecified, kFileChannel, kSelf, handle}, UserId{1010});
    say(kOwn, to_pdu(FileEnd{handle}), UserId{1010});
    entity_.on_read(*id, Slice(Bytes(kDefaultChunk)), now_);
    entity_.on_read(*id, Slice(Bytes(20'000 - 2 * kDefaultChunk)), now_);
    EXPECT_TRUE(all<Failed>().empty());
    say(kOwn, to_pdu(FileEnd{handle}));
    ASSERT_EQ(all<files::Sent>().size(), 1U);
    EXPECT_EQ(all<files::Sent>()[0].confirmed, std::vector<UserId>{kPeer});
}

TEST_F(FileHostile, APeersHeaderFormIsKept) {
    say(kControlChannel, offer(1), kPeer, HeaderForm::bits24);
    ASSERT_EQ(all<Offered>().size(), 1U);
    EXPECT_EQ(all<Offered>()[0].name.text, "file");
    ASSERT_TRUE(entity_.send({"back", 5, {}}, {}, now_).has_value());
    entity_.on_joined(mcs::kAssignChannel, ChannelId{1400}, now_);
    const Bytes octets = all<Send>().back().octets;
    auto decoded = decode_mbft_pdu(octets, HeaderForm::bits26);
    ASSERT_TRUE(decoded.has_value());
    EXPECT_EQ(decoded->form, HeaderForm::bits24);
    EXPECT_EQ(std::get<FileOffer>(decoded->pdu).header.filename, filename_of("back"));
}

TEST_F(FileHostile, HugePdusAreNotLookedAt) {
    FileOffer large = offer(1);
    large.header.private_use = Bytes(kMaxHeaderOctets);
    say(kControlChannel, large);
    EXPECT_TRUE(all<Offered>().empty());
    large.header.private_use = Bytes(kMaxHeaderOctets - 200);
    say(kControlChannel, large);
    EXPECT_EQ(all<Offered>().size(), 1U);
}

TEST_F(FileHostile, EverythingFromOneselfIsIgnored) {
    say(kControlChannel, offer(1), kSelf);
    EXPECT_TRUE(all<Offered>().empty());
}

TEST_F(FileHostile, AfterTheEndNothingIsLeft) {
    accepted(1);
    say(kFileChannel, start(1, "abc"));
    ASSERT_TRUE(entity_.send({"a", 1, {}}, {}, now_).has_value());
    ASSERT_TRUE(entity_.request({"b", {}, {}, {}}, now_).has_value());
    entity_.on_detached(kSelf, now_);
    EXPECT_EQ(all<Failed>().size(), 3U);
    for (const Failed& failed : all<Failed>()) EXPECT_EQ(failed.reason, FailureReason::disconnected);
    EXPECT_EQ(entity_.incoming() + entity_.outgoing(), 0U);
    EXPECT_EQ(entity_.deadline(), std::nullopt);
    EXPECT_FALSE(entity_.is_active());
    say(kControlChannel, offer(2));
    EXPECT_EQ(all<Offered>().size(), 1U);
}

}  // namespace
}  // namespace convene::files
