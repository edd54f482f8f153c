#include "server/admin_socket.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <boost/asio/buffer.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

namespace convene::server {
namespace {

using boost::asio::local::stream_protocol;

class Admin : public ::testing::Test {
protected:
    Admin() {
        std::string name = ::testing::TempDir() + "convene-admin-XXXXXX";
        directory_ = ::mkdtemp(name.data());
        path_ = directory_ + "/admin.sock";
    }
    ~Admin() override { std::filesystem::remove_all(directory_); }

    static void echo(const nlohmann::json& request, const AdminSocket::Reply& reply) {
        reply({{"ok", true}, {"said", request["say"]}});
    }

    std::string directory_, path_;
    boost::asio::io_context context_;
};

TEST_F(Admin, AnswersLineByLine) {
    auto admin = AdminSocket::open(context_, path_, echo);
    ASSERT_TRUE(admin) << admin.error();
    struct stat status {};
    ASSERT_EQ(::stat(path_.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600u);

    boost::asio::io_context client_context;
    stream_protocol::socket client(client_context);
    client.connect(stream_protocol::endpoint(path_));
    std::thread server([&] { context_.run(); });
    std::string input;
    const auto ask = [&](const std::string& line) {
        boost::asio::write(client, boost::asio::buffer(line));
        const auto count = boost::asio::read_until(client, boost::asio::dynamic_buffer(input), '\n');
        const std::string answer = input.substr(0, count - 1);
        input.erase(0, count);
        return answer;
    };
    EXPECT_EQ(ask("{\"say\":1}\n"), R"({"ok":true,"said":1})");
    EXPECT_EQ(ask("{\"say\":\"two\"}\n"), R"({"ok":true,"said":"two"})");
    EXPECT_NE(ask("nonsense\n").find("\"ok\":false"), std::string::npos);
    EXPECT_NE(ask("[1]\n").find("\"ok\":false"), std::string::npos);
    EXPECT_EQ(ask("{\"say\":3}\n{\"say\":4}\n"), R"({"ok":true,"said":3})");
    EXPECT_EQ(ask(""), R"({"ok":true,"said":4})");
    context_.stop();
    server.join();
    admin->reset();
    EXPECT_FALSE(std::filesystem::exists(path_));
}

TEST_F(Admin, TakesOverADeadSocketButNotALivingOneOrAFile) {
    auto first = AdminSocket::open(context_, path_, echo);
    ASSERT_TRUE(first);
    const auto second = AdminSocket::open(context_, path_, echo);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error(), "another server already listens at " + path_);
    first->reset();

    { stream_protocol::acceptor killed(context_, stream_protocol::endpoint(path_)); }
    ASSERT_TRUE(std::filesystem::exists(path_));
    EXPECT_TRUE(AdminSocket::open(context_, path_, echo));

    std::ofstream(path_) << "precious";
    EXPECT_FALSE(AdminSocket::open(context_, path_, echo));
    EXPECT_TRUE(std::filesystem::exists(path_));
}

}  // namespace
}  // namespace convene::server
