#include "sim/domain_simulation.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "sim/actions.hpp"
#include "sim/invariants.hpp"

namespace convene::sim {
namespace {

/// A run that is still busy after so many events has a PDU that goes round for ever.
constexpr std::uint64_t kMaxEvents = 3'000'000;

class Simulation {
public:
    explicit Simulation(const Options& options)
        : options_(options),
          world_(options.seed),
          report_(options.trace),
          network_(options.seed ^ 0x5EED, report_),
          crowd_(network_, report_) {
        for (std::size_t i = 0; i < world_.providers; ++i) {
            mcs::DomainConfig config = world_.config;
            config.seed = static_cast<std::uint32_t>(i % world_.seeds);
            network_.add(config);
        }
    }

    Outcome run() {
        if (world_.grows_first) grow();
        for (std::size_t i = 0; i < std::min(world_.actions, options_.actions); ++i) act(i);
        if (come_to_rest()) {
            check();
            call_roll();
            leave();
        }
        return outcome();
    }

private:
    void grow() {
        for (std::size_t i = 0; i < 3 * world_.providers; ++i) actor(1'000'000 + i).connect();
        come_to_rest();
    }
    void act(std::size_t number) {
        // Also an action that is left out takes its time.
        Random pause(options_.seed, 2'000'000 + number);
        network_.wait_until(report_.now + pause.up_to(world_.pause));
        if (options_.left_out.count(number) != 0) return;
        if (report_.traced()) report_.note("--- action " + std::to_string(number));
        actor(number + 1).act();
        most_users_ = std::max(most_users_, crowd_.present().size());
        ++actions_;
    }
    Actor actor(std::size_t number) { return {world_, network_, crowd_, Random(options_.seed, number)}; }

    bool come_to_rest() {
        for (std::uint64_t events = 0; network_.step(); ++events) {
            if (events < kMaxEvents) continue;
            report_.fail("the network does not come to rest");
            return false;
        }
        crowd_.make_sure();
        return true;
    }
    void check() {
        if (report_.traced()) report_.note("--- at rest");
        trees_ = trees_of(network_, report_);
        check_providers(network_, crowd_, trees_, report_);
        crowd_.check_at_rest();
        crowd_.check_uniform_order();
    }

