/// What all TLS connections of a server share: its identity and the rules.
#pragma once

#include <boost/asio/ssl/context.hpp>
#include <chrono>
#include <memory>
#include <string>

#include "base/expected.hpp"
#include "http/identity.hpp"

namespace convene::http {

/// TLS 1.2 and 1.3 with forward secrecy, session resumption on. Shared by the connections that were made with it: after
/// a reload new ones get another.
struct TlsContext {
    boost::asio::ssl::context context{boost::asio::ssl::context::tls_server};
    std::string fingerprint;      ///< SHA-256 of the certificate, "AB:CD:…"
    bool is_self_signed = false;  ///< nobody else vouches for it
    std::chrono::system_clock::time_point ends;
};

/// The error is a sentence: the key does not fit, the certificate is no PEM, …
Expected<std::shared_ptr<TlsContext>, std::string> make_tls_context(const Identity& identity);

}  // namespace convene::http
