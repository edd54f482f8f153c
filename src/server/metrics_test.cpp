// What /metrics tells of conferences in which something happens.
#include "server/metrics.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "http/testing.hpp"
#include "server/api_testing.hpp"

namespace convene::server {
namespace {

/// Of a line with that name and those labels; nothing when there is no such line.
std::optional<double> value_in(const std::string& text, const std::string& line) {
    const auto at = text.find("\n" + line + " ");
    if (at == std::string::npos) return std::nullopt;
    return std::stod(text.substr(at + line.size() + 2));
}

TEST(MetricsText, NamesEveryKindOfChannelAndEveryReason) {
    Metrics metrics;
    metrics.traffic.data.of(mcs::ChannelKind::managed, mcs::DataPriority::low) = {3, 40};
    metrics.traffic.data.of(mcs::ChannelKind::assigned, mcs::DataPriority::top) = {1, 5};
    metrics.traffic.data.unheard = 6;
    metrics.traffic.data.not_admitted = 7;
    metrics.traffic.data.misattributed = 8;
    metrics.traffic.denied = 9;
    metrics.traffic.unsent = 10;
    metrics.traffic.waiting = 11;
    const std::string text = metrics_text(metrics);
    EXPECT_EQ(value_in(text, R"(convene_mcs_data_pdus_total{channel="private",priority="low"})"), 3);
    EXPECT_EQ(value_in(text, R"(convene_mcs_data_octets_total{channel="private",priority="low"})"), 40);
    EXPECT_EQ(value_in(text, R"(convene_mcs_data_pdus_total{channel="assigned",priority="top"})"), 1);
    EXPECT_EQ(value_in(text, R"(convene_mcs_data_pdus_total{channel="user",priority="high"})"), 0);
    EXPECT_EQ(value_in(text, R"(convene_dropped_pdus_total{reason="unheard"})"), 6);
    EXPECT_EQ(value_in(text, R"(convene_dropped_pdus_total{reason="not-admitted"})"), 7);
    EXPECT_EQ(value_in(text, R"(convene_dropped_pdus_total{reason="misattributed"})"), 8);
    EXPECT_EQ(value_in(text, "convene_denied_pdus_total"), 9);
    EXPECT_EQ(value_in(text, "convene_dropped_octets_total"), 10);
    EXPECT_EQ(value_in(text, "convene_t120_queues"), 11);
}

TEST(MetricsText, NamesEveryDecisionOfFlowControl) {
    ConferenceTraffic past, present;
    past.flow.of(mcs::DataPriority::top) = 2;
    past.flow.of(mcs::DataPriority::low) = 3;
    past.flow.resumes = 4;
    past.flow.overflows = 5;
    past.flow.too_slow = 6;
    past.too_slow = {10, 20, 30};
    past.paused = 7;  // of now, and so not kept
    present.flow.of(mcs::DataPriority::low) = 1;
    present.too_slow = {1, 2, 3};
    present.paused = 8;
    Metrics metrics;
    metrics.traffic.add_past(past);
    metrics.traffic.add(present);
    const std::string text = metrics_text(metrics);
    EXPECT_EQ(value_in(text, R"(convene_flow_pauses_total{priority="top"})"), 2);
    EXPECT_EQ(value_in(text, R"(convene_flow_pauses_total{priority="high"})"), 0);
    EXPECT_EQ(value_in(text, R"(convene_flow_pauses_total{priority="low"})"), 4);
    EXPECT_EQ(value_in(text, "convene_flow_resumes_total"), 4);
    EXPECT_EQ(value_in(text, "convene_flow_paused"), 8);
    EXPECT_EQ(value_in(text, R"(convene_flow_disconnects_total{reason="queue"})"), 11 + 5);
    EXPECT_EQ(value_in(text, R"(convene_flow_disconnects_total{reason="stall"})"), 22);
    EXPECT_EQ(value_in(text, R"(convene_flow_disconnects_total{reason="throughput"})"), 6);
    EXPECT_EQ(value_in(text, R"(convene_flow_disconnects_total{reason="conference"})"), 33);
    EXPECT_EQ(value_in(text, "convene_t120_too_slow_total"), 16 + 22 + 6 + 33);
}

TEST(MetricsText, AHistogramCountsUpToItsEnd) {
    Metrics metrics;
    metrics.traffic.latency.add(std::chrono::microseconds(60));
    metrics.traffic.latency.add(std::chrono::microseconds(700));
    metrics.traffic.latency.add(std::chrono::seconds(20));
    const std::string text = metrics_text(metrics);
    EXPECT_EQ(value_in(text, R"(convene_t120_relay_seconds_bucket{le="5e-05"})"), 0);
    EXPECT_EQ(value_in(text, R"(convene_t120_relay_seconds_bucket{le="0.0001"})"), 1);
    EXPECT_EQ(value_in(text, R"(convene_t120_relay_seconds_bucket{le="0.001"})"), 2);
    EXPECT_EQ(value_in(text, R"(convene_t120_relay_seconds_bucket{le="10"})"), 2);
    EXPECT_EQ(value_in(text, R"(convene_t120_relay_seconds_bucket{le="+Inf"})"), 3);
    EXPECT_EQ(value_in(text, "convene_t120_relay_seconds_count"), 3);
    EXPECT_NEAR(value_in(text, "convene_t120_relay_seconds_sum").value_or(0), 20.00076, 0.001);
}

class MetricsTest : public testing::ApiTest {
protected:
    std::string metrics() {
        auto request = http::test_request(http::Method::get, "/metrics");
        request.is_from_loopback = true;
        const auto exchange = http::test_exchange(server_->router(), std::move(request));
        EXPECT_TRUE(run_until([&] { return !exchange->responses.empty(); }));
        return exchange->responses.empty() ? std::string() : exchange->responses[0].body;
    }
    double metric(const std::string& line) { return value_in(metrics(), "convene_" + line).value_or(-1); }
};

TEST_F(MetricsTest, TellOfDrawingAndOfWhatIsDenied) {
    start();
    const Person olga = enter("Garden", "Olga", make("Garden"));
    auto& drawing = come_in("Olga", olga);
    const auto page = add_page(drawing);
    const auto made = post("/conferences/Garden/invitations", {{"right", "view"}}, olga.token);
    const Person eve = enter("Garden", "Eve", made.body["secret"]);
    auto& looking = come_in("Eve", eve);
    // T.126 draws on a static channel, and not at top priority.
    const std::string drawn = R"(mcs_data_pdus_total{channel="static",priority="high"})";
    const double before = metric(drawn);
    draw(drawing, page, 5);
    ASSERT_TRUE(run_until([&] { return board_of(looking).confirmed().size() == 5; }));
    EXPECT_GE(metric(drawn), before + 5);
    EXPECT_GT(metric(R"(mcs_data_octets_total{channel="static",priority="high"})"), 5 * 10);
    EXPECT_GT(metric("t120_relay_seconds_count"), 0);
    EXPECT_EQ(metric("denied_pdus_total"), 0);
    draw(looking, page, 3);
    EXPECT_TRUE(run_until([&] { return metric("denied_pdus_total") >= 3; })) << metrics();
}

TEST_F(MetricsTest, AreForThisMachineAndForAdministrators) {
    start();
    const auto status = [&](const std::string& token) {
        auto request = http::test_request(http::Method::get, "/metrics");
        request.is_from_loopback = false;
        request.source = "192.0.2.1";
        request.bearer = token;
        const auto exchange = http::test_exchange(server_->router(), std::move(request));
        EXPECT_TRUE(run_until([&] { return !exchange->responses.empty(); }));
        return exchange->responses.empty() ? 0U : exchange->responses[0].status;
    };
    std::string token;
    std::getline(std::ifstream(settings_.data + "/admin-token"), token);
    EXPECT_EQ(status(""), 403u);
    EXPECT_EQ(status(token), 200u) << "also the token that the server has made for itself";
    for (int guess = 0; guess < 20; ++guess) EXPECT_EQ(status("guess"), 403u);
    EXPECT_EQ(status(token), 403u) << "guessing is slowed down";
}

TEST_F(MetricsTest, RememberConferencesThatHaveEnded) {
    start();
    const Person olga = enter("Garden", "Olga", make("Garden"));
    auto& drawing = come_in("Olga", olga);
    draw(drawing, add_page(drawing), 2);
    const std::string sent = R"(mcs_data_pdus_total{channel="static",priority="high"})";
    double before = 0;
    ASSERT_TRUE(run_until([&] { return (before = metric(sent)) > 0; })) << metrics();
    EXPECT_LT(remove("/conferences/Garden", olga.token).status, 300u);
    ASSERT_TRUE(run_until([&] { return metric("conferences") == 1; })) << metrics();
    EXPECT_GE(metric(sent), before);
}

}  // namespace
}  // namespace convene::server
