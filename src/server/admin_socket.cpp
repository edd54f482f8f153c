#include "server/admin_socket.hpp"

#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <boost/asio/buffer.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <nlohmann/json.hpp>

#include "base/json_line.hpp"

namespace convene::server {

using boost::asio::local::stream_protocol;

namespace {

// What a JSON library of another program cannot read must not end this one: strings may hold octets of strangers.
std::string line_of(const nlohmann::json& json) { return json_line(json) + "\n"; }

}  // namespace

/// One connected administrator; requests are answered in order, one at a time.
class AdminSocket::Client : public std::enable_shared_from_this<Client> {
public:
    Client(stream_protocol::socket socket, std::shared_ptr<Handler> handler, std::shared_ptr<std::size_t> clients)
        : socket_(std::move(socket)), handler_(std::move(handler)), clients_(std::move(clients)) {
        ++*clients_;
    }
    ~Client() { --*clients_; }

    void read() {
        boost::asio::async_read_until(socket_, boost::asio::dynamic_buffer(input_, kAdminLine), '\n',
                                      [self = shared_from_this()](boost::system::error_code error, std::size_t count) {
                                          if (!error) self->on_line(count);
                                      });
    }

private:
    void on_line(std::size_t count) {
        const std::string line = input_.substr(0, count);
        input_.erase(0, count);
        const auto request = nlohmann::json::parse(line, nullptr, false);
        const auto reply = [self = shared_from_this()](const nlohmann::json& answer) { self->answer(answer); };
        if (!request.is_object()) return reply({{"ok", false}, {"error", "a request is a JSON object on one line"}});
        if (*handler_) (*handler_)(request, reply);
    }

    void answer(const nlohmann::json& answer) {
        output_ = line_of(answer);
        boost::asio::async_write(socket_, boost::asio::buffer(output_),
                                 [self = shared_from_this()](boost::system::error_code error, std::size_t) {
                                     if (!error) self->read();
                                 });
    }

    stream_protocol::socket socket_;
    std::shared_ptr<Handler> handler_;
    std::shared_ptr<std::size_t> clients_;
    std::string input_;
    std::string output_;
};

Expected<std::unique_ptr<AdminSocket>, std::string> AdminSocket::open(boost::asio::io_context& context,
                                                                      const std::string& path, Handler handler) {
    if (path.size() >= sizeof(sockaddr_un{}.sun_path)) return make_unexpected(path + " is too long for a socket");
    boost::system::error_code error;
    const stream_protocol::endpoint endpoint(path);
    struct stat status {};
    if (::lstat(path.c_str(), &status) == 0) {
        if (!S_ISSOCK(status.st_mode)) return make_unexpected(path + " exists and is no socket");
        stream_protocol::socket probe(context);
        probe.connect(endpoint, error);
        if (!error) return make_unexpected("another server already listens at " + path);
        ::unlink(path.c_str());  // left behind by a server that was killed
    }
    stream_protocol::acceptor acceptor(context);
    acceptor.open(endpoint.protocol(), error);
    if (!error) acceptor.bind(endpoint, error);
    if (error) return make_unexpected("cannot make " + path + ": " + error.message());
    // Nobody can connect before listen(), so there is no moment at which it is open to others.
    if (::chmod(path.c_str(), 0600) != 0) return make_unexpected("cannot protect " + path);
    acceptor.listen(static_cast<int>(kAdminClients), error);
    if (error) return make_unexpected("cannot listen at " + path + ": " + error.message());
    std::unique_ptr<AdminSocket> out(new AdminSocket(std::move(acceptor), path, std::move(handler)));
    out->accept();
    return out;
}

AdminSocket::AdminSocket(stream_protocol::acceptor acceptor, std::string path, Handler handler)
    : acceptor_(std::move(acceptor)),
      path_(std::move(path)),
      handler_(std::make_shared<Handler>(std::move(handler))),
      clients_(std::make_shared<std::size_t>(0)) {}

AdminSocket::~AdminSocket() {
    *handler_ = nullptr;
    ::unlink(path_.c_str());
}

void AdminSocket::accept() {
    acceptor_.async_accept([this, handler = handler_](boost::system::error_code error, stream_protocol::socket socket) {
        if (error || !*handler) return;  // closed, or gone
        if (*clients_ < kAdminClients) std::make_shared<Client>(std::move(socket), handler_, clients_)->read();
        accept();
    });
}

}  // namespace convene::server
