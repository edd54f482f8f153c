// A chat bot: joins a conference, greets whoever comes, and answers "!ping" and "!time", privately who asks privately.
//
//     chat_bot HOST[:PORT] [CONFERENCE [PASSWORD]]
#include <array>
#include <ctime>
#include <iostream>
#include <string>

#include "io/session.hpp"

using namespace convene;

static std::string time_of_day() {
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    gmtime_r(&now, &parts);
    std::array<char, 32> text{};
    std::strftime(text.data(), text.size(), "%H:%M UTC", &parts);
    return text.data();
}

int main(int argc, char** argv) {
    if (argc < 2) {
        std::cerr << "usage: chat_bot HOST[:PORT] [CONFERENCE [PASSWORD]]\n";
        return 2;
    }
    io::Session session("Bot");
    bool ready = false;

    session.on<node::ChatReady>([&](const node::ChatReady&) {
        ready = true;
        session.say("Hello. I answer !ping and !time.");
    });
    session.on<node::ChatLine>([&](const node::ChatLine& line) {
        const auto reply = [&](const std::string& text) {
            if (line.is_private && line.node)
                session.say_privately(*line.node, text);
            else
                session.say(line.name + ": " + text);
        };
        if (line.text == "!ping") reply("pong");
        if (line.text == "!time") reply("it is " + time_of_day());
    });
    session.on<gcc::RosterChanged>([&](const gcc::RosterChanged& change) {
        if (!ready) return;  // who was here before needs no greeting
        for (const mcs::UserId node : change.nodes.added) session.say("Welcome, " + session.node().name_of(node) + "!");
    });

    session.leave_on_signals();
    session.join(argv[1], argc > 2 ? argv[2] : "", argc > 3 ? argv[3] : "");
    const std::string trouble = session.run();
    if (!trouble.empty()) std::cerr << "chat_bot: " << trouble << '\n';
    return trouble.empty() ? 0 : 1;
}
