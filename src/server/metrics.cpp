#include "server/metrics.hpp"

#include <cstdio>
#include <string_view>

namespace convene::server {

namespace {

constexpr double kMicroseconds = 1e6, kMilliseconds = 1e3;  // in a second

class MetricsText {
public:
    void gauge(std::string_view name, std::string_view help, std::uint64_t value) {
        begin(name, help, "gauge");
        line(name, "", std::to_string(value));
    }
    void counter(std::string_view name, std::string_view help, std::uint64_t value) {
        begin(name, help, "counter");
        line(name, "", std::to_string(value));
    }
    void begin(std::string_view name, std::string_view help, std::string_view type) {
        out_ += "# HELP convene_" + std::string(name) + " " + std::string(help) + "\n";
        out_ += "# TYPE convene_" + std::string(name) + " " + std::string(type) + "\n";
    }
    void line(std::string_view name, std::string_view labels, std::string_view value) {
        out_ += "convene_" + std::string(name);
        if (!labels.empty()) out_ += "{" + std::string(labels) + "}";
        out_ += " " + std::string(value) + "\n";
    }
    std::string take() { return std::move(out_); }

private:
    std::string out_;
};

std::string decimal(double value) {
    char text[32];
    return std::string(text, static_cast<std::size_t>(std::snprintf(text, sizeof text, "%g", value)));
}

void add_web(MetricsText& text, const http::Totals& web) {
    text.begin("web_open", "Connections of browsers, by what they are now.", "gauge");
    text.line("web_open", "kind=\"http\"", std::to_string(web.connections - web.event_streams));
    text.line("web_open", "kind=\"events\"", std::to_string(web.event_streams));
    text.line("web_open", "kind=\"websocket\"", std::to_string(web.web_sockets));
    text.counter("web_accepted_total", "Connections of browsers that were accepted.", web.accepted);
    text.begin("web_tls_handshakes_total", "TLS handshakes, by how they went.", "counter");
    text.line("web_tls_handshakes_total", "result=\"full\"", std::to_string(web.handshakes - web.handshakes_short));
    text.line("web_tls_handshakes_total", "result=\"resumed\"", std::to_string(web.handshakes_short));
    text.line("web_tls_handshakes_total", "result=\"failed\"", std::to_string(web.handshakes_failed));
    text.begin("web_answers_total", "Answers, by the class of their status.", "counter");
    for (std::size_t i = 1; i < web.answers.size(); ++i)
        text.line("web_answers_total", "status=\"" + std::to_string(i) + "xx\"", std::to_string(web.answers[i]));
    text.begin("web_answer_seconds", "From the end of a request to its answer; without streams and WebSockets.",
               "histogram");
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < web.answer_times.size(); ++i) {
        sum += web.answer_times[i];
        const std::string bound =
            i < http::kDurationBounds.size() ? decimal(http::kDurationBounds[i] / kMilliseconds) : "+Inf";
        text.line("web_answer_seconds_bucket", "le=\"" + bound + "\"", std::to_string(sum));
    }
    text.line("web_answer_seconds_sum", "", decimal(static_cast<double>(web.answer_microseconds) / kMicroseconds));
    text.line("web_answer_seconds_count", "", std::to_string(sum));
    text.begin("websocket_messages_total", "WebSocket messages, by direction.", "counter");
    text.line("websocket_messages_total", "direction=\"in\"", std::to_string(web.messages_in));
    text.line("websocket_messages_total", "direction=\"out\"", std::to_string(web.messages_out));
    text.begin("websocket_octets_total", "Octets of T.120 in WebSocket messages, by direction.", "counter");
    text.line("websocket_octets_total", "direction=\"in\"", std::to_string(web.octets_in));
    text.line("websocket_octets_total", "direction=\"out\"", std::to_string(web.octets_out));
    text.counter("websocket_refused_total", "WebSockets that were refused: origin, subprotocol or ticket.",
                 web.web_sockets_refused);
    text.counter("web_timeouts_total", "Requests and answers that were given up because they took too long.",
                 web.timeouts);
}

}  // namespace

std::string metrics_text(const Metrics& metrics) {
    MetricsText text;
    text.begin("build_info", "The version that runs.", "gauge");
    text.line("build_info", "version=\"" CONVENE_VERSION "\"", "1");
    text.begin("uptime_seconds", "Since the start.", "gauge");
    text.line("uptime_seconds", "", decimal(metrics.uptime_seconds));
    text.gauge("draining", "1 while the server is being stopped.", metrics.is_draining ? 1 : 0);
    text.gauge("connections", "Connections of all kinds that are counted against limits.connections.",
               metrics.connections);
    text.gauge("connections_undecided", "T.120 connections that have not said yet what they want.", metrics.undecided);
    text.gauge("connections_in_conferences", "T.120 connections that belong to a conference.",
               metrics.traffic.connections);
    text.gauge("conferences", "Conferences that run.", metrics.conferences);
    text.gauge("participants", "Nodes in the rosters of all conferences, without the server's own.",
               metrics.participants);
    text.begin("t120_octets_total", "Octets of T.120 that connections in conferences have carried, by direction.",
               "counter");
    text.line("t120_octets_total", "direction=\"in\"", std::to_string(metrics.traffic.traffic.octets_in));
    text.line("t120_octets_total", "direction=\"out\"", std::to_string(metrics.traffic.traffic.octets_out));
    text.counter("t120_frames_sent_total", "TPKTs that left.", metrics.traffic.traffic.frames_out);
    text.gauge("t120_queued_octets", "Octets that wait for receivers, all together.", metrics.traffic.octets_queued);
    text.gauge("t120_longest_queue_octets", "Octets that wait for the slowest receiver.",
               metrics.traffic.longest_queue);
    text.counter("t120_too_slow_total", "Receivers that were disconnected because they did not keep up.",
                 metrics.traffic.too_slow);
    text.counter("t120_protocol_incidents_total", "PDUs that were not understood or not allowed.",
                 metrics.traffic.incidents);
    if (metrics.web) add_web(text, *metrics.web);
    return text.take();
}

}  // namespace convene::server
