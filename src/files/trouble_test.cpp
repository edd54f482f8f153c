// Transfers that do not go well.
#include <gtest/gtest.h>

#include "files/testing_checks.hpp"

namespace convene::files {
namespace {

using namespace files::testing;
using namespace std::chrono_literals;

/// A transfer of a slow kind from the first to the others, caught in the middle.
struct Halfway {
    Hub hub;
    std::vector<Party*> parties;
    TransferId sent;

    explicit Halfway(std::size_t count, SendOptions options = {}) {
        hub.bandwidth = 1'000'000;
        parties = assemble(hub, count);
        sent = hub.send(*parties[0], "long", 1'000'000, std::move(options));
        hub.run(500ms);
        EXPECT_FALSE(parties[1]->all<Write>().empty() && parties[1]->disk.empty());
        EXPECT_TRUE(parties[1]->all<Received>().empty());
    }
    Party& sender() { return *parties[0]; }
    Party& receiver() { return *parties[1]; }
    TransferId received() { return receiver().last<Offered>()->transfer; }
    void finish() {
        hub.run(10min);
        expect_nothing_left(hub);
    }
};

TEST(FileTrouble, TheSenderCancels) {
    for (Via via : {Via::broadcast, Via::acknowledged, Via::sub_session}) {
        Halfway run(3, {{}, via});
        ASSERT_TRUE(run.sender().entity.cancel(run.sent, run.hub.now).has_value());
        EXPECT_FALSE(run.sender().entity.cancel(run.sent, run.hub.now).has_value());
        run.hub.drain(run.sender());
        EXPECT_EQ(run.sender().last<Failed>()->reason, FailureReason::cancelled);
        run.hub.run(2s);
        for (Party* party : {run.parties[1], run.parties[2]})
            EXPECT_EQ(party->last<Failed>()->reason, FailureReason::aborted);
        run.finish();
    }
}

TEST(FileTrouble, TheSenderCancelsAnOffer) {
    Hub hub;
    auto parties = assemble(hub, 2);
    parties[1]->accepts = false;
    const TransferId transfer = hub.send(*parties[0], "file", 1000);
    hub.run(1s);
    ASSERT_TRUE(parties[0]->entity.cancel(transfer, hub.now).has_value());
    hub.drain(*parties[0]);
    hub.run(1s);
    EXPECT_EQ(parties[1]->last<Failed>()->reason, FailureReason::aborted);
    EXPECT_FALSE(parties[1]->entity.accept(parties[1]->last<Offered>()->transfer, hub.now).has_value());
    expect_nothing_left(hub);
}

TEST(FileTrouble, OneReceiverCancels) {
    for (Via via : {Via::acknowledged, Via::sub_session}) {
        Halfway run(3, {{}, via});
        ASSERT_TRUE(run.receiver().entity.cancel(run.received(), run.hub.now).has_value());
        run.hub.drain(run.receiver());
        const auto failed = run.receiver().last<Failed>();
        EXPECT_EQ(failed->reason, FailureReason::cancelled);
        ASSERT_TRUE(failed->partial.has_value());
        EXPECT_EQ(failed->partial->name, "long");
        EXPECT_EQ(failed->partial->octets, run.receiver().disk.at(run.received()).size());
        run.hub.run(5s);
        const auto lost = run.sender().last<ReceiverLost>();
        ASSERT_TRUE(lost.has_value());
        EXPECT_EQ(lost->receiver, run.receiver().user);
        EXPECT_EQ(lost->why, "stopped by the receiver");
        expect_received(*run.parties[2], "long", 1'000'000);
        run.finish();
    }
}

TEST(FileTrouble, TheOnlyReceiverCancels) {
    for (Via via : {Via::acknowledged, Via::sub_session}) {
        Halfway run(2, {{}, via});
        ASSERT_TRUE(run.receiver().entity.cancel(run.received(), run.hub.now).has_value());
        run.hub.drain(run.receiver());
        run.hub.run(2s);
        EXPECT_EQ(run.sender().last<Failed>()->reason, FailureReason::no_receivers);
        run.finish();
    }
}

TEST(FileTrouble, AReceiverOfABroadcastCancels) {
    Halfway run(3, {{}, Via::broadcast});
    ASSERT_TRUE(run.receiver().entity.cancel(run.received(), run.hub.now).has_value());
    run.hub.drain(run.receiver());
    run.hub.run(5s);
    EXPECT_EQ(run.receiver().all<Offered>().size(), 1U);
    EXPECT_EQ(run.receiver().all<Failed>().size(), 1U);
    expect_received(*run.parties[2], "long", 1'000'000);
    run.finish();
}

TEST(FileTrouble, TheSenderVanishes) {
    for (Via via : {Via::broadcast, Via::acknowledged, Via::sub_session}) {
        Halfway run(3, {{}, via});
        run.hub.lose(run.sender());
        EXPECT_EQ(run.sender().last<Failed>()->reason, FailureReason::disconnected);
        run.hub.run(1s);
        const auto failed = run.receiver().last<Failed>();
        ASSERT_TRUE(failed.has_value());
        EXPECT_EQ(failed->reason, FailureReason::peer_gone);
        ASSERT_TRUE(failed->partial.has_value());
        EXPECT_EQ(failed->partial->size, 1'000'000U);
        run.finish();
    }
}

TEST(FileTrouble, AReceiverVanishes) {
    for (Via via : {Via::broadcast, Via::acknowledged, Via::sub_session}) {
        Halfway run(3, {{}, via});
        run.hub.lose(run.receiver());
        EXPECT_EQ(run.receiver().last<Failed>()->reason, FailureReason::disconnected);
        EXPECT_TRUE(run.receiver().last<Failed>()->partial.has_value());
        run.hub.run(5s);
        EXPECT_TRUE(run.sender().last<files::Sent>().has_value());
        expect_received(*run.parties[2], "long", 1'000'000);
        run.finish();
    }
}

TEST(FileTrouble, SomebodyWhoWasAskedVanishes) {
    Hub hub;
    auto parties = assemble(hub, 3);
    parties[1]->accepts = false;
    hub.send(*parties[0], "file", 1000);
    hub.run(1s);
    EXPECT_TRUE(parties[2]->all<Received>().empty());
    hub.lose(*parties[1]);
    hub.run(1s);
    expect_received(*parties[2], "file", 1000);
    EXPECT_EQ(parties[0]->last<files::Sent>()->confirmed, std::vector<UserId>{parties[2]->user});
}

TEST(FileTrouble, WhoDoesNotAnswerIsNotWaitedForForEver) {
    Hub hub;
    auto parties = assemble(hub, 3);
    parties[1]->accepts = false;
    hub.send(*parties[0], "file", 1000);
    hub.run(kAnswerTime + 1s);
    expect_received(*parties[2], "file", 1000);
    EXPECT_EQ(parties[1]->last<Failed>()->reason, FailureReason::timed_out);
    hub.run(10min);
    expect_nothing_left(hub);
}

TEST(FileTrouble, WhoIsNotThereIsNotWaitedFor) {
    Hub hub;
    auto parties = assemble(hub, 2);
    hub.send(*parties[0], "file", 1000, {{parties[1]->user, UserId{9000}}, {}});
    hub.run(kInviteTime + 1s);
    expect_received(*parties[1], "file", 1000);
    EXPECT_EQ(parties[0]->last<ReceiverLost>()->receiver, UserId{9000});
    hub.send(*parties[0], "lost", 1000, {{UserId{9000}}, {}});
    hub.run(kInviteTime + 1s);
    EXPECT_EQ(parties[0]->last<Failed>()->reason, FailureReason::no_receivers);
    expect_nothing_left(hub);
}

TEST(FileTrouble, EverybodyRejects) {
    Hub hub;
    auto parties = assemble(hub, 3);
    parties[1]->accepts = parties[2]->accepts = false;
    hub.send(*parties[0], "file", 1000);
    hub.run(1s);
    for (Party* party : {parties[1], parties[2]}) {
        ASSERT_TRUE(party->entity.reject(party->last<Offered>()->transfer, RejectReason::file_not_required, hub.now)
                        .has_value());
        hub.drain(*party);
    }
    hub.run(1s);
    EXPECT_EQ(parties[0]->last<Failed>()->reason, FailureReason::rejected);
    expect_nothing_left(hub);
}

TEST(FileTrouble, TheDiskIsFull) {
    for (Via via : {Via::broadcast, Via::acknowledged, Via::sub_session}) {
        Halfway run(3, {{}, via});
        run.receiver().can_store = false;
        run.hub.run(5s);
        const auto failed = run.receiver().last<Failed>();
        ASSERT_TRUE(failed.has_value());
        EXPECT_EQ(failed->reason, FailureReason::cannot_store);
        EXPECT_FALSE(failed->partial.has_value());  // to be removed
        if (via != Via::broadcast) {
            ASSERT_TRUE(run.sender().last<ReceiverLost>().has_value());
            EXPECT_EQ(run.sender().last<ReceiverLost>()->why, "cannot be stored");
        }
        expect_received(*run.parties[2], "long", 1'000'000);
        EXPECT_EQ(run.receiver().all<Failed>().size(), 1U);
        run.finish();
    }
}

TEST(FileTrouble, ADiskThatIsTooSlow) {
    Hub hub;
    auto parties = assemble(hub, 2);
    parties[1]->stores_late = true;
    hub.keeps_wire = false;
    hub.send(*parties[0], "file", kMaxUnstored + 1'000'000);
    hub.run(5s);
    EXPECT_EQ(parties[1]->last<Failed>()->reason, FailureReason::cannot_store);
    EXPECT_EQ(parties[0]->last<Failed>()->reason, FailureReason::no_receivers);
    expect_nothing_left(hub);
}

TEST(FileTrouble, TheEndWaitsForTheDisk) {
    Hub hub;
    auto parties = assemble(hub, 2);
    parties[1]->stores_late = true;
    hub.send(*parties[0], "file", 100'000);
    hub.run(5s);
    EXPECT_TRUE(parties[1]->all<Received>().empty());
    EXPECT_TRUE(parties[0]->all<files::Sent>().empty());
    hub.store_all(*parties[1]);
    expect_received(*parties[1], "file", 100'000);
    hub.run(1s);
    EXPECT_EQ(parties[0]->last<files::Sent>()->confirmed.size(), 1U);
    expect_nothing_left(hub);
}

TEST(FileTrouble, TheFileCannotBeRead) {
    Hub hub;
    auto parties = assemble(hub, 2);
    const TransferId transfer = hub.send(*parties[0], "file", 100'000);
    parties[0]->sources[transfer].resize(30'000);  // it became shorter
    hub.run(5s);
    EXPECT_EQ(parties[0]->last<Failed>()->reason, FailureReason::cannot_read);
    EXPECT_EQ(parties[1]->last<Failed>()->reason, FailureReason::aborted);
    expect_nothing_left(hub);
}

TEST(FileTrouble, AnOctetIsChangedOnTheWay) {
    Hub hub;
    auto parties = assemble(hub, 2);
    hub.mangle = [&, count = 0](UserId from, Bytes& octets) mutable {
        if (from == parties[0]->user && octets.size() > 8000 && ++count == 3) octets[4000] ^= std::byte{1};
    };
    hub.send(*parties[0], "file", 100'000);
    hub.run(5s);
    const auto failed = parties[1]->last<Failed>();
    ASSERT_TRUE(failed.has_value());
    EXPECT_EQ(failed->reason, FailureReason::digest_mismatch);
    EXPECT_FALSE(failed->partial.has_value());
    EXPECT_EQ(parties[0]->last<ReceiverLost>()->why, "not what was sent");
    expect_nothing_left(hub);
}

TEST(FileTrouble, APieceIsLost) {
    Hub hub;
    auto parties = assemble(hub, 2);
    hub.mangle = [&, count = 0](UserId from, Bytes& octets) mutable {
        if (from == parties[0]->user && octets.size() > 8000 && ++count == 3) octets.clear();
    };
    hub.send(*parties[0], "file", 100'000);
    hub.run(5s);
    EXPECT_EQ(parties[1]->last<Failed>()->reason, FailureReason::digest_mismatch);
    expect_nothing_left(hub);
}

TEST(FileTrouble, ADigestThatIsPromisedAndDoesNotCome) {
    Hub hub;
    auto parties = assemble(hub, 2);
    hub.mangle = [&](UserId from, Bytes& octets) {
        if (from == parties[0]->user && as_text(octets).find("FileDigest") != std::string_view::npos) octets.clear();
    };
    hub.send(*parties[0], "file", 100'000);
    hub.run(4s);
    EXPECT_TRUE(parties[1]->all<Received>().empty());
    hub.run(kDigestTime);
    expect_received(*parties[1], "file", 100'000, Verified::no);
    expect_nothing_left(hub);
}

TEST(FileTrouble, OctetsThatAreNoPduDamageOneTransferAlone) {
    Halfway run(3);
    const TransferId good = run.hub.send(*run.parties[2], "other", 200'000);
    run.hub.run(50ms);
    std::optional<ChannelId> channel;
    for (const auto& each : run.hub.wire)
        if (std::holds_alternative<FileStart>(each.pdu) && each.from == run.sender().user) channel = each.channel;
    ASSERT_TRUE(channel.has_value());
    run.hub.inject(run.sender().user, *channel, bytes({0xFF, 0xFF, 0xFF}));
    run.hub.run(5s);
    EXPECT_EQ(run.receiver().last<Failed>()->reason, FailureReason::damaged);
    EXPECT_EQ(run.sender().last<Failed>()->reason, FailureReason::no_receivers);
    expect_received(run.receiver(), "other", 200'000);
    EXPECT_EQ(run.parties[2]->last<files::Sent>()->transfer, good);
    run.finish();
}

TEST(FileTrouble, AnAcceptedFileThatNeverComes) {
    Hub hub;
    auto parties = assemble(hub, 2);
    hub.mangle = [&](UserId from, Bytes& octets) {
        auto decoded = decode_mbft_pdu(octets);
        if (from != parties[0]->user || !decoded) return;
        if (std::holds_alternative<FileStart>(decoded->pdu) || std::holds_alternative<FileData>(decoded->pdu))
            octets.clear();
    };
    hub.send(*parties[0], "file", 1000);
    hub.run(kStartTime + 1s);
    EXPECT_EQ(parties[1]->last<Failed>()->reason, FailureReason::timed_out);
    expect_nothing_left(hub);
}

TEST(FileTrouble, AFileThatStops) {
    Halfway run(2);
    run.sender().reads = false;
    run.hub.run(kStallTime + 2s);
    EXPECT_EQ(run.receiver().last<Failed>()->reason, FailureReason::timed_out);
    EXPECT_EQ(run.sender().last<Failed>()->reason, FailureReason::no_receivers);
    run.finish();
}

TEST(FileTrouble, LargerThanTheOwnerTakes) {
    Hub hub;
    Party& sender = hub.add();
    EntityConfig config;
    config.max_file_size = 50'000;
    Party& receiver = hub.add(config);
    hub.run(1s);
    hub.send(sender, "large", 50'001);
    hub.run(1s);
    EXPECT_EQ(sender.last<Rejected>()->reason, RejectReason::transfer_limit);
    EXPECT_EQ(receiver.last<Declined>()->name.text, "large");
    EXPECT_TRUE(receiver.all<Offered>().empty());

    // A sender that announces less than it sends.
    hub.mangle = [&](UserId, Bytes& octets) {
        auto decoded = decode_mbft_pdu(octets);
        if (!decoded) return;
        if (auto* offer = std::get_if<FileOffer>(&decoded->pdu)) offer->header.filesize = 10;
        if (auto* start = std::get_if<FileStart>(&decoded->pdu)) start->header.filesize = 10;
        octets = *encode(decoded->pdu);
    };
    hub.send(sender, "liar", 60'000);
    hub.run(1s);
    EXPECT_EQ(receiver.last<Failed>()->reason, FailureReason::too_large);
    EXPECT_LE(receiver.disk.at(receiver.last<Failed>()->transfer).size(), 50'000U);
    hub.run(10s);
    expect_nothing_left(hub);
}

TEST(FileTrouble, TheTokenIsHeldByAStranger) {
    Hub hub;
    auto parties = assemble(hub, 2);
    hub.tokens_held()[kTransmitToken] = UserId{9999};
    hub.send(*parties[0], "news", 1000, {{}, Via::broadcast});
    hub.run(kTokenPatience - 1s);
    EXPECT_TRUE(parties[1]->all<Offered>().empty());
    hub.run(2s);
    expect_received(*parties[1], "news", 1000);
    EXPECT_EQ(hub.tokens(), 1U);  // still the stranger's
}

TEST(FileTrouble, ATokenThatIsHeldAndUsedIsWaitedFor) {
    Hub hub;
    auto parties = assemble(hub, 3);
    hub.tokens_held()[kTransmitToken] = UserId{9999};
    hub.send(*parties[0], "news", 1000, {{}, Via::broadcast});
    for (int i = 0; i < 60; ++i) {
        FileData data;
        data.handle = FileHandle{77};
        hub.inject(parties[2]->user, kDataChannel, *encode(data));
        hub.run(1s);
    }
    EXPECT_TRUE(parties[1]->all<Offered>().empty());
    hub.run(10s);
    expect_received(*parties[1], "news", 1000);
}

TEST(FileTrouble, NoChannelIsFree) {
    FileEntity entity;
    std::vector<Output> outputs;
    Instant now{};
    entity.on_attached(UserId{1005});
    entity.on_joined(ChannelId{1005}, ChannelId{1005}, now);
    entity.on_roster({}, 1, now);
    entity.on_joined(kControlChannel, kControlChannel, now);
    entity.on_joined(kDataChannel, kDataChannel, now);
    ASSERT_TRUE(entity.send({"a", 1, {}}, {}, now).has_value());
    entity.on_joined(mcs::kAssignChannel, std::nullopt, now);
    ASSERT_TRUE(entity.send({"b", 1, {}}, {{UserId{1007}}, {}}, now).has_value());
    entity.on_convened(std::nullopt, now);
    ASSERT_TRUE(entity.send({"c", 1, {}}, {}, now).has_value());
    entity.on_time(now + kChannelTime);  // no answer at all
    entity.take_outputs(outputs);
    std::size_t failed = 0;
    for (const Output& output : outputs)
        if (const auto* each = std::get_if<Failed>(&output)) failed += each->reason == FailureReason::no_channel;
    EXPECT_EQ(failed, 3U);
    // What comes too late is given back.
    entity.on_joined(mcs::kAssignChannel, ChannelId{1300}, now);
    entity.on_convened(ChannelId{1301}, now);
    entity.take_outputs(outputs);
    ASSERT_EQ(outputs.size(), 2U);
    EXPECT_EQ(std::get<Leave>(outputs[0]).channel, ChannelId{1300});
    EXPECT_EQ(std::get<Disband>(outputs[1]).channel, ChannelId{1301});
}

TEST(FileTrouble, TooManyAtOnce) {
    FileEntity entity;
    for (std::size_t i = 0; i < kMaxOutgoing; ++i) EXPECT_TRUE(entity.send({"a", 1, {}}, {}, {}).has_value());
    EXPECT_EQ(entity.send({"a", 1, {}}, {}, {}).error(), Refusal::too_many);
    EXPECT_EQ(entity.send({"a", kMaxFileSize + 1, {}}, {}, {}).error(), Refusal::too_large);
}

TEST(FileTrouble, AReceiverThatComesTooLateIsTold) {
    Hub hub;
    hub.bandwidth = 1'000'000;
    auto parties = assemble(hub, 2);
    hub.send(*parties[0], "long", 1'000'000);
    hub.run(500ms);
    hub.wire.clear();
    hub.inject(UserId{9000}, mcs::channel_of(parties[0]->user), *encode(FileAccept{FileHandle{1}}));
    hub.run(1s);
    const auto told = std::find_if(hub.wire.begin(), hub.wire.end(),
                                   [](const auto& each) { return std::holds_alternative<FileError>(each.pdu); });
    ASSERT_NE(told, hub.wire.end());
    EXPECT_EQ(told->channel, (ChannelId{9000}));
}

}  // namespace
}  // namespace convene::files
