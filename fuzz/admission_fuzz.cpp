// The door of a conference, with everybody doing what they please. The input is a list of records: a first octet that
// says what happens, then what that needs. What must hold whoever does what is checked after every step.
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "admission/door.hpp"
#include "admission/person_name.hpp"
#include "admission/tickets.hpp"
#include "base/check.hpp"
#include "fuzz/script.hpp"

using namespace convene;
using namespace convene::admission;
using convene::fuzz::Script;

namespace {

constexpr std::size_t kMaxRecords = 400;

RandomOctets octets() {
    return [next = std::uint32_t{0}]() mutable {
        std::array<std::byte, kSecretOctets> out{};
        ++next;
        for (std::size_t i = 0; i < 4; ++i) out[i] = out[i + 12] = static_cast<std::byte>(next >> (8 * i));
        return out;
    };
}

class World {
public:
    World() : door_(DoorRules{true, false, Right::draw, 8}, {}, octets()) {
        auto made = door_.invite("", {Right::moderate, true}, now_);
        CONVENE_CHECK(made.has_value(), "an administrator invites an owner");
        owner_ = made->secret;
        secrets_.push_back(owner_);
    }

    void step(Script& script) {
        switch (script.octet() % 16) {
            case 0:
                now_.instant += std::chrono::milliseconds(script.number() * 20);
                now_.date = now_.date + std::chrono::milliseconds(script.number() * 20);
                return door_.on_time(now_);
            case 1:
            case 2:
                return enter(script);
            case 3: {
                // A text that may look like a secret.
                const auto text = script.octets(kSecretCharacters);
                if (const auto shown = read_secret_text(as_text(text))) CONVENE_CHECK(shown->id.size() == 16, "an id");
                (void)person_name(as_text(text));
                CONVENE_CHECK(door_.entry_by(as_text(text)) == nullptr || is_token(as_text(text)), "a guessed token");
                return;
            }
            case 4:
                return invite(script);
            case 5:
                (void)door_.revoke(by(script), invitation(script), script.octet() % 2 == 0, now_);
                return;
            case 6:
                (void)door_.admit(by(script), somebody(script), now_);
                return;
            case 7:
                (void)door_.turn_away(by(script), somebody(script), now_);
                return;
            case 8:
                return node_joined(script);
            case 9:
                return door_.node_gone(node(script), now_);
            case 10:
                (void)door_.set_right(by(script), node(script), static_cast<Right>(script.octet() % 3));
                return;
            case 11:
                (void)door_.eject(by(script), node(script), now_);
                return;
            case 12:
                (void)door_.set_waiting_room(by(script), script.octet() % 2 == 0);
                (void)door_.set_default_right(by(script), static_cast<Right>(script.octet() % 3));
                return;
            case 13:
                return door_.locked(script.octet() % 2 == 0);
            case 14:
                return door_.listening(somebody(script), script.octet() % 2 == 0, now_);
            default:
                return tickets(script);
        }
    }

    void check() {
        std::vector<DoorOutput> outputs;
        door_.take_outputs(outputs);
        CONVENE_CHECK(door_.rules().default_right != Right::moderate, "strangers do not moderate");
        for (const auto& [node, present] : door_.present()) {
            if (!present.entry) continue;
            const Entry* stay = door_.find(*present.entry);
            CONVENE_CHECK(stay != nullptr, "a node of a stay that is over");
            if (stay->node == node && stay->is_inside())
                CONVENE_CHECK(stay->right == present.right, "two rights of one person");
        }
        for (const auto& [id, stay] : door_.entries()) {
            CONVENE_CHECK(!stay.is_owner || stay.right == Right::moderate, "an owner without its right");
            if (stay.node) CONVENE_CHECK(door_.present().count(*stay.node) == 1, "a stay of a node that is gone");
        }
    }

