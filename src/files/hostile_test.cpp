// One entity, and a peer that says what it likes.
#include <gtest/gtest.h>

#include <limits>

#include "files/testing_entity.hpp"

namespace convene::files {
namespace {

using namespace files::testing;
using namespace std::chrono_literals;

class FileHostile : public OneEntity {};

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
