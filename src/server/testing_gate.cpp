#include "server/testing_gate.hpp"

#include <gtest/gtest.h>

#include <boost/asio/write.hpp>
#include <utility>
#include <variant>
#include <vector>

#include "io/node_runner.hpp"

namespace convene::server::testing {
namespace {

ConnectionNumber next_number = 1'000'000;  // of all gates

}  // namespace

TicketGate::TicketGate(boost::asio::io_context& context, Server& server)
    : server_(server), acceptor_(context, {boost::asio::ip::address_v4::loopback(), 0}), socket_(context) {}

TicketGate::~TicketGate() = default;

std::string TicketGate::address() const { return io::to_text(acceptor_.local_endpoint()); }

void TicketGate::expect(Admission admission) {
    admission_ = std::move(admission);
    acceptor_.async_accept(socket_, [this](boost::system::error_code error) {
        if (error) return;
        reception_ = std::make_unique<node::Reception>(node::ReceptionLimits{}, io::NodeRunner::now());
        socket_.non_blocking(true);
        read();
    });
}

void TicketGate::read() {
    socket_.async_wait(boost::asio::ip::tcp::socket::wait_read, [this](boost::system::error_code error) {
        if (error) return;
        std::byte buffer[4096];
        const auto count = socket_.read_some(boost::asio::buffer(buffer), error);
        if (error) return;
        reception_->on_bytes(Slice(ByteView(buffer, count)), io::NodeRunner::now());
        std::vector<node::Reception::Output> outputs;
        reception_->take_outputs(outputs);
        for (const auto& output : outputs)
            if (const auto* write = std::get_if<node::Reception::Write>(&output))
                boost::asio::write(socket_, boost::asio::buffer(write->octets.data(), write->octets.size()));
        if (!std::holds_alternative<node::ConferenceCall>(reception_->purpose())) return read();
        const auto status = server_.shared().directory.find(admission_.conference);
        ASSERT_TRUE(status);
        const auto peer = socket_.remote_endpoint();
        auto ticket = server_.shared().counts.admit(peer.address());
        ASSERT_TRUE(ticket);
        const auto local = socket_.local_endpoint();
        Handover handover{io::LooseSocket::from(socket_),
                          std::move(reception_),
                          peer,
                          local,
                          next_number++,
                          std::move(*ticket),
                          nullptr,
                          status->id,
                          admission_};
        server_.adopt(status->worker, std::move(handover));
    });
}

}  // namespace convene::server::testing
