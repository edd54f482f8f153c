#include "cli/session_files.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "cli/context.hpp"

namespace convene::cli {

bool SessionFiles::is_command(std::string_view name) {
    constexpr std::array<std::string_view, 6> kNames{"send", "files", "get", "accept", "refuse", "cancel"};
    return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

void SessionFiles::say_error(const std::string& text) {
    host_.tell(make_notice("error", printable(text), {{"text", text}}));
}

void SessionFiles::execute(const SessionCommand& command) {
    if (command.name == "send") {
        std::vector<std::string> to;
        if (!command.target.empty()) to.push_back(command.target);
        if (const auto sent = sender_.add(command.text, std::move(to)); !sent) say_error(sent.error());
        return;
    }
    if (command.name == "get") {
        if (const auto asked = receiver_.request(command.text); !asked) say_error(asked.error());
        return;
    }
    if (command.name == "files") {
        auto files = receiver_.list();
        for (auto& each : sender_.list()) files.push_back(std::move(each));
        std::string text;
        for (const auto& each : files)
            text += (text.empty() ? "" : "\n") + std::string("  ") + std::to_string(each["file"].get<std::uint64_t>()) +
                    "  " + printable(each["file_name"].get<std::string>()) + ", " + each["state"].get<std::string>();
        host_.tell(make_notice("files", text.empty() ? "no files are on their way" : text, {{"files", files}}));
        receiver_.ask_for_lists();
        return;
    }
    std::uint64_t number = 0;
    const std::string& text = command.text;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size())
        return say_error("use: /" + command.name + " N, the number of a file; /files lists them");
    const bool is_done = command.name == "accept"   ? receiver_.accept(number)
                         : command.name == "refuse" ? receiver_.refuse(number)
                                                    : receiver_.cancel(number) || sender_.cancel(number);
    if (!is_done) say_error("there is no file " + text + " to " + command.name);
}

void SessionFiles::on_event(const node::Event& event) {
    const auto* news = std::get_if<node::FilesEvent>(&event);
    if (news == nullptr) return;
    sender_.on_event(*news);
    receiver_.on_event(*news);
}

void SessionFiles::cancel_all() {
    sender_.cancel_all();
    receiver_.cancel_all();
}

}  // namespace convene::cli
