// What the server itself answers over HTTP: whether it is well, what it counts, and the pages.
#include <boost/asio/post.hpp>
#include <memory>

#include "http/pages.hpp"
#include "server/api.hpp"
#include "server/metrics.hpp"
#include "server/server.hpp"

namespace convene::server {

namespace {

http::Response plain_text(unsigned status, std::string text) {
    return http::Response{status, "text/plain; charset=utf-8", {}, std::move(text)};
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
                    if (!request.is_from_loopback && !api_->is_admin(request))
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
