#include "cli/run.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "cli/command_line.hpp"
#include "cli/completion_script.hpp"
#include "cli/man_page.hpp"
#include "t123/frame_vectors.hpp"

namespace convene::cli {
namespace {

struct Outcome {
    int code = -1;
    std::string out;
    std::string err;
};

Outcome call(std::vector<std::string> arguments, const std::string& input = {}, bool terminal = false,
             std::map<std::string, std::string> variables = {}) {
    std::istringstream in(input);
    std::ostringstream out, err;
    Streams streams{in, out, err};
    streams.out_is_terminal = terminal;
    streams.variable = [&](const char* name) {
        const auto found = variables.find(name);
        return found == variables.end() ? nullptr : found->second.c_str();
    };
    arguments.insert(arguments.begin(), "convene");
    std::vector<const char*> argv;
    for (const std::string& argument : arguments) argv.push_back(argument.c_str());
    Outcome result;
    result.code = run(static_cast<int>(argv.size()), argv.data(), streams);
    result.out = out.str();
    result.err = err.str();
    return result;
}

std::string all_frames() {
    std::string out;
    for (const auto& frame : t123::kFrameVectors)
        out += std::string(frame.hex) + "  # " + std::string(frame.name) + "\n";
    return out;
}

TEST(Run, ShowsItsVersion) {
    EXPECT_EQ(call({"--version"}).out, "convene " CONVENE_VERSION "\n");
    EXPECT_EQ(call({"--version"}).code, 0);
    EXPECT_EQ(nlohmann::json::parse(call({"--version", "--json"}).out)["version"], CONVENE_VERSION);
}

TEST(Run, HelpBeginsWithExamplesAndEndsWithExitCodes) {
    CommandLine line;
    std::vector<std::vector<std::string>> calls{{"--help"}, {"-h"}};
    for (const auto& command : line.commands()) calls.push_back({std::string(command->text().name), "--help"});
    for (const auto& arguments : calls) {
        const Outcome outcome = call(arguments);
        EXPECT_EQ(outcome.code, 0) << arguments[0];
        EXPECT_EQ(outcome.err, "");
        const auto examples = outcome.out.find("Examples:");
        const auto usage = outcome.out.find("Usage:");
        const auto codes = outcome.out.find("Exit codes:");
        EXPECT_LT(examples, usage) << arguments[0];
        EXPECT_LT(usage, codes) << arguments[0];
        EXPECT_NE(codes, std::string::npos) << arguments[0];
        EXPECT_NE(outcome.out.find("78"), std::string::npos);
    }
}

TEST(Run, EveryExampleParses) {
    CommandLine line;
    for (const auto& command : line.commands())
        for (const Example& example : command->text().examples)
            EXPECT_TRUE(example.line.starts_with(command->text().name)) << example.line;
}

TEST(Run, WithoutACommandItExplainsItself) {
    const Outcome outcome = call({});
    EXPECT_EQ(outcome.code, 2);
    EXPECT_EQ(outcome.out, "");
    EXPECT_NE(outcome.err.find("Commands:"), std::string::npos);
}

TEST(Run, SuggestsWhatWasMeant) {
    Outcome outcome = call({"prob", "localhost"});
    EXPECT_EQ(outcome.code, 2);
    EXPECT_NE(outcome.err.find("did you mean probe?"), std::string::npos) << outcome.err;
    outcome = call({"dissect", "--roundtripp"});
    EXPECT_EQ(outcome.code, 2);
    EXPECT_NE(outcome.err.find("did you mean --roundtrip?"), std::string::npos) << outcome.err;
    outcome = call({"dissect", "--jsn"});
    EXPECT_NE(outcome.err.find("did you mean --json?"), std::string::npos) << outcome.err;
    EXPECT_EQ(call({"query"}).code, 2);
    EXPECT_EQ(call({"query", "a", "b"}).code, 2);
    EXPECT_EQ(call({"completion", "tcsh"}).code, 2);
}

TEST(Run, ColourOnlyOnATerminalAndWhenWanted) {
    const char* escape = "\x1B[";
    EXPECT_NE(call({"--help"}, "", true).out.find(escape), std::string::npos);
    EXPECT_EQ(call({"--help"}).out.find(escape), std::string::npos);
    EXPECT_EQ(call({"--help", "--no-color"}, "", true).out.find(escape), std::string::npos);
    EXPECT_EQ(call({"--help"}, "", true, {{"NO_COLOR", "1"}}).out.find(escape), std::string::npos);
    EXPECT_EQ(call({"--help"}, "", true, {{"TERM", "dumb"}}).out.find(escape), std::string::npos);
}

TEST(Dissect, ReadsHexadecimal) {
    const Outcome outcome = call({"dissect", "--hex"}, all_frames());
    EXPECT_EQ(outcome.code, 0) << outcome.err;
    EXPECT_NE(outcome.out.find("conferenceJoinRequest"), std::string::npos);
    EXPECT_NE(outcome.err.find("all understood"), std::string::npos) << outcome.err;
}

TEST(Dissect, ReadsOctetsAndWritesJson) {
    const Outcome outcome = call({"dissect", "--json", "-"}, std::string("\x03\0\0\x08\x02\xF0\x80\x28", 8));
    EXPECT_EQ(outcome.code, 0) << outcome.err;
    const auto json = nlohmann::json::parse(outcome.out);
    EXPECT_EQ(json["layer"], "MCS");
    EXPECT_EQ(json["pdu"], "attachUserRequest");
    EXPECT_EQ(json["octets"], 8);
}

TEST(Dissect, SaysWhatItDidNotUnderstand) {
    Outcome outcome = call({"dissect", "--hex"}, "0300000802f080ac");
    EXPECT_EQ(outcome.code, 6);
    EXPECT_NE(outcome.err.find("at offset 0x000007"), std::string::npos) << outcome.err;
    EXPECT_NE(outcome.err.find("X.691"), std::string::npos) << outcome.err;
    outcome = call({"dissect"}, "0300000802f08028");
    EXPECT_NE(outcome.err.find("try --hex"), std::string::npos) << outcome.err;
    EXPECT_EQ(call({"dissect", "--hex"}, "0x03").code, 2);
    EXPECT_EQ(call({"dissect", "/nonexistent/file"}).code, 7);
}

TEST(Dissect, ReadsSingleValues) {
    Outcome outcome = call({"dissect", "--type", "MCS-PROTOCOL.DomainMCSPDU", "--json"}, "28\n# nothing\n\n2e000006\n");
    EXPECT_EQ(outcome.code, 0) << outcome.err;
    std::istringstream lines(outcome.out);
    std::string line;
    ASSERT_TRUE(std::getline(lines, line));
    EXPECT_TRUE(nlohmann::json::parse(line)["value"].contains("attachUserRequest"));
    ASSERT_TRUE(std::getline(lines, line));
    EXPECT_EQ(nlohmann::json::parse(line)["source"], "line 4");
    // Connect PDUs are BER unless said otherwise.
    EXPECT_EQ(call({"dissect", "--type", "MCS-PROTOCOL.Connect-Result"}, "7f68030a0100").code, 0);
    EXPECT_EQ(call({"dissect", "--type", "MCS-PROTOCOL.Connect-Result", "--rule", "aper"}, "00").code, 0);
    EXPECT_EQ(call({"dissect", "--type", "GCC-PROTOCOL.GCCPDU", "--rule", "ber"}, "00").code, 2);
    outcome = call({"dissect", "--type", "GCC-PROTOCOL.GCCPUD"}, "00");
    EXPECT_EQ(outcome.code, 7);
    EXPECT_NE(outcome.err.find("did you mean GCC-PROTOCOL.GCCPDU?"), std::string::npos) << outcome.err;
    EXPECT_EQ(call({"dissect", "--type", "MCS-PROTOCOL.DomainMCSPDU"}, "zz").code, 2);
}

TEST(Dissect, ReportsTheFirstDifference) {
    EXPECT_EQ(call({"dissect", "--hex", "--roundtrip"}, all_frames()).code, 0);
    const Outcome outcome =
        call({"dissect", "--type", "MCS-PROTOCOL.DomainMCSPDU", "--roundtrip"}, "64000603eb708003010203");
    EXPECT_EQ(outcome.code, 6);
    EXPECT_NE(outcome.out.find("octet 6 (offset 6): 80 became 03, in sendDataRequest.userData"), std::string::npos)
        << outcome.out;
}

TEST(Dissect, ListsTheTypes) {
    const Outcome outcome = call({"dissect", "--types"});
    EXPECT_EQ(outcome.code, 0);
    EXPECT_NE(outcome.out.find("GCC-PROTOCOL.ConnectGCCPDU\n"), std::string::npos);
    EXPECT_NE(outcome.out.find("MAP-PROTOCOL.MAPPDU\n"), std::string::npos);
}

TEST(Probe, NeedsAHostOrLocal) {
    EXPECT_EQ(call({"probe"}).code, 2);
    EXPECT_EQ(call({"probe", "localhost", "--local"}).code, 2);
    EXPECT_EQ(call({"probe", "localhost", "--timeout", "soon"}).code, 2);
    EXPECT_EQ(call({"probe", "localhost:0x"}).code, 2);
    EXPECT_EQ(call({"probe", "--local"}).code, 0);
}

TEST(Config, ShowsAndChecks) {
    EXPECT_EQ(call({"config", "validate"}).code, 0);
    EXPECT_NE(call({"config", "show"}).out.find("[limits]"), std::string::npos);
    EXPECT_EQ(call({"config", "validate", "--config", "/nonexistent"}).code, 78);
    EXPECT_EQ(call({"config", "validate"}, "", false, {{"CONVENE_LIMITS_USERS", "many"}}).code, 78);
}

TEST(Admin, ChecksItsArguments) {
    EXPECT_EQ(call({"admin", "participants"}).code, 2);
    EXPECT_EQ(call({"admin", "eject", "lobby", "Bob"}).code, 2);
    EXPECT_EQ(call({"admin", "status", "--socket", "/nonexistent/admin.sock"}).code, 5);
}

TEST(Join, ChecksItsArguments) {
    EXPECT_EQ(call({"join"}).code, 2);
    EXPECT_EQ(call({"join", "localhost", "--retry-for", "x"}).code, 2);
    EXPECT_EQ(call({"join", "localhost", "--password-file", "/nonexistent"}).code, 1);
}

TEST(Completion, KnowsEveryCommandAndOption) {
    CommandLine line;
    for (const std::string& script : {bash_completion(line), zsh_completion(line), fish_completion(line)}) {
        for (const auto& command : line.commands()) {
            EXPECT_NE(script.find(std::string(command->text().name)), std::string::npos);
            for (const OptionText& option : options_of(*line.app().get_subcommand(std::string(command->text().name))))
                if (!option.positional && option.names.back() != "--help") {
                    EXPECT_NE(script.find(option.names.back().substr(2)), std::string::npos) << option.names.back();
                }
        }
    }
}

TEST(ManPage, IsTheOneThatIsInstalled) {
    std::ifstream file("docs/man/convene.1");
    std::stringstream installed;
    installed << file.rdbuf();
    EXPECT_EQ(installed.str(), call({"man"}).out) << "renew it: build/release/convene man > docs/man/convene.1";
}

TEST(ManPage, EscapesWhatTroffWouldTake) {
    CommandLine line;
    std::istringstream page(man_page(line));
    std::string text;
    while (std::getline(page, text)) {
        if (text.starts_with('.')) {
            EXPECT_TRUE(text.starts_with(".\\\"") || text.starts_with(".TH") || text.starts_with(".SH") ||
                        text.starts_with(".SS") || text.starts_with(".TP") || text.starts_with(".PP"))
                << text;
        }
    }
}

}  // namespace
}  // namespace convene::cli
