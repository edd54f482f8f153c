// Asking for files, resuming, directories and the conductor.
#include <gtest/gtest.h>

#include "files/testing_checks.hpp"

namespace convene::files {
namespace {

using namespace files::testing;
using namespace std::chrono_literals;

WantedFile wanted(std::string name) { return {std::move(name), std::nullopt, std::nullopt, std::nullopt}; }

TransferId ask(Hub& hub, Party& party, WantedFile file) {
    const std::string name = file.name;
    auto transfer = party.entity.request(std::move(file), hub.now);
    if (!transfer) {
        ADD_FAILURE() << to_string(transfer.error());
        return {};
    }
    party.names[*transfer] = name;
    hub.drain(party);
    return *transfer;
}

TEST(FileRequests, AHolderOffers) {
    Hub hub;
    auto parties = assemble(hub, 4);
    parties[1]->shelf["minutes"] = contents_of("minutes", 50'000);
    const TransferId transfer = ask(hub, *parties[0], wanted("minutes"));
    hub.run(2s);
    expect_received(*parties[0], "minutes", 50'000);
    EXPECT_EQ(parties[0]->last<Received>()->transfer, transfer);
    EXPECT_TRUE(parties[0]->last<Offered>()->requested);
    // Nobody else is bothered with the answer.
    EXPECT_TRUE(parties[2]->all<Offered>().empty());
    EXPECT_EQ(parties[2]->all<Requested>().size(), 1U);
    hub.run(10min);
    expect_nothing_left(hub);
}

TEST(FileRequests, TheFirstOfSeveralHoldersWins) {
    Hub hub;
    auto parties = assemble(hub, 3);
    for (Party* party : {parties[1], parties[2]}) party->shelf["minutes"] = contents_of("minutes", 50'000);
    parties[0]->accepts = false;
    ask(hub, *parties[0], wanted("minutes"));
    hub.run(2s);
    EXPECT_EQ(parties[0]->all<Received>().size(), 1U);
    // The other's offer is one like any other.
    ASSERT_EQ(parties[0]->all<Offered>().size(), 2U);
    EXPECT_FALSE(parties[0]->last<Offered>()->requested);
    hub.run(10min);
    expect_nothing_left(hub);
}

TEST(FileRequests, NobodyHasIt) {
    Hub hub;
    auto parties = assemble(hub, 2);
    const TransferId transfer = ask(hub, *parties[0], wanted("minutes"));
    hub.run(kRequestTime + 1s);
    EXPECT_EQ(parties[0]->last<Failed>()->transfer, transfer);
    EXPECT_EQ(parties[0]->last<Failed>()->reason, FailureReason::timed_out);
    expect_nothing_left(hub);
}

TEST(FileRequests, AHolderThatWasNamedDenies) {
    Hub hub;
    auto parties = assemble(hub, 3);
    parties[1]->shelf["minutes"] = contents_of("minutes", 10);
    WantedFile file = wanted("other");
    file.holder = parties[1]->user;
    ask(hub, *parties[0], file);
    hub.run(1s);
    EXPECT_TRUE(parties[2]->all<Requested>().empty());
    // The hub's owners drop what they do not have without a word, so this one answers by hand.
    hub.inject(parties[1]->user, mcs::channel_of(parties[0]->user),
               *encode(FileDeny{RequestHandle{1}, DenyReason::file_not_present}));
    hub.run(1s);
    ASSERT_TRUE(parties[0]->last<Failed>().has_value());
    EXPECT_EQ(parties[0]->last<Failed>()->reason, FailureReason::denied);
    EXPECT_EQ(parties[0]->last<Failed>()->detail, "there is no such file");
    expect_nothing_left(hub);
}

TEST(FileRequests, OneAtATimeIsUnderWay) {
    Hub hub;
    auto parties = assemble(hub, 3);
    for (const char* name : {"a", "b", "c", "d"}) parties[2]->shelf[name] = contents_of(name, 1000);
    ask(hub, *parties[0], wanted("a"));
    ask(hub, *parties[0], wanted("b"));
    ask(hub, *parties[1], wanted("c"));
    ask(hub, *parties[1], wanted("d"));
    hub.run(20s);
    EXPECT_EQ(parties[0]->all<Received>().size(), 2U);
    EXPECT_EQ(parties[1]->all<Received>().size(), 2U);
    hub.run(10min);
    expect_nothing_left(hub);
}

TEST(FileRequests, CanBeCancelled) {
    Hub hub;
    auto parties = assemble(hub, 2);
    const TransferId first = ask(hub, *parties[0], wanted("a"));
    const TransferId second = ask(hub, *parties[0], wanted("b"));
    ASSERT_TRUE(parties[0]->entity.cancel(second, hub.now).has_value());
    hub.run(1s);
    ASSERT_TRUE(parties[0]->entity.cancel(first, hub.now).has_value());
    hub.drain(*parties[0]);
    EXPECT_EQ(parties[0]->all<Failed>().size(), 2U);
    EXPECT_FALSE(parties[0]->entity.cancel(first, hub.now).has_value());
    hub.run(1min);
    expect_nothing_left(hub);
}

/// What a receiver has after the connection was lost in the middle of a file.
Failed interrupted(Hub& hub, Party& sender, Party& receiver, std::size_t size) {
    hub.bandwidth = 1'000'000;
    hub.send(sender, "long", size);
    hub.run(500ms);
    hub.lose(receiver);
    hub.bandwidth = 0;
    auto failed = receiver.last<Failed>();
    if (!failed || !failed->partial) {
        ADD_FAILURE() << "nothing to resume";
        return {};
    }
    return *failed;
}

TEST(FileResume, GoesOnWhereItStopped) {
    Hub hub;
    auto parties = assemble(hub, 2);
    const Failed failed = interrupted(hub, *parties[0], *parties[1], 1'000'000);
    ASSERT_GT(failed.partial->octets, 100'000U);
    parties[0]->shelf["long"] = contents_of("long", 1'000'000);
    hub.run(1s);

    Party& again = hub.add();
    hub.run(1s);
    hub.wire.clear();
    const TransferId transfer = ask(hub, again, {"long", 1'000'000, failed.partial, std::nullopt});
    again.disk[transfer] = parties[1]->disk.at(failed.transfer);
    hub.run(5s);
    expect_received(again, "long", 1'000'000);
    std::size_t octets = 0;
    for (const auto& each : hub.wire) {
        if (const auto* start = std::get_if<FileStart>(&each.pdu)) {
            EXPECT_EQ(start->data_offset, static_cast<std::int64_t>(failed.partial->octets));
            octets += start->data.size();
        }
        if (const auto* data = std::get_if<FileData>(&each.pdu)) octets += data->data.size();
    }
    EXPECT_EQ(octets, 1'000'000 - failed.partial->octets);
    hub.run(10min);
    expect_nothing_left(hub);
}

TEST(FileResume, AnotherFileOfThatNameComesWhole) {
    Hub hub;
    auto parties = assemble(hub, 2);
    const Failed failed = interrupted(hub, *parties[0], *parties[1], 1'000'000);
    Bytes changed = contents_of("long", 1'000'000);
    changed[17] ^= std::byte{1};
    parties[0]->shelf["long"] = changed;
    hub.run(1s);
    Party& again = hub.add();
    hub.run(1s);
    const TransferId transfer = ask(hub, again, {"long", std::nullopt, failed.partial, std::nullopt});
    again.disk[transfer] = parties[1]->disk.at(failed.transfer);
    hub.run(5s);
    ASSERT_TRUE(again.last<Received>().has_value());
    EXPECT_EQ(again.last<Received>()->verified, Verified::yes);
    EXPECT_TRUE(again.disk.at(transfer) == changed);
}

TEST(FileResume, NothingWasMissing) {
    Hub hub;
    auto parties = assemble(hub, 2);
    parties[1]->shelf["whole"] = contents_of("whole", 20'000);
    Partial partial{"whole", 20'000, 20'000, {}};
    partial.hash.update(contents_of("whole", 20'000));
    const TransferId transfer = ask(hub, *parties[0], {"whole", 20'000, partial, std::nullopt});
    parties[0]->disk[transfer] = contents_of("whole", 20'000);
    hub.run(5s);
    expect_received(*parties[0], "whole", 20'000);
}

TEST(FileResume, MoreThanTheFileHas) {
    Hub hub;
    auto parties = assemble(hub, 2);
    parties[1]->shelf["short"] = contents_of("short", 20'000);
    Partial partial{"short", 30'000, 30'000, {}};
    partial.hash.update(contents_of("short", 30'000));
    ask(hub, *parties[0], {"short", 30'000, partial, std::nullopt});
    hub.run(5s);
    expect_received(*parties[0], "short", 20'000);
}

TEST(FileResume, AStrangersOffsetIsTakenAtItsWord) {
    Hub hub;
    auto parties = assemble(hub, 2);
    parties[0]->shelf["huge"] = contents_of("huge", 30'000);
    parties[1]->accepts = false;
    FileRequest request;
    request.header.filename = filename_of("huge");
    request.data_channel = kDataChannel;
    request.handle = RequestHandle{5};
    request.transmit_token = kTransmitToken;
    request.request_token = kRequestToken;
    request.data_offset = 25'000;
    hub.inject(parties[1]->user, kControlChannel, *encode(request));
    hub.run(1s);
    const FileAccept accept{FileHandle{1}};
    hub.wire.clear();
    hub.inject(parties[1]->user, mcs::channel_of(parties[0]->user), *encode(accept));
    hub.run(1s);
    const auto start = std::find_if(hub.wire.begin(), hub.wire.end(),
                                    [](const auto& each) { return std::holds_alternative<FileStart>(each.pdu); });
    ASSERT_NE(start, hub.wire.end());
    EXPECT_EQ(std::get<FileStart>(start->pdu).data_offset, 25'000);
    EXPECT_EQ(std::get<FileStart>(start->pdu).data.size(), 5'000U);
    EXPECT_TRUE(std::get<FileStart>(start->pdu).eof);
    // Its hash is not that of the whole, so none is told.
    for (const auto& each : hub.wire) EXPECT_FALSE(std::holds_alternative<MbftNonStandard>(each.pdu));
}

TEST(FileDirectory, AskedAndListed) {
    Hub hub;
    EntityConfig config;
    config.has_directory = true;
    Party& asker = hub.add();
    Party& holder = hub.add(config);
    hub.run(1s);
    ASSERT_TRUE(asker.entity.ask_directory(holder.user, {"docs", ".."}).has_value());
    hub.drain(asker);
    hub.run(1s);
    const auto asked = holder.last<DirectoryAsked>();
    ASSERT_TRUE(asked.has_value());
    EXPECT_EQ(asked->path, (std::vector<FileName>{{"docs", false}, {"unnamed", true}}));
    holder.entity.list_directory(asker.user, DirectoryResult::successful,
                                 {{{"a.txt", false}, 12, 915246245, false}, {{"sub", false}, {}, {}, true}});
    hub.drain(holder);
    hub.run(1s);
    const auto listed = asker.last<DirectoryListed>();
    ASSERT_TRUE(listed.has_value());
    EXPECT_EQ(listed->result, DirectoryResult::successful);
    ASSERT_EQ(listed->entries.size(), 2U);
    EXPECT_EQ(listed->entries[0].name.text, "a.txt");
    EXPECT_EQ(listed->entries[0].size, 12U);
    EXPECT_EQ(listed->entries[0].modified, 915246245);
    EXPECT_TRUE(listed->entries[1].is_directory);
    // A list nobody asked for.
    holder.entity.list_directory(asker.user, DirectoryResult::successful, {});
    hub.drain(holder);
    hub.run(1s);
    EXPECT_EQ(asker.all<DirectoryListed>().size(), 1U);
}

TEST(FileDirectory, NoneIsShownByDefault) {
    Hub hub;
    auto parties = assemble(hub, 2);
    ASSERT_TRUE(parties[0]->entity.ask_directory(parties[1]->user, {}).has_value());
    hub.drain(*parties[0]);
    hub.run(1s);
    EXPECT_TRUE(parties[1]->all<DirectoryAsked>().empty());
    EXPECT_EQ(parties[0]->last<DirectoryListed>()->result, DirectoryResult::function_not_supported);
    EXPECT_TRUE(parties[0]->last<DirectoryListed>()->entries.empty());
}

TEST(FileDirectory, LongListsAreCut) {
    std::vector<DirectoryLine> lines(kMaxDirectoryEntries + 10, DirectoryLine{{"name", false}, 1, {}, false});
    const auto response = directory_response(DirectoryResult::successful, lines);
    EXPECT_EQ(response.entries.size(), kMaxDirectoryEntries);
    EXPECT_LE(encode(response)->size(), kMaxDirectoryOctets);
    lines.assign(kMaxDirectoryEntries, DirectoryLine{{std::string(255, 'a'), false}, kMaxFileSize, 915246245, false});
    EXPECT_LE(encode(directory_response(DirectoryResult::successful, lines))->size(), kMaxDirectoryOctets);
}

TEST(FileConduct, OnlyWhomTheConductorAllows) {
    Hub hub;
    auto parties = assemble(hub, 3);
    Party &conductor = *parties[0], &member = *parties[1];
    hub.conduct(&conductor);
    EXPECT_EQ(member.last<PrivilegesChanged>()->is_conducted, true);
    hub.send(member, "file", 1000);
    EXPECT_EQ(hub.last_refusal, Refusal::no_privilege);
    EXPECT_EQ(member.entity.request(wanted("x"), hub.now).error(), Refusal::no_privilege);
    EXPECT_EQ(member.entity.assign_privileges({}).error(), Refusal::no_privilege);
    hub.send(conductor, "by the conductor", 1000);
    hub.run(2s);
    expect_received(member, "by the conductor", 1000);

    ASSERT_TRUE(member.entity.request_privileges({Privilege::file_transfer}).has_value());
    EXPECT_FALSE(conductor.entity.request_privileges({Privilege::file_transfer}).has_value());
    hub.drain(member);
    hub.run(1s);
    const auto asked = conductor.last<PrivilegeAsked>();
    ASSERT_TRUE(asked.has_value());
    EXPECT_EQ(asked->from, member.user);
    ASSERT_TRUE(conductor.entity.assign_privileges({{member.user, asked->privileges}}).has_value());
    hub.drain(conductor);
    hub.run(1s);
    EXPECT_EQ(member.last<PrivilegesChanged>()->privileges, std::vector<Privilege>{Privilege::file_transfer});
    hub.send(member, "file", 1000);
    EXPECT_EQ(hub.last_refusal, std::nullopt);
    hub.send(member, "file", 1000, {{conductor.user}, {}});
    EXPECT_EQ(hub.last_refusal, Refusal::no_privilege);  // private channels are another privilege
    hub.run(2s);
    expect_received(conductor, "file", 1000);

    hub.conduct(parties[2]);  // a new one voids everything
    EXPECT_FALSE(member.entity.may(Privilege::file_transfer));
    hub.conduct(nullptr);
    EXPECT_TRUE(member.entity.may(Privilege::file_transfer));
    EXPECT_EQ(member.last<PrivilegesChanged>()->is_conducted, false);
}

TEST(FileConduct, WhoDoesNotConductAssignsNothing) {
    Hub hub;
    auto parties = assemble(hub, 3);
    hub.conduct(parties[0]);
    const PrivilegeAssign assign{{UserPrivileges{parties[1]->user, {Privilege::file_transfer}}}};
    hub.inject(parties[2]->user, kControlChannel, *encode(assign));
    hub.run(1s);
    EXPECT_FALSE(parties[1]->entity.may(Privilege::file_transfer));
    hub.inject(parties[0]->user, kControlChannel, *encode(assign));
    hub.run(1s);
    EXPECT_TRUE(parties[1]->entity.may(Privilege::file_transfer));
}

TEST(FileConduct, TheConductorStopsWhatOthersMayNot) {
    Hub hub;
    hub.bandwidth = 1'000'000;
    auto parties = assemble(hub, 4);
    hub.send(*parties[0], "long", 1'000'000);
    hub.run(300ms);
    const Bytes abort = *encode(FileAbort{AbortReason::bandwidth_required, std::nullopt, std::nullopt, std::nullopt});
    hub.inject(parties[3]->user, kControlChannel, abort);
    hub.run(100ms);
    EXPECT_TRUE(parties[0]->all<Failed>().empty());
    EXPECT_TRUE(parties[1]->all<Failed>().empty());
    hub.conduct(parties[3]);
    hub.inject(parties[3]->user, kControlChannel, abort);
    hub.run(100ms);
    EXPECT_EQ(parties[0]->last<Failed>()->reason, FailureReason::aborted);
    EXPECT_EQ(parties[1]->last<Failed>()->reason, FailureReason::aborted);
    hub.run(10min);
    expect_nothing_left(hub);
}

}  // namespace
}  // namespace convene::files
