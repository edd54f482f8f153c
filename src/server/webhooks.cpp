#include "server/webhooks.hpp"

#include <algorithm>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <chrono>
#include <deque>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "base/digits.hpp"
#include "base/hex.hpp"
#include "base/json_line.hpp"
#include "base/sha256.hpp"
#include "io/random.hpp"
#include "server/wall_clock.hpp"

namespace convene::server {

namespace beast = boost::beast;
namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {}  // namespace

struct HookDelivery {
    HookEvent event{};
    std::string id;
    std::string body;
    unsigned attempts = 0;
};

Expected<HookAddress, std::string> parse_hook(std::string_view text) {
    HookAddress out;
    if (text.rfind("https://", 0) == 0) {
        out.is_secure = true;
        text.remove_prefix(8);
    } else if (text.rfind("http://", 0) == 0) {
        text.remove_prefix(7);
    } else {
        return make_unexpected("begins with neither http:// nor https://");
    }
    const auto slash = text.find_first_of("/?");
    std::string_view authority = text.substr(0, slash);
    out.target = slash == std::string_view::npos ? "/" : std::string(text.substr(slash));
    if (out.target.front() == '?') out.target.insert(0, "/");
    const bool has_odd =
        std::any_of(text.begin(), text.end(), [](char c) { return c <= ' ' || c == '#' || c == '\x7F'; });
    if (has_odd || authority.find('@') != std::string_view::npos)
        return make_unexpected("has blanks, a fragment, or a user name");
    out.port = out.is_secure ? "443" : "80";
    const auto colon = authority.rfind(':');
    if (colon != std::string_view::npos && authority.find(']', colon) == std::string_view::npos) {
        out.port = std::string(authority.substr(colon + 1));
        authority = authority.substr(0, colon);
        if (out.port.empty() || out.port.size() > 5 || !is_digits(out.port))
            return make_unexpected("has no valid port");
    }
    if (authority.size() > 2 && authority.front() == '[' && authority.back() == ']')
        authority = authority.substr(1, authority.size() - 2);
    if (authority.empty()) return make_unexpected("names no host");
    out.host = std::string(authority);
    return out;
}

std::string hook_signature(std::string_view secret, std::int64_t seconds, std::string_view body) {
    const std::string time = std::to_string(seconds);
    const std::string message = time + "." + std::string(body);
    return "t=" + time + ",v1=" + to_hex(hmac_sha256(as_bytes(secret), as_bytes(message)));
}

std::string hook_body(const HookNews& news, std::string_view id) {
    nlohmann::json out{
        {"id", id}, {"event", to_text(news.event)}, {"conference", news.conference}, {"time", news.time}};
    if (news.event == HookEvent::joined || news.event == HookEvent::left) {
        out["node"] = news.person.node;
        out["name"] = news.person.name;
        if (!news.person.entry.empty()) out["entry"] = news.person.entry;
    }
    return json_line(out);
}

struct Webhooks::Parts {
    asio::io_context& context;
    Log& log;
    std::string secret;
    asio::ssl::context ssl{asio::ssl::context::tls_client};
    std::vector<std::shared_ptr<Target>> targets{};
    std::uint64_t lost = 0;
};

/// One address. Shared with its operations that are under way; `parts_` is null once the owner is gone.
class Webhooks::Target : public std::enable_shared_from_this<Target> {
public:
    Target(Parts& parts, HookAddress address, std::string name)
        : parts_(&parts),
          address_(std::move(address)),
          name_(std::move(name)),
          resolver_(parts.context),
          timer_(parts.context) {}

