#include "http/router.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <thread>

#include "http/testing.hpp"

namespace convene::http {
namespace {

Router::Handler says(std::string text) {
    return [text = std::move(text)](const Request& request, const Responder& responder) {
        std::string body = text;
        for (const auto& [name, value] : request.segments) body += " " + name + "=" + value;
        responder(Response{200, "text/plain", {}, body});
    };
}

Router some_routes() {
    Router out;
    out.add(Method::get, "/api/v1/conferences", says("list"));
    out.add(Method::post, "/api/v1/conferences", says("create"), {1000});
    out.add(Method::get, "/api/v1/conferences/{name}", says("show"));
    out.add(Method::get, "/api/v1/conferences/mine", says("mine"));
    out.add(Method::remove, "/api/v1/conferences/{name}/entries/{entry}", says("leave"));
    return out;
}

Response answer(const Router& router, Method method, std::string_view target) {
    const auto exchange = test_exchange(router, test_request(method, target));
    EXPECT_EQ(exchange->responses.size(), 1U) << target;
    return exchange->responses.empty() ? Response{} : exchange->responses.front();
}

std::string header(const Response& response, std::string_view name) {
    for (const auto& field : response.headers)
        if (field.name == name) return field.value;
    return {};
}

TEST(Router, FindsTheHandlerOfAPath) {
    const Router router = some_routes();
    EXPECT_EQ(answer(router, Method::get, "/api/v1/conferences").body, "list");
    EXPECT_EQ(answer(router, Method::post, "/api/v1/conferences").body, "create");
    EXPECT_EQ(answer(router, Method::get, "/api/v1/conferences/standup").body, "show name=standup");
    EXPECT_EQ(answer(router, Method::remove, "/api/v1/conferences/a%2Fb/entries/7").body, "leave name=a/b entry=7");
}

TEST(Router, PrefersWhatIsWrittenOut) {
    const Router router = some_routes();
    EXPECT_EQ(answer(router, Method::get, "/api/v1/conferences/mine").body, "mine");
}

TEST(Router, SaysWhatThereIsNot) {
    const Router router = some_routes();
    const Response lost = answer(router, Method::get, "/api/v1/other");
    EXPECT_EQ(lost.status, 404U);
    EXPECT_EQ(lost.content_type, "application/problem+json");
    EXPECT_EQ(nlohmann::json::parse(lost.body)["code"], "notFound");
    EXPECT_EQ(answer(router, Method::get, "/api/v1/conferences/").status, 404U);  // no empty name
    const Response wrong = answer(router, Method::put, "/api/v1/conferences");
    EXPECT_EQ(wrong.status, 405U);
    EXPECT_EQ(header(wrong, "Allow"), "OPTIONS, GET, HEAD, POST");
}

TEST(Router, AnswersHeadAndOptionsByItself) {
    const Router router = some_routes();
    EXPECT_EQ(answer(router, Method::head, "/api/v1/conferences").body, "list");
    const Response options = answer(router, Method::options, "/api/v1/conferences/x/entries/1");
    EXPECT_EQ(options.status, 204U);
    EXPECT_EQ(header(options, "Allow"), "OPTIONS, DELETE");
    EXPECT_EQ(answer(router, Method::options, "/nowhere").status, 404U);
}

TEST(Router, LeavesOtherPathsToTheFallback) {
    Router router = some_routes();
    router.set_fallback(says("page"));
    EXPECT_EQ(answer(router, Method::get, "/c/standup").body, "page");
    EXPECT_EQ(answer(router, Method::post, "/c/standup").status, 404U);
}

TEST(Router, KnowsHowLongABodyMayBe) {
    const Router router = some_routes();
    EXPECT_EQ(router.body_limit(Method::post, {"api", "v1", "conferences"}), 1000U);
    EXPECT_EQ(router.body_limit(Method::get, {"api", "v1", "conferences"}), kDefaultBody);
    EXPECT_EQ(router.body_limit(Method::post, {"nothing"}), std::nullopt);
    EXPECT_EQ(router.body_limit(Method::put, {"api", "v1", "conferences"}), std::nullopt);
    Router with_pages = some_routes();
    with_pages.set_fallback(says("page"));
    EXPECT_EQ(with_pages.body_limit(Method::get, {"c", "standup"}), 0U);
}

TEST(Responder, AnswersOnceAndFromAnyThread) {
    auto exchange = std::make_shared<RecordedExchange>();
    {
        const Responder responder(exchange);
        std::thread([responder] { responder(Response{204}); }).join();
        responder(Response{200});
        EXPECT_FALSE(responder.open_events().is_open());
    }
    ASSERT_EQ(exchange->responses.size(), 1U);
    EXPECT_EQ(exchange->responses[0].status, 204U);
}

TEST(Responder, DoesNotLeaveARequestUnanswered) {
    auto exchange = std::make_shared<RecordedExchange>();
    { const Responder forgotten(exchange); }
    ASSERT_EQ(exchange->responses.size(), 1U);
    EXPECT_EQ(exchange->responses[0].status, 500U);
}

TEST(Responder, OpensAStreamOfEvents) {
    auto exchange = std::make_shared<RecordedExchange>();
    const EventStream stream = Responder(exchange).open_events();
    bool is_over = false;
    stream.on_closed([&] { is_over = true; });
    EXPECT_TRUE(stream.send("standing", "{}"));
    stream.close();
    EXPECT_TRUE(is_over);
    EXPECT_FALSE(stream.send("standing", "{}"));
    ASSERT_EQ(exchange->events->events.size(), 1U);
    EXPECT_EQ(exchange->events->events[0].first, "standing");
}

TEST(Message, EscapesWhatIsNoText) {
    const auto parsed = nlohmann::json::parse(problem(422, "invalid", "\xFF <script>").body);
    EXPECT_EQ(parsed["status"], 422);
    EXPECT_EQ(parsed["title"], "Unprocessable Content");
}

}  // namespace
}  // namespace convene::http
