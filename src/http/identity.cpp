#include "http/identity.hpp"

#include <openssl/rand.h>
#include <unistd.h>

#include <array>
#include <boost/asio/ip/address.hpp>

#include "http/openssl.hpp"

namespace convene::http {

namespace {

constexpr std::size_t kSerialOctets = 16;  // RFC 5280 §4.1.2.2 allows 20

std::string subject_names(const std::vector<std::string>& names) {
    std::string out;
    for (const auto& name : names) {
        boost::system::error_code no_address;
        boost::asio::ip::make_address(name, no_address);
        out += (out.empty() ? "" : ",") + std::string(no_address ? "DNS:" : "IP:") + name;
    }
    return out;
}

bool add_extension(X509& certificate, int kind, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, &certificate, &certificate, nullptr, nullptr, 0);
    const ExtensionOwner extension(X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str()));
    return extension != nullptr && X509_add_ext(&certificate, extension.get(), -1) == 1;
}

bool set_serial(X509& certificate) {
    std::array<unsigned char, kSerialOctets> octets{};
    if (RAND_bytes(octets.data(), static_cast<int>(octets.size())) != 1) return false;
    octets[0] &= 0x7F;  // a positive number
    const std::unique_ptr<BIGNUM, OpenSslFree<BN_free>> number(
        BN_bin2bn(octets.data(), static_cast<int>(octets.size()), nullptr));
    return number != nullptr && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(&certificate)) != nullptr;
}

bool set_times(X509& certificate, std::chrono::system_clock::time_point now) {
    // A clock that is a little behind is no reason to refuse it.
    const auto begin = std::chrono::system_clock::to_time_t(now - std::chrono::hours(24));
    const auto end = std::chrono::system_clock::to_time_t(now + kSelfSignedLife);
    return ASN1_TIME_set(X509_getm_notBefore(&certificate), begin) != nullptr &&
           ASN1_TIME_set(X509_getm_notAfter(&certificate), end) != nullptr;
}

bool fill(X509& certificate, EVP_PKEY& key, const std::vector<std::string>& names,
          std::chrono::system_clock::time_point now) {
    if (X509_set_version(&certificate, X509_VERSION_3) != 1 || !set_serial(certificate) ||
        !set_times(certificate, now) || X509_set_pubkey(&certificate, &key) != 1)
        return false;
    X509_NAME* subject = X509_get_subject_name(&certificate);
    const std::string common_name = "Convene, made by itself";
    return X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8,
                                      reinterpret_cast<const unsigned char*>(common_name.c_str()), -1, -1, 0) == 1 &&
           X509_set_issuer_name(&certificate, subject) == 1 &&
           add_extension(certificate, NID_subject_alt_name, subject_names(names)) &&
           add_extension(certificate, NID_basic_constraints, "critical,CA:FALSE") &&
           add_extension(certificate, NID_key_usage, "critical,digitalSignature") &&
           add_extension(certificate, NID_ext_key_usage, "serverAuth") &&
           X509_sign(&certificate, &key, EVP_sha256()) != 0;
}

}  // namespace

Expected<Identity, std::string> make_self_signed(const std::vector<std::string>& names,
                                                 std::chrono::system_clock::time_point now) {
    const KeyOwner key(EVP_EC_gen("P-256"));
    const CertificateOwner certificate(X509_new());
    if (key == nullptr || certificate == nullptr || !fill(*certificate, *key, names, now))
        return make_unexpected(openssl_error("cannot make a certificate"));
    const BioOwner certificate_text(BIO_new(BIO_s_mem()));
    const BioOwner key_text(BIO_new(BIO_s_mem()));
    if (PEM_write_bio_X509(certificate_text.get(), certificate.get()) != 1 ||
        PEM_write_bio_PKCS8PrivateKey(key_text.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1)
        return make_unexpected(openssl_error("cannot write a certificate"));
    return Identity{text_of(*certificate_text), text_of(*key_text)};
}

std::vector<std::string> names_of_this_machine() {
    std::vector<std::string> out{"localhost"};
    std::array<char, 256> name{};
    if (::gethostname(name.data(), name.size() - 1) == 0) {
        const std::string text(name.data());
        // Only what can stand in a certificate; a comma would be read as one name more.
        const bool is_plain =
            text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.") ==
            std::string::npos;
        if (!text.empty() && text != "localhost" && is_plain) out.push_back(text);
    }
    out.insert(out.end(), {"127.0.0.1", "::1"});
    return out;
}

}  // namespace convene::http
