#include "http/tls.hpp"

#include <boost/asio/buffer.hpp>
#include <ctime>

#include "http/openssl.hpp"

namespace convene::http {

namespace {

constexpr char kCiphers[] = "ECDHE+AESGCM:ECDHE+CHACHA20";  // of TLS 1.2; those of TLS 1.3 are all good
constexpr unsigned char kProtocol[] = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
constexpr unsigned char kSessions[] = {'c', 'o', 'n', 'v', 'e', 'n', 'e'};
constexpr long kSessionsKept = 4096;  // of TLS 1.2 clients without tickets

std::string fingerprint_of(const X509& certificate) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    X509_digest(&certificate, EVP_sha256(), digest.data(), &size);
    static constexpr char kHex[] = "0123456789ABCDEF";
    std::string out;
    for (unsigned i = 0; i < size; ++i) {
        if (i > 0) out += ':';
        out += kHex[digest[i] >> 4];
        out += kHex[digest[i] & 15];
    }
    return out;
}

std::chrono::system_clock::time_point end_of(const X509& certificate) {
    std::tm time{};
    if (ASN1_TIME_to_tm(X509_get0_notAfter(&certificate), &time) != 1) return {};
    return std::chrono::system_clock::from_time_t(::timegm(&time));
}

/// Whoever offers protocols must offer this one, or has been led here from a server of another kind. RFC 7301.
int choose_protocol(SSL*, const unsigned char** out, unsigned char* size, const unsigned char* offered,
                    unsigned offered_size, void*) {
    unsigned char* chosen = nullptr;
    if (SSL_select_next_proto(&chosen, size, kProtocol, sizeof kProtocol, offered, offered_size) !=
        OPENSSL_NPN_NEGOTIATED)
        return SSL_TLSEXT_ERR_ALERT_FATAL;
    *out = chosen;
    return SSL_TLSEXT_ERR_OK;
}

}  // namespace

Expected<std::shared_ptr<TlsContext>, std::string> make_tls_context(const Identity& identity) {
    auto out = std::make_shared<TlsContext>();
    SSL_CTX* native = out->context.native_handle();
    ERR_clear_error();
    SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
    SSL_CTX_set_options(native, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
    SSL_CTX_set_mode(native, SSL_MODE_RELEASE_BUFFERS);  // an idle connection has none
    SSL_CTX_set_session_cache_mode(native, SSL_SESS_CACHE_SERVER);
    SSL_CTX_sess_set_cache_size(native, kSessionsKept);
    SSL_CTX_set_alpn_select_cb(native, choose_protocol, nullptr);
    if (SSL_CTX_set_session_id_context(native, kSessions, sizeof kSessions) != 1 ||
        SSL_CTX_set_cipher_list(native, kCiphers) != 1)
        return make_unexpected(openssl_error("cannot set up TLS"));

    boost::system::error_code error;
    out->context.use_certificate_chain(boost::asio::buffer(identity.certificate), error);
    if (error) return make_unexpected("the certificate cannot be used: " + error.message());
    out->context.use_private_key(boost::asio::buffer(identity.key), boost::asio::ssl::context::pem, error);
    if (error) return make_unexpected("the key cannot be used, or belongs to another certificate: " + error.message());
    if (SSL_CTX_check_private_key(native) != 1)
        return make_unexpected(openssl_error("the key belongs to another certificate"));

    X509* certificate = SSL_CTX_get0_certificate(native);
    out->fingerprint = fingerprint_of(*certificate);
    out->is_self_signed = X509_NAME_cmp(X509_get_subject_name(certificate), X509_get_issuer_name(certificate)) == 0;
    out->ends = end_of(*certificate);
    return out;
}

}  // namespace convene::http
