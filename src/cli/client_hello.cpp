#include "cli/client_hello.hpp"

#include <openssl/bio.h>
#include <openssl/ssl.h>

#include <boost/asio/ip/address.hpp>
#include <memory>

namespace convene::cli {
namespace {

struct Free {
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
    void operator()(SSL* ssl) const { SSL_free(ssl); }
};

}  // namespace

Bytes client_hello(const std::string& host) {
    const std::unique_ptr<SSL_CTX, Free> context(SSL_CTX_new(TLS_client_method()));
    if (!context) return {};
    const std::unique_ptr<SSL, Free> ssl(SSL_new(context.get()));
    if (!ssl) return {};
    BIO* in = BIO_new(BIO_s_mem());
    BIO* out = BIO_new(BIO_s_mem());
    SSL_set_bio(ssl.get(), in, out);  // owns both
    boost::system::error_code is_name;
    boost::asio::ip::make_address(host, is_name);
    if (is_name) SSL_set_tlsext_host_name(ssl.get(), host.c_str());
    SSL_set_connect_state(ssl.get());
    SSL_do_handshake(ssl.get());  // writes its first message, then wants to read
    char* octets = nullptr;
    const long size = BIO_get_mem_data(out, &octets);
    return to_bytes(std::string_view(octets, static_cast<std::size_t>(size)));
}

}  // namespace convene::cli
