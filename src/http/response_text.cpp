#include "http/response_text.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <ctime>
#include <iterator>

namespace convene::http {

namespace {

/// RFC 9110 §5.6.7.
std::string date_now() {
    const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    std::tm parts{};
    ::gmtime_r(&now, &parts);
    std::array<char, 64> text{};
    // The program never leaves the C locale, so the names are English.
    return std::string(text.data(), std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts));
}

void add_field(std::string& out, std::string_view name, std::string_view value) {
    const auto is_clean = [](char c) { return static_cast<unsigned char>(c) >= 0x20 || c == '\t'; };
    std::copy_if(name.begin(), name.end(), std::back_inserter(out), is_clean);
    out += ": ";
    std::copy_if(value.begin(), value.end(), std::back_inserter(out), is_clean);
    out += "\r\n";
}

bool has_field(const Response& response, std::string_view name) {
    return std::any_of(response.headers.begin(), response.headers.end(),
                       [&](const Field& field) { return field.name == name; });
}

}  // namespace

std::string content_security_policy(std::string_view host, std::string_view frame_ancestors, bool is_secure) {
    // Some browsers do not take 'self' for a WebSocket of the same host.
    const std::string socket = (is_secure ? "wss://" : "ws://") + std::string(host);
    return "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob: data:; "
           "connect-src 'self' " +
           socket +
           "; worker-src 'self'; font-src 'self'; media-src blob:; manifest-src 'self'; base-uri 'none'; "
           "form-action 'self'; frame-ancestors " +
           std::string(frame_ancestors);
}

std::string response_head(const Response& response, const ResponseFrame& frame) {
    std::string out = "HTTP/1.1 " + std::to_string(response.status) + " ";
    out += reason_phrase(response.status);
    out += "\r\n";
    add_field(out, "Date", date_now());
    const std::size_t length = response.kept_body.empty() ? response.body.size() : response.kept_body.size();
    const bool has_body = response.status != 204 && response.status != 304 && response.status >= 200;
    if (has_body && frame.has_length) add_field(out, "Content-Length", std::to_string(length));
    if (!response.content_type.empty()) add_field(out, "Content-Type", response.content_type);
    if (!frame.keeps_alive) add_field(out, "Connection", "close");
    add_field(out, "Content-Security-Policy",
              content_security_policy(frame.host, frame.frame_ancestors, frame.is_secure));
    add_field(out, "X-Content-Type-Options", "nosniff");
    add_field(out, "Referrer-Policy", "no-referrer");
    add_field(out, "Permissions-Policy",
              "camera=(), geolocation=(), microphone=(), payment=(), usb=(), clipboard-read=(self), "
              "clipboard-write=(self), fullscreen=(self)");
    add_field(out, "Cross-Origin-Opener-Policy", "same-origin");
    add_field(out, "Cross-Origin-Resource-Policy", "same-origin");
    // For older browsers, which know no frame-ancestors.
    if (frame.frame_ancestors == "'none'") add_field(out, "X-Frame-Options", "DENY");
    if (frame.is_secure && frame.is_certificate_real) add_field(out, "Strict-Transport-Security", "max-age=31536000");
    if (!has_field(response, "Cache-Control")) add_field(out, "Cache-Control", "no-store");
    for (const auto& field : response.headers) add_field(out, field.name, field.value);
    return out + "\r\n";
}

}  // namespace convene::http
