#include "server/log.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <thread>
#include <vector>

namespace convene::server {
namespace {

class Logging : public ::testing::Test {
protected:
    Log make(LogOptions options) {
        return Log(options, [this](std::string_view line) { lines_.emplace_back(line); });
    }
    std::vector<std::string> lines_;
};

TEST_F(Logging, ALineHasTimeLevelAreaEventAndFields) {
    Log log = make({});
    log.info(LogEvent::user_joined, {{"conf", "lobby"}, {"user", 1007}, {"name", "Ann \"A\" Lee\nerror x"}});
    ASSERT_EQ(lines_.size(), 1u);
    EXPECT_TRUE(std::regex_match(
        lines_[0],
        std::regex(R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z info conference user-joined conf=lobby user=1007 )"
                   R"(name="Ann \\"A\\" Lee\\u000aerror x")")))
        << lines_[0];
}

TEST_F(Logging, JsonReadsBack) {
    Log log = make({.json = true});
    log.warning(LogEvent::join_refused, {{"conn", 5}, {"why", "a\tb\\c\"d"}, {"number", "007"}});
    const auto entry = nlohmann::json::parse(lines_.at(0));
    EXPECT_EQ(entry["level"], "warning");
    EXPECT_EQ(entry["event"], "join-refused");
    EXPECT_EQ(entry["conn"], 5);
    EXPECT_EQ(entry["why"], "a\tb\\c\"d");
    EXPECT_EQ(entry["number"], "007");
}

TEST_F(Logging, TheJournalGetsPrioritiesAndKeepsTimeItself) {
    Log log = make({.journal = true});
    log.error(LogEvent::server_failed, {});
    log.warning(LogEvent::listen_failed, {});
    log.info(LogEvent::server_ready, {});
    EXPECT_EQ(lines_, (std::vector<std::string>{"<3>error server server-failed", "<4>warning net listen-failed",
                                                "<6>info server server-ready"}));
}

TEST_F(Logging, LevelsBelowTheChosenAreLeftOut) {
    Log log = make({.level = LogLevel::warning});
    log.info(LogEvent::server_ready, {});
    EXPECT_TRUE(lines_.empty());
    log.set_level(LogLevel::debug);
    log.debug(LogEvent::server_ready, {});
    EXPECT_EQ(lines_.size(), 1u);
}

TEST_F(Logging, WhatStrangersCauseIsLimited) {
    Log log = make({});
    for (int i = 0; i < 5000; ++i) log.info(LogEvent::connection_accepted, {});
    EXPECT_LE(lines_.size(), 41u);  // at most two seconds' worth, should the second turn meanwhile
    EXPECT_GE(lines_.size(), 20u);
    for (int i = 0; i < 100; ++i) log.info(LogEvent::server_ready, {});
    EXPECT_GE(lines_.size(), 120u);
}

TEST_F(Logging, AddressesCanBeHashed) {
    Log log = make({.hash_addresses = true});
    const auto one = boost::asio::ip::make_address("192.0.2.1");
    EXPECT_EQ(log.address(one), log.address(one));
    EXPECT_NE(log.address(one), log.address(boost::asio::ip::make_address("192.0.2.2")));
    EXPECT_EQ(log.address(io::Endpoint(one, 99)).find("192"), std::string::npos);
    log.set_hash_addresses(false);
    EXPECT_EQ(log.address(io::Endpoint(one, 99)), "192.0.2.1:99");
}

TEST_F(Logging, ThreadsDoNotMixTheirLines) {
    Log log = make({});
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&] {
            for (int i = 0; i < 250; ++i) log.info(LogEvent::server_ready, {{"x", "yyyyyyyyyyyyyyyyyyyyyyyyyyyyy"}});
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(lines_.size(), 1000u);
    for (const auto& line : lines_)
        EXPECT_TRUE(line.ends_with("info server server-ready x=yyyyyyyyyyyyyyyyyyyyyyyyyyyyy"));
}

TEST(LogEvents, TheTableIsInOrderAndNamesAreUnique) {
    std::set<std::string_view> names;
    for (std::size_t i = 0; i < log_events().size(); ++i) {
        const auto& row = log_events()[i];
        EXPECT_EQ(static_cast<std::size_t>(row.event), i) << row.name;
        EXPECT_TRUE(names.insert(row.name).second) << row.name;
        EXPECT_TRUE(row.meaning.ends_with('.')) << row.name;
    }
    EXPECT_EQ(log_events().size(), static_cast<std::size_t>(LogEvent::admin_failed) + 1);
}

}  // namespace
}  // namespace convene::server
