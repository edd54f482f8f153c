/// Where strangers arrive: accepts connections, finds out what they want, answers or hands them on.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "io/listener.hpp"
#include "server/front_client.hpp"
#include "server/handover.hpp"
#include "server/shared.hpp"

namespace convene::server {

/// Starts a conference on its worker; the connection that wanted it follows by FrontExit::adopt().
class FrontExit {
public:
    virtual void create(const ConferenceStatus& status) = 0;
    virtual void adopt(std::size_t worker, Handover handover) = 0;

protected:
    ~FrontExit() = default;
};

/// Lives on one io_context. A connection that says nothing costs about a kilobyte here, and its place until
/// limits.handshake_time is over.
class Front final : private FrontClientEvents {
public:
    Front(boost::asio::io_context& context, Shared& shared, FrontExit& exit);
    ~Front();

    /// The error is a sentence. Some of several addresses of one setting may fail when `all` is not wanted.
    Expected<std::vector<io::Endpoint>, io::ListenError> listen(const std::string& where);
    /// Takes a connection that came in by another door. Its socket may be of any family.
    void adopt(io::LooseSocket socket, FrontGuest guest);
    /// Accepts nobody any more and closes those whose purpose is not known yet.
    void close();
    std::size_t undecided() const { return clients_.size(); }

private:
    struct Deadline {
        Instant when;
        ConnectionNumber number;
    };

    void accepted(boost::asio::ip::tcp::socket socket);
    void take(FrontClient::Socket socket, FrontGuest guest);
    void on_decided(FrontClient& client) override;
    void on_gone(FrontClient& client, LogEvent event, std::string_view why) override;
    void on_lingering(FrontClient& client) override;

    void route(FrontClient& client, const node::ConferenceCall& call);
    void refuse(FrontClient& client, const node::ConferenceCall& call, std::optional<gcc::ConnectGccPdu> answer,
                const char* why);
    void hand_over(FrontClient& client, const ConferenceStatus& status);
    void watch(std::deque<Deadline>& deadlines, Duration time, ConnectionNumber number);
    void set_timer();
    void on_time();
    void watch_room();

    boost::asio::io_context& context_;
    Shared& shared_;
    FrontExit& exit_;
    std::vector<std::unique_ptr<io::Listener>> listeners_;
    std::unordered_map<ConnectionNumber, std::shared_ptr<FrontClient>> clients_;
    std::deque<Deadline> handshakes_;  // in the order in which they end
    std::deque<Deadline> lingering_;
    boost::asio::steady_timer timer_;
    boost::asio::steady_timer room_timer_;
    ConnectionNumber next_ = 1;
    std::shared_ptr<const FrontClientLimits> limits_;  // shared by all clients, made from these settings
    std::shared_ptr<const Settings> limits_from_;
    bool timer_set_ = false;
    bool paused_ = false;
    bool closed_ = false;
};

/// Raises the number of descriptors this process may have to what it is allowed; returns it.
std::uint64_t raise_descriptor_limit();

}  // namespace convene::server
