// What the schema costs: the general codec beside one written by hand, and the decoding of a whole join request.
#include <benchmark/benchmark.h>

#include "base/check.hpp"
#include "base/hex.hpp"
#include "bench/hand_codec.hpp"
#include "gcc/codec.hpp"

namespace convene::bench {
namespace {

mcs::DomainPdu indication(std::size_t size) {
    Bytes data(size, std::byte{0x5A});
    return mcs::SendDataIndication{
        mcs::UserId{1007}, mcs::ChannelId{1003}, mcs::DataPriority::high, {true, true}, Slice(data)};
}

void decode_by_schema(benchmark::State& state) {
    Slice octets(*mcs::encode_domain_pdu(indication(static_cast<std::size_t>(state.range(0)))));
    for (auto _ : state) benchmark::DoNotOptimize(mcs::decode_domain_pdu(octets));
}

void decode_by_hand(benchmark::State& state) {
    Slice octets(*mcs::encode_domain_pdu(indication(static_cast<std::size_t>(state.range(0)))));
    CONVENE_CHECK(*hand_decode(octets) == *mcs::decode_domain_pdu(octets), "both decoders agree");
    for (auto _ : state) benchmark::DoNotOptimize(hand_decode(octets));
}

void encode_by_schema(benchmark::State& state) {
    auto pdu = indication(static_cast<std::size_t>(state.range(0)));
    for (auto _ : state) benchmark::DoNotOptimize(mcs::encode_domain_pdu(pdu));
}

void encode_by_hand(benchmark::State& state) {
    auto pdu = indication(static_cast<std::size_t>(state.range(0)));
    CONVENE_CHECK(*hand_encode(pdu) == *mcs::encode_domain_pdu(pdu), "both encoders agree");
    for (auto _ : state) benchmark::DoNotOptimize(hand_encode(pdu));
}

/// The whole of what a join has in its Connect-Initial: a name, two passwords, the caller.
void decode_join_request(benchmark::State& state) {
    gcc::ConferenceJoinRequest request;
    request.conference_name = gcc::ConferenceNameSelector{gcc::SimpleText{u"lobby"}};
    request.password = gcc::PasswordChallengeRequestResponse{gcc::PasswordSelector{gcc::SimpleText{u"open sesame"}}};
    request.caller_identifier = u"Ada Lovelace";
    Bytes octets = *gcc::encode_connect_data(request);
    CONVENE_CHECK(*gcc::decode_connect_data(octets) == gcc::ConnectGccPdu{request}, "it comes back as it was");
    for (auto _ : state) benchmark::DoNotOptimize(gcc::decode_connect_data(octets));
}

BENCHMARK(decode_join_request);
BENCHMARK(decode_by_hand)->Arg(64)->Arg(1024)->Arg(8192);
BENCHMARK(decode_by_schema)->Arg(64)->Arg(1024)->Arg(8192);
BENCHMARK(encode_by_hand)->Arg(64)->Arg(1024)->Arg(8192);
BENCHMARK(encode_by_schema)->Arg(64)->Arg(1024)->Arg(8192);

}  // namespace
}  // namespace convene::bench
