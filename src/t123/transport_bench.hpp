/// A transport connection on the bench of a test: fake time, hexadecimal in and out, outputs sorted by kind.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/hex.hpp"
#include "base/overloaded.hpp"
#include "t123/tpdu.hpp"
#include "t123/transport_connection.hpp"

namespace convene::t123 {

inline constexpr const char* kCr = "0300000b06e00000000100";
inline constexpr const char* kCc = "0300000b06d00001000100";
inline constexpr const char* kDt = "0300000802f08028";

/// What came out, sorted by kind; order is checked where it matters.
struct Seen {
    Bytes sent;
    std::vector<Slice> writes;
    std::vector<Tsdu> received;
    std::vector<std::unique_ptr<const ConnectionRequest>> requests;
    std::optional<std::size_t> connected;
    std::unique_ptr<const ConnectionConfirm> confirm;
    std::optional<Disconnected> end;

    void take(TransportConnection& from) {
        std::vector<Output> outputs;
        from.take_outputs(outputs);
        for (Output& output : outputs) {
            EXPECT_FALSE(end) << "output after the end";
            std::visit(overloaded{[&](Send& send) {
                                      append(sent, send.octets);
                                      writes.push_back(send.octets);
                                  },
                                  [&](Received& data) { received.push_back(data.tsdu); },
                                  [&](ReceivedRun& run) {
                                      for_each_tsdu(run.frames, [&](Tsdu tsdu) { received.push_back(tsdu); });
                                  },
                                  [&](Requested& request) { requests.push_back(std::move(request.request)); },
                                  [&](Connected& open) {
                                      connected = open.max_tpdu;
                                      confirm = std::move(open.confirm);
                                  },
                                  [&](Disconnected& over) { end = over; }},
                       output);
        }
    }
};

/// A connection with its clock and everything it has put out.
struct Bench {
    explicit Bench(Called role = {}, TransportLimits limits = {}) : connection(role, now, limits) {
        seen.take(connection);
    }
    explicit Bench(Caller role, TransportLimits limits = {}) : connection(role, now, limits) { seen.take(connection); }

    void bytes(ByteView octets) {
        connection.on_bytes(Slice{octets}, now);
        seen.take(connection);
    }
    void bytes(std::string_view text) { bytes(ByteView(hex(text))); }
    void wait(Duration time) {
        now += time;
        connection.on_time(now);
        seen.take(connection);
    }
    template <class T>
    void send(const T& what) {
        EXPECT_TRUE(connection.send(what));
        seen.take(connection);
    }
    std::string sent() const { return to_hex(seen.sent); }
    void forget() { seen = Seen{}; }
    bool ended(DisconnectCause cause) const { return seen.end && seen.end->cause == cause && connection.is_closed(); }

    Instant now{std::chrono::seconds{1000}};
    Seen seen;
    TransportConnection connection;
};

inline Caller default_caller() { return {}; }

inline Bench open_called(TransportLimits limits = {}) {
    Bench bench(Called{}, limits);
    bench.bytes(kCr);
    EXPECT_TRUE(bench.connection.is_open());
    bench.forget();
    return bench;
}

inline Bench open_caller(TransportLimits limits = {}) {
    Bench bench(default_caller(), limits);
    bench.bytes(kCc);
    EXPECT_TRUE(bench.connection.is_open());
    bench.forget();
    return bench;
}

template <class... B>
std::vector<Bench> all_of(B&&... benches) {
    std::vector<Bench> out;
    (out.push_back(std::forward<B>(benches)), ...);
    return out;
}

inline Bytes pattern(std::size_t size) {
    Bytes out(size);
    for (std::size_t i = 0; i < size; ++i) out[i] = static_cast<std::byte>(i * 7 + i / 251);
    return out;
}

inline Bytes frame_of(ByteView payload, bool end = true) { return serialise(DataTpdu{end, 0, payload}); }

}  // namespace convene::t123
