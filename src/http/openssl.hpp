/// Owners for what OpenSSL hands out, and its errors as sentences.
#pragma once

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <array>
#include <memory>
#include <string>
#include <string_view>

namespace convene::http {

template <auto Free>
struct OpenSslFree {
    template <class T>
    void operator()(T* object) const {
        Free(object);
    }
};
using KeyOwner = std::unique_ptr<EVP_PKEY, OpenSslFree<EVP_PKEY_free>>;
using CertificateOwner = std::unique_ptr<X509, OpenSslFree<X509_free>>;
using ExtensionOwner = std::unique_ptr<X509_EXTENSION, OpenSslFree<X509_EXTENSION_free>>;
using BioOwner = std::unique_ptr<BIO, OpenSslFree<BIO_free_all>>;

/// `what`, and the first thing that OpenSSL says about it. Its list of errors is empty afterwards.
inline std::string openssl_error(std::string_view what) {
    std::string out(what);
    if (const auto code = ERR_get_error(); code != 0) {
        if (const char* reason = ERR_reason_error_string(code)) out += std::string(": ") + reason;
    }
    ERR_clear_error();
    return out;
}

/// All that was written to a BIO in memory.
inline std::string text_of(BIO& bio) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(&bio, &data);
    return std::string(data, static_cast<std::size_t>(size));
}

/// The first certificate of a PEM text; nullptr where there is none.
inline CertificateOwner first_certificate(const std::string& pem) {
    const BioOwner bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    return CertificateOwner(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
}

}  // namespace convene::http
