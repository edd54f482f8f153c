// What each kind of bad input gets, row by row as docs/protocol.md states it, from a whole server on real sockets,
// while two people in the conference go on talking and notice nothing.
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include "gcc/codec.hpp"
#include "tests/integration/people.hpp"
#include "tests/integration/raw_peer.hpp"
#include "tests/integration/test_server.hpp"

namespace convene::integration {
namespace {

using std::chrono::milliseconds;

/// Ada talks to Grace on a thread of their own, a line every few milliseconds.
class Conversation {
public:
    explicit Conversation(const std::string& address) : ada_(people_.add("Ada")), grace_(people_.add("Grace")) {
        ada_.join(address, "lobby");
        grace_.join(address, "lobby");
        begun_ = people_.run_until([&] { return ada_.can_chat() && grace_.can_chat() && ada_.roster_size() >= 3; });
        if (begun_) thread_ = std::thread([this] { talk(); });
    }
    ~Conversation() { stop(); }

    bool has_begun() const { return begun_; }
    /// Waits for so many lines more.
    void go_on_for(int lines) const {
        const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10) * slowness();
        for (const int goal = said_ + lines; said_ < goal;) {
            ASSERT_LT(std::chrono::steady_clock::now(), end) << "the talk has stopped";
            std::this_thread::sleep_for(milliseconds(1));
        }
    }
    void stop() {
        stopping_ = true;
        if (thread_.joinable()) thread_.join();
    }
    /// After stop(): every line arrived, in order, and none was long on its way.
    void check() const {
        const auto lines = grace_.lines();
        ASSERT_EQ(lines.size(), static_cast<std::size_t>(said_));
        for (int i = 0; i < said_; ++i) ASSERT_EQ(lines[static_cast<std::size_t>(i)], "line " + std::to_string(i));
        EXPECT_FALSE(ada_.is_over());
        EXPECT_FALSE(grace_.is_over());
        EXPECT_LT(longest_.count(), 1000 * slowness()) << "milliseconds";
    }

private:
    void talk() {
        while (!stopping_) {
            const auto begun = std::chrono::steady_clock::now();
            ada_.say("line " + std::to_string(said_));
            ++said_;
            const auto arrived = [&] { return grace_.lines().size() == static_cast<std::size_t>(said_); };
            if (!people_.run_until(arrived, std::chrono::seconds(10))) return;
            longest_ =
                std::max(longest_, std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - begun));
            people_.run_for(milliseconds(10));
        }
    }

    People people_;
    Person& ada_;
    Person& grace_;
    bool begun_ = false;
    std::atomic<bool> stopping_ = false;
    std::atomic<int> said_ = 0;
    milliseconds longest_{0};
    std::thread thread_;
};

constexpr std::uint64_t kRoom = 6;  // participants

