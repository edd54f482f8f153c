// Identities in files.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <variant>

#include "http/identity.hpp"
#include "http/tls.hpp"

namespace convene::http {

namespace {

constexpr std::size_t kMostOctets = 1024 * 1024;  // of a file with certificates

Expected<std::string, std::string> read_whole(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return make_unexpected("cannot read " + path + ": " + std::generic_category().message(errno));
    std::string out(kMostOctets, '\0');
    file.read(out.data(), static_cast<std::streamsize>(out.size()));
    out.resize(static_cast<std::size_t>(file.gcount()));
    if (out.size() == kMostOctets) return make_unexpected(path + " is too large for a certificate or a key");
    return out;
}

/// Beside its place first, so that there is never half of it.
Expected<std::monostate, std::string> write_whole(const std::string& path, const std::string& text) {
    const std::string beside = path + ".new";
    const auto failed = [&] {
        return make_unexpected("cannot write " + path + ": " + std::generic_category().message(errno));
    };
    const int fd = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (fd < 0) return failed();
    // The file may have been there before, with other permissions.
    const bool is_whole = ::fchmod(fd, S_IRUSR | S_IWUSR) == 0 &&
                          ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                          ::fsync(fd) == 0;
    if (::close(fd) != 0 || !is_whole || ::rename(beside.c_str(), path.c_str()) != 0) return failed();
    return std::monostate{};
}

}  // namespace

Expected<Identity, std::string> read_identity(const std::string& certificate_file, const std::string& key_file) {
    CONVENE_TRY(certificate, read_whole(certificate_file));
    CONVENE_TRY(key, read_whole(key_file));
    return Identity{std::move(certificate), std::move(key)};
}

Expected<Identity, std::string> keep_self_signed(const std::string& directory,
                                                 std::chrono::system_clock::time_point now) {
    const std::string certificate_file = directory + "/tls-certificate.pem";
    const std::string key_file = directory + "/tls-key.pem";
    std::error_code ignored;
    if (std::filesystem::exists(certificate_file, ignored) && std::filesystem::exists(key_file, ignored)) {
        CONVENE_TRY(kept, read_identity(certificate_file, key_file));
        const auto context = make_tls_context(kept);
        if (context && (*context)->ends - kRenewBefore > now) return std::move(kept);
    }
    CONVENE_TRY(made, make_self_signed(names_of_this_machine(), now));
    // The key first: a certificate whose key is another one is of no use, and made anew next time.
    CONVENE_TRY_ALONE(write_whole(key_file, made.key));
    CONVENE_TRY_ALONE(write_whole(certificate_file, made.certificate));
    return std::move(made);
}

}  // namespace convene::http
