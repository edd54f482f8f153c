#include "bench/stroke_codec.hpp"

#include "base/check.hpp"
#include "whiteboard/codec.hpp"
#include "whiteboard/operation_pdu.hpp"

namespace convene::bench {
namespace {

whiteboard::Operation stroke(std::size_t number) {
    whiteboard::CreateDrawing create{whiteboard::ItemId{static_cast<std::uint32_t>(1000 + number % 1000)},
                                     whiteboard::ItemId{1}};
    create.drawing.style.thickness = 3;
    create.drawing.anchor = {static_cast<std::int32_t>(number * 37 % 900), 300};
    for (std::size_t i = 1; i < kStrokePoints; ++i)
        create.drawing.deltas.push_back({static_cast<std::int32_t>(i % 13) - 6, static_cast<std::int32_t>(i % 7) - 3});
    return create;
}

Bytes encoded(std::size_t number) {
    const auto pdus = whiteboard::to_pdus(stroke(number), {});
    const auto octets = whiteboard::encode(pdus.at(0));
    CONVENE_CHECK(octets.has_value(), "a stroke encodes");
    return *octets;
}

}  // namespace

std::size_t encode_strokes(std::size_t count) {
    std::size_t octets = 0;
    for (std::size_t i = 0; i < count; ++i) octets += encoded(i).size();
    return octets;
}

std::size_t decode_strokes(std::size_t count) {
    const Bytes octets = encoded(0);
    std::size_t points = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const auto pdu = whiteboard::decode_si_pdu(octets);
        const auto operation = pdu ? whiteboard::to_operation(*pdu, {}) : std::nullopt;
        const auto* drawing = operation ? std::get_if<whiteboard::CreateDrawing>(&*operation) : nullptr;
        CONVENE_CHECK(drawing != nullptr, "a stroke decodes");
        points += drawing->drawing.deltas.size();
    }
    return points;
}

}  // namespace convene::bench