    /// Whatever has happened, the owner comes in, unless an administrator has revoked its invitation.
    void finish() {
        const auto* invitation = door_.invitations().find(read_secret_text(owner_)->id);
        if (invitation == nullptr || invitation->revoked) return;
        const auto in = door_.enter({"Olga", owner_, "", "owner"}, now_);
        CONVENE_CHECK(in.has_value(), "the owner is locked out");
        CONVENE_CHECK(door_.find(in->entry)->may_moderate(), "the owner waits");
    }

private:
    void enter(Script& script) {
        std::string secret;
        if (const unsigned which = script.octet(); which < secrets_.size()) secret = secrets_[which];
        if (!secret.empty() && script.octet() % 4 == 0) secret[script.octet() % secret.size()] ^= 1;
        const auto rules = door_.rules();
        const auto in = door_.enter({std::string(as_text(script.octets(script.octet() % 8))), secret, "", "eve"}, now_);
        if (!in) return;
        const Entry* stay = door_.find(in->entry);
        CONVENE_CHECK(stay != nullptr && door_.entry_by(in->token) == stay, "a token without its stay");
        CONVENE_CHECK(!rules.locked || stay->is_owner, "somebody came in by a locked door");
        CONVENE_CHECK(!rules.waiting_room || !stay->is_inside() || stay->right == Right::moderate, "no waiting");
        CONVENE_CHECK(stay->right != Right::moderate || stay->invitation, "a moderator whom nobody invited");
        entries_.push_back(in->entry);
        tokens_.push_back(in->token);
    }
    void invite(Script& script) {
        InvitationWish wish;
        wish.right = static_cast<Right>(script.octet() % 3);
        if (script.octet() % 2 == 0) wish.time = std::chrono::milliseconds(script.number());
        if (script.octet() % 2 == 0) wish.uses = script.octet() % 4;
        wish.note = as_text(script.octets(script.octet() % 8));
        const std::string who = by(script);
        const bool may = who.empty() || (door_.find(who) != nullptr && door_.find(who)->may_moderate());
        const auto made = door_.invite(who, wish, now_);
        CONVENE_CHECK(!made || may, "somebody invited who may not");
        if (made && secrets_.size() < 200) secrets_.push_back(made->secret);
    }
    void node_joined(Script& script) {
        const auto which = node(script);
        if (door_.present().count(which) != 0) return;  // MCS gives each number once
        door_.node_joined(which, script.octet() % 3 == 0 ? std::string() : somebody(script), "n",
                          script.octet() % 8 == 0, static_cast<Right>(script.octet() % 3),
                          script.octet() % 2 == 0 ? "" : "eve", now_);
    }
    void tickets(Script& script) {
        const std::string entry = somebody(script);
        const std::string text = tickets_.issue(entry, octets_, now_.instant);
        CONVENE_CHECK(tickets_.redeem(text, now_.instant) == entry, "a good ticket is refused");
        CONVENE_CHECK(!tickets_.redeem(text, now_.instant), "a ticket counts twice");
    }
    std::string somebody(Script& script) {
        const unsigned which = script.octet();
        return entries_.empty() ? std::string("0000000000000000") : entries_[which % entries_.size()];
    }
    /// Now and then an administrator.
    std::string by(Script& script) { return script.octet() % 8 == 0 ? std::string() : somebody(script); }
    std::string invitation(Script& script) {
        const auto list = door_.invitations().list();
        return list.empty() ? std::string() : list[script.octet() % list.size()].id;
    }
    static mcs::UserId node(Script& script) {
        return mcs::UserId{static_cast<std::uint16_t>(1003 + script.octet() % 16)};
    }
    bool is_token(std::string_view text) const {
        return std::find(tokens_.begin(), tokens_.end(), text) != tokens_.end();
    }

    Moment now_{Instant(std::chrono::hours(1)), UnixMs{1'767'225'600'000}};
    Door door_;
    Tickets tickets_;
    RandomOctets octets_ = octets();
    std::string owner_;
    std::vector<std::string> secrets_, entries_, tokens_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Script script(ByteView(reinterpret_cast<const std::byte*>(data), size));
    World world;
    for (std::size_t i = 0; i < kMaxRecords && !script.done(); ++i) {
        world.step(script);
        world.check();
    }
    world.finish();
    return 0;
}
