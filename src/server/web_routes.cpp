// What the server itself answers over HTTP: whether it is well, what it counts, and the pages.
#include <boost/asio/post.hpp>
#include <memory>

#include "base/sha256.hpp"
#include "http/pages.hpp"
#include "server/metrics.hpp"
#include "server/server.hpp"
#include "server/settings_load.hpp"

namespace convene::server {

namespace {

http::Response plain_text(unsigned status, std::string text) {
    return http::Response{status, "text/plain; charset=utf-8", {}, std::move(text)};
}

/// Somebody at this machine, or who has the token.
bool may_see_metrics(const http::Request& request, const Settings& settings) {
    if (request.is_from_loopback) return true;
    if (settings.web_admin_token_file.empty() || request.bearer.empty()) return false;
    const auto token = read_secret(settings.web_admin_token_file);
    // Digests, so that the time it takes tells nothing about how much of it was right.
    return token && !token->empty() && sha256(as_bytes(*token)) == sha256(as_bytes(request.bearer));
}

}  // namespace

void Server::add_web_routes() {
    router_.add(http::Method::get, "/healthz",
                [](const http::Request&, const http::Responder& to) { to(plain_text(200, "ok\n")); });
    router_.add(http::Method::get, "/readyz", [this](const http::Request&, const http::Responder& to) {
        to(shared_.draining ? plain_text(503, "draining\n") : plain_text(200, "ready\n"));
    });
    router_.add(http::Method::get, "/metrics",
                [this, post = post_](const http::Request& request, const http::Responder& to) {
                    if (!may_see_metrics(request, *shared_.settings.get()))
                        return to(http::problem(403, "forbidden", "This is for administrators."));
                    post->post([this, to, alive = std::weak_ptr(alive_)] {
                        if (!alive.expired()) send_metrics(to);
                    });
                });
    router_.set_fallback([pages = http::Pages(http::built_pages())](
                             const http::Request& request, const http::Responder& to) { to(pages.answer(request)); });
}

void Server::send_metrics(const http::Responder& to) {
    struct Sum {
        ConferenceTraffic traffic;
        std::size_t missing;
    };
    auto sum = std::make_shared<Sum>();  // shared by the workers' answers, which come to this thread
    sum->missing = workers_.size();
    for (auto& worker : workers_)
        worker->measure([this, sum, to, alive = std::weak_ptr(alive_)](const ConferenceTraffic& part) {
            boost::asio::post(context_, [this, sum, to, alive, part] {
                if (alive.expired()) return;
                sum->traffic.add(part);
                if (--sum->missing > 0) return;
                Metrics metrics;
                metrics.connections = shared_.counts.total();
                metrics.undecided = front_->undecided();
                for (const auto& status : shared_.directory.list()) {
                    ++metrics.conferences;
                    metrics.participants += status.participants;
                }
                metrics.is_draining = shared_.draining;
                metrics.uptime_seconds =
                    std::chrono::duration<double>(std::chrono::steady_clock::now() - since_).count();
                metrics.traffic = sum->traffic;
                if (web_ != nullptr) metrics.web = web_->totals();
                to(http::Response{200, kMetricsType, {}, metrics_text(metrics)});
            });
        });
}

}  // namespace convene::server
