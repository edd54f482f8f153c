/// Who a server is to browsers: a certificate with its key, and how to make one that nobody else vouches for.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "base/expected.hpp"

namespace convene::http {

/// Both in PEM; the certificate is followed by those between it and its root.
struct Identity {
    std::string certificate;
    std::string key;
};

/// Browsers and operating systems take no certificate that lasts longer than 825 days.
inline constexpr auto kSelfSignedLife = std::chrono::hours(24 * 820);
/// A certificate that was made here is made anew when less than this is left of it.
inline constexpr auto kRenewBefore = std::chrono::hours(24 * 30);

/// An ECDSA key on P-256 and a certificate for it, signed by itself, valid for `names` (hosts or IP addresses).
/// The error is a sentence.
Expected<Identity, std::string> make_self_signed(const std::vector<std::string>& names,
                                                 std::chrono::system_clock::time_point now);
/// What the machine is called: localhost, its host name, 127.0.0.1 and ::1.
std::vector<std::string> names_of_this_machine();

Expected<Identity, std::string> read_identity(const std::string& certificate_file, const std::string& key_file);
/// The one that is kept in `directory` (tls-certificate.pem, tls-key.pem, readable by their owner alone); made when
/// there is none, or it ends within kRenewBefore.
Expected<Identity, std::string> keep_self_signed(const std::string& directory,
                                                 std::chrono::system_clock::time_point now);

}  // namespace convene::http
