// Random values of every type, exchanged with an ASN.1 compiler that shares nothing with this one: Erlang/OTP's.
// It needs `escript` and the .asn modules: CONVENE_ASN1_DIR, or ../shared/asn1 beside the checkout.
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

#include "asn1/json.hpp"
#include "base/hex.hpp"
#include "catalogue/catalogue.hpp"

namespace convene::conformance {
namespace {

using catalogue::Rule;
using catalogue::TypeEntry;

constexpr int kValuesOfOurs = 12;  // of each type and rule
constexpr int kValuesOfTheirs = 10;
constexpr std::string_view kModules[] = {"MCS-PROTOCOL", "MCS-PROTOCOL-3", "MAP-PROTOCOL",
                                         "GCC-PROTOCOL", "SI-PROTOCOL",    "MBFT-PROTOCOL"};

std::string asn1_directory() {
    const char* given = std::getenv("CONVENE_ASN1_DIR");
    return given != nullptr ? given : "../shared/asn1";
}

/// Why the test cannot run here; empty when it can.
std::string missing() {
#ifdef __EMSCRIPTEN__
    return "no other programs in WebAssembly";
#else
    for (std::string_view module : kModules) {
        std::string path = asn1_directory() + "/" + std::string(module) + ".asn";
        if (!std::ifstream(path)) return "no " + path + " (CONVENE_ASN1_DIR names another directory)";
    }
    if (std::system("command -v escript >/dev/null && erl -noshell -eval 'asn1ct:module_info(), halt(0).' "
                    ">/dev/null 2>&1") != 0)
        return "no Erlang with its asn1 application (Debian: erlang-asn1)";
    return {};
#endif
}

std::string name_of(Rule rule) { return rule == Rule::ber ? "ber" : "aper"; }

std::vector<std::string> lines_of(const std::string& path) {
    std::ifstream file(path);
    std::vector<std::string> lines;
    for (std::string line; std::getline(file, line);) lines.push_back(line);
    return lines;
}

const std::string kNothing = "-";  // in place of octets

struct Question {
    std::string type;
    std::string hex;
    std::string json;
};

/// Lets `f` have every type with its rules; those of one rule and module come together.
template <class F>
void for_each_type(const F& f) {
    auto types = catalogue::all_types();
    for (Rule rule : {Rule::aper, Rule::ber}) {
        for (std::string_view module : kModules) {
            for (const TypeEntry* type : types) {
                if (type->module == module && (rule == Rule::aper || type->has_ber)) f(*type, rule);
            }
        }
    }
}

bool has(const std::string& json, const char* part) { return json.find(part) != std::string::npos; }

/// What this compiler is known to do otherwise; tests/conformance/erlang/README.md says why.
bool is_known_difference(const TypeEntry& type, Rule rule, const std::string& json, const std::string& hex) {
    if (rule == Rule::ber) return has(hex, "03020600");  // no named bit
    if (type.module == "SI-PROTOCOL") {
        const bool has_real =
            has(json, R"("gamma":)") || has(json, R"("x":")") || has(json, R"("displayAspectRatio":)");
        return has_real || has(json, R"("character":)");
    }
    if (type.module == "MBFT-PROTOCOL") return has(json, R"("bits":)");
    return has(json, R"("resourceID":"")") || has(json, R"("parameter":"")");
}

/// Failures by type, so that a systematic one prints once.
class Failures {
public:
    void add(const std::string& type, const std::string& what) {
        auto& entry = by_type_[type];
        if (entry.count++ == 0) entry.first = what;
    }
    std::string report() const {
        std::ostringstream out;
        for (const auto& [type, entry] : by_type_)
            out << type << ": " << entry.count << " times, first " << entry.first.substr(0, 600) << "\n";
        return out.str();
    }
    bool none() const { return by_type_.empty(); }

private:
    struct Entry {
        std::size_t count = 0;
        std::string first;
    };
    std::map<std::string, Entry> by_type_;
};

class Erlang : public testing::Test {
protected:
    void SetUp() override {
        if (auto why = missing(); !why.empty()) GTEST_SKIP() << "not compared with Erlang: " << why;
        char directory[] = "/tmp/convene-erlang-XXXXXX";
        ASSERT_NE(mkdtemp(directory), nullptr);
        work_ = directory;
    }
    void TearDown() override {
        if (work_.empty()) return;
        EXPECT_EQ(std::system(("rm -r " + work_).c_str()), 0);
    }
    bool run(int values) {
        std::string command = "timeout 240 escript tests/conformance/erlang/differential.escript \"$(realpath \"" +
                              asn1_directory() + "\")\" " + work_ + " " + std::to_string(values);
        return std::system(command.c_str()) == 0;
    }
    std::string work_;
};

TEST_F(Erlang, AgreesOnRandomValuesOfEveryType) {
    std::vector<Question> questions;
    std::size_t left_out = 0;
    std::size_t expected_values = 0;
    {
        std::ofstream file(work_ + "/questions");
        asn1::Random small(2007, {.additions = true, .unknown = false, .big = false});
        asn1::Random big(1998, {.additions = true, .unknown = false, .big = true});
        for_each_type([&](const TypeEntry& type, Rule rule) {
            expected_values += kValuesOfTheirs;
            for (int i = 0; i < kValuesOfOurs; ++i) {
                asn1::Json json;
                auto octets = type.random(rule, i == 0 ? big : small, &json);
                ASSERT_TRUE(octets.has_value()) << octets.error().message();
                std::string shown = json.dump(-1, ' ', true);
                const bool leave_out = is_known_difference(type, rule, shown, to_hex(*octets));
                if (leave_out) ++left_out;
                // A type of which nothing can be asked is named all the same, so that it gets values of Erlang's.
                if (leave_out && i > 0) continue;
                questions.push_back({name_of(rule) + " " + full_name(type), leave_out ? kNothing : to_hex(*octets),
                                     shown.substr(0, 300)});
                file << name_of(rule) << " " << type.module << " " << type.name << " " << questions.back().hex << "\n";
            }
        });
    }
    ASSERT_GT(questions.size(), 520U * kValuesOfOurs) << "a module has lost its types";
    ASSERT_TRUE(run(kValuesOfTheirs));

    Failures ours;
    auto answers = lines_of(work_ + "/answers");
    ASSERT_EQ(answers.size(), questions.size());
    for (std::size_t i = 0; i < answers.size(); ++i) {
        const Question& q = questions[i];
        if (answers[i] != (q.hex == kNothing ? "skipped" : "same"))
            ours.add(q.type, q.json + " " + q.hex.substr(0, 100) + " " + answers[i]);
    }
    EXPECT_TRUE(ours.none()) << "values of ours that Erlang reads otherwise:\n" << ours.report();

    Failures theirs;
    std::size_t compared = 0;
    for (const std::string& line : lines_of(work_ + "/values")) {
        std::istringstream words(line);
        std::string rule_name, module, name, octets_hex;
        words >> rule_name >> module >> name >> octets_hex;
        std::string type = module + "." + name;
        if (octets_hex == "error") {
            theirs.add(rule_name + " " + type, line);
            continue;
        }
        auto found = catalogue::find_type(type);
        ASSERT_NE(found.entry, nullptr) << type;
        Rule rule = rule_name == "ber" ? Rule::ber : Rule::aper;
        asn1::Json json;
        asn1::Encoded<Bytes> again;
        auto info = found.entry->decode(rule, hex(octets_hex), &json, &again);
        if (!info) {
            theirs.add(rule_name + " " + type, octets_hex + " " + info.error().message());
            continue;
        }
        auto from_json = found.entry->encode(rule, json);
        bool same = again.has_value() && to_hex(*again) == octets_hex && from_json.has_value() &&
                    to_hex(*from_json) == octets_hex;
        if (!same)
            theirs.add(rule_name + " " + type, octets_hex + " " + (again ? to_hex(*again) : again.error().message()));
        ++compared;
    }
    EXPECT_TRUE(theirs.none()) << "values of Erlang's that are read otherwise here:\n" << theirs.report();
    std::printf("  %zu values of ours and %zu of Erlang's agree; %zu with known differences were left out\n",
                answers.size(), compared, left_out);
    EXPECT_EQ(compared, expected_values);
}

}  // namespace
}  // namespace convene::conformance