server::Settings settings_for_tests() {
    server::Settings settings;
    settings.roster_delay = server::Milliseconds(10);
    settings.handshake_time = server::Milliseconds(700 * slowness());
    settings.frame_time = server::Milliseconds(300 * slowness());
    settings.tsdu_time = server::Milliseconds(300 * slowness());
    settings.stall_time = server::Milliseconds(300 * slowness());
    settings.max_users = kRoom;
    settings.max_pdu_size = 16'384;
    settings.password_attempts = 3;
    settings.password_refill = server::Milliseconds(60'000);
    return settings;
}

class BadInput : public ::testing::Test {
protected:
    void SetUp() override { start(settings_for_tests()); }
    void TearDown() override {
        if (HasFatalFailure()) return;
        talk_->go_on_for(3);
        talk_->stop();
        talk_->check();
    }
    void start(const server::Settings& settings) {
        talk_.reset();
        server_ = std::make_unique<TestServer>(settings);
        talk_ = std::make_unique<Conversation>(server_->address());
        ASSERT_TRUE(talk_->has_begun()) << server_->log_text();
        talk_->go_on_for(3);  // the test begins in the middle of the talk
    }
    std::uint16_t port() const { return server_->port(); }

    std::unique_ptr<TestServer> server_;
    std::unique_ptr<Conversation> talk_;
};

// --- before the conference: T.123 ---

TEST_F(BadInput, SomethingElseThanTpkt) {
    for (std::string_view text : {"GET / HTTP/1.1\r\n\r\n", "\x16\x03\x01\x02\x00\x01", "SSH-2.0-x\r\n"}) {
        RawPeer peer(port());
        peer.send(text);
        EXPECT_TRUE(peer.is_closed());
    }
    EXPECT_TRUE(server_->logs("handshake-failed", "clause"));
}

TEST_F(BadInput, TpktLengthsThatCannotBe) {
    for (unsigned length : {0U, 4U, 6U, 1025U, 65'535U}) {
        RawPeer peer(port());
        peer.send(bytes({0x03, 0x00, length >> 8, length & 0xFF, 0x06, 0xE0, 0x00}));
        EXPECT_TRUE(peer.is_closed()) << length;
    }
    EXPECT_TRUE(server_->logs("handshake-failed"));
}

TEST_F(BadInput, HalfAFrameThenSilence) {
    RawPeer peer(port());
    peer.send(bytes({0x03, 0x00, 0x00}));
    EXPECT_TRUE(peer.is_closed());
    EXPECT_TRUE(server_->logs("handshake-timeout", "said=something"));
}

TEST_F(BadInput, NothingAtAll) {
    RawPeer peer(port());
    EXPECT_TRUE(peer.is_closed());
    EXPECT_TRUE(server_->logs("handshake-timeout", "said=nothing"));
}

TEST_F(BadInput, ConnectedThenSilent) {
    RawPeer peer(port());
    ASSERT_TRUE(peer.connect());
    EXPECT_TRUE(peer.is_closed());
    EXPECT_TRUE(server_->logs("handshake-timeout", "said=something"));
}

TEST_F(BadInput, AnotherTransportClass) {
    RawPeer peer(port());
    t123::ConnectionRequest request;
    request.transport_class = 2;
    peer.send(t123::serialise(request));
    const auto answer = peer.frame();
    ASSERT_TRUE(answer.has_value());
    const auto tpdu = t123::parse_tpdu(*answer);
    ASSERT_TRUE(tpdu && std::holds_alternative<t123::DisconnectRequest>(*tpdu));
    EXPECT_EQ(std::get<t123::DisconnectRequest>(*tpdu).reason, t123::DisconnectCode::negotiation_failed);
    EXPECT_TRUE(peer.is_closed());
    EXPECT_TRUE(server_->logs("handshake-failed", "X.224"));
}

TEST_F(BadInput, MoreThanAHandshakeNeeds) {
    RawPeer peer(port());
    ASSERT_TRUE(peer.connect());
    peer.send_tsdu(Bytes(70'000));
    EXPECT_TRUE(peer.is_closed());
    EXPECT_TRUE(server_->logs("handshake-failed", "too much"));
}

// --- before the conference: T.125 and T.124 ---

TEST_F(BadInput, BrokenConnectInitial) {
    auto whole = *mcs::encode(mcs::ConnectPdu{initial_with(join_request(u"lobby"))});
    whole.resize(whole.size() / 2);
    for (const Bytes& tsdu : {whole, bytes({0x7F, 0x65, 0x02, 0x01}), bytes({0x00}), bytes({0xFF, 0xFF, 0xFF})}) {
        RawPeer peer(port());
        ASSERT_TRUE(peer.connect());
        peer.send_tsdu(tsdu);
        EXPECT_TRUE(peer.is_closed());
    }
    EXPECT_TRUE(server_->logs("handshake-failed", "not a connect PDU"));
}

TEST_F(BadInput, ConferenceDataThatIsNone) {
    RawPeer peer(port());
    ASSERT_TRUE(peer.connect());
    auto initial = initial_with(join_request(u"lobby"));
    initial.user_data.resize(initial.user_data.size() / 2);
    const auto response = peer.call(initial);
    ASSERT_TRUE(response.has_value());
    EXPECT_EQ(response->result, mcs::Result::unspecified_failure);
    EXPECT_TRUE(peer.is_closed());
    EXPECT_TRUE(server_->logs("handshake-failed", "conference data not understood"));
}

TEST_F(BadInput, UnacceptableParameters) {
    RawPeer peer(port());
    ASSERT_TRUE(peer.connect());
    auto initial = initial_with(join_request(u"lobby"));
    initial.target_parameters.max_mcspdu_size = initial.minimum_parameters.max_mcspdu_size = 100;
    initial.maximum_parameters.max_mcspdu_size = 100;  // below what any user data needs
    const auto response = peer.call(initial);
    ASSERT_TRUE(response.has_value());
    EXPECT_EQ(response->result, mcs::Result::parameters_unacceptable);
    EXPECT_TRUE(peer.is_closed());
    EXPECT_TRUE(server_->logs("connection-closed", "parameters unacceptable"));
}

TEST_F(BadInput, DomainPduBeforeItsTime) {
    RawPeer peer(port());
    ASSERT_TRUE(peer.connect());
    peer.send(mcs::DomainPdu{mcs::AttachUserRequest{}});
    EXPECT_TRUE(peer.is_closed());
    EXPECT_TRUE(server_->logs("handshake-failed", "not a connect PDU"));
}

TEST_F(BadInput, DomainPduBeforeTheLastTransport) {
    RawPeer peer(port());
    ASSERT_TRUE(peer.connect());
    auto initial = initial_with(join_request(u"lobby"));
    initial.target_parameters.num_priorities = initial.minimum_parameters.num_priorities = 2;
    const auto response = peer.call(initial);
    ASSERT_TRUE(response.has_value());
    ASSERT_EQ(response->result, mcs::Result::successful);
    EXPECT_EQ(response->domain_parameters.num_priorities, 2U);
    peer.send(mcs::DomainPdu{mcs::AttachUserRequest{}});
    EXPECT_TRUE(peer.is_closed());
    EXPECT_TRUE(server_->logs("connection-closed", "before the connection was complete"));
}

TEST_F(BadInput, AdditionalTransportForNobody) {
    RawPeer peer(port());
    ASSERT_TRUE(peer.connect());
    peer.send_tsdu(*mcs::encode(mcs::ConnectPdu{mcs::ConnectAdditional{4711, mcs::DataPriority::high}}));
    const auto octets = peer.tsdu();
    ASSERT_TRUE(octets.has_value());
    const auto pdu = mcs::decode_connect_pdu(*octets);
    ASSERT_TRUE(pdu && std::holds_alternative<mcs::ConnectResult>(*pdu));
    EXPECT_NE(std::get<mcs::ConnectResult>(*pdu).result, mcs::Result::successful);
    EXPECT_TRUE(peer.is_closed());
}

TEST_F(BadInput, NoSuchConference) {
    RawPeer peer(port());
    ASSERT_TRUE(peer.connect());
    const auto response = peer.call(initial_with(join_request(u"nowhere")));
    ASSERT_TRUE(response.has_value());
    EXPECT_EQ(response->result, mcs::Result::user_rejected);
    EXPECT_TRUE(peer.is_closed());
    EXPECT_TRUE(server_->logs("join-refused", "invalid-conference"));
}

// --- in the conference ---

/// The two last words of a provider that was sent what it cannot accept.
void expect_rejected(RawPeer& peer, mcs::Diagnostic diagnostic) {
    const auto reject = peer.expect<mcs::RejectMcspduUltimatum>();
    ASSERT_TRUE(reject.has_value());
    EXPECT_EQ(reject->diagnostic, diagnostic);
    EXPECT_FALSE(reject->initial_octets.empty());
    const auto last = peer.expect<mcs::DisconnectProviderUltimatum>();
    ASSERT_TRUE(last.has_value());
    EXPECT_EQ(last->reason, mcs::Reason::provider_initiated);
    EXPECT_TRUE(peer.is_closed());
}

TEST_F(BadInput, UndecodablePdu) {
    for (const Bytes& tsdu : {bytes({0xFF, 0xFF}), bytes({0x38, 0x00}), bytes({0x64, 0x00, 0x06})}) {
        RawPeer peer(port());
        ASSERT_TRUE(peer.attach().has_value());
        peer.send_tsdu(tsdu);
        expect_rejected(peer, mcs::Diagnostic::invalid_per_encoding);
    }
    EXPECT_TRUE(server_->logs("protocol-incident", "octets=ffff"));
}

TEST_F(BadInput, ConnectPduAfterItsTime) {
    RawPeer peer(port());
    const auto user = peer.attach();
    ASSERT_TRUE(user.has_value());
    // In a domain its first octets, 7F 65, are those of a TokenInhibitRequest of a user whom this peer does not have.
    peer.send_tsdu(*mcs::encode(mcs::ConnectPdu{initial_with(join_request(u"lobby"))}));
    EXPECT_TRUE(server_->logs("protocol-incident", "octets=7f65"));
    peer.send(mcs::DomainPdu{mcs::ChannelJoinRequest{*user, mcs::ChannelId{user->value}}});
    EXPECT_TRUE(peer.expect<mcs::ChannelJoinConfirm>().has_value());
}

TEST_F(BadInput, PduInTheWrongDirection) {
    RawPeer peer(port());
    const auto user = peer.attach();
    ASSERT_TRUE(user.has_value());
    peer.send(mcs::DomainPdu{mcs::DetachUserIndication{mcs::Reason::user_requested, {*user}}});
    expect_rejected(peer, mcs::Diagnostic::forbidden_pdu_upward);
}

TEST_F(BadInput, MoreThanTheAgreedPduSize) {
    RawPeer peer(port());
    ASSERT_TRUE(peer.attach().has_value());
    peer.send_tsdu(Bytes(20'000));
    EXPECT_TRUE(peer.is_closed());
    EXPECT_TRUE(server_->logs("connection-closed", "TSDU longer"));
}

TEST_F(BadInput, HalfAFrameInTheConference) {
    RawPeer peer(port());
    ASSERT_TRUE(peer.attach().has_value());
    peer.send(bytes({0x03, 0x00, 0x01, 0x00, 0x02}));
    EXPECT_TRUE(peer.is_closed());
    EXPECT_TRUE(server_->logs("connection-closed", "not complete in time"));
}

TEST_F(BadInput, UnknownTpduInTheConference) {
    RawPeer peer(port());
    ASSERT_TRUE(peer.attach().has_value());
    peer.send(bytes({0x03, 0x00, 0x00, 0x07, 0x02, 0x10, 0x80}));
    const auto answer = peer.frame();
    ASSERT_TRUE(answer.has_value());
    const auto tpdu = t123::parse_tpdu(*answer);
    ASSERT_TRUE(tpdu && std::holds_alternative<t123::ErrorTpdu>(*tpdu));
    EXPECT_EQ(std::get<t123::ErrorTpdu>(*tpdu).cause, t123::RejectCause::invalid_tpdu_type);
    EXPECT_TRUE(peer.is_closed());
}

TEST_F(BadInput, SomebodyElsesUserId) {
    RawPeer peer(port());
    const auto user = peer.attach();
    ASSERT_TRUE(user.has_value());
    // The server's own user id: nothing that it "sends" may come from below.
    const mcs::UserId victim{static_cast<std::uint16_t>(user->value == 1001 ? 1002 : 1001)};
    peer.send(mcs::DomainPdu{mcs::SendDataRequest{
        victim, mcs::ChannelId{1}, mcs::DataPriority::top, {true, true}, Slice(as_bytes("lies"))}});
    EXPECT_TRUE(server_->logs("protocol-incident", "T.125 §11.21"));
    // It is ignored, and the connection stays: a correct peer may have crossed a detachment.
    peer.send(mcs::DomainPdu{mcs::ChannelJoinRequest{*user, mcs::ChannelId{user->value}}});
    EXPECT_TRUE(peer.expect<mcs::ChannelJoinConfirm>().has_value());
}

TEST_F(BadInput, ChannelOfSomebodyElse) {
    RawPeer peer(port());
    const auto user = peer.attach();
    ASSERT_TRUE(user.has_value());
    const std::uint16_t other = user->value == 1001 ? 1002 : 1001;
    peer.send(mcs::DomainPdu{mcs::ChannelJoinRequest{*user, mcs::ChannelId{other}}});
    const auto confirm = peer.expect<mcs::ChannelJoinConfirm>();
    ASSERT_TRUE(confirm.has_value());
    EXPECT_NE(confirm->result, mcs::Result::successful);
}

// --- who may come in ---

TEST_F(BadInput, FullConference) {
    std::vector<std::unique_ptr<RawPeer>> peers;
    bool refused = false;
    for (std::uint64_t i = 0; i < kRoom && !refused; ++i) {
        peers.push_back(std::make_unique<RawPeer>(port()));
        ASSERT_TRUE(peers.back()->connect());
        const auto response = peers.back()->call(initial_with(join_request(u"lobby")));
        ASSERT_TRUE(response.has_value());
        refused = response->result == mcs::Result::user_rejected;
        EXPECT_EQ(refused, i == kRoom - 2) << "Ada and Grace are there already; " << i;
    }
    EXPECT_TRUE(refused);
    EXPECT_TRUE(peers.back()->is_closed());
    EXPECT_TRUE(server_->logs("join-refused", "why=locked-full-or-throttled"));
}

TEST_F(BadInput, WrongPasswords) {
    char name[] = "/tmp/convene-password-XXXXXX";
    const int file = ::mkstemp(name);
    ASSERT_GE(file, 0);
    ASSERT_EQ(::write(file, "sesame\n", 7), 7);
    ::close(file);
    auto settings = settings_for_tests();
    server::ConferenceSettings closed;
    closed.name = "closed";
    closed.password_file = name;
    settings.conferences.push_back(closed);
    start(settings);
    std::filesystem::remove(name);

    const auto attempt = [&](std::u16string password) -> std::optional<gcc::JoinResult> {
        RawPeer peer(port());
        if (!peer.connect()) return std::nullopt;
        auto request = join_request(u"closed");
        request.password = gcc::PasswordChallengeRequestResponse{gcc::PasswordSelector{gcc::SimpleText{password}}};
        const auto response = peer.call(initial_with(request));
        if (!response) return std::nullopt;
        const auto answer = gcc::decode_connect_data(response->user_data);
        const auto* join = answer ? std::get_if<gcc::ConferenceJoinResponse>(&*answer) : nullptr;
        return join == nullptr ? std::nullopt : std::optional(join->result);
    };
    EXPECT_EQ(attempt(u"sesame"), gcc::JoinResult::success);
    for (std::uint64_t i = 0; i < settings.password_attempts; ++i)
        EXPECT_EQ(attempt(u"guess"), gcc::JoinResult::invalid_password);
    // Now even the right one is not looked at.
    EXPECT_EQ(attempt(u"sesame"), gcc::JoinResult::user_rejected);
    EXPECT_TRUE(server_->logs("join-refused", "wrong-password"));
    EXPECT_TRUE(server_->logs("join-refused", "throttled"));
}

// --- too much ---

TEST_F(BadInput, ReceiverThatStopsReading) {
    constexpr mcs::ChannelId kChannel{700};
    RawPeer lazy(port());
    const auto lazy_user = lazy.attach();
    ASSERT_TRUE(lazy_user.has_value());
    lazy.send(mcs::DomainPdu{mcs::ChannelJoinRequest{*lazy_user, kChannel}});
    ASSERT_TRUE(lazy.expect<mcs::ChannelJoinConfirm>().has_value());

    // Somebody sends it more than all buffers between hold; from now on it reads nothing.
    RawPeer busy(port());
    const auto user = busy.attach();
    ASSERT_TRUE(user.has_value());
    const Bytes pdu = *mcs::encode_domain_pdu(
        mcs::SendDataRequest{*user, kChannel, mcs::DataPriority::low, {true, true}, Slice(ByteView(Bytes(16'000)))});
    std::atomic<bool> stop = false;
    std::thread sender([&] {
        for (int i = 0; i < 20'000 && !stop; ++i) busy.send_tsdu(pdu);
    });
    const bool given_up = server_->logs("connection-too-slow", {}, std::chrono::seconds(15));
    stop = true;
    sender.join();
    EXPECT_TRUE(given_up) << server_->log_text();
    // Who sent was held back, but is still there.
    busy.send(mcs::DomainPdu{mcs::ChannelJoinRequest{*user, kChannel}});
    EXPECT_TRUE(busy.expect<mcs::ChannelJoinConfirm>().has_value());
}

TEST_F(BadInput, TenThousandThatSayNothing) {
    auto settings = settings_for_tests();
    // Both ends of each connection are in this process.
    rlimit limit{};
    ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &limit), 0);
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
    const std::size_t most = limit.rlim_cur > 1000 ? (limit.rlim_cur - 500) / 2 : 100;
    const std::size_t wanted = std::min<std::size_t>(most, slowness() > 1 ? 1000 : 10'000);
    settings.max_connections = settings.max_connections_per_address = wanted + 100;
    settings.handshake_time = server::Milliseconds(5000 * slowness());
    start(settings);

    std::vector<std::unique_ptr<RawPeer>> silent;
    for (std::size_t i = 0; i < wanted; ++i) silent.push_back(std::make_unique<RawPeer>(port()));
    // A newcomer still gets in, and the silent ones are gone after the time that they have.
    RawPeer newcomer(port());
    EXPECT_TRUE(newcomer.attach().has_value());
    EXPECT_TRUE(server_->logs("handshake-timeout", "said=nothing", std::chrono::seconds(15)));
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20) * slowness();
    while (server_->connections() > 3 && std::chrono::steady_clock::now() < end)
        std::this_thread::sleep_for(milliseconds(20));
    EXPECT_EQ(server_->connections(), 3U) << "Ada, Grace and the newcomer";
    EXPECT_TRUE(silent.front()->is_closed());
    EXPECT_TRUE(silent.back()->is_closed());
}

TEST_F(BadInput, MoreConnectionsThanOneAddressMayHave) {
    auto settings = settings_for_tests();
    settings.max_connections_per_address = 5;
    start(settings);
    std::vector<std::unique_ptr<RawPeer>> peers;
    for (int i = 0; i < 3; ++i) peers.push_back(std::make_unique<RawPeer>(port()));
    RawPeer last(port());
    EXPECT_TRUE(last.is_closed(milliseconds(400)));
    EXPECT_TRUE(server_->logs("connection-refused"));
}

}  // namespace
}  // namespace convene::integration
