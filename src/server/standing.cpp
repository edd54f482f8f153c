#include "server/standing.hpp"

#include <nlohmann/json.hpp>

#include "base/json_line.hpp"

namespace convene::server {
namespace {

const char* word(bool value) { return value ? "true" : "false"; }

}  // namespace

Standings::Standings(const admission::Door& door) {
    rules_ = std::string(R"("locked":)") + word(door.rules().locked) + R"(,"waitingRoom":)" +
             word(door.rules().waiting_room);
    for (const auto& [node, present] : door.present()) {
        rights_ += (rights_.empty() ? "\"" : ",\"") + std::to_string(node.value) + "\":\"" +
                   std::string(admission::to_text(present.right)) + "\"";
    }
    for (const auto& [id, entry] : door.entries()) {
        if (entry.state != admission::Entry::State::waiting) continue;
        waiting_ += (waiting_.empty() ? R"({"id":")" : R"(,{"id":")") + id + R"(","name":)" +
                    json_line(nlohmann::json(entry.name)) + R"(,"since":)" + std::to_string(entry.since.value) + "}";
    }
}

std::string Standings::of(const admission::Entry& entry) const {
    // Who is not inside learns nothing of those who are.
    return R"({"state":")" + std::string(admission::to_text(entry.state)) + R"(","right":")" +
           std::string(admission::to_text(entry.right)) + "\"," + rules_ + R"(,"rights":{)" +
           (entry.is_inside() ? rights_ : "") + R"(},"waiting":[)" + (entry.may_moderate() ? waiting_ : "") + "]}";
}

}  // namespace convene::server
