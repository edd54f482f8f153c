#include "sim/conference_simulation.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "node/testing.hpp"
#include "sim/random.hpp"

namespace convene::sim {
namespace {

using namespace std::chrono_literals;
using node::testing::Network;

constexpr const char* kServer = "server";
constexpr Duration kSettled = 10s;  ///< by then every timer of a roster has run out

/// A node in the meeting, or one that was.
struct Participant {
    Network::Member* member = nullptr;
    std::string name;
    bool here = true;
    std::size_t read = 0;  ///< events of the member that were looked at
    std::map<std::string, std::size_t> heard;
    std::map<std::size_t, std::size_t> last_heard;  ///< by speaker: the number of the line

    bool is_ready() const { return !member->all<node::ChatReady>().empty(); }
};

/// A line that somebody typed.
struct Spoken {
    std::size_t speaker = 0;
    std::optional<std::size_t> to;  ///< in private
    std::vector<std::size_t> due;   ///< who was ready to hear it
    bool on_its_way = false;        ///< no break of the speaker's wire can take it back
};

class Simulation {
public:
    explicit Simulation(std::uint64_t seed) : random_(seed) {
        auto config = node::testing::config_for(kServer, seed);
        config.type = gcc::NodeType::mcu;
        config.bridges_chat = true;
        server_ = &network_.add(std::move(config));
        gcc::ConferenceProfile profile;
        profile.name.numeric = "1503";
        profile.name.text = u"lobby";
        profile.termination = gcc::TerminationMethod::manual;
        server_->node->host(profile, network_.now());
        settle();
        users_at_first_ = server_->node->domain().channels().users();
        channels_at_first_ = server_->node->domain().channels().size();
    }

    Meeting run() {
        std::size_t actions = random_.between(40, 150);
        std::size_t most = random_.between(2, kMaxParticipants);
        for (std::size_t i = 0; i < actions; ++i) {
            act(most);
            if (random_.chance(60)) deliver();
            if (random_.chance(20)) network_.pass(random_.up_to(2s));
        }
        settle();
        check_rosters();
        check_lines();
        for (std::size_t who : present()) leave(who);
        settle();
        check_empty();
        meeting_.joined = people_.size();
        meeting_.lines = lines_.size();
        return std::move(meeting_);
    }

private:
    void act(std::size_t most) {
        auto here = present();
        std::size_t what = random_.pick(20);
        if (here.size() < 2 || (what < 6 && here.size() < most)) return join();
        std::size_t who = random_.one_of(here);
        if (what < 8) return random_.chance(50) ? leave(who) : cut(who);
        if (what < 10) return rename(who);
        if (what < 13) return whisper(who, random_.one_of(here));
        say(who);
    }
    void join() {
        std::size_t who = people_.size();
        Participant person;
        person.name = "P" + std::to_string(who);
        person.member = &network_.add(node::testing::config_for(person.name, random_.next()));
        note(person.name + " joins");
        node::JoinOptions options;
        options.conference = gcc::ConferenceNameSelector{gcc::SimpleText{u"lobby"}};
        person.member->node->join(kServer, options, network_.now());
        people_.push_back(std::move(person));
    }
    void leave(std::size_t who) {
        note(people_[who].name + " leaves");
        people_[who].here = false;
        people_[who].member->node->leave(network_.now());
    }
    void cut(std::size_t who) {
        if (!network_.is_wired(*people_[who].member, *server_)) return;
        note(people_[who].name + " is cut off");
        people_[who].here = false;
        for (auto& [text, line] : lines_) {
            if (line.speaker == who && !line.on_its_way) line.due.clear();
        }
        network_.cut(*people_[who].member, *server_);
    }
    void rename(std::size_t who) {
        Participant& person = people_[who];
        if (!person.is_ready()) return;
        std::string name = "P" + std::to_string(who) + " as " + std::to_string(++names_);
        note(person.name + " is now " + name);
        person.name = name;
        person.member->node->rename(name, network_.now());
    }
    void say(std::size_t who) {
        if (!people_[who].is_ready()) return;
        std::string text = "line " + std::to_string(++numbers_);
        note(people_[who].name + " says " + text);
        Spoken line{who, {}, {}, false};
        for (std::size_t other : present()) {
            if (other != who && people_[other].is_ready()) line.due.push_back(other);
        }
        lines_[text] = std::move(line);
        people_[who].member->node->say(text, network_.now());
    }
    void whisper(std::size_t who, std::size_t to) {
        if (who == to || !people_[who].is_ready() || !people_[to].is_ready()) return;
        std::string text = "line " + std::to_string(++numbers_);
        auto recipient = people_[to].member->node->conference()->self();
        if (!recipient || !people_[who].member->node->say_privately(*recipient, text, network_.now())) return;
        note(people_[who].name + " says to " + people_[to].name + " alone " + text);
        lines_[text] = Spoken{who, to, {to}, false};
    }

