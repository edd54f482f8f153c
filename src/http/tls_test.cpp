#include "http/tls.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "http/openssl.hpp"

namespace convene::http {
namespace {

using std::chrono::hours;

const auto kTestNow = std::chrono::system_clock::now();

class TemporaryFolder {
public:
    TemporaryFolder() {
        std::string name = ::testing::TempDir() + "convene-tls-XXXXXX";
        path_ = ::mkdtemp(name.data());
    }
    ~TemporaryFolder() { std::filesystem::remove_all(path_); }
    const std::string& path() const { return path_; }

private:
    std::string path_;
};

unsigned permissions(const std::string& path) {
    struct stat status {};
    EXPECT_EQ(::stat(path.c_str(), &status), 0) << path;
    return status.st_mode & 0777;
}

TEST(Identity, IsValidForItsNames) {
    const auto made = make_self_signed({"localhost", "box.example", "127.0.0.1", "::1"}, kTestNow);
    ASSERT_TRUE(made) << made.error();
    const auto certificate = first_certificate(made->certificate);
    ASSERT_NE(certificate, nullptr);
    EXPECT_EQ(X509_check_host(certificate.get(), "localhost", 0, 0, nullptr), 1);
    EXPECT_EQ(X509_check_host(certificate.get(), "box.example", 0, 0, nullptr), 1);
    EXPECT_EQ(X509_check_host(certificate.get(), "other.example", 0, 0, nullptr), 0);
    EXPECT_EQ(X509_check_ip_asc(certificate.get(), "127.0.0.1", 0), 1);
    EXPECT_EQ(X509_check_ip_asc(certificate.get(), "::1", 0), 1);
    EXPECT_EQ(EVP_PKEY_get_base_id(X509_get0_pubkey(certificate.get())), EVP_PKEY_EC);
    EXPECT_EQ(EVP_PKEY_get_bits(X509_get0_pubkey(certificate.get())), 256);
}

TEST(Identity, KnowsThisMachine) {
    const auto names = names_of_this_machine();
    EXPECT_EQ(names.front(), "localhost");
    EXPECT_EQ(names.back(), "::1");
}

TEST(Tls, ShowsWhatItIs) {
    const auto context = make_tls_context(*make_self_signed({"localhost"}, kTestNow));
    ASSERT_TRUE(context) << context.error();
    EXPECT_TRUE((*context)->is_self_signed);
    EXPECT_EQ((*context)->fingerprint.size(), 32U * 3 - 1);
    EXPECT_GT((*context)->ends, kTestNow + hours(24 * 800));
    EXPECT_LT((*context)->ends, kTestNow + hours(24 * 825));
}

TEST(Tls, RefusesAKeyOfAnother) {
    const auto one = make_self_signed({"localhost"}, kTestNow), other = make_self_signed({"localhost"}, kTestNow);
    EXPECT_FALSE(make_tls_context(Identity{one->certificate, other->key}));
    EXPECT_FALSE(make_tls_context(Identity{"no certificate", one->key}));
    EXPECT_FALSE(make_tls_context(Identity{one->certificate, ""}));
}

TEST(IdentityFiles, AreKeptAndPrivate) {
    const TemporaryFolder folder;
    const auto first = keep_self_signed(folder.path(), kTestNow);
    ASSERT_TRUE(first) << first.error();
    EXPECT_EQ(permissions(folder.path() + "/tls-key.pem"), 0600U);
    EXPECT_EQ(permissions(folder.path() + "/tls-certificate.pem"), 0600U);
    const auto second = keep_self_signed(folder.path(), kTestNow + hours(24 * 700));
    EXPECT_EQ(second->certificate, first->certificate);
}

TEST(IdentityFiles, AreMadeAnewInTimeOrWhenTheyAreOfNoUse) {
    const TemporaryFolder folder;
    const auto first = keep_self_signed(folder.path(), kTestNow);
    const auto later = keep_self_signed(folder.path(), kTestNow + hours(24 * 800));
    EXPECT_NE(later->certificate, first->certificate);
    std::ofstream(folder.path() + "/tls-key.pem") << "rubbish";
    const auto again = keep_self_signed(folder.path(), kTestNow);
    ASSERT_TRUE(again) << again.error();
    EXPECT_TRUE(make_tls_context(*again));
}

TEST(IdentityFiles, SayWhatIsMissing) {
    const auto lost = read_identity("/nonexistent/certificate.pem", "/nonexistent/key.pem");
    ASSERT_FALSE(lost);
    EXPECT_EQ(lost.error(), "cannot read /nonexistent/certificate.pem: No such file or directory");
}

}  // namespace
}  // namespace convene::http