    void add(HookDelivery delivery) {
        if (queue_.size() >= kMaxHookQueue) {
            // The one at the front may be under way.
            queue_.erase(queue_.begin() + 1);
            ++parts_->lost;
        }
        queue_.push_back(std::move(delivery));
        if (!std::exchange(busy_, true)) attempt();
    }
    void close() {
        parts_ = nullptr;
        resolver_.cancel();
        timer_.cancel();
        if (plain_) plain_->cancel();
        if (secure_) beast::get_lowest_layer(*secure_).cancel();
    }

private:
    void attempt() {
        ++queue_.front().attempts;
        resolver_.async_resolve(
            address_.host, address_.port,
            [self = shared_from_this()](error_code error, const tcp::resolver::results_type& found) {
                if (self->parts_ == nullptr) return;
                if (error) return self->failed(error.message());
                self->connect(found);
            });
    }
    void connect(const tcp::resolver::results_type& found) {
        response_.emplace();
        response_->body_limit(kMaxHookAnswer);
        buffer_.clear();
        const auto connected = [self = shared_from_this()](error_code error, const tcp::endpoint&) {
            if (self->parts_ == nullptr) return;
            if (error) return self->failed(error.message());
            self->secure_ ? self->shake_hands() : self->write(*self->plain_);
        };
        plain_.reset();
        secure_.reset();
        if (!address_.is_secure) {
            plain_.emplace(parts_->context);
            plain_->expires_after(kHookTime);
            return plain_->async_connect(found, connected);
        }
        secure_.emplace(parts_->context, parts_->ssl);
        secure_->set_verify_mode(asio::ssl::verify_peer);
        secure_->set_verify_callback(asio::ssl::host_name_verification(address_.host));
        ::SSL_set_tlsext_host_name(secure_->native_handle(), address_.host.c_str());
        beast::get_lowest_layer(*secure_).expires_after(kHookTime);
        beast::get_lowest_layer(*secure_).async_connect(found, connected);
    }
    void shake_hands() {
        secure_->async_handshake(asio::ssl::stream_base::client, [self = shared_from_this()](error_code error) {
            if (self->parts_ == nullptr) return;
            if (error) return self->failed(error.message());
            self->write(*self->secure_);
        });
    }
    template <class Stream>
    void write(Stream& stream) {
        const HookDelivery& delivery = queue_.front();
        request_ = {beast::http::verb::post, address_.target, 11};
        request_.set(beast::http::field::host, address_.host);
        request_.set(beast::http::field::user_agent, "convene");
        request_.set(beast::http::field::content_type, "application/json");
        request_.set("Convene-Event", to_text(delivery.event));
        request_.set("Convene-Delivery", delivery.id);
        request_.set("Convene-Signature", hook_signature(parts_->secret, wall_seconds(), delivery.body));
        request_.body() = delivery.body;
        request_.keep_alive(false);
        request_.prepare_payload();
        beast::http::async_write(stream, request_, [self = shared_from_this(), &stream](error_code error, std::size_t) {
            if (self->parts_ == nullptr) return;
            if (error) return self->failed(error.message());
            beast::http::async_read(stream, self->buffer_, *self->response_, [self](error_code failure, std::size_t) {
                if (self->parts_ == nullptr) return;
                if (failure) return self->failed(failure.message());
                self->answered(self->response_->get().result_int());
            });
        });
    }
    void answered(unsigned status) {
        if (status / 100 != 2) return failed("answered " + std::to_string(status));
        next();
    }
    void next() {
        plain_.reset();
        secure_.reset();
        queue_.pop_front();
        busy_ = !queue_.empty();
        if (busy_) attempt();
    }
    void failed(const std::string& why) {
        const unsigned attempts = queue_.front().attempts;
        if (attempts >= kHookAttempts) {
            ++parts_->lost;
            parts_->log.warning(LogEvent::webhook_lost, {{"url", name_}, {"why", why}});
            return next();
        }
        parts_->log.debug(LogEvent::webhook_failed, {{"url", name_}, {"attempt", attempts}, {"why", why}});
        timer_.expires_after(kHookWait * (1U << (attempts - 1)));
        timer_.async_wait([self = shared_from_this()](error_code error) {
            if (!error && self->parts_ != nullptr) self->attempt();
        });
    }

    Parts* parts_;
    HookAddress address_;
    std::string name_;
    tcp::resolver resolver_;
    asio::steady_timer timer_;
    std::deque<HookDelivery> queue_;
    bool busy_ = false;
    std::optional<beast::tcp_stream> plain_;
    std::optional<beast::ssl_stream<beast::tcp_stream>> secure_;
    beast::http::request<beast::http::string_body> request_;
    std::optional<beast::http::response_parser<beast::http::string_body>> response_;
    beast::flat_buffer buffer_;
};

Expected<std::unique_ptr<Webhooks>, std::string> Webhooks::open(asio::io_context& context, Log& log,
                                                                const std::vector<std::string>& addresses,
                                                                std::string secret) {
    if (addresses.size() > kMaxHooks) return make_unexpected("there are too many webhooks");
    std::unique_ptr<Webhooks> out(new Webhooks(std::unique_ptr<Parts>(new Parts{context, log, std::move(secret)})));
    error_code error;
    out->parts_->ssl.set_default_verify_paths(error);
    for (const auto& text : addresses) {
        auto address = parse_hook(text);
        if (!address) return make_unexpected("web.webhooks: \"" + text + "\" " + address.error());
        out->parts_->targets.push_back(std::make_shared<Target>(*out->parts_, std::move(*address), text));
    }
    return out;
}

Webhooks::Webhooks(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Webhooks::~Webhooks() {
    for (auto& target : parts_->targets) target->close();
}

void Webhooks::tell(const std::vector<HookNews>& news) {
    for (const auto& each : news) {
        const std::string id = to_hex(io::random_octets<16>());
        const std::string body = hook_body(each, id);
        for (auto& target : parts_->targets) target->add(HookDelivery{each.event, id, body});
    }
}

std::uint64_t Webhooks::lost() const { return parts_->lost; }

}  // namespace convene::server
