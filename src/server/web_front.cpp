#include "server/web_front.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "server/web_settings.hpp"

namespace convene::server {

namespace {

constexpr std::string_view kSocketPath = "/t120";

/// What one connection of a browser holds, whatever it becomes.
struct WebPlace {
    WebPlace(Shared& of, ConnectionCounts::Ticket counted) : shared(of), ticket(std::move(counted)) {}
    WebPlace(const WebPlace&) = delete;
    WebPlace& operator=(const WebPlace&) = delete;
    ~WebPlace() {
        if (is_bridged) --shared.bridges;
    }

    Shared& shared;
    ConnectionCounts::Ticket ticket;
    bool is_bridged = false;
};

std::string day_text(std::chrono::system_clock::time_point when) {
    const std::time_t time = std::chrono::system_clock::to_time_t(when);
    std::tm parts{};
    ::gmtime_r(&time, &parts);
    std::array<char, 32> text{};
    return std::string(text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%d", &parts));
}

}  // namespace

WebFront::WebFront(Shared& shared, const http::Router& router, TicketDesk* desk, Adopt adopt)
    : shared_(shared),
      desk_(desk),
      adopt_(std::move(adopt)),
      server_(*this, router, std::string(kSocketPath), http_options(*shared.settings.get()),
              shared.settings.get()->web_threads) {}

WebFront::~WebFront() = default;

Expected<std::unique_ptr<WebFront>, std::string> WebFront::open(Shared& shared, const http::Router& router,
                                                                TicketDesk* desk, Adopt adopt) {
    const auto settings = shared.settings.get();
    if (settings->web_listen.empty() && settings->web_plain_listen.empty()) return std::unique_ptr<WebFront>();
    std::unique_ptr<WebFront> out(new WebFront(shared, router, desk, std::move(adopt)));
    if (!settings->web_listen.empty()) {
        CONVENE_TRY_ALONE(out->load_certificate());
    }
    CONVENE_TRY_ALONE(out->listen());
    if (out->secure_.empty() && out->plain_.empty()) return std::unique_ptr<WebFront>();
    out->server_.start();
    return out;
}

Expected<std::monostate, std::string> WebFront::load_certificate() {
    const auto settings = shared_.settings.get();
    const auto now = std::chrono::system_clock::now();
    http::Identity identity{made_certificate_, made_key_};
    if (!settings->web_certificate.empty()) {
        const auto& key = settings->web_key.empty() ? settings->web_certificate : settings->web_key;
        CONVENE_TRY(read, http::read_identity(settings->web_certificate, key));
        identity = std::move(read);
    } else if (!settings->data.empty()) {
        CONVENE_TRY(kept, http::keep_self_signed(settings->data, now));
        identity = std::move(kept);
    } else if (made_key_.empty()) {
        CONVENE_TRY(made, http::make_self_signed(http::names_of_this_machine(), now));
        made_certificate_ = made.certificate;
        made_key_ = made.key;
        identity = std::move(made);
    }
    CONVENE_TRY(tls, http::make_tls_context(identity));
    shared_.log.info(LogEvent::certificate_loaded, {{"sha256", tls->fingerprint},
                                                    {"ends", day_text(tls->ends)},
                                                    {"self-signed", tls->is_self_signed ? "yes" : "no"}});
    if (tls->ends < now) shared_.log.warning(LogEvent::certificate_trouble, {{"why", "the certificate has expired"}});
    server_.set_tls(std::move(tls));
    return std::monostate{};
}

Expected<std::monostate, std::string> WebFront::listen() {
    const auto settings = shared_.settings.get();
    const auto open_all = [&](const std::vector<std::string>& places, bool is_secure,
                              std::vector<io::Endpoint>& out) -> Expected<std::monostate, std::string> {
        // The address that nobody has asked for is no reason not to start.
        const bool is_default = is_secure && places == Settings{}.web_listen;
        for (const auto& where : places) {
            CONVENE_TRY(endpoints, io::parse_listen(where, kWebPort));
            for (const auto& endpoint : endpoints) {
                auto opened = is_secure ? server_.listen_secure(endpoint) : server_.listen_plain(endpoint);
                if (opened) {
                    shared_.log.info(LogEvent::server_listening,
                                     {{"addr", io::to_text(*opened)}, {"for", is_secure ? "https" : "http"}});
                    out.push_back(*opened);
                    continue;
                }
                const bool is_optional =
                    is_default ||
                    (endpoints.size() > 1 && !out.empty() && endpoint.protocol() == boost::asio::ip::tcp::v6() &&
                     (opened.error().error == EAFNOSUPPORT || opened.error().error == EADDRNOTAVAIL));
                if (!is_optional) return make_unexpected(opened.error().text);
                shared_.log.warning(LogEvent::listen_failed,
                                    {{"addr", io::to_text(endpoint)}, {"why", opened.error().text}});
            }
        }
        return std::monostate{};
    };
    CONVENE_TRY_ALONE(open_all(settings->web_listen, true, secure_));
    return open_all(settings->web_plain_listen, false, plain_);
}

void WebFront::reload() {
    server_.set_options(http_options(*shared_.settings.get()));
    if (secure_.empty()) return;
    if (const auto loaded = load_certificate(); !loaded)
        shared_.log.error(LogEvent::certificate_trouble, {{"why", loaded.error()}});  // the one before stays in force
}

std::string WebFront::address() const {
    const bool is_secure = !secure_.empty();
    const auto& all = is_secure ? secure_ : plain_;
    if (all.empty()) return {};
    const std::string scheme = is_secure ? "https://" : "http://";
    const auto is_near = [](const io::Endpoint& endpoint) {
        return endpoint.address().is_loopback() || endpoint.address().is_unspecified();
    };
    const auto near = std::find_if(all.begin(), all.end(), is_near);
    if (near == all.end()) return scheme + io::to_text(all.front()) + "/";
    return scheme + "localhost:" + std::to_string(near->port()) + "/";
}

Expected<http::Place, std::string> WebFront::admit(const io::Endpoint& remote) {
    auto ticket = shared_.counts.admit(remote.address());
    if (!ticket) return make_unexpected(std::string(ticket.error()));
    std::string source = ticket->source();
    return http::Place{std::make_shared<WebPlace>(shared_, std::move(*ticket)), std::move(source)};
}

Expected<io::LooseSocket, http::Response> WebFront::open_socket(const http::Request& request, std::string_view ticket,
                                                                const http::Ends& ends, const http::Place& place) {
    static_cast<void>(request);
    if (shared_.draining) return make_unexpected(http::problem(503, "unavailable", "This server is being stopped."));
    std::optional<Admission> admission;
    if (desk_ != nullptr) {
        admission = desk_->redeem(ticket);
        if (!admission) {
            shared_.log.info(LogEvent::connection_refused,
                             {{"addr", shared_.log.address(ends.remote)}, {"why", "no valid ticket"}});
            return make_unexpected(http::problem(403, "forbidden", "This ticket is not valid, or not any more."));
        }
    }
    auto pair = io::make_socket_pair();
    if (!pair) return make_unexpected(http::problem(503, "unavailable", "There is no room for one more connection."));
    auto& mine = *static_cast<WebPlace*>(place.held.get());
    if (!std::exchange(mine.is_bridged, true)) ++shared_.bridges;
    adopt_(std::move(pair->first), FrontGuest{ConnectionCounts::Ticket::uncounted(place.source), ends.remote,
                                              ends.local, std::move(admission)});
    return std::move(pair->second);
}

void WebFront::on_trouble(const io::Endpoint& remote, std::string_view why) {
    shared_.log.info(LogEvent::web_trouble, {{"addr", shared_.log.address(remote)}, {"why", why}});
}

}  // namespace convene::server
