/// Tells other programs, by HTTP, what happens in conferences.
#pragma once

#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/expected.hpp"
#include "base/time.hpp"
#include "server/hooks.hpp"
#include "server/log.hpp"

namespace convene::server {

inline constexpr std::size_t kMaxHooks = 16;        ///< addresses that are told
inline constexpr std::size_t kMaxHookQueue = 1000;  ///< deliveries that wait for one address; the oldest is lost
inline constexpr unsigned kHookAttempts = 7;        ///< of one delivery
inline constexpr Duration kHookTime = std::chrono::seconds(10);  ///< for one attempt
inline constexpr Duration kHookWait = std::chrono::seconds(1);   ///< after the first failure; doubles with each
inline constexpr std::size_t kMaxHookAnswer = 64 * 1024;  ///< octets of an answer; nothing in it matters but its status

/// Where a hook leads: http://HOST[:PORT]/PATH, or https.
struct HookAddress {
    bool is_secure = false;
    std::string host;
    std::string port;
    std::string target;

    friend bool operator==(const HookAddress&, const HookAddress&) = default;
};
/// The error is a sentence. No user names or passwords, no fragments.
Expected<HookAddress, std::string> parse_hook(std::string_view text);

/// "t=SECONDS,v1=HEX": HMAC-SHA-256 over "SECONDS.BODY", so that an old delivery cannot be told from a new one's place.
std::string hook_signature(std::string_view secret, std::int64_t seconds, std::string_view body);
/// The body of a delivery.
std::string hook_body(const HookNews& news, std::string_view id);

/// Lives on one io_context. Each address has its own queue and one delivery under way; an answer of 2xx is a success,
/// everything else, redirections included, is tried again. Certificates are checked against the system's.
class Webhooks {
public:
    /// The error is a sentence.
    static Expected<std::unique_ptr<Webhooks>, std::string> open(boost::asio::io_context& context, Log& log,
                                                                 const std::vector<std::string>& addresses,
                                                                 std::string secret);
    ~Webhooks();

    void tell(const std::vector<HookNews>& news);
    /// Deliveries that were given up.
    std::uint64_t lost() const;

private:
    class Target;
    struct Parts;
    explicit Webhooks(std::unique_ptr<Parts> parts);

    std::unique_ptr<Parts> parts_;
};

}  // namespace convene::server