    void deliver() {
        network_.run();
        after_delivery();
    }
    void settle() {
        network_.run();
        network_.pass(kSettled);
        after_delivery();
    }
    void after_delivery() {
        for (auto& [text, line] : lines_) line.on_its_way = true;
        for (std::size_t who = 0; who < people_.size(); ++who) listen(who);
    }
    void listen(std::size_t who) {
        Participant& person = people_[who];
        const auto& events = person.member->events;
        for (; person.read < events.size(); ++person.read) {
            const auto* heard = std::get_if<node::ChatLine>(&events[person.read]);
            if (heard == nullptr) continue;
            ++meeting_.heard;
            auto line = lines_.find(heard->text);
            expect(line != lines_.end(), person.name + " hears what nobody said: " + heard->text);
            if (line == lines_.end()) continue;
            const Spoken& spoken = line->second;
            expect(++person.heard[heard->text] == 1, person.name + " hears twice: " + heard->text);
            expect(spoken.speaker != who, person.name + " hears itself: " + heard->text);
            expect(heard->is_private == spoken.to.has_value(), heard->text + " is taken for another kind");
            expect(!spoken.to || *spoken.to == who, person.name + " overhears " + heard->text);
            if (spoken.to) continue;  // another channel, which may be faster
            std::size_t number = std::stoul(heard->text.substr(5));
            std::size_t& last = person.last_heard[spoken.speaker];
            expect(last < number, person.name + " hears too late: " + heard->text);
            last = number;
        }
    }

    void check_rosters() {
        std::vector<std::string> expected{kServer};
        for (std::size_t who : present()) expected.push_back(people_[who].name);
        std::sort(expected.begin(), expected.end());
        check_roster(*server_, expected);
        for (std::size_t who : present()) check_roster(*people_[who].member, expected);
    }
    void check_roster(const Network::Member& member, const std::vector<std::string>& expected) {
        const auto* conference = member.node->conference();
        expect(conference != nullptr, member.name + " is in no conference");
        if (conference == nullptr) return;
        std::vector<std::string> names;
        for (const auto& [id, record] : conference->roster().nodes.nodes()) names.push_back(member.node->name_of(id));
        std::sort(names.begin(), names.end());
        std::string text;
        for (const auto& name : names) text += " [" + name + "]";
        expect(names == expected, "the roster of " + member.name + " is" + text);
    }
    /// Everybody who was ready when a line was said, and is still there, has heard it.
    void check_lines() {
        for (const auto& [text, line] : lines_) {
            for (std::size_t who : line.due) {
                const Participant& person = people_[who];
                expect(!person.here || person.heard.count(text) == 1, person.name + " has not heard " + text);
            }
        }
    }
    void check_empty() {
        mcs::Domain& domain = server_->node->domain();
        check_roster(*server_, {kServer});
        expect(domain.connections().empty(), "a connection is left");
        expect(domain.pending() == 0, "requests are pending");
        expect(domain.channels().users() == users_at_first_, "a user is left");
        expect(domain.channels().size() == channels_at_first_, "a channel is left");
        expect(domain.tokens().empty(), "a token is left");
    }

    std::vector<std::size_t> present() const {
        std::vector<std::size_t> out;
        for (std::size_t who = 0; who < people_.size(); ++who) {
            if (people_[who].here) out.push_back(who);
        }
        return out;
    }
    void expect(bool holds, const std::string& what) {
        constexpr std::size_t kEnough = 20;
        if (holds || meeting_.violations.size() >= kEnough) return;
        meeting_.violations.push_back(what);
        note("BROKEN: " + what);
    }
    void note(const std::string& what) { meeting_.trace += what + "\n"; }

    Random random_;
    Network network_;
    Network::Member* server_ = nullptr;
    std::vector<Participant> people_;
    std::map<std::string, Spoken> lines_;
    std::size_t numbers_ = 0;
    std::size_t names_ = 0;
    std::size_t users_at_first_ = 0;
    std::size_t channels_at_first_ = 0;
    Meeting meeting_;
};

}  // namespace

Meeting simulate_meeting(std::uint64_t seed) { return Simulation(seed).run(); }

}  // namespace convene::sim
