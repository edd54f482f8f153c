#include "server/admin_token.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "admission/secret.hpp"
#include "io/random.hpp"
#include "server/settings_load.hpp"

namespace convene::server {

namespace {

std::string fresh_token() {
    return admission::mint([] { return io::random_octets<admission::kSecretOctets>(); }).text;
}

}  // namespace

AdminToken::AdminToken(std::string_view text) : digest_(sha256(as_bytes(text))) {}

bool AdminToken::fits(std::string_view shown) const {
    return digest_ && equal_in_constant_time(sha256(as_bytes(shown)), *digest_);
}

Expected<AdminToken, std::string> AdminToken::open(const Settings& settings, std::optional<std::string>& told) {
    std::string path = settings.web_admin_token_file;
    if (path.empty() && settings.data.empty()) {
        told = fresh_token();
        return AdminToken(*told);
    }
    if (path.empty()) {
        path = settings.data + "/admin-token";
        const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
        if (fd >= 0) {
            const std::string line = fresh_token() + "\n";
            const bool is_written = ::write(fd, line.data(), line.size()) == static_cast<ssize_t>(line.size());
            ::close(fd);
            if (!is_written) {
                ::unlink(path.c_str());
                return make_unexpected("cannot write " + path);
            }
        } else if (errno != EEXIST) {
            return make_unexpected("cannot make " + path + ": " + std::generic_category().message(errno));
        }
    }
    CONVENE_TRY(secret, read_secret(path));
    if (secret.size() < kMinAdminToken)
        return make_unexpected("the administrators' token in " + path + " is shorter than " +
                               std::to_string(kMinAdminToken) + " characters");
    return AdminToken(secret);
}

}  // namespace convene::server