    /// Now that nobody comes or goes it is known who must hear what: one uniform and one other message on each channel.
    /// And when everybody asks who holds a token, the answers fit together.
    void call_roll() {
        if (report_.traced()) report_.note("--- roll call");
        crowd_.forget_heard();
        Random random(options_.seed, 3'000'000);
        std::map<MessageId, std::pair<std::size_t, std::vector<PersonId>>> due;  // the tree, and who is to hear it
        for (std::size_t tree = 0; tree < trees_.size(); ++tree) {
            auto people = people_of(trees_[tree]);
            for (mcs::ChannelId id : network_[trees_[tree].top].channels().ids()) {
                std::vector<PersonId> members;
                std::vector<PersonId> senders;
                bool managed = network_[trees_[tree].top].channels().find(id)->kind == mcs::ChannelKind::managed;
                for (PersonId who : people) {
                    const Person& person = crowd_.people()[who];
                    if (person.has_joined(id)) members.push_back(who);
                    if (!managed || person.admitted.count(id) > 0) senders.push_back(who);
                }
                if (senders.empty()) continue;
                for (bool uniform : {true, false}) {
                    PersonId sender = random.one_of(senders);
                    auto priority = static_cast<mcs::DataPriority>(random.pick(mcs::kDataPriorities));
                    MessageId message = crowd_.send(sender, id, priority, uniform, 200);
                    auto hearers = members;
                    if (!uniform) hearers.erase(std::remove(hearers.begin(), hearers.end(), sender), hearers.end());
                    due[message] = {tree, std::move(hearers)};
                }
            }
            for (PersonId who : people) {
                for (std::uint16_t token = 1; token <= world_.tokens; ++token)
                    crowd_.request(who, Crowd::TokenRequest::test, mcs::TokenId{token});
            }
        }
        if (!come_to_rest()) return;
        std::map<MessageId, std::vector<PersonId>> heard;
        for (PersonId who : crowd_.present()) {
            for (MessageId message : crowd_.people()[who].heard) heard[message].push_back(who);
        }
        for (const auto& [message, expected] : due) {
            report_.expect(heard[message] == expected.second, [&, number = message] {
                return "message " + std::to_string(number) + " of the roll call is heard by " +
                       std::to_string(heard[number].size()) + " instead of " +
                       std::to_string(due[number].second.size());
            });
        }
        for (const Tree& tree : trees_) check_tokens(tree);
        check();
    }
    std::vector<PersonId> people_of(const Tree& tree) const {
        std::vector<PersonId> out;
        for (PersonId who : crowd_.present()) {
            Node node = crowd_.people()[who].node;
            if (std::binary_search(tree.nodes.begin(), tree.nodes.end(), node)) out.push_back(who);
        }
        return out;
    }
    void check_tokens(const Tree& tree) {
        auto people = people_of(tree);
        for (std::uint16_t number = 1; number <= world_.tokens; ++number) {
            std::map<mcs::TokenStatus, std::size_t> count;
            for (PersonId who : people) {
                auto at = crowd_.people()[who].tested.find(mcs::TokenId{number});
                if (at != crowd_.people()[who].tested.end()) ++count[at->second];
            }
            auto of = [&](mcs::TokenStatus status) { return count.count(status) != 0 ? count[status] : 0; };
            using Status = mcs::TokenStatus;
            std::size_t holders = of(Status::self_grabbed) + of(Status::self_giving);
            bool free = of(Status::not_in_use) > 0;
            bool inhibited = of(Status::self_inhibited) + of(Status::other_inhibited) > 0;
            bool taken =
                holders + of(Status::other_grabbed) + of(Status::self_recipient) + of(Status::other_giving) > 0;
            report_.expect(holders <= 1 && of(Status::self_recipient) <= 1 && free + inhibited + taken <= 1,
                           [&] { return "users disagree on who has token " + std::to_string(number); });
            report_.expect(of(Status::other_grabbed) == 0 || of(Status::self_grabbed) == 1,
                           [&] { return "nobody has token " + std::to_string(number) + ", which is grabbed"; });
            report_.expect(!inhibited || of(Status::self_inhibited) > 0,
                           [&] { return "nobody inhibits token " + std::to_string(number) + ", which is inhibited"; });
        }
    }

    void leave() {
        if (report_.traced()) report_.note("--- everybody leaves");
        for (PersonId who : crowd_.present()) crowd_.detach(who);
        if (!come_to_rest()) return;
        check();
        check_empty(network_, report_);
        report_.expect(crowd_.present().empty(), [] { return "a user is left over"; });
    }

    Outcome outcome() {
        Outcome out;
        out.violations = std::move(report_.violations);
        out.trace = std::move(report_.trace);
        out.fingerprint = report_.fingerprint;
        out.providers = network_.size();
        out.most_users = most_users_;
        out.actions = actions_;
        out.pdus = network_.delivered();
        for (const Person& person : crowd_.people()) {
            for (const auto& each : person.uniform) out.messages += each.size();
        }
        return out;
    }

    const Options& options_;
    World world_;
    Report report_;
    Network network_;
    Crowd crowd_;
    std::vector<Tree> trees_;
    std::size_t most_users_ = 0;
    std::size_t actions_ = 0;
};

}  // namespace

Outcome simulate_domains(const Options& options) { return Simulation(options).run(); }

Options shorten(Options failing) {
    auto fails = [](const Options& options) { return !simulate_domains(options).violations.empty(); };
    failing.trace = false;
    failing.actions = std::min(failing.actions, World(failing.seed).actions);
    for (std::size_t run = std::max<std::size_t>(failing.actions / 2, 1); run > 0; run /= 2) {
        while (failing.actions > run) {
            Options less = failing;
            less.actions -= run;
            if (!fails(less)) break;
            failing = less;
        }
        for (std::size_t first = 0; first < failing.actions; first += run) {
            Options less = failing;
            for (std::size_t i = first; i < std::min(first + run, failing.actions); ++i) less.left_out.insert(i);
            if (less.left_out.size() > failing.left_out.size() && fails(less)) failing = less;
        }
    }
    return failing;
}

}  // namespace convene::sim
