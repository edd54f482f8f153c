#include "cli/probe_wire.hpp"

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>

namespace convene::cli {

namespace asio = boost::asio;
using asio::ip::tcp;

std::vector<Address> look_up(const std::string& host, std::uint16_t port, Duration time, std::string& why) {
    asio::io_context context;
    tcp::resolver resolver(context);
    std::vector<Address> out;
    why = "no answer in time";
    resolver.async_resolve(host, std::to_string(port), tcp::resolver::numeric_service,
                           [&](boost::system::error_code error, const tcp::resolver::results_type& results) {
                               why = error.message();
                               for (const auto& result : results) out.push_back(result.endpoint());
                           });
    context.run_for(time);
    return out;
}

ProbeWire::Opened ProbeWire::open(const Address& address) {
    boost::system::error_code result = asio::error::timed_out;
    socket_.async_connect(address, [&](boost::system::error_code error) { result = error; });
    context_.restart();
    context_.run_for(time_);
    if (!result) return Opened::connected;
    boost::system::error_code ignored;
    socket_.close(ignored);
    context_.restart();
    context_.run();  // the cancelled operation
    if (result == asio::error::operation_aborted) result = asio::error::timed_out;
    why_ = result.message();
    if (result == asio::error::connection_refused) return Opened::refused;
    return result == asio::error::timed_out ? Opened::no_answer : Opened::failed;
}

bool ProbeWire::send(ByteView octets) {
    bool sent = false;
    asio::async_write(socket_, asio::buffer(octets.data(), octets.size()),
                      [&](boost::system::error_code error, std::size_t) { sent = !error; });
    context_.restart();
    context_.run_for(time_);
    if (!context_.stopped()) {
        socket_.cancel();
        context_.run();
    }
    return sent;
}

ProbeWire::Heard ProbeWire::hear(const Enough& enough) {
    const Instant end = std::chrono::steady_clock::now() + time_;
    std::array<char, 16 * 1024> buffer{};
    while (heard_.size() < kMaxHeard) {
        if (enough(heard_)) return Heard::enough;
        boost::system::error_code error = asio::error::timed_out;
        std::size_t count = 0;
        socket_.async_read_some(asio::buffer(buffer), [&](boost::system::error_code result, std::size_t size) {
            error = result;
            count = size;
        });
        context_.restart();
        context_.run_until(end);
        if (!context_.stopped()) {
            socket_.cancel();
            context_.run();
        }
        append(heard_, as_bytes({buffer.data(), count}));
        if (error == asio::error::eof) return Heard::closed;
        if (error == asio::error::timed_out || error == asio::error::operation_aborted) return Heard::silent;
        if (error) return Heard::reset;
    }
    return Heard::enough;
}

}  // namespace convene::cli
