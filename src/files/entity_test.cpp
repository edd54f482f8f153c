// Enrolment, and transfers between entities that behave.
#include "files/entity.hpp"

#include <gtest/gtest.h>

#include "files/testing_checks.hpp"

namespace convene::files {
namespace {

using namespace files::testing;
using namespace std::chrono_literals;

TEST(FileEntity, EnrolsInTheDefaultSession) {
    Hub hub;
    auto parties = assemble(hub, 3);
    for (Party* party : parties) {
        EXPECT_TRUE(party->entity.is_active());
        EXPECT_EQ(party->entity.channel(), kControlChannel);
        EXPECT_EQ(party->all<Ready>().size(), 1U);
        EXPECT_TRUE(hub.joined(kDataChannel).contains(party->user));
    }
    EXPECT_TRUE(parties[0]->entity.members().at(parties[1]->user).is_convene);
}

TEST(FileEntity, FollowsASessionThatIsThere) {
    FileEntity entity;
    std::vector<Output> outputs;
    const Instant now{};
    entity.on_attached(UserId{1005});
    entity.on_joined(ChannelId{1005}, ChannelId{1005}, now);
    gcc::ApplicationRecord record;
    record.application_active = true;
    record.application_user_id = UserId{1009};
    entity.on_roster({{{file_protocol_key(), ChannelId{1300}}, {UserId{1008}, gcc::EntityId{1}}, record}}, 70000, now);
    entity.take_outputs(outputs);
    ASSERT_EQ(outputs.size(), 2U);
    EXPECT_EQ(std::get<Join>(outputs[1]).channel, ChannelId{1300});
    entity.on_joined(ChannelId{1300}, std::nullopt, now);  // it went away meanwhile
    entity.on_roster({}, 1, now);
    entity.take_outputs(outputs);
    EXPECT_EQ(std::get<Join>(outputs.at(0)).channel, kControlChannel);
    EXPECT_FALSE(entity.is_active());
    entity.on_joined(kControlChannel, kControlChannel, now);
    EXPECT_FALSE(entity.is_active());
    entity.on_joined(kDataChannel, kDataChannel, now);
    EXPECT_TRUE(entity.is_active());
}

TEST(FileEntity, AcknowledgedOfferToAll) {
    Hub hub;
    auto parties = assemble(hub, 4);
    parties[3]->accepts = false;
    const TransferId transfer = hub.send(*parties[0], "report.txt", 100'000);
    hub.run(1s);
    const auto offered = parties[3]->last<Offered>();
    ASSERT_TRUE(offered.has_value());
    EXPECT_EQ(offered->from, parties[0]->user);
    EXPECT_EQ(offered->name, (FileName{"report.txt", false}));
    EXPECT_EQ(offered->size, 100'000U);
    EXPECT_EQ(offered->modified, 915246245);
    EXPECT_FALSE(offered->is_broadcast || offered->is_private || offered->requested);
    EXPECT_TRUE(parties[1]->all<Received>().empty());  // all are waited for
    ASSERT_TRUE(parties[3]->entity.reject(offered->transfer, RejectReason::file_exists, hub.now).has_value());
    EXPECT_FALSE(parties[3]->entity.reject(offered->transfer, RejectReason::file_exists, hub.now).has_value());
    hub.drain(*parties[3]);
    hub.run(1s);

    EXPECT_EQ(parties[0]->all<Accepted>().size(), 2U);
    const auto rejected = parties[0]->last<Rejected>();
    ASSERT_TRUE(rejected.has_value());
    EXPECT_EQ(rejected->by, parties[3]->user);
    EXPECT_EQ(rejected->reason, RejectReason::file_exists);
    expect_received(*parties[1], "report.txt", 100'000);
    expect_received(*parties[2], "report.txt", 100'000);
    EXPECT_TRUE(parties[3]->disk.empty());
    const auto sent = parties[0]->last<files::Sent>();
    ASSERT_TRUE(sent.has_value());
    EXPECT_EQ(sent->transfer, transfer);
    EXPECT_EQ(sent->confirmed, (std::vector<UserId>{parties[1]->user, parties[2]->user}));
    EXPECT_TRUE(sent->unconfirmed.empty());
    EXPECT_EQ(parties[0]->last<Progress>()->done, 100'000U);
    EXPECT_EQ(parties[1]->last<Progress>()->done, 100'000U);
    hub.run(10min);
    expect_nothing_left(hub);
}

TEST(FileEntity, NegotiationGoesHighAndDataLow) {
    Hub hub;
    auto parties = assemble(hub, 2);
    hub.send(*parties[0], "a", 50'000);
    hub.run(1s);
    std::size_t data = 0;
    for (const auto& each : hub.wire) {
        // The digest comes between the data, so it goes with them.
        const bool is_digest = std::holds_alternative<MbftNonStandard>(each.pdu) && each.from == parties[0]->user;
        const bool is_data =
            is_digest || std::holds_alternative<FileStart>(each.pdu) || std::holds_alternative<FileData>(each.pdu);
        EXPECT_EQ(each.priority, is_data ? mcs::DataPriority::low : mcs::DataPriority::high) << name_of(each.pdu);
        data += is_data;
    }
    EXPECT_EQ(data, 8U);  // seven of 8,192 octets, and the digest
}

TEST(FileEntity, FilesOfEverySmallSize) {
    Hub hub;
    auto parties = assemble(hub, 2);
    for (std::size_t size : {0U, 1U, 8191U, 8192U, 8193U, 16384U, 16385U}) {
        const std::string name = std::to_string(size);
        hub.send(*parties[0], name, size);
        hub.run(1s);
        expect_received(*parties[1], name, size);
    }
    hub.run(10min);
    expect_nothing_left(hub);
}

TEST(FileEntity, ChunksFitTheDomain) {
    EXPECT_EQ(chunk_size({}), kDefaultChunk);
    EntityConfig small;
    small.max_mcs_pdu = 1056;
    EXPECT_EQ(chunk_size(small), 992U);
    small.max_mcs_pdu = 10;
    EXPECT_EQ(chunk_size(small), 1U);

    Hub hub;
    small.max_mcs_pdu = 1056;
    Party& sender = hub.add(small);
    Party& receiver = hub.add();
    hub.run(1s);
    hub.send(sender, "small chunks", 10'000);
    hub.run(1s);
    expect_received(receiver, "small chunks", 10'000);
    for (const auto& each : hub.wire) {
        if (const auto* data = std::get_if<FileData>(&each.pdu)) {
            EXPECT_LE(data->data.size(), 992U);
        }
    }
}

TEST(FileEntity, BroadcastAsksNobody) {
    Hub hub;
    auto parties = assemble(hub, 3);
    hub.send(*parties[0], "news", 40'000, {{}, Via::broadcast});
    hub.send(*parties[1], "more news", 40'000, {{}, Via::broadcast});
    hub.run(10s);
    expect_received(*parties[1], "news", 40'000);
    expect_received(*parties[0], "more news", 40'000);
    EXPECT_EQ(parties[2]->all<Received>().size(), 2U);
    EXPECT_TRUE(parties[2]->last<Offered>()->is_broadcast);
    // The token made them take turns.
    std::optional<UserId> on_air;
    for (const auto& each : hub.wire) {
        if (each.channel != kDataChannel) continue;
        if (std::holds_alternative<FileStart>(each.pdu)) {
            EXPECT_FALSE(on_air.has_value());
            on_air = each.from;
        }
        EXPECT_EQ(on_air, each.from);
        if (const auto* data = std::get_if<FileData>(&each.pdu); data != nullptr && data->eof) on_air.reset();
    }
    hub.run(10min);
    expect_nothing_left(hub);
}

TEST(FileEntity, BroadcastsOfOneNodeTakeTurnsToo) {
    Hub hub;
    auto parties = assemble(hub, 2);
    for (const char* name : {"one", "two", "three"}) hub.send(*parties[0], name, 20'000, {{}, Via::broadcast});
    hub.run(10s);
    EXPECT_EQ(parties[1]->all<Received>().size(), 3U);
    expect_received(*parties[1], "three", 20'000);
    expect_nothing_left(hub);
}

TEST(FileEntity, ABroadcastWaitsForADecision) {
    Hub hub;
    auto parties = assemble(hub, 3);
    parties[1]->accepts = parties[2]->accepts = false;
    hub.send(*parties[0], "news", 40'000, {{}, Via::broadcast});
    hub.run(5s);
    ASSERT_TRUE(parties[1]->entity.accept(parties[1]->last<Offered>()->transfer, hub.now).has_value());
    hub.drain(*parties[1]);
    expect_received(*parties[1], "news", 40'000);
    ASSERT_TRUE(parties[2]->entity.reject(parties[2]->last<Offered>()->transfer, {}, hub.now).has_value());
    hub.drain(*parties[2]);
    EXPECT_TRUE(parties[2]->disk.empty());
    expect_nothing_left(hub);
}

TEST(FileEntity, WhatWasRejectedIsDiscardedToItsEnd) {
    Hub hub;
    hub.bandwidth = 100'000;
    auto parties = assemble(hub, 2);
    parties[1]->accepts = false;
    hub.send(*parties[0], "news", 100'000, {{}, Via::broadcast});
    hub.run(200ms);
    ASSERT_EQ(parties[1]->all<Offered>().size(), 1U);
    ASSERT_TRUE(parties[1]->entity.reject(parties[1]->last<Offered>()->transfer, {}, hub.now).has_value());
    hub.run(5s);
    EXPECT_EQ(parties[1]->all<Offered>().size(), 1U);
    EXPECT_TRUE(parties[1]->disk.empty());
    expect_nothing_left(hub);
}

TEST(FileEntity, ABroadcastThatNobodyDecidesAboutIsNotKept) {
    Hub hub;
    auto parties = assemble(hub, 2);
    parties[1]->accepts = false;
    hub.send(*parties[0], "large", kMaxHeld + 100'000, {{}, Via::broadcast});
    hub.run(10s);
    const auto failed = parties[1]->last<Failed>();
    ASSERT_TRUE(failed.has_value());
    EXPECT_EQ(failed->reason, FailureReason::timed_out);
    EXPECT_TRUE(parties[0]->last<files::Sent>().has_value());
    expect_nothing_left(hub);
}

TEST(FileEntity, PrivateTransferToSome) {
    Hub hub;
    auto parties = assemble(hub, 4);
    hub.send(*parties[0], "secret", 30'000, {{parties[1]->user, parties[2]->user, parties[1]->user}, std::nullopt});
    hub.run(2s);
    expect_received(*parties[1], "secret", 30'000);
    expect_received(*parties[2], "secret", 30'000);
    EXPECT_TRUE(parties[1]->last<Offered>()->is_private);
    EXPECT_TRUE(parties[3]->all<Offered>().empty());
    for (const auto& each : hub.wire) EXPECT_NE(each.channel, kControlChannel);
    hub.run(10min);
    expect_nothing_left(hub);
}

TEST(FileEntity, NetMeetingGetsItsSequence) {
    Hub hub;
    Party& sender = hub.add();
    Party& other = hub.add();
    hub.claims[other.user] = gcc::h221_key(to_bytes("NetMeeting 1 MBFT"));
    hub.run(1s);
    hub.wire.clear();
    hub.send(sender, "to all", 20'000);
    hub.run(10s);
    std::vector<std::string> names;
    for (const auto& each : hub.wire) names.emplace_back(name_of(each.pdu));
    const std::vector<std::string> expected{"privateChannel-Join-InvitePDU",
                                            "privateChannel-Join-ResponsePDU",
                                            "file-OfferPDU",
                                            "file-AcceptPDU",
                                            "file-StartPDU",
                                            "file-DataPDU",
                                            "file-DataPDU",
                                            "mbft-NonStandardPDU"};
    EXPECT_EQ(names, expected);  // no digest: it would be no use
    EXPECT_EQ(read_extra(std::get<MbftNonStandard>(hub.wire.back().pdu)), Extra(FileEnd{FileHandle{1}}));
    EXPECT_EQ(sender.last<files::Sent>()->confirmed, std::vector<UserId>{other.user});
    expect_nothing_left(hub);
}

TEST(FileEntity, ANetMeetingThatConfirmsNothingIsNotWaitedForLong) {
    Hub hub;
    auto parties = assemble(hub, 2);
    hub.mangle = [&](UserId from, Bytes& octets) {
        auto decoded = decode_mbft_pdu(octets);
        if (from == parties[1]->user && decoded && std::holds_alternative<MbftNonStandard>(decoded->pdu))
            octets.clear();
    };
    hub.send(*parties[0], "quiet", 20'000, {{parties[1]->user}, {}});
    hub.run(9s);
    EXPECT_TRUE(parties[0]->all<files::Sent>().empty());
    hub.run(3s);
    ASSERT_TRUE(parties[0]->last<files::Sent>().has_value());
    EXPECT_EQ(parties[0]->last<files::Sent>()->unconfirmed, std::vector<UserId>{parties[1]->user});
    hub.run(10min);
    expect_nothing_left(hub);
}

TEST(FileEntity, SeveralAtOnceInBothDirections) {
    Hub hub;
    hub.longest_delay = 20ms;
    auto parties = assemble(hub, 3);
    for (int i = 0; i < 5; ++i) {
        for (std::size_t p = 0; p < 3; ++p) {
            const std::string name = std::to_string(p) + " " + std::to_string(i);
            SendOptions options;
            if (i % 2 != 0) options.recipients = {parties[(p + 1) % 3]->user};
            hub.send(*parties[p], name, 10'000 * static_cast<std::size_t>(i + 1), options);
        }
    }
    hub.run(1min);
    for (Party* party : parties) {
        EXPECT_EQ(party->all<files::Sent>().size(), 5U);
        EXPECT_EQ(party->all<Received>().size(), 8U);
        for (const auto& received : party->all<Received>()) {
            EXPECT_EQ(received.verified, Verified::yes);
            EXPECT_TRUE(party->disk.at(received.transfer) ==
                        contents_of(party->names.at(received.transfer), static_cast<std::size_t>(received.octets)));
        }
    }
    hub.run(10min);
    expect_nothing_left(hub);
}

TEST(FileEntity, NoMoreThanAWindowIsUnsent) {
    Hub hub;
    hub.bandwidth = 1'000'000;
    auto parties = assemble(hub, 2);
    hub.send(*parties[0], "long", 3'000'000);
    hub.send(*parties[0], "long, too", 3'000'000);
    hub.run(20s);
    EXPECT_EQ(parties[1]->all<Received>().size(), 2U);
    EXPECT_LE(parties[0]->most_waiting, kWindow + 2 * kDefaultChunk);
    // They shared the line.
    const auto progress = parties[1]->all<Progress>();
    std::map<TransferId, std::uint64_t> halfway;
    for (std::size_t i = 0; i < progress.size() / 2; ++i) halfway[progress[i].transfer] = progress[i].done;
    ASSERT_EQ(halfway.size(), 2U);
    for (const auto& [transfer, done] : halfway) EXPECT_GT(done, 1'000'000U);
}

TEST(FileEntity, WaitsUntilItIsActive) {
    Hub hub;
    Party& early = hub.add();
    const TransferId transfer = hub.send(early, "early", 1000);
    EXPECT_TRUE(early.all<files::Sent>().empty());
    Party& other = hub.add();
    hub.run(1s);
    expect_received(other, "early", 1000);
    EXPECT_EQ(early.last<files::Sent>()->transfer, transfer);
}

TEST(FileEntity, NobodyIsThere) {
    Hub hub;
    Party& lonely = hub.add();
    hub.run(1s);
    hub.send(lonely, "to nobody", 1000);
    hub.run(10s);
    EXPECT_EQ(lonely.last<Failed>()->reason, FailureReason::no_receivers);
    hub.send(lonely, "to myself", 1000, {{lonely.user}, {}});
    EXPECT_EQ(hub.last_refusal, Refusal::nobody);
    expect_nothing_left(hub);
}

TEST(FileEntity, NamesAreMadeHarmlessOnBothSides) {
    Hub hub;
    auto parties = assemble(hub, 2);
    hub.send(*parties[0], "/home/me/caf\xc3\xa9.txt", 10);
    hub.run(1s);
    EXPECT_EQ(parties[1]->last<Offered>()->name, (FileName{"caf\xc3\xa9.txt", false}));
    FileOffer offer;
    offer.header.filename = {GraphicString{to_bytes("..\\..\\CON")}};
    offer.data_channel = kDataChannel;
    hub.inject(parties[0]->user, kControlChannel, *encode(offer));
    hub.run(1s);
    EXPECT_EQ(parties[1]->last<Offered>()->name, (FileName{"_CON", true}));
}

}  // namespace
}  // namespace convene::files
