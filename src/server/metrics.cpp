#include "server/metrics.hpp"

#include <cstdio>
#include <span>
#include <string_view>
#include <utility>

namespace convene::server {

namespace {

constexpr double kMicroseconds = 1e6, kMilliseconds = 1e3;  // in a second

std::string decimal(double value) {
    char text[32];
    return std::string(text, static_cast<std::size_t>(std::snprintf(text, sizeof text, "%g", value)));
}

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
    /// `buckets`, one more than `bounds`, are not yet summed up; `bounds` and `sum` count in parts of a second of which
    /// there are `bounds_a_second` and kMicroseconds.
    void histogram(std::string_view name, std::string_view help, std::span<const std::uint32_t> bounds,
                   double bounds_a_second, std::span<const std::uint64_t> buckets, std::uint64_t sum) {
        begin(name, help, "histogram");
        const std::string of(name);
        std::uint64_t count = 0;
        for (std::size_t i = 0; i < buckets.size(); ++i) {
            count += buckets[i];
            const std::string bound = i < bounds.size() ? decimal(bounds[i] / bounds_a_second) : "+Inf";
            line(of + "_bucket", "le=\"" + bound + "\"", std::to_string(count));
        }
        line(of + "_sum", "", decimal(static_cast<double>(sum) / kMicroseconds));
        line(of + "_count", "", std::to_string(count));
    }
    std::string take() { return std::move(out_); }

private:
    std::string out_;
};

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
    text.histogram("web_answer_seconds", "From the end of a request to its answer; without streams and WebSockets.",
                   http::kDurationBounds, kMilliseconds, web.answer_times, web.answer_microseconds);
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

constexpr std::pair<mcs::DataPriority, std::string_view> kPriorities[] = {{mcs::DataPriority::top, "top"},
                                                                          {mcs::DataPriority::high, "high"},
                                                                          {mcs::DataPriority::medium, "medium"},
                                                                          {mcs::DataPriority::low, "low"}};

/// By kind of channel and by priority, both named as T.122 does.
void add_data(MetricsText& text, const mcs::DataCounts& data) {
    using mcs::ChannelKind;
    constexpr std::pair<ChannelKind, std::string_view> kKinds[] = {{ChannelKind::permanent, "static"},
                                                                   {ChannelKind::user, "user"},
                                                                   {ChannelKind::managed, "private"},
                                                                   {ChannelKind::assigned, "assigned"}};
    const auto each = [&](std::string_view name, std::string_view help, std::uint64_t mcs::DataAmount::*of) {
        text.begin(name, help, "counter");
        for (const auto& [kind, channel] : kKinds)
            for (const auto& [priority, word] : kPriorities)
                text.line(name, "channel=\"" + std::string(channel) + "\",priority=\"" + std::string(word) + "\"",
                          std::to_string(data.of(kind, priority).*of));
    };
    each("mcs_data_pdus_total", "Data PDUs that conferences have relayed, each once, by kind of channel and priority.",
         &mcs::DataAmount::pdus);
    each("mcs_data_octets_total", "Octets of user data in them.", &mcs::DataAmount::octets);
}

/// What was done so that nobody is sent more than it takes.
void add_flow(MetricsText& text, const ConferenceTraffic& traffic) {
    const mcs::FlowCounts& flow = traffic.flow;
    text.gauge("flow_paused", "Connections that are not read from because a receiver of theirs has fallen behind.",
               traffic.paused);
    text.begin("flow_pauses_total", "How often that was begun, by priority of what filled the receiver's queue.",
               "counter");
    for (const auto& [priority, word] : kPriorities)
        text.line("flow_pauses_total", "priority=\"" + std::string(word) + "\"", std::to_string(flow.of(priority)));
    text.counter("flow_resumes_total", "How often it was ended, but for those that have gone.", flow.resumes);
    const std::pair<std::string_view, std::uint64_t> reasons[] = {
        {"queue", traffic.too_slow_for(io::TooSlow::queue) + flow.overflows},
        {"stall", traffic.too_slow_for(io::TooSlow::stall)},
        {"throughput", flow.too_slow},
        {"conference", traffic.too_slow_for(io::TooSlow::conference)}};
    std::uint64_t all = 0;
    text.begin("flow_disconnects_total", "Receivers that were disconnected, by what they did not keep up with.",
               "counter");
    for (const auto& [reason, count] : reasons) {
        text.line("flow_disconnects_total", "reason=\"" + std::string(reason) + "\"", std::to_string(count));
        all += count;
    }
    text.counter("t120_too_slow_total", "Receivers that were disconnected because they did not keep up.", all);
}

/// What was received and went no further.
void add_dropped(MetricsText& text, const ConferenceTraffic& traffic) {
    text.begin("dropped_pdus_total", "Data PDUs that were received and not relayed, by reason.", "counter");
    text.line("dropped_pdus_total", "reason=\"unheard\"", std::to_string(traffic.data.unheard));
    text.line("dropped_pdus_total", "reason=\"not-admitted\"", std::to_string(traffic.data.not_admitted));
    text.line("dropped_pdus_total", "reason=\"misattributed\"", std::to_string(traffic.data.misattributed));
    text.counter("denied_pdus_total", "Data PDUs and requests for tokens of participants without the right.",
                 traffic.denied);
    text.counter("dropped_octets_total", "Octets that were waiting for receivers that were disconnected as too slow.",
                 traffic.unsent);
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
    text.gauge("t120_queues", "Receivers for which octets wait.", metrics.traffic.waiting);
    text.histogram("t120_relay_seconds",
                   "From octets read to the last of what they led to written, for each receiver that was idle.",
                   io::kLatencyBounds, kMicroseconds, metrics.traffic.latency.buckets,
                   metrics.traffic.latency.microseconds);
    add_data(text, metrics.traffic.data);
    add_flow(text, metrics.traffic);
    add_dropped(text, metrics.traffic);
    text.counter("t120_protocol_incidents_total", "PDUs that were not understood or not allowed.",
                 metrics.traffic.incidents);
    if (metrics.web) add_web(text, *metrics.web);
    return text.take();
}

}  // namespace convene::server
