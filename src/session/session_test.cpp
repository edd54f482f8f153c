#include "session/session.hpp"

#include <gtest/gtest.h>

#include "base/hex.hpp"
#include "session/testing.hpp"

namespace convene::session {
namespace {

using testing::Page;
using testing::World;

constexpr char kStroke[] =
    R"("drawing":{"shape":"open","style":{"pen":"#ff0000","fill":"none","thickness":5,"nib":"circular","pattern":"solid",)"
    R"("highlight":false},"points":[{"x":10.4,"y":20},{"x":30,"y":-5.5},{"x":31,"y":0}]}})";

std::string draw_on(double page) { return R"({"do":"draw","page":)" + std::to_string(int(page)) + "," + kStroke; }

double item_of(const JsonValue& done) { return done.items("items").empty() ? 0 : done.items("items")[0].number(); }

/// All objects of a page's mirror, as they were told last.
std::map<double, JsonValue> objects_of(const Page& page) {
    std::map<double, JsonValue> out;
    for (const auto& event : page.all("board"))
        for (const auto& change : event.items("changes")) {
            if (change.text("kind") == "set") out[change.find("object")->number("id")] = *change.find("object");
            if (change.text("kind") == "gone") out.erase(change.number("object"));
        }
    return out;
}

const JsonValue& person(const JsonValue& roster, std::string_view name) {
    static const JsonValue kNobody;
    for (const auto& each : roster.items("people"))
        if (each.text("name") == name) return each;
    return kNobody;
}

TEST(Session, JoinsAndListsWhoIsThere) {
    World world;
    Page& ada = world.join("Ada");
    EXPECT_EQ(ada.phase(), "joined");
    Page& grace = world.join("Grace");
    const auto roster = ada.last("roster");
    EXPECT_EQ(roster.items("people").size(), 3U);
    EXPECT_TRUE(person(roster, "Ada").truth("isSelf"));
    EXPECT_TRUE(person(roster, "server").truth("isServer"));
    EXPECT_EQ(person(roster, "Grace").items("applications").size(), 3U);
    ASSERT_EQ(ada.all("joined").size(), 1U);
    EXPECT_EQ(ada.all("joined")[0].find("person")->text("name"), "Grace");
    EXPECT_TRUE(grace.all("joined").empty()) << "who was there before has not come";
    world.tell(grace, R"({"do":"hand","up":true})");
    world.tell(grace, R"({"do":"rename","name":"Admiral"})");
    world.pass(std::chrono::seconds{2});
    EXPECT_TRUE(person(ada.last("roster"), "Admiral").truth("handRaised"));
    world.tell(grace, R"({"do":"leave"})");
    world.pass(std::chrono::seconds{2});
    EXPECT_EQ(grace.phase(), "left");
    ASSERT_EQ(ada.all("gone").size(), 1U);
}

TEST(Session, WhatOneDrawsTheOtherSees) {
    World world;
    Page& ada = world.join("Ada");
    Page& grace = world.join("Grace");
    const auto page = item_of(world.call(ada, R"({"do":"addPage"})"));
    ASSERT_NE(page, 0);
    const auto drawn = world.call(ada, draw_on(page));
    ASSERT_TRUE(drawn.truth("ok")) << drawn.text("why");
    world.pass(std::chrono::seconds{1});
    const auto seen = objects_of(grace);
    ASSERT_EQ(seen.size(), 1U);
    const JsonValue& object = seen.at(item_of(drawn));
    EXPECT_EQ(object.text("kind"), "drawing");
    EXPECT_EQ(object.text("shape"), "open");
    EXPECT_EQ(object.find("style")->text("pen"), "#ff0000");
    ASSERT_EQ(object.items("points").size(), 3U);
    EXPECT_EQ(object.items("points")[1].number("y"), -6);
    EXPECT_EQ(object.number("author"), ada.last("status").number("self"));
    EXPECT_TRUE(ada.last("history").truth("canUndo"));
    ASSERT_TRUE(world.call(ada, R"({"do":"undo"})").truth("ok"));
    EXPECT_TRUE(objects_of(grace).empty());
    EXPECT_TRUE(ada.last("history").truth("canRedo"));
    EXPECT_EQ(world.call(grace, R"({"do":"undo"})").text("why"), "gone");
}

TEST(Session, ALateJoinerHasEverything) {
    World world;
    Page& ada = world.join("Ada");
    const auto page = item_of(world.call(ada, R"({"do":"addPage","background":"#102030"})"));
    world.call(ada, draw_on(page));
    world.call(ada, R"({"do":"write","page":)" + std::to_string(int(page)) +
                        R"(,"text":{"text":"héllo\n\"x\"","at":{"x":1,"y":2},"color":"#00ff00","background":"none",)"
                        R"("font":{"face":"Serif","size":24,"bold":true,"italic":false,"underline":true}}})");
    world.tell(ada, R"({"do":"say","text":"first"})");
    Page& late = world.join("Late");
    const auto seen = objects_of(late);
    ASSERT_EQ(seen.size(), 2U);
    const JsonValue& text = std::prev(seen.end())->second;
    EXPECT_EQ(text.text("text"), "héllo\n\"x\"");
    EXPECT_EQ(text.find("font")->number("size"), 24);
    EXPECT_TRUE(text.find("font")->truth("bold"));
    EXPECT_GT(text.number("z"), seen.begin()->second.number("z"));
    const auto past = late.last("past").items("lines");
    ASSERT_EQ(past.size(), 1U);
    EXPECT_EQ(past[0].text("text"), "first");
    EXPECT_LT(past[0].number("number"), 0);
}

TEST(Session, WhatWasDoneWithoutAConnectionGetsThere) {
    World world;
    Page& ada = world.join("Ada");
    Page& grace = world.join("Grace");
    const auto page = item_of(world.call(ada, R"({"do":"addPage"})"));
    world.call(ada, draw_on(page));
    world.tell(ada, R"({"do":"say","text":"before"})");
    world.pass(std::chrono::seconds{1});
    world.is_reachable = false;
    world.cut(ada);
    EXPECT_EQ(ada.phase(), "reconnecting");
    EXPECT_GT(ada.last("status").number("nextAttempt"), 0);
    const auto drawn = world.call(ada, draw_on(page));
    EXPECT_TRUE(drawn.truth("ok")) << "it shows at once";
    EXPECT_EQ(objects_of(ada).size(), 2U);
    EXPECT_GT(ada.last("status").number("unsaved"), 0);
    world.tell(ada, R"({"do":"say","text":"meanwhile"})");
    world.tell(grace, R"({"do":"say","text":"where is Ada?"})");
    world.pass(std::chrono::seconds{40});
    EXPECT_EQ(ada.phase(), "reconnecting");
    world.is_reachable = true;
    world.tell(ada, R"({"do":"reconnect"})");
    world.pass(std::chrono::seconds{5});
    EXPECT_EQ(ada.phase(), "joined");
    EXPECT_EQ(ada.last("status").number("unsaved"), 0);
    EXPECT_EQ(objects_of(grace).size(), 2U);
    std::vector<std::string> said;
    for (const auto& line : grace.all("chat")) said.push_back(line.find("line")->text("text"));
    EXPECT_EQ(said, (std::vector<std::string>{"before", "where is Ada?", "meanwhile"}));
    const auto past = ada.last("past").items("lines");
    ASSERT_EQ(past.size(), 1U) << "only what was missed is news";
    EXPECT_EQ(past[0].text("text"), "where is Ada?");
}

TEST(Session, ALineThatDidNotGetOutIsSaidAgain) {
    World world;
    Page& ada = world.join("Ada");
    Page& grace = world.join("Grace");
    world.tell(ada, R"({"do":"say","text":"kept"})");
    EXPECT_EQ(ada.last("saved").items("numbers").size(), 1U);
    // The wire swallows what is said last.
    const auto wires = std::exchange(ada.wires, {});
    world.tell(ada, R"({"do":"say","text":"lost"})");
    ada.wires = wires;
    world.cut(ada);
    world.pass(std::chrono::seconds{8});
    ASSERT_EQ(ada.phase(), "joined");
    std::vector<std::string> said;
    for (const auto& line : grace.all("chat")) said.push_back(line.find("line")->text("text"));
    EXPECT_EQ(said, (std::vector<std::string>{"kept", "lost"}));
}

TEST(Session, TellsPrivatelyAndSaysWhenItCannot) {
    World world;
    Page& ada = world.join("Ada");
    Page& grace = world.join("Grace");
    const auto node = grace.last("status").number("self");
    EXPECT_TRUE(
        world.call(ada, R"({"do":"whisper","text":"psst","to":)" + std::to_string(int(node)) + "}").truth("ok"));
    EXPECT_FALSE(world.call(ada, R"({"do":"whisper","text":"psst","to":1})").truth("ok"));
    ASSERT_EQ(grace.all("chat").size(), 1U);
    EXPECT_TRUE(grace.last("chat").find("line")->truth("private"));
    EXPECT_EQ(ada.last("chat").find("line")->number("to"), node);
}

TEST(Session, FilesGoBothWays) {
    World world;
    Page& ada = world.join("Ada");
    Page& grace = world.join("Grace");
    Bytes octets(300'000);
    for (std::size_t i = 0; i < octets.size(); ++i) octets[i] = static_cast<std::byte>(i * i >> 3);
    for (auto [from, to] : {std::pair(&ada, &grace), std::pair(&grace, &ada)}) {
        from->outgoing[2] = octets;
        world.tell(*from, R"({"do":"sendFile","file":2,"name":"a/b.bin","size":300000,"modified":1000})");
        world.pass(std::chrono::seconds{2});
        const auto offered = to->last("transfer");
        ASSERT_NE(offered.find("transfer"), nullptr);
        EXPECT_EQ(offered.find("transfer")->text("state"), "offered");
        EXPECT_EQ(offered.find("transfer")->text("name"), "b.bin");
        const auto id = static_cast<std::uint64_t>(offered.find("transfer")->number("id"));
        world.tell(*to, R"({"do":"accept","transfer":)" + std::to_string(id) + "}");
        world.pass(std::chrono::seconds{5});
        EXPECT_EQ(to->last("transfer").find("transfer")->text("state"), "done");
        EXPECT_TRUE(to->last("transfer").find("transfer")->truth("verified"));
        EXPECT_EQ(to->kept[id], octets);
        EXPECT_EQ(from->last("transfer").find("transfer")->text("state"), "done");
    }
}

TEST(Session, PresenceIsToldToTheOthers) {
    World world;
    Page& ada = world.join("Ada");
    Page& grace = world.join("Grace");
    const auto page = item_of(world.call(ada, R"({"do":"addPage"})"));
    world.tell(
        ada, R"({"do":"presence","presence":{"page":)" + std::to_string(int(page)) +
                 R"(,"view":{"x":0,"y":0,"width":800,"height":600},"cursor":{"x":5,"y":6},"laser":true,"busy":true}})");
    world.pass(std::chrono::seconds{1});
    const auto told = grace.last("presence");
    EXPECT_EQ(told.number("node"), ada.last("status").number("self"));
    ASSERT_NE(told.find("presence"), nullptr);
    EXPECT_EQ(told.find("presence")->find("cursor")->number("y"), 6);
    EXPECT_TRUE(told.find("presence")->truth("laser"));
    world.tell(ada, R"({"do":"presence"})");
    world.pass(std::chrono::seconds{1});
    EXPECT_FALSE(grace.last("presence").has("presence"));
}

TEST(Session, PicturesAreSentAndShown) {
    World world;
    Page& ada = world.join("Ada");
    Page& grace = world.join("Grace");
    const auto page = item_of(world.call(ada, R"({"do":"addPage"})"));
    const Bytes indices{std::byte{0}, std::byte{1}, std::byte{1}, std::byte{0}};
    const std::string put = R"({"do":"putPicture","page":)" + std::to_string(int(page)) + R"(,"picture":{"format":)";
    const std::string size = R"("width":2,"height":2,"box":{"x":5,"y":6,"width":20,"height":20}}})";
    const auto done = world.call(ada, put + R"("palette","colors":[255,16711680],)" + size, indices);
    ASSERT_TRUE(done.truth("ok"));
    world.pass(std::chrono::seconds{1});
    const auto shown = grace.session.picture(whiteboard::ItemId{static_cast<std::uint32_t>(item_of(done))});
    ASSERT_TRUE(shown);
    EXPECT_FALSE(shown->is_jpeg);
    ASSERT_EQ(shown->octets.size(), 16U);
    EXPECT_EQ(to_hex(ByteView(shown->octets).first(8)), "0000ffffff0000ff");
    EXPECT_EQ(objects_of(grace).begin()->second.find("box")->number("width"), 20);
    EXPECT_EQ(world.call(ada, put + R"("rgb",)" + size, indices).text("why"), "invalid");
}

TEST(Session, GivesUpWhenTheServerSaysNo) {
    World world;
    world.is_reachable = false;
    Page& ada = world.start("Ada");
    EXPECT_EQ(ada.phase(), "connecting");
    world.pass(std::chrono::seconds{60});
    EXPECT_EQ(ada.phase(), "ended");
    EXPECT_EQ(ada.last("status").text("why"), "unreachable");
    EXPECT_EQ(ada.session.deadline(), std::nullopt);
}

TEST(Session, IgnoresWhatIsNoCommand) {
    World world;
    Page& ada = world.join("Ada");
    for (const char* json :
         {"", "{", "[]", "{}", R"({"do":"dance"})", R"({"do":"draw","call":1})", R"({"do":"accept"})",
          R"({"do":"transform","changes":[{}],"call":2})", R"({"do":"start"})"})
        world.tell(ada, json);
    EXPECT_EQ(ada.phase(), "joined");
    for (const auto& done : ada.all("done")) EXPECT_FALSE(done.truth("ok"));
}

}  // namespace
}  // namespace convene::session
