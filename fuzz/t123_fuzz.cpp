// Feeds arbitrary octets to a transport connection in arbitrary pieces, and to the TPDU parser, and checks what they
// promise.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <variant>
#include <vector>

#include "base/check.hpp"
#include "base/overloaded.hpp"
#include "t123/blank_slice.hpp"
#include "t123/frame_reader.hpp"
#include "t123/rdp.hpp"
#include "t123/tpkt.hpp"
#include "t123/transport_connection.hpp"

using namespace convene;
using namespace convene::t123;

namespace {

constexpr std::size_t kMaxTsdu = 4096;

struct Plan {
    explicit Plan(std::uint8_t bits)
        : called((bits & 1) != 0),
          ask((bits & 2) != 0),
          contiguous((bits & 4) != 0),
          open((bits & 8) != 0),
          step((bits >> 4) == 15 ? SIZE_MAX : std::size_t{1} + (bits >> 4)) {}

    bool called;
    bool ask;
    bool contiguous;   // pieces of one buffer, or each in its own
    bool open;         // past the connect phase before the input begins
    std::size_t step;  // octets a piece
};

/// A framed TSDU must have its frame before it.
void check_received(const Tsdu& tsdu) {
    CONVENE_CHECK(!tsdu.payload.empty() && tsdu.payload.size() <= kMaxTsdu, "TSDU out of bounds");
    if (!tsdu.framed) return;
    std::byte header[kDataHeaderSize];
    write_data_header(header, tsdu.payload.size(), true);
    const Slice frame = tsdu.payload.widened_front(kDataHeaderSize);
    CONVENE_CHECK(std::equal(std::begin(header), std::end(header), frame.data()), "framed without a frame");
}

void check_connection(const Plan& plan, ByteView input) {
    Instant now{};
    TransportLimits limits;
    limits.max_tsdu = kMaxTsdu;
    TransportConnection connection = plan.called ? TransportConnection(Called{1, plan.ask}, now, limits)
                                                 : TransportConnection(Caller{}, now, limits);
    if (plan.open) {
        ConnectionRequest request;
        ConnectionConfirm confirm;
        connection.on_bytes(Slice{ByteView(plan.called ? serialise(request) : serialise(confirm))}, now);
        connection.accept(now);
        CONVENE_CHECK(connection.is_open(), "connect phase failed");
    }
    const Slice whole(input);
    bool ended = false;
    std::vector<Output> outputs;
    FrameReader sent;
    auto drain = [&] {
        connection.take_outputs(outputs);
        for (const Output& output : outputs) {
            CONVENE_CHECK(!ended, "output after the end");
            std::visit(overloaded{[&](const Send& send) {
                                      Slice frame;
                                      sent.push(send.octets);
                                      while (sent.next(frame) == FrameReader::Status::frame) {
                                          CONVENE_CHECK(parse_tpdu(frame).has_value(), "sent what it would refuse");
                                      }
                                  },
                                  [&](const Received& received) {
                                      check_received(received.tsdu);
                                      connection.send(received.tsdu);
                                  },
                                  [&](const ReceivedRun& run) {
                                      std::size_t count = 0;
                                      for_each_tsdu(run.frames, [&](const Tsdu& tsdu) {
                                          ++count;
                                          check_received(tsdu);
                                          connection.send(tsdu);
                                      });
                                      CONVENE_CHECK(count > 1, "a run of one frame");
                                  },
                                  [&](const Requested& requested) {
                                      (void)parse_rdp_request(requested.request->parameters.opaque);
                                  },
                                  [&](const Connected& connected) {
                                      CONVENE_CHECK(connected.max_tpdu >= kMinTpdu && connected.max_tpdu <= kMaxTpdu,
                                                    "agreed size out of range");
                                  },
                                  [&](const Disconnected& end) {
                                      ended = true;
                                      CONVENE_CHECK(!describe(end).empty(), "end without a reason");
                                  }},
                       output);
        }
    };
    for (std::size_t at = 0; at < input.size();) {
        const std::size_t size = std::min(plan.step, input.size() - at);
        connection.on_bytes(plan.contiguous ? whole.sub(at, size) : Slice{input.subspan(at, size)}, now);
        drain();
        drain();  // what was sent back
        connection.accept(now);
        now += std::chrono::milliseconds{1};
        at += size;
    }
    if (auto deadline = connection.deadline()) {
        connection.on_time(*deadline);
        CONVENE_CHECK(connection.is_closed(), "deadline without effect");
    }
    connection.on_end_of_stream();
    drain();
    CONVENE_CHECK(ended && connection.is_closed(), "no end");
}

/// What is parsed and written again must parse to the same.
void check_tpdu(ByteView input) {
    if (input.size() < kMinFrame || input.size() > kMaxFrame) return;
    auto tpdu = parse_tpdu(input);
    if (!tpdu) {
        CONVENE_CHECK(tpdu.error().offset <= input.size() && !tpdu.error().clause.empty(), "error without a place");
        return;
    }
    std::visit(
        [](const auto& first) {
            using T = std::decay_t<decltype(first)>;
            const Bytes frame = serialise(first);
            auto again = parse_tpdu(frame);
            CONVENE_CHECK(again.has_value() && std::holds_alternative<T>(*again), "written frame does not parse");
            if constexpr (std::is_same_v<T, DataTpdu>) {
                const auto& second = std::get<T>(*again);
                CONVENE_CHECK(equal(first.payload, second.payload) && first.end_of_tsdu == second.end_of_tsdu &&
                                  first.number == second.number,
                              "data changed");
            } else {
                CONVENE_CHECK(first == std::get<T>(*again), "TPDU changed");
            }
        },
        *tpdu);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const ByteView input{reinterpret_cast<const std::byte*>(data) + 1, size - 1};
    check_connection(Plan(data[0]), input);
    check_tpdu(input);
    return 0;
}
