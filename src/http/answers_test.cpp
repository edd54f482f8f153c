// What is decided without any connection: hosts, upgrades, the head of answers, pages, streams of events.
#include <gtest/gtest.h>

#include <vector>

#include "http/event_queue.hpp"
#include "http/host.hpp"
#include "http/pages.hpp"
#include "http/request_reader.hpp"
#include "http/response_text.hpp"
#include "http/testing.hpp"
#include "http/upgrade.hpp"

namespace convene::http {
namespace {

std::string field_of(const Response& response, std::string_view name) {
    for (const auto& field : response.headers)
        if (field.name == name) return field.value;
    return {};
}

TEST(Host, MayBeANameOrAnAddress) {
    for (const char* good : {"localhost", "meet.example.org:8443", "127.0.0.1", "[::1]:8443", "a_b-c"})
        EXPECT_TRUE(is_host(good)) << good;
    for (const char* bad : {"", "a b", "a/b", "a;b", "a\"b", "a,b", "r\xC3\xA9"}) EXPECT_FALSE(is_host(bad)) << bad;
    EXPECT_FALSE(is_host(std::string(300, 'a')));
}

TEST(Host, WithoutTlsMustBeThisMachine) {
    for (const char* good : {"localhost", "localhost:8080", "127.0.0.1:8080", "[::1]:8080", "127.1.2.3"})
        EXPECT_TRUE(is_host_for_loopback(good, {})) << good;
    for (const char* bad : {"evil.example:8080", "192.0.2.1", "localhost.evil.example"})
        EXPECT_FALSE(is_host_for_loopback(bad, {})) << bad;
    EXPECT_TRUE(is_host_for_loopback("meet.example.org", {"https://meet.example.org"}));
    EXPECT_FALSE(is_host_for_loopback("meet.example.org", {"*"}));
}

TEST(RequestReader, FindsTheTokenWhateverTheCaseOfItsScheme) {
    const auto bearer = [](const char* authorization) {
        RawRequest raw;
        raw.set(boost::beast::http::field::authorization, authorization);
        return make_request({}, raw).bearer;
    };
    EXPECT_EQ(bearer("Bearer aB.c"), "aB.c");
    EXPECT_EQ(bearer("bearer aB.c"), "aB.c");
    EXPECT_EQ(bearer("Basic aB.c"), "");
    EXPECT_EQ(bearer("BeareraB.c"), "");
    EXPECT_EQ(bearer("Bear"), "");
}

Request upgrade_request(std::vector<Field> more) {
    Request out = test_request(Method::get, "/t120");
    out.host = "meet.example:8443";
    out.headers = {{"Upgrade", "WebSocket"}, {"Sec-WebSocket-Version", "13"}};
    out.headers.insert(out.headers.end(), more.begin(), more.end());
    return out;
}

TEST(Upgrade, TakesTheTicketOutOfTheProtocols) {
    const auto one = check_upgrade(upgrade_request({{"Sec-WebSocket-Protocol", "t120, ticket.abc_-1"}}), {});
    ASSERT_TRUE(one);
    EXPECT_EQ(one->ticket, "abc_-1");
    const auto two = check_upgrade(
        upgrade_request({{"sec-websocket-protocol", "ticket.x"}, {"Sec-WebSocket-Protocol", "t120"}}), {});
    ASSERT_TRUE(two);
    EXPECT_EQ(two->ticket, "x");
    const auto none = check_upgrade(upgrade_request({{"Sec-WebSocket-Protocol", "t120"}}), {});
    ASSERT_TRUE(none);
    EXPECT_EQ(none->ticket, "");
}

TEST(Upgrade, WantsTheSubprotocol) {
    for (const char* wrong : {"", "T120", "t1200", "chat", "ticket.t120"}) {
        const auto refused = check_upgrade(upgrade_request({{"Sec-WebSocket-Protocol", wrong}}), {});
        ASSERT_FALSE(refused) << wrong;
        EXPECT_EQ(refused.error().status, 400U);
    }
}

TEST(Upgrade, WantsTheVersionThatIsSpoken) {
    Request old = upgrade_request({{"Sec-WebSocket-Protocol", "t120"}});
    old.headers[1].value = "8";
    const auto refused = check_upgrade(old, {});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().status, 426U);
    EXPECT_EQ(check_upgrade(test_request(Method::get, "/t120"), {}).error().status, 400U);
}

TEST(Upgrade, IsForPagesOfThisServer) {
    const auto from = [](const char* origin, std::vector<std::string> allowed = {}) {
        Options options;
        options.origins = std::move(allowed);
        const auto result =
            check_upgrade(upgrade_request({{"Sec-WebSocket-Protocol", "t120"}, {"Origin", origin}}), options);
        return result ? 101U : result.error().status;
    };
    EXPECT_EQ(from("https://meet.example:8443"), 101U);
    EXPECT_EQ(from("https://MEET.example:8443"), 101U);
    for (const char* foreign :
         {"http://meet.example:8443", "https://meet.example", "https://meet.example:8443.evil.org", "https://evil.org",
          "null", "https://meet.example:8443/"})
        EXPECT_EQ(from(foreign), 403U) << foreign;
    EXPECT_EQ(from("https://lms.example", {"https://lms.example"}), 101U);
    EXPECT_EQ(from("https://lms.example.evil", {"https://lms.example"}), 403U);
    EXPECT_EQ(from("https://whatever.example", {"*"}), 101U);
    EXPECT_TRUE(is_origin_allowed("https://meet.example", "meet.example:443", true, {}));
    EXPECT_TRUE(is_origin_allowed("http://localhost", "localhost:80", false, {}));
}

TEST(ResponseText, HasWhatKeepsPagesSafe) {
    const std::string text = response_head(Response{200, "text/html", {}, "hello"},
                                           ResponseFrame{"meet.example:8443", "'none'", true, false});
    EXPECT_TRUE(text.starts_with("HTTP/1.1 200 OK\r\n"));
    EXPECT_TRUE(text.ends_with("\r\n\r\n"));
    for (const char* line :
         {"Content-Length: 5\r\n", "X-Content-Type-Options: nosniff\r\n", "Referrer-Policy: no-referrer\r\n",
          "Cross-Origin-Opener-Policy: same-origin\r\n", "Cross-Origin-Resource-Policy: same-origin\r\n",
          "X-Frame-Options: DENY\r\n", "Cache-Control: no-store\r\n", "Permissions-Policy: camera=()"})
        EXPECT_NE(text.find(line), std::string::npos) << line << "\n" << text;
    const std::string policy = content_security_policy("meet.example:8443", "'none'", true);
    EXPECT_NE(text.find("Content-Security-Policy: " + policy + "\r\n"), std::string::npos);
    EXPECT_TRUE(policy.starts_with("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self';"));
    EXPECT_NE(policy.find("connect-src 'self' wss://meet.example:8443;"), std::string::npos);
    EXPECT_TRUE(policy.ends_with("frame-ancestors 'none'"));
    EXPECT_EQ(policy.find("unsafe-inline"), std::string::npos);
}

TEST(ResponseText, InsistsOnTlsOnlyWhereItCanBeHad) {
    const auto insists = [](bool is_secure, bool is_real) {
        return response_head(Response{}, ResponseFrame{"x", "'none'", is_secure, is_real}).find("Strict-Transport") !=
               std::string::npos;
    };
    EXPECT_TRUE(insists(true, true));
    EXPECT_FALSE(insists(true, false));
    EXPECT_FALSE(insists(false, false));
}

TEST(ResponseText, LetsNoValueAddAField) {
    const std::string text = response_head(Response{303, "", {{"Location", "/x\r\nSet-Cookie: a=b"}}},
                                           ResponseFrame{"localhost", "https://lms.example", true, false});
    EXPECT_EQ(text.find("\r\nSet-Cookie"), std::string::npos);
    EXPECT_EQ(text.find("X-Frame-Options"), std::string::npos);
    EXPECT_NE(text.find("frame-ancestors https://lms.example\r\n"), std::string::npos);
}

const Page kTestPages[] = {
    {"/index.html", "text/html; charset=utf-8", "\"11\"", "<!doctype html>", "gz-index", "br-index", false},
    {"/assets/a-1.js", "text/javascript", "\"22\"", "code", "gz-code", {}, true},
};

Response page(std::string_view target, std::vector<Field> headers = {}) {
    Request request = test_request(Method::get, target);
    request.headers = std::move(headers);
    return Pages(kTestPages).answer(request);
}

TEST(Pages, AreOneForAllAddressesOfPeople) {
    for (const char* target : {"/", "/c/standup", "/c/a%2Fb", "/admin", "/index.html"}) {
        const Response answer = page(target);
        EXPECT_EQ(answer.kept_body, "<!doctype html>") << target;
        EXPECT_EQ(field_of(answer, "Cache-Control"), "no-cache");
    }
    for (const char* target : {"/c/", "/c/a/b", "/nothing", "/assets/", "/admin/x"})
        EXPECT_EQ(page(target).status, 404U) << target;
}

TEST(Pages, AreCompressedForWhoTakesIt) {
    const Response best = page("/", {{"Accept-Encoding", "gzip, deflate, br"}});
    EXPECT_EQ(best.kept_body, "br-index");
    EXPECT_EQ(field_of(best, "Content-Encoding"), "br");
    EXPECT_EQ(field_of(best, "Vary"), "Accept-Encoding");
    EXPECT_EQ(page("/", {{"Accept-Encoding", "gzip;q=0.5"}}).kept_body, "gz-index");
    EXPECT_EQ(page("/", {{"Accept-Encoding", "gzip;q=0, br;q=0.0"}}).kept_body, "<!doctype html>");
    EXPECT_EQ(page("/assets/a-1.js", {{"Accept-Encoding", "br, gzip"}}).kept_body, "gz-code");
}

TEST(Pages, AreNotSentAgain) {
    const Response first = page("/assets/a-1.js");
    EXPECT_EQ(field_of(first, "Cache-Control"), "public, max-age=31536000, immutable");
    EXPECT_EQ(field_of(first, "ETag"), "\"22\"");
    const Response again = page("/assets/a-1.js", {{"If-None-Match", "\"9\", \"22\""}});
    EXPECT_EQ(again.status, 304U);
    EXPECT_TRUE(again.kept_body.empty());
    // Another form is another thing.
    EXPECT_EQ(page("/assets/a-1.js", {{"If-None-Match", "\"22\""}, {"Accept-Encoding", "gzip"}}).status, 200U);
    EXPECT_EQ(page("/assets/a-1.js", {{"If-None-Match", "\"22-gzip\""}, {"Accept-Encoding", "gzip"}}).status, 304U);
}

TEST(Pages, SayThatThereAreNone) {
    const Response answer = Pages({}).answer(test_request(Method::get, "/"));
    EXPECT_EQ(answer.status, 503U);
    EXPECT_NE(answer.kept_body.find("built without them"), std::string_view::npos);
}

TEST(EventQueue, WritesEventsByTheStandard) {
    EXPECT_EQ(event_text("standing", "{\"a\":1}"), "event: standing\ndata: {\"a\":1}\n\n");
    EXPECT_EQ(event_text("x", "one\ntwo\r\nthree\rfour"),
              "event: x\ndata: one\ndata: two\ndata: three\ndata: four\n\n");
    EXPECT_EQ(event_text("a\nid: 1", ""), "event: aid: 1\ndata: \n\n");
}

TEST(EventQueue, IsTakenAsAWhole) {
    int woken = 0;
    EventQueue queue([&] { ++woken; });
    EXPECT_TRUE(queue.send("a", "1"));
    EXPECT_TRUE(queue.send("b", "2"));
    EXPECT_EQ(woken, 2);
    EXPECT_EQ(queue.take(), event_text("a", "1") + event_text("b", "2"));
    EXPECT_EQ(queue.take(), "");
    queue.close();
    EXPECT_TRUE(queue.is_done());
    EXPECT_FALSE(queue.send("c", "3"));
}

TEST(EventQueue, GivesUpAReaderThatDoesNotKeepUp) {
    EventQueue queue([] {});
    int over = 0;
    queue.on_closed([&] { ++over; });
    const std::string large(kEventQueueLimit / 2, 'x');
    EXPECT_TRUE(queue.send("a", large));
    EXPECT_FALSE(queue.send("a", large));
    EXPECT_FALSE(queue.is_open());
    EXPECT_EQ(over, 0);  // what was queued is still sent
    EXPECT_FALSE(queue.is_done());
    queue.take();
    EXPECT_TRUE(queue.is_done());
    queue.finish();
    queue.finish();
    EXPECT_EQ(over, 1);
    queue.on_closed([&] { ++over; });
    EXPECT_EQ(over, 2);
}

}  // namespace
}  // namespace convene::http
