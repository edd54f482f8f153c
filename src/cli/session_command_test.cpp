#include "cli/session_command.hpp"

#include <gtest/gtest.h>

namespace convene::cli {
namespace {

TEST(SessionCommand, LinesWithoutASlashAreSaid) {
    const auto said = parse_command("  hello there ");
    ASSERT_TRUE(said);
    EXPECT_EQ(said->name, "say");
    EXPECT_EQ(said->text, "hello there");
    EXPECT_EQ(parse_command("//etc/passwd")->text, "/etc/passwd");
}

TEST(SessionCommand, TakesNamesAndText) {
    auto command = parse_command("/msg Bob hi there");
    ASSERT_TRUE(command);
    EXPECT_EQ(command->target, "Bob");
    EXPECT_EQ(command->text, "hi there");
    command = parse_command("/msg \"Alice Smith\"  hi");
    EXPECT_EQ(command->target, "Alice Smith");
    EXPECT_EQ(command->text, "hi");
    EXPECT_EQ(parse_command("/eject Alice Smith")->target, "Alice Smith");
    EXPECT_EQ(parse_command("/conductor give Bob")->target, "Bob");
    EXPECT_EQ(parse_command("/conductor take")->action, "take");
    EXPECT_EQ(parse_command("/time")->text, "");
    EXPECT_EQ(parse_command("/time +5")->text, "+5");
}

TEST(SessionCommand, FilesAndDrawings) {
    auto command = parse_command("/send \"my plan.pdf\" Alice Smith");
    ASSERT_TRUE(command);
    EXPECT_EQ(command->text, "my plan.pdf");
    EXPECT_EQ(command->target, "Alice Smith");
    EXPECT_EQ(parse_command("/send plan.pdf")->target, "");
    EXPECT_EQ(parse_command("/accept 7")->text, "7");
    command = parse_command("/draw line 1 2 3 4 red");
    ASSERT_TRUE(command);
    EXPECT_EQ(command->action, "line");
    EXPECT_EQ(command->text, "1 2 3 4 red");
    EXPECT_EQ(parse_command("/text 1 2  two words")->text, "1 2  two words");
    EXPECT_FALSE(parse_command("/send"));
    EXPECT_FALSE(parse_command("/accept"));
    EXPECT_FALSE(parse_command("/draw circle 1 2 3 4"));
    EXPECT_FALSE(parse_command("/draw line"));
    EXPECT_EQ(parse_json_command(R"({"command":"draw","action":"rect","text":"1 2 3 4"})")->action, "rect");
}

TEST(SessionCommand, SaysWhatIsMissingOrMeant) {
    EXPECT_NE(parse_command("/wo").error().find("did you mean /who?"), std::string::npos);
    EXPECT_NE(parse_command("/msg Bob").error().find("use: /msg NAME TEXT"), std::string::npos);
    EXPECT_FALSE(parse_command("/conductor"));
    EXPECT_FALSE(parse_command("/conductor dance"));
    EXPECT_FALSE(parse_command("/conductor give"));
    EXPECT_FALSE(parse_command("/eject"));
}

TEST(SessionCommand, ReadsJson) {
    const auto command = parse_json_command(R"({"command":"msg","to":1007,"text":"hi"})");
    ASSERT_TRUE(command);
    EXPECT_EQ(command->target, "1007");
    EXPECT_FALSE(parse_json_command("{"));
    EXPECT_FALSE(parse_json_command("[]"));
    EXPECT_FALSE(parse_json_command(R"({"command":"say","text":[]})"));
    EXPECT_FALSE(parse_json_command(R"({"command":"say","text":"a","twice":1})"));
    EXPECT_FALSE(parse_json_command(R"({"text":"a"})"));
}

TEST(SessionCommand, HelpListsAll) {
    for (const SessionCommandRow& row : session_commands())
        EXPECT_NE(command_help().find("/" + std::string(row.name)), std::string::npos);
}

TEST(SessionCommand, Completes) {
    const std::vector<std::string> names{"Alice Smith", "Albert", "Bob"};
    EXPECT_EQ(complete_command("/wh", names), std::vector<std::string>{"/who"});
    EXPECT_EQ(complete_command("/ms", names), std::vector<std::string>{"/msg "});
    EXPECT_EQ(complete_command("/msg al", names), (std::vector<std::string>{"/msg \"Alice Smith\" ", "/msg Albert "}));
    EXPECT_EQ(complete_command("/eject al", names), (std::vector<std::string>{"/eject Alice Smith", "/eject Albert"}));
    EXPECT_EQ(complete_command("/conductor re", names),
              (std::vector<std::string>{"/conductor release", "/conductor refuse"}));
    EXPECT_EQ(complete_command("/conductor give B", names), std::vector<std::string>{"/conductor give Bob"});
    EXPECT_EQ(complete_command("/draw e", names), std::vector<std::string>{"/draw ellipse"});
    EXPECT_EQ(complete_command("/send plan.pdf B", names), std::vector<std::string>{"/send plan.pdf Bob"});
    EXPECT_TRUE(complete_command("/send B", names).empty());
    EXPECT_EQ(complete_command("bo", names), std::vector<std::string>{"Bob: "});
    EXPECT_TRUE(complete_command("/say al", names).empty());
    EXPECT_TRUE(complete_command("", names).empty());
}

}  // namespace
}  // namespace convene::cli
