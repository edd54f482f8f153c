// Whatever octets come as a stream, as hexadecimal of one, or as a capture file: the dissector says something about
// them, in bounded memory.
#include <cstddef>
#include <cstdint>

#include "base/check.hpp"
#include "dissect/capture_reader.hpp"
#include "dissect/flows.hpp"
#include "dissect/print.hpp"
#include "dissect/stream.hpp"

using namespace convene;

namespace {

void print(dissect::Records& records) {
    dissect::Summary summary;
    for (const dissect::Record& record : records) {
        CONVENE_CHECK(!dissect::to_text(record).empty(), "a record has text");
        const std::string json = dissect::to_json_line(record);
        CONVENE_CHECK(json.ends_with("}\n") && json.find('\n') == json.size() - 1, "a record is one line of JSON");
        summary.add(record);
    }
    records.clear();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView input{reinterpret_cast<const std::byte*>(data), size};
    dissect::Records records;
    if (dissect::CaptureReader::is_capture(input)) {
        dissect::CaptureReader reader;
        dissect::FlowDissector flows({true});
        reader.push(input);
        while (auto packet = reader.next()) flows.on_packet(*packet, records);
        flows.finish(records);
        print(records);
        return 0;
    }
    if (input.empty()) return 0;
    // The first octet says in which steps the rest comes, and whether there is a gap.
    const std::size_t step = std::to_integer<std::size_t>(input[0]) % 64 + 1;
    dissect::Conversation conversation;
    dissect::StreamDissector stream(conversation, {true});
    for (std::size_t at = 1; at < input.size(); at += step) {
        stream.push(input.subspan(at, std::min(step, input.size() - at)), records);
        if (step == 64 && at % 3 == 0) stream.gap(step, records);
    }
    stream.finish(records);
    print(records);
    return 0;
}
