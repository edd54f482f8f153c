#include "server/settings.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "server/settings_load.hpp"
#include "server/settings_print.hpp"
#include "server/settings_table.hpp"

namespace convene::server {
namespace {

TEST(SettingValue, DurationsAndSizes) {
    EXPECT_EQ(*parse_duration("10m"), Milliseconds(600'000));
    EXPECT_EQ(*parse_duration("250ms"), Milliseconds(250));
    EXPECT_EQ(*parse_duration("1d"), Milliseconds(86'400'000));
    EXPECT_EQ(parse_size("64MiB")->value, 64u << 20);
    EXPECT_EQ(parse_size("1000")->value, 1000u);
    for (const char* wrong :
         {"", "10", "10 s", "s", "-1s", "1.5s", "10minutes", "99999999999999999999s", "9223372036854775807d"})
        EXPECT_FALSE(parse_duration(wrong)) << wrong;
    for (const char* wrong : {"", "64MB", "64 MiB", "-1", "99999999999GiB"}) EXPECT_FALSE(parse_size(wrong)) << wrong;
}

TEST(SettingValue, PrintsWhatItReads) {
    for (const char* text : {"0ms", "250ms", "90s", "10m", "1h", "2d"}) EXPECT_EQ(to_text(*parse_duration(text)), text);
    for (const char* text : {"0", "1000", "64KiB", "3MiB", "1GiB"}) EXPECT_EQ(to_text(*parse_size(text)), text);
}

TEST(Settings, EveryRowHasItsOwnNameFlagAndSentence) {
    std::set<std::string> seen;
    for (const auto& row : settings_table()) {
        EXPECT_TRUE(seen.insert(flag_of(row)).second) << flag_of(row);
        EXPECT_TRUE(seen.insert(variable_of(row)).second) << variable_of(row);
        EXPECT_TRUE(row.sentence.ends_with('.')) << row.name;
        EXPECT_TRUE(check_value(row, Settings{})) << row.name << " has a default that is not allowed";
        EXPECT_FALSE(value_name(row).empty());
    }
}

TEST(Settings, ReadsAFile) {
    Settings settings;
    const auto problems = read_toml(R"(
[server]
listen = ["*:1503", "[::1]:1504"]
drain_time = "3s"
[limits]
output_queue = "2MiB"
connections = 77
[conferences]
list_created = false
[[conference]]
name = "Board"
max_users = 12
[[conference]]
number = "42"
)",
                                    "f", settings);
    EXPECT_TRUE(problems.empty()) << problems[0].where << problems[0].text;
    EXPECT_EQ(settings.listen, (std::vector<std::string>{"*:1503", "[::1]:1504"}));
    EXPECT_EQ(settings.drain_time, Milliseconds(3000));
    EXPECT_EQ(settings.output_queue.value, 2u << 20);
    EXPECT_EQ(settings.max_connections, 77u);
    EXPECT_FALSE(settings.list_created);
    ASSERT_EQ(settings.conferences.size(), 2u);
    EXPECT_EQ(settings.conferences[0].max_users, 12u);
    EXPECT_EQ(settings.conferences[1].number, "42");
}

TEST(Settings, EveryMistakeHasItsPlace) {
    const auto problem_of = [](std::string_view text) {
        Settings settings;
        const auto problems = read_toml(text, "f", settings);
        return problems.empty() ? std::string("none") : problems[0].where + " " + problems[0].text;
    };
    EXPECT_EQ(problem_of("[server]\nlisten = []\n  lisen = []"),
              "f:3:3 unknown key \"lisen\"; did you mean \"listen\"?");
    EXPECT_EQ(problem_of("[limit]\nusers = 3"), "f:1:2 unknown section \"limit\"; did you mean \"limits\"?");
    EXPECT_EQ(problem_of("[server]\nxyzzy = 1"), "f:2:1 unknown key \"xyzzy\"");
    EXPECT_EQ(problem_of("[server]\ndrain_time = 5"),
              "f:2:14 server.drain_time must be a duration with its unit in quotes, such as \"10s\"");
    EXPECT_EQ(problem_of("[server]\ndrain_time = \"5 s\"").substr(0, 26), "f:2:14 server.drain_time: ");
    EXPECT_EQ(problem_of("[limits]\nusers = \"3\""), "f:2:9 limits.users must be a whole number, without quotes");
    EXPECT_EQ(problem_of("[limits]\nusers = 0"), "f:2:9 limits.users must be between 1 and 60000");
    EXPECT_EQ(problem_of("[log]\nformat = \"xml\""), "f:2:10 log.format: \"xml\" is not one of: text, json");
    EXPECT_EQ(problem_of("[conference]\nname = \"a\""),
              "f:1:1 write [[conference]] with two brackets: there may be several");
    EXPECT_EQ(problem_of("[server\n").substr(0, 4), "f:1:");
    EXPECT_EQ(problem_of("server = 1"), "f:1:1 \"server\" is a section: write [server] and its keys below");
}

class Loading : public ::testing::Test {
protected:
    Loading() {
        std::string name = ::testing::TempDir() + "convene-settings-XXXXXX";
        directory_ = ::mkdtemp(name.data());
        sources_.file = directory_ + "/convene.toml";
        sources_.variable = [this](const char* variable) -> const char* {
            const auto found = environment_.find(variable);
            return found == environment_.end() ? nullptr : found->second.c_str();
        };
        write("convene.toml", "");
    }
    ~Loading() override { std::filesystem::remove_all(directory_); }

    void write(const std::string& name, std::string_view text) {
        std::filesystem::create_directories(std::filesystem::path(directory_ + "/" + name).parent_path());
        std::ofstream(directory_ + "/" + name) << text;
    }

    std::string directory_;
    std::map<std::string, std::string> environment_;
    SettingSources sources_;
};

TEST_F(Loading, WithoutTlsOnlyLoopback) {
    write("convene.toml", "[web]\nplain_listen = [\"127.0.0.1:8080\", \"localhost:8081\"]");
    EXPECT_TRUE(load_settings(sources_).problems.empty());
    for (const char* open : {"*:8080", "192.0.2.1:80", "8080", "[2001:db8::1]:80"}) {
        write("convene.toml", "[web]\nplain_listen = [\"" + std::string(open) + "\"]");
        const auto loaded = load_settings(sources_);
        ASSERT_EQ(loaded.problems.size(), 1U) << open;
        EXPECT_EQ(loaded.problems[0].where, "web.plain_listen");
        EXPECT_NE(loaded.problems[0].text.find("no loopback address"), std::string::npos);
    }
}

TEST_F(Loading, TheFrameAncestorsCannotAddToThePolicy) {
    write("convene.toml", "[web]\nframe_ancestors = \"'self' https://lms.example\"");
    EXPECT_TRUE(load_settings(sources_).problems.empty());
    write("convene.toml", "[web]\nframe_ancestors = \"'none'; script-src *\"");
    EXPECT_EQ(load_settings(sources_).problems.size(), 1U);
}

TEST_F(Loading, FlagGoesOverEnvironmentGoesOverFile) {
    write("convene.toml", "[limits]\nusers = 1\nconnections = 1\nconferences = 1");
    write("conf.d/10-more.toml", "[limits]\nconferences = 9");
    environment_ = {{"CONVENE_LIMITS_USERS", "2"}, {"CONVENE_LIMITS_CONNECTIONS", "2"}};
    sources_.flags = {{"--limits-users", "3"}, {"--listen", "127.0.0.1:1"}, {"--listen", "127.0.0.1:2"}};
    const auto loaded = load_settings(sources_);
    EXPECT_TRUE(loaded.problems.empty());
    EXPECT_EQ(loaded.settings.max_users, 3u);
    EXPECT_EQ(loaded.settings.max_connections, 2u);
    EXPECT_EQ(loaded.settings.max_conferences, 9u);
    EXPECT_EQ(loaded.settings.listen, (std::vector<std::string>{"127.0.0.1:1", "127.0.0.1:2"}));
    EXPECT_EQ(loaded.origins.at("limits.users"), "--limits-users");
    EXPECT_EQ(loaded.origins.at("limits.connections"), "CONVENE_LIMITS_CONNECTIONS");
    EXPECT_EQ(loaded.origins.at("limits.conferences"), directory_ + "/conf.d/10-more.toml:2:1");
}

TEST_F(Loading, ReportsWhatIsWrong) {
    const auto problem = [&] {
        const auto loaded = load_settings(sources_);
        return loaded.problems.empty() ? std::string("none")
                                       : loaded.problems[0].where + ": " + loaded.problems[0].text;
    };
    EXPECT_EQ(problem(), "none");
    environment_["CONVENE_LIMITS_USERS"] = "many";
    EXPECT_EQ(problem(), "CONVENE_LIMITS_USERS: \"many\" is not a whole number");
    environment_ = {{"CONVENE_SERVER_LISTEN", "example.org"}};
    EXPECT_NE(problem().find("no IP address"), std::string::npos);
    environment_.clear();
    write("convene.toml", "[[conference]]\nname = \"lobby\"");
    EXPECT_EQ(problem(), "conference \"lobby\": has the same name or number as another one");
    write("convene.toml", "[[conference]]\nname = \"a\"\npassword_file = \"/nowhere/secret\"");
    EXPECT_EQ(problem(), "conference \"a\": cannot read /nowhere/secret: No such file or directory");
    sources_.file = directory_ + "/absent.toml";
    EXPECT_EQ(problem(), directory_ + "/absent.toml: cannot be read: No such file or directory");
}

TEST_F(Loading, PasswordsAreReadFromTheFirstLine) {
    write("secret", "open sesame\r\nmore\n");
    EXPECT_EQ(*read_secret(directory_ + "/secret"), "open sesame");
    write("secret", "\n");
    EXPECT_FALSE(read_secret(directory_ + "/secret"));
}

TEST(Settings, WhatIsPrintedReadsBack) {
    Settings settings;
    settings.listen = {"*:1", "a \"quoted\" \\ text\n"};
    settings.max_users = 5;
    settings.conferences.resize(1);
    settings.conferences[0].name = "Ünïcode";
    settings.conferences[0].listed = false;
    Settings again;
    again.listen.clear();
    EXPECT_TRUE(read_toml(settings_as_toml(settings), "f", again).empty());
    EXPECT_EQ(again, settings);
}

TEST(Settings, SaysWhichKeysNeedARestart) {
    Settings before, after;
    after.listen = {"*:1"};
    after.max_users = 4;
    EXPECT_EQ(keys_needing_restart(before, after), (std::vector<std::string>{"server.listen"}));
}

TEST(Settings, TheExampleFileIsInStepWithTheTable) {
    std::ifstream in("packaging/convene.toml");
    const std::string packaged((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    EXPECT_EQ(packaged, example_toml()) << "write it anew with CONVENE_WRITE_EXAMPLE=1";
    if (std::getenv("CONVENE_WRITE_EXAMPLE") != nullptr) std::ofstream("packaging/convene.toml") << example_toml();

    // With every # before a key removed it is a valid file that changes nothing.
    std::string uncommented;
    std::istringstream lines(example_toml());
    for (std::string line; std::getline(lines, line);)
        uncommented += (line.starts_with("#") && !line.starts_with("# ") ? line.substr(1) : line) + "\n";
    Settings settings;
    for (const auto& problem : read_toml(uncommented, "example", settings))
        EXPECT_EQ(problem.text, "a conference needs a name or a number") << problem.where;
    settings.conferences.clear();
    EXPECT_EQ(settings, Settings{});
}

TEST(Settings, TheReferenceNamesEveryKey) {
    const auto reference = settings_reference();
    for (const auto& row : settings_table())
        EXPECT_NE(reference.find("`" + std::string(row.section) + "." + std::string(row.name) + "`"),
                  std::string::npos);
}

}  // namespace
}  // namespace convene::server
