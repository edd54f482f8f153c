// Whatever a page says, line by line, to a session that has no connection: it answers in JSON, and stays what it is.
#include <cstdint>
#include <string_view>

#include "base/check.hpp"
#include "session/session.hpp"

using namespace convene;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::uint64_t lot = 1;
    Instant now{std::chrono::hours{1}};
    session::Session session([&] { return lot = lot * 6364136223846793005ULL + 1442695040888963407ULL; }, now);
    std::string_view text(reinterpret_cast<const char*>(data), size);
    std::vector<session::Output> outputs;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        const auto line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        session.command(line, as_bytes(text.substr(0, 64)), now);
        now += std::chrono::seconds{1};
        session.on_time(now);
        session.tell_board();
        session.take_outputs(outputs);
        for (const auto& output : outputs) {
            const auto* tell = std::get_if<session::Tell>(&output);
            if (tell == nullptr) continue;
            const auto event = session::read_json(tell->json);
            CONVENE_CHECK(event && !event->text("event").empty(), "a page is told events in JSON");
        }
    }
    return 0;
}
