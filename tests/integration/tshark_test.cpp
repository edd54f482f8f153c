// Wireshark's reader as a witness: what this project writes is T.120 to somebody who never saw its code.
#include <gtest/gtest.h>
#include <stdlib.h>

#include <cstdio>
#include <filesystem>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "mcs/parameters.hpp"
#include "tests/integration/people.hpp"
#include "tests/integration/test_server.hpp"

namespace convene::integration {
namespace {

struct Output {
    int status = -1;
    std::string text;
};

Output run(const std::string& command) {
    Output out;
    FILE* pipe = ::popen((command + " 2>/dev/null").c_str(), "r");
    if (pipe == nullptr) return out;
    char buffer[4096];
    while (const std::size_t count = std::fread(buffer, 1, sizeof buffer, pipe)) out.text.append(buffer, count);
    out.status = ::pclose(pipe);
    return out;
}

std::vector<std::string> split(const std::string& text, char at) {
    std::vector<std::string> out;
    std::istringstream in(text);
    for (std::string part; std::getline(in, part, at);) out.push_back(part);
    return out;
}

/// A directory that goes away with the test.
struct ScratchDirectory {
    std::string path;
    ScratchDirectory() {
        char name[] = "/tmp/convene-captures-XXXXXX";
        if (::mkdtemp(name) != nullptr) path = name;
    }
    ~ScratchDirectory() { std::filesystem::remove_all(path); }
};

// Two things of the standards Wireshark 4 does not know, and so this session does without them: version 3 of T.125,
// whose PDUs it reads as those of version 2, and that SimpleTextString has eight bits a character (its T.124 module
// lacks the constraint FROM (U+0000..U+00FF), which PER sees), hence conferences that have numbers alone.
node::NodeConfig person_of_version_2(std::string name) {
    auto config = person_named(std::move(name));
    config.links.range = mcs::without_version_3(config.links.range);
    return config;
}

gcc::ConferenceProfile profile_numbered(std::string number) {
    gcc::ConferenceProfile profile;
    profile.name.numeric = std::move(number);
    return profile;
}

/// Query, create, two joins, chat, leave; then the server goes away, so that every capture is complete.
void hold_a_conference(const std::string& captures, std::uint16_t& port) {
    server::Settings settings;
    settings.capture_directory = captures;
    settings.roster_delay = server::Milliseconds(20);
    settings.default_name.clear();
    TestServer server(settings);
    port = server.port();
    People people;

    auto& asker = people.add(person_of_version_2("Asker"));
    asker.node().query(server.address(), io::NodeRunner::now());
    asker.runner().act();
    ASSERT_TRUE(people.run_until([&] { return !asker.all<node::QueryAnswered>().empty(); }));

    auto& ada = people.add(person_of_version_2("Ada"));
    ada.node().create(server.address(), profile_numbered("42"), io::NodeRunner::now());
    ada.runner().act();
    ASSERT_TRUE(people.run_until([&] { return ada.can_chat(); }));
    auto& grace = people.add(person_of_version_2("Grace"));
    auto& hedy = people.add(person_of_version_2("Hedy"));
    grace.join(server.address(), "42");
    hedy.join(server.address(), "42");
    ASSERT_TRUE(people.run_until([&] { return grace.can_chat() && hedy.can_chat() && ada.roster_size() == 4; }));

    ada.say("hello");
    grace.say("good evening");
    ASSERT_TRUE(
        people.run_until([&] { return hedy.lines().size() == 2 && !ada.lines().empty() && !grace.lines().empty(); }));
    for (auto* person : {&grace, &hedy, &ada}) {
        person->leave();
        ASSERT_TRUE(people.run_until([&] { return person->is_over(); }));
    }
    ASSERT_TRUE(people.run_until([&] { return server.connections() == 0; })) << server.log_text();
}

struct Reading {
    std::size_t packets = 0;
    std::set<std::string> protocols;
    std::size_t not_mcs = 0;  ///< packets whose TSDUs were taken for something else
};

/// Reads one capture; every packet that is malformed to tshark is a failure.
Reading read(const std::string& file, std::uint16_t port, const std::string& options) {
    Reading out;
    const Output fields =
        run("tshark -r " + file + " -d tcp.port==" + std::to_string(port) + ",tpkt " + options +
            " -o tcp.check_checksum:TRUE -T fields -E separator=/t -e frame.number -e frame.protocols "
            "-e _ws.malformed -e _ws.expert.message");
    EXPECT_EQ(fields.status, 0);
    for (const auto& line : split(fields.text, '\n')) {
        const auto columns = split(line, '\t');
        if (columns.size() < 2) continue;
        ++out.packets;
        for (auto& protocol : split(columns[1], ':')) {
            if (protocol == "data" || protocol == "ses") ++out.not_mcs;
            out.protocols.insert(protocol);
        }
        EXPECT_TRUE(columns.size() < 3 || columns[2].empty()) << "malformed: " << file << " " << line;
        for (const char* trouble : {"alformed", "ad checksum", "BER Error"})
            EXPECT_TRUE(columns.size() < 4 || columns[3].find(trouble) == std::string::npos) << file << " " << line;
    }
    return out;
}

TEST(Tshark, UnderstandsASessionOfOurs) {
    const Output version = run("tshark --version");
    if (version.status != 0) GTEST_SKIP() << "tshark is not installed";
    const bool has_lua = version.text.find("with Lua") != std::string::npos;
    const ScratchDirectory captures;
    std::uint16_t port = 0;
    hold_a_conference(captures.path, port);
    if (HasFatalFailure()) return;

    Reading all;
    std::size_t files = 0;
    for (const auto& file : std::filesystem::directory_iterator(captures.path)) {
        ++files;
        const std::string name = file.path().string();
        const Reading plain = read(name, port, "");
        all.packets += plain.packets;
        all.protocols.insert(plain.protocols.begin(), plain.protocols.end());
        if (!has_lua) continue;
        const Reading forced = read(name, port, "-X lua_script:tests/integration/all_mcs.lua --disable-protocol ses");
        EXPECT_EQ(forced.packets, plain.packets);
        EXPECT_EQ(forced.not_mcs, 0U) << name;
    }
    EXPECT_EQ(files, 4U) << "one capture for each connection";
    EXPECT_GT(all.packets, 60U);
    for (const char* protocol : {"tpkt", "cotp", "t125", "t124"})
        EXPECT_TRUE(all.protocols.contains(protocol)) << protocol;
}

}  // namespace
}  // namespace convene::integration
