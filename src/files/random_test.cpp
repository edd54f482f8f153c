// Many seeds: everybody sends, requests, gives up and vanishes at random, and everything must end exactly once.
#include <gtest/gtest.h>

#include "files/testing_checks.hpp"

namespace convene::files {
namespace {

using namespace files::testing;
using namespace std::chrono_literals;

class FileStorm : public ::testing::TestWithParam<unsigned> {
protected:
    static constexpr std::size_t kParties = 5;
    static constexpr int kSteps = 120;

    std::size_t below(std::size_t bound) { return hub_.random()() % bound; }
    Party& somebody() { return *hub_.parties()[below(hub_.parties().size())]; }
    std::size_t connected() {
        return static_cast<std::size_t>(std::count_if(hub_.parties().begin(), hub_.parties().end(),
                                                      [](const auto& party) { return party->is_connected; }));
    }

    void step() {
        Party& party = somebody();
        if (!party.is_connected) return;
        switch (below(12)) {
            case 0:
            case 1:
            case 2:
            case 3:
                return send(party);
            case 4:
                return request(party);
            case 5:
            case 6:
                return cancel(party);
            case 7:
                party.accepts = below(3) > 0;
                return;
            case 8:
                party.can_store = below(4) > 0;
                return;
            case 9:
                if (below(6) == 0 && connected() > 2) hub_.lose(party);
                return;
            case 10:
                if (below(3) == 0 && hub_.parties().size() < 12) hub_.add();
                return;
            default:
                return answer(party);
        }
    }
    void send(Party& party) {
        const std::string name = "file " + std::to_string(++files_);
        constexpr std::size_t kSizes[] = {0, 1, 5'000, 8'192, 30'000, 300'000};
        SendOptions options;
        if (below(2) == 0) {
            for (std::size_t i = below(3) + 1; i-- > 0;) options.recipients.push_back(somebody().user);
        } else {
            options.via = static_cast<Via>(below(3));
        }
        sizes_[name] = kSizes[below(std::size(kSizes))];
        const TransferId id = hub_.send(party, name, sizes_[name], std::move(options));
        if (id.value != 0) begun_[&party].insert(id);
    }
    void request(Party& party) {
        if (files_ == 0) return;
        const std::string name = "file " + std::to_string(1 + below(static_cast<std::size_t>(files_)));
        somebody().shelf[name] = contents_of(name, sizes_[name]);
        auto transfer = party.entity.request({name, std::nullopt, std::nullopt, std::nullopt}, hub_.now);
        if (transfer) begun_[&party].insert(*transfer);
        hub_.drain(party);
    }
    void cancel(Party& party) {
        if (party.names.empty()) return;
        auto it = std::next(party.names.begin(), static_cast<std::ptrdiff_t>(below(party.names.size())));
        const bool was_offer = !begun_[&party].contains(it->first);
        const std::size_t before = party.all<Failed>().size();
        const bool good = party.entity.cancel(it->first, hub_.now).has_value();
        hub_.drain(party);
        if (good && was_offer && party.all<Failed>().size() == before) answered_[&party].insert(it->first);
    }
    void answer(Party& party) {
        auto offers = party.all<Offered>();
        if (offers.empty()) return;
        const TransferId id = offers[below(offers.size())].transfer;
        if (below(2) == 0) {
            party.entity.accept(id, hub_.now);
        } else if (party.entity.reject(id, RejectReason::file_not_required, hub_.now)) {
            answered_[&party].insert(id);
        }
        hub_.drain(party);
    }

    /// Every transfer that a party knew of has ended once.
    void check(Party& party) {
        std::map<TransferId, int> ends;
        for (const Output& output : party.events) {
            if (const auto* received = std::get_if<Received>(&output)) {
                ++ends[received->transfer];
                const std::string& name = party.names[received->transfer];
                EXPECT_EQ(received->octets, sizes_.at(name)) << name;
                EXPECT_EQ(received->digest, sha256(contents_of(name, sizes_.at(name)))) << name;
                EXPECT_NE(received->verified, Verified::no) << name;
            } else if (const auto* sent = std::get_if<files::Sent>(&output)) {
                ++ends[sent->transfer];
            } else if (const auto* failed = std::get_if<Failed>(&output)) {
                ++ends[failed->transfer];
                EXPECT_NE(failed->reason, FailureReason::damaged);
                EXPECT_NE(failed->reason, FailureReason::digest_mismatch);
            }
        }
        std::set<TransferId> known = begun_[&party];
        for (const auto& offered : party.all<Offered>()) known.insert(offered.transfer);
        for (const TransferId id : answered_[&party]) ++ends[id];
        for (const TransferId id : known) EXPECT_EQ(ends[id], 1) << id.value;
    }

    Hub hub_{GetParam()};
    std::map<std::string, std::size_t> sizes_;
    std::map<const Party*, std::set<TransferId>> begun_, answered_;
    int files_ = 0;
};

TEST_P(FileStorm, EverythingEndsOnce) {
    hub_.keeps_wire = false;
    hub_.longest_delay = std::chrono::milliseconds(1 + below(200));
    if (below(2) == 0) hub_.bandwidth = 200'000;
    for (std::size_t i = 0; i < kParties; ++i) hub_.add();
    for (int i = 0; i < kSteps; ++i) {
        step();
        hub_.run(std::chrono::milliseconds(below(400)));
    }
    for (auto& party : hub_.parties()) party->can_store = true;
    hub_.run(1h);
    expect_nothing_left(hub_);
    for (auto& party : hub_.parties()) check(*party);
}

INSTANTIATE_TEST_SUITE_P(Seeds, FileStorm, ::testing::Range(1U, 21U));

}  // namespace
}  // namespace convene::files
