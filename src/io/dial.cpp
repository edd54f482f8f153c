#include "io/dial.hpp"

#include <algorithm>
#include <boost/asio/steady_timer.hpp>
#include <utility>
#include <vector>

namespace convene::io {

using boost::asio::ip::tcp;

struct Dial::State : std::enable_shared_from_this<State> {
    State(boost::asio::io_context& context, HostPort host_port, DialHandler done, Duration time)
        : where(std::move(host_port)),
          handler(std::move(done)),
          end(std::chrono::steady_clock::now() + time),
          resolver(context),
          socket(context),
          timer(context) {}

    void start() {
        timer.expires_at(end);
        timer.async_wait([self = shared_from_this()](boost::system::error_code error) {
            if (!error) self->finish(make_unexpected("cannot look up " + self->where.host + ": no answer in time"));
        });
        resolver.async_resolve(
            where.host, std::to_string(where.port), tcp::resolver::numeric_service,
            [self = shared_from_this()](boost::system::error_code error, const tcp::resolver::results_type& results) {
                if (!self->handler) return;
                if (error)
                    return self->finish(make_unexpected("cannot look up " + self->where.host + ": " + error.message()));
                for (const auto& result : results) self->addresses.push_back(result.endpoint());
                std::reverse(self->addresses.begin(), self->addresses.end());
                self->try_next("no address");
            });
    }

    void try_next(const std::string& why) {
        if (addresses.empty())
            return finish(make_unexpected("cannot connect to " + where.host + " port " + std::to_string(where.port) +
                                          ": " + why));
        const Endpoint address = addresses.back();
        // What is left is shared by the addresses left, so that a dead first one does not eat it all.
        const auto now = std::chrono::steady_clock::now();
        const auto share = std::max<Duration>(end - now, Duration::zero()) / static_cast<int>(addresses.size());
        addresses.pop_back();
        const auto attempt = ++attempts;
        timer.expires_at(now + share);
        timer.async_wait([self = shared_from_this(), attempt](boost::system::error_code error) {
            if (!error && self->handler && self->attempts == attempt) self->failed("no answer in time");
        });
        boost::system::error_code error;
        socket.close(error);
        socket.open(address.protocol(), error);
        if (error) return failed(error.message());
        socket.async_connect(address, [self = shared_from_this(), attempt](boost::system::error_code result) {
            if (!self->handler || self->attempts != attempt) return;
            if (result) return self->failed(result.message());
            self->finish(std::move(self->socket));
        });
    }

    void failed(const std::string& why) { try_next(why); }

    void finish(DialResult result) {
        if (!handler) return;
        timer.cancel();
        std::exchange(handler, nullptr)(std::move(result));
    }

    void give_up() {
        handler = nullptr;
        resolver.cancel();
        timer.cancel();
        boost::system::error_code ignored;
        socket.close(ignored);
    }

    HostPort where;
    DialHandler handler;
    Instant end;
    tcp::resolver resolver;
    tcp::socket socket;
    boost::asio::steady_timer timer;
    std::vector<Endpoint> addresses;  // the next one last
    unsigned attempts = 0;
};

Dial::~Dial() { state_->give_up(); }

std::unique_ptr<Dial> dial(boost::asio::io_context& context, const HostPort& where, DialHandler handler,
                           Duration time) {
    auto state = std::make_shared<Dial::State>(context, where, std::move(handler), time);
    state->start();
    return std::unique_ptr<Dial>(new Dial(std::move(state)));
}

}  // namespace convene::io
