// A monitor: joins a conference and prints what happens in it, one line for each event, until it ends.
//
//     monitor HOST[:PORT] [CONFERENCE [PASSWORD]]
#include <iostream>
#include <map>
#include <string>
#include <string_view>

#include "io/session.hpp"

using namespace convene;

namespace {

/// Names and texts come from others: what would steer the terminal is not passed on.
std::string printable(std::string_view text) {
    std::string out;
    for (const char c : text) out += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? '?' : c;
    return out;
}

void print(std::string_view what, std::string_view detail = {}) {
    std::cout << what << (detail.empty() ? "" : " ") << printable(detail) << std::endl;  // at once, also into a pipe
}

class Monitor {
public:
    explicit Monitor(io::Session& session) : session_(session) {
        session.on<gcc::Joined>(
            [](const gcc::Joined& joined) { print("joined as", std::to_string(joined.node.value)); });
        session.on<gcc::RosterChanged>([this](const gcc::RosterChanged& change) { on_roster(change.nodes); });
        session.on<node::ChatLine>([](const node::ChatLine& line) {
            print(line.is_private ? "private" : "chat", "<" + line.name + "> " + line.text);
        });
        session.on<node::ChatAttention>([this](const node::ChatAttention& bell) {
            print("bell", bell.node ? session_.node().name_of(*bell.node) : std::string());
        });
        session.on<gcc::TextMessage>([this](const gcc::TextMessage& message) {
            print("message", "<" + session_.node().name_of(message.from) + "> " + gcc::to_utf8(message.message));
        });
        session.on<gcc::LockChanged>([](const gcc::LockChanged& lock) { print(lock.locked ? "locked" : "unlocked"); });
        session.on<gcc::ConductorChanged>([this](const gcc::ConductorChanged& change) {
            if (change.conductor)
                print("conductor", session_.node().name_of(*change.conductor));
            else
                print("no conductor");
        });
        session.on<gcc::KeySeen>([](const gcc::KeySeen& seen) { print("application", gcc::to_string(seen.key)); });
        session.on<gcc::TimeRemaining>(
            [](const gcc::TimeRemaining& time) { print("time left", std::to_string(time.seconds) + " s"); });
        session.on<gcc::Terminating>([](const gcc::Terminating&) { print("ending"); });
        session.on<gcc::Ended>([](const gcc::Ended&) { print("over"); });
    }

private:
    void on_roster(const gcc::NodeChanges& changes) {
        for (const mcs::UserId node : changes.added) {
            names_[node] = session_.node().name_of(node);
            print("here", names_[node]);
        }
        for (const mcs::UserId node : changes.replaced) {
            const std::string name = session_.node().name_of(node);
            if (names_[node] != name) print("renamed", names_[node] + " is now " + name);
            names_[node] = name;
        }
        for (const mcs::UserId node : changes.removed) {
            print("gone", names_[node]);
            names_.erase(node);
        }
    }

    io::Session& session_;
    std::map<mcs::UserId, std::string> names_;  // of those in the roster: who is gone has none there any more
};

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        std::cerr << "usage: monitor HOST[:PORT] [CONFERENCE [PASSWORD]]\n";
        return 2;
    }
    io::Session session("Monitor");
    const Monitor monitor(session);
    session.leave_on_signals();
    session.join(argv[1], argc > 2 ? argv[2] : "", argc > 3 ? argv[3] : "");
    const std::string trouble = session.run();
    if (!trouble.empty()) std::cerr << "monitor: " << trouble << '\n';
    return trouble.empty() ? 0 : 1;
}
