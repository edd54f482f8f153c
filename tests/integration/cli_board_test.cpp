// The whiteboard in sessions, through the finished program.
#include <gtest/gtest.h>

#include "tests/integration/cli_program.hpp"
#include "tests/integration/test_server.hpp"

namespace convene::integration {
namespace {

using Json = nlohmann::json;

std::vector<std::string> session(const TestServer& server, const std::string& name) {
    return {"join", "--json", "--stay", "--name", name, server.address(), "lobby"};
}

TEST(CliBoard, WhatOneDrawsOthersSee) {
    TestServer server{server::Settings{}};
    CliProgram ada(session(server, "Ada"));
    CliProgram bob(session(server, "Bob"));
    ASSERT_TRUE(ada.event("board-ready")) << ada.out() << ada.err();
    ASSERT_TRUE(bob.event("board-ready")) << bob.out() << bob.err();

    ada.type("/draw line 10 20 110 70 red\n");
    const auto done = ada.event("board-done", {{"command", "draw"}});
    ASSERT_TRUE(done) << ada.out();
    const Json line = (*done)["items"][0];
    const auto seen = bob.event("object-added", {{"object", line}});
    ASSERT_TRUE(seen) << bob.out();
    EXPECT_EQ((*seen)["kind"], "line");
    EXPECT_EQ((*seen)["pen"], "#ff0000");
    EXPECT_EQ((*seen)["fill"], nullptr);
    EXPECT_EQ((*seen)["points"], Json::parse("[[10,20],[110,70]]"));

    bob.type("{\"command\":\"draw\",\"action\":\"ellipse\",\"text\":\"0 0 50 40 #0102ff\"}\n");
    const auto ellipse = ada.event("object-added", {{"kind", "ellipse"}});
    ASSERT_TRUE(ellipse) << ada.out();
    EXPECT_EQ((*ellipse)["pen"], "#0102ff");

    for (const char* words : {"caf\u00e9 at 5", "\u4e2d\u6587"}) {
        ada.type("/text 5 6 " + std::string(words) + "\n");
        const auto text = bob.event("object-added", {{"kind", "text"}});
        ASSERT_TRUE(text) << bob.out();
        EXPECT_EQ((*text)["text"], words);
        EXPECT_EQ((*text)["points"], Json::parse("[[5,6]]"));
    }

    ada.type("/undo\n");
    const auto undone = bob.event("object-removed");
    ASSERT_TRUE(undone) << bob.out();
    ada.type("/redo\n");
    EXPECT_TRUE(bob.event("object-added", {{"text", "\u4e2d\u6587"}})) << bob.out();

    ada.type("/page new\n");
    const auto page = bob.event("page-added");
    ASSERT_TRUE(page) << bob.out();
    EXPECT_EQ((*page)["number"], 2);
    EXPECT_TRUE(bob.event("page-turned", {{"page", (*page)["page"]}})) << bob.out();
    ada.type("/page 1\n");
    EXPECT_TRUE(bob.event("page-turned", {{"page", (*done)["page"]}})) << bob.out();
    ada.type("/clear\n");
    EXPECT_TRUE(bob.event("object-removed", {{"object", line}})) << bob.out();
    EXPECT_TRUE(ada.event("board-done", {{"command", "clear"}})) << ada.out();

    // Who comes late has it all.
    CliProgram carol(session(server, "Carol"));
    const auto ready = carol.event("board-ready");
    ASSERT_TRUE(ready) << carol.out();
    EXPECT_EQ((*ready)["pages"], 2);
    EXPECT_EQ((*ready)["objects"], 0);
}

TEST(CliBoard, SaysWhatItDoesNotUnderstand) {
    TestServer server{server::Settings{}};
    CliProgram ada(session(server, "Ada"));
    ASSERT_TRUE(ada.event("board-ready")) << ada.out() << ada.err();
    for (const char* line :
         {"/draw line 1 2 3", "/draw circle 1 2 3 4", "/draw line 1 2 3 4 reddish", "/draw rect 1 2 3 99999999",
          "/text 1 2", "/text a b c", "/page 9", "/page old", "/undo", "/redo"}) {
        ada.type(std::string(line) + "\n");
        EXPECT_TRUE(ada.event("error")) << line << ada.out();
    }
}

TEST(CliBoard, AScriptDrawsAndLeaves) {
    TestServer server{server::Settings{}};
    CliProgram bob(session(server, "Bob"));
    ASSERT_TRUE(bob.event("board-ready")) << bob.out() << bob.err();
    CliProgram script({"join", "--plain", "--name", "Script", server.address(), "lobby"});
    script.type("/draw rect 1 2 30 40\n/text 5 5 done\n");
    script.end_input();
    EXPECT_EQ(script.exit_code(std::chrono::seconds(30)), 0) << script.err();
    EXPECT_TRUE(bob.event("object-added", {{"kind", "rectangle"}})) << bob.out();
    EXPECT_TRUE(bob.event("object-added", {{"text", "done"}})) << bob.out();
}

}  // namespace
}  // namespace convene::integration
