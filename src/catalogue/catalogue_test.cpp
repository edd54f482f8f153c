#include "catalogue/catalogue.hpp"

#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "base/hex.hpp"

namespace convene::catalogue {
namespace {

TEST(Catalogue, HasEveryTypeOnce) {
    std::map<std::string_view, std::size_t> counts;
    std::set<std::string> names;
    for (const TypeEntry* entry : all_types()) {
        ++counts[entry->module];
        EXPECT_TRUE(names.insert(full_name(*entry)).second) << full_name(*entry);
        EXPECT_EQ(entry->has_ber, entry->module == "MCS-PROTOCOL");
    }
    // As many as the modules assign.
    EXPECT_EQ(counts["MCS-PROTOCOL"], 65U);
    EXPECT_EQ(counts["MCS-PROTOCOL-3"], 76U);
    EXPECT_EQ(counts["MAP-PROTOCOL"], 40U);
    EXPECT_EQ(counts["GCC-PROTOCOL"], 122U);
    EXPECT_EQ(counts["CHAT-PROTOCOL"], 7U);
    EXPECT_EQ(counts["SI-PROTOCOL"], 133U);
    EXPECT_EQ(counts["MBFT-PROTOCOL"], 52U);
}

TEST(Catalogue, FindsByFullName) {
    auto found = find_type("MCS-PROTOCOL.Connect-Initial");
    ASSERT_NE(found.entry, nullptr);
    EXPECT_EQ(found.entry->name, "Connect-Initial");
    EXPECT_TRUE(found.near.empty());
}

TEST(Catalogue, FindsByNameAloneWhereThatIsEnough) {
    ASSERT_NE(find_type("ConnectGCCPDU").entry, nullptr);
    auto ambiguous = find_type("DomainMCSPDU");
    EXPECT_EQ(ambiguous.entry, nullptr);
    EXPECT_EQ(ambiguous.near, (std::vector<std::string>{"MCS-PROTOCOL.DomainMCSPDU", "MCS-PROTOCOL-3.DomainMCSPDU"}));
}

TEST(Catalogue, SuggestsWhatMayHaveBeenMeant) {
    auto near = [](std::string_view name) {
        auto found = find_type(name);
        EXPECT_EQ(found.entry, nullptr);
        return found.near.empty() ? std::string() : found.near.front();
    };
    EXPECT_EQ(near("GCC-PROTOCOL.ConnectGccPdu"), "GCC-PROTOCOL.ConnectGCCPDU");
    EXPECT_EQ(near("mcs-protocol.connectinitial"), "MCS-PROTOCOL.Connect-Initial");
    EXPECT_EQ(near("GCCPUD"), "GCC-PROTOCOL.GCCPDU");
    EXPECT_EQ(near("Whiteboard-Something-Else"), "");
    EXPECT_EQ(near(""), "");
}

TEST(Catalogue, ErrorsComeThrough) {
    const auto& type = *find_type("MCS-PROTOCOL.DomainMCSPDU").entry;
    auto refused = type.encode(Rule::aper, *nlohmann::ordered_json::parse(R"([{"plumbDomainIndication":{}}])").begin());
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error(), "missing in plumbDomainIndication.heightLimit");
    auto unread = type.decode(Rule::aper, hex("64000603eb7085ff"), nullptr, nullptr);
    ASSERT_FALSE(unread.has_value());
    EXPECT_EQ(unread.error().path, "sendDataRequest.userData");
}

// Every type, both rules: random values survive encoding, decoding and JSON.
TEST(Catalogue, EveryTypeSurvives) {
    asn1::Random random(1, {.additions = true, .unknown = true, .big = false});
    asn1::Random known(2, {.additions = true, .unknown = false, .big = false});
    for (const TypeEntry* type : all_types()) {
        for (Rule rule : {Rule::aper, Rule::ber}) {
            if (rule == Rule::ber && !type->has_ber) continue;
            for (int i = 0; i < 10; ++i) {
                asn1::Json made, read;
                auto octets = type->random(rule, rule == Rule::ber ? known : random, &made);
                ASSERT_TRUE(octets.has_value()) << full_name(*type) << ": " << octets.error().message();
                asn1::Encoded<Bytes> again;
                auto info = type->decode(rule, *octets, &read, &again);
                ASSERT_TRUE(info.has_value()) << full_name(*type) << ": " << info.error().message();
                EXPECT_EQ(made, read) << full_name(*type);
                EXPECT_EQ(*again, *octets) << full_name(*type);
                auto from_json = type->encode(rule, made);
                ASSERT_TRUE(from_json.has_value()) << full_name(*type) << ": " << from_json.error();
                EXPECT_EQ(*from_json, *octets) << full_name(*type);
            }
        }
    }
}

// Every type, both rules: whatever is done to an encoding, it is refused, or what was understood survives.
TEST(Catalogue, DamagedInputIsRefusedOrUnderstood) {
    constexpr int kRuns = 20;
    asn1::Random random(3, {.additions = true, .unknown = false, .big = false});
    std::size_t understood = 0;
    for (const TypeEntry* type : all_types()) {
        for (Rule rule : {Rule::aper, Rule::ber}) {
            if (rule == Rule::ber && !type->has_ber) continue;
            for (int i = 0; i < kRuns; ++i) {
                Bytes octets = *type->random(rule, random, nullptr);
                for (std::uint64_t damage = random.up_to(3); damage > 0 && !octets.empty(); --damage)
                    octets[random.up_to(octets.size() - 1)] = static_cast<std::byte>(random.offset(255));
                if (random.one_in(4)) octets.resize(random.up_to(octets.size()));
                asn1::Json first, second;
                asn1::Encoded<Bytes> again;
                if (!type->decode(rule, octets, &first, &again)) continue;
                ++understood;
                ASSERT_TRUE(again.has_value()) << full_name(*type) << " " << to_hex(octets);
                auto info = type->decode(rule, *again, &second, nullptr);
                ASSERT_TRUE(info.has_value()) << full_name(*type) << " " << to_hex(octets);
                EXPECT_EQ(first, second) << full_name(*type) << " " << to_hex(octets);
                auto from_json = type->encode(rule, first);
                ASSERT_TRUE(from_json.has_value()) << full_name(*type) << ": " << from_json.error();
                EXPECT_EQ(*from_json, *again) << full_name(*type) << " " << to_hex(octets);
            }
        }
    }
    EXPECT_GT(understood, 1000U);
}

}  // namespace
}  // namespace convene::catalogue
