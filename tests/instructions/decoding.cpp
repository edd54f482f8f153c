#include "tests/instructions/decoding.hpp"

#include "base/check.hpp"
#include "gcc/codec.hpp"
#include "mcs/domain_pdu.hpp"
#include "whiteboard/codec.hpp"
#include "whiteboard/operation_pdu.hpp"

namespace convene::instructions {
namespace {

constexpr std::size_t kPayload = 64;  // octets
constexpr int kStrokePoints = 60;

}  // namespace

void decode_data(std::size_t count) {
    const Slice octets(*mcs::encode_domain_pdu(mcs::SendDataIndication{
        mcs::UserId{1007}, mcs::ChannelId{1003}, mcs::DataPriority::high, {true, true}, Slice(Bytes(kPayload))}));
    for (std::size_t i = 0; i < count; ++i)
        CONVENE_CHECK(mcs::decode_domain_pdu(octets).has_value(), "a data PDU decodes");
}

/// The whole of what a join has in its Connect-Initial: a name, a password, the caller.
void decode_join_request(std::size_t count) {
    gcc::ConferenceJoinRequest request;
    request.conference_name = gcc::ConferenceNameSelector{gcc::SimpleText{u"lobby"}};
    request.password = gcc::PasswordChallengeRequestResponse{gcc::PasswordSelector{gcc::SimpleText{u"open sesame"}}};
    request.caller_identifier = u"Ada Lovelace";
    const Bytes octets = *gcc::encode_connect_data(request);
    for (std::size_t i = 0; i < count; ++i)
        CONVENE_CHECK(gcc::decode_connect_data(octets).has_value(), "a join request decodes");
}

void decode_stroke(std::size_t count) {
    whiteboard::CreateDrawing stroke{whiteboard::ItemId{1000}, whiteboard::ItemId{1}};
    for (int i = 0; i < kStrokePoints; ++i) stroke.drawing.deltas.push_back({i % 13 - 6, i % 7 - 3});
    const auto pdus = whiteboard::to_pdus(whiteboard::Operation{stroke}, {});
    const Bytes octets = *whiteboard::encode(pdus.at(0));
    for (std::size_t i = 0; i < count; ++i) {
        const auto pdu = whiteboard::decode_si_pdu(octets);
        CONVENE_CHECK(pdu && whiteboard::to_operation(*pdu, {}), "a stroke decodes");
    }
}

}  // namespace convene::instructions
