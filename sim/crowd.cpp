#include "sim/crowd.hpp"

#include <algorithm>
#include <utility>
#include <variant>

namespace convene::sim {
namespace {

/// The octets of a message: its number, then what follows from it, so that no octet may be lost or mixed up.
Bytes octets_of(MessageId id, std::size_t size) {
    Bytes out(size);
    for (std::size_t i = 0; i < size; ++i) {
        std::uint32_t value = i < 4 ? id >> (8 * i) : id * 31 + static_cast<std::uint32_t>(i);
        out[i] = static_cast<std::byte>(value & 0xFF);
    }
    return out;
}

std::optional<MessageId> number_of(ByteView octets) {
    if (octets.size() < Crowd::kMinMessage) return std::nullopt;
    MessageId id = 0;
    for (std::size_t i = 0; i < 4; ++i) id |= std::to_integer<std::uint32_t>(octets[i]) << (8 * i);
    return id;
}

std::string text(mcs::ChannelId id) { return "channel " + std::to_string(id.value); }
std::string text(mcs::TokenId id) { return "token " + std::to_string(id.value); }

constexpr std::array<const char*, 4> kTokenRequests{"grabs", "inhibits", "releases", "tests"};

}  // namespace

Crowd::Crowd(Network& network, Report& report) : network_(network), report_(report) {
    network_.on_event = [this](Node node, mcs::UserEvent& event) { on_event(node, event); };
}

PersonId Crowd::attach(Node node) {
    PersonId who = people_.size();
    people_.emplace_back();
    people_[who].node = node;
    people_[who].attachment = network_[node].attach();
    by_attachment_[{node, people_[who].attachment.value}] = who;
    note(who, "attaches");
    network_.collect(node);
    return who;
}

void Crowd::detach(PersonId who) {
    Person& person = people_[who];
    note(who, "detaches");
    if (person.state == Person::State::asking) person.state = Person::State::gone;
    act(who, [](mcs::Domain& domain, mcs::AttachmentId id) { domain.detach(id); });
}

void Crowd::join(PersonId who, mcs::ChannelId channel) {
    if (people_[who].state != Person::State::here) return;
    note(who, "joins " + text(channel));
    ++people_[who].channels[channel].asked;
    act(who, [&](mcs::Domain& domain, mcs::AttachmentId id) { domain.join(id, channel); });
}

void Crowd::leave(PersonId who, mcs::ChannelId channel) {
    Person& person = people_[who];
    if (person.state != Person::State::here) return;
    note(who, "leaves " + text(channel));
    auto at = person.channels.find(channel);
    if (at != person.channels.end()) {
        if (network_[person.node].is_merging() || at->second.asked > 0) {
            at->second.unsure = true;
        } else {
            unjoin(who, channel);
        }
    }
    act(who, [&](mcs::Domain& domain, mcs::AttachmentId id) { domain.leave(id, channel); });
}

void Crowd::convene(PersonId who) {
    if (people_[who].state != Person::State::here) return;
    note(who, "convenes");
    ++people_[who].convening;
    act(who, [](mcs::Domain& domain, mcs::AttachmentId id) { domain.convene(id); });
}

MessageId Crowd::send(PersonId who, mcs::ChannelId channel, mcs::DataPriority priority, bool uniform,
                      std::size_t size) {
    auto id = static_cast<MessageId>(messages_.size());
    messages_.push_back({who, channel, priority, uniform, size});
    if (report_.traced())
        note(who, "sends message " + std::to_string(id) + (uniform ? ", uniform, " : ", ") + std::to_string(size) +
                      " octets, priority " + std::to_string(static_cast<int>(priority)) + ", to " + text(channel));
    act(who, [&](mcs::Domain& domain, mcs::AttachmentId attachment) {
        domain.send(attachment, channel, priority, uniform, Slice(octets_of(id, size)));
    });
    return id;
}

void Crowd::request(PersonId who, TokenRequest what, mcs::TokenId token) {
    if (people_[who].state != Person::State::here) return;
    note(who, std::string(kTokenRequests[static_cast<std::size_t>(what)]) + " " + text(token));
    ++people_[who].token_requests[static_cast<std::size_t>(what)];
    act(who, [&](mcs::Domain& domain, mcs::AttachmentId id) {
        switch (what) {
            case TokenRequest::grab:
                return domain.token_grab(id, token);
            case TokenRequest::inhibit:
                return domain.token_inhibit(id, token);
            case TokenRequest::release:
                return domain.token_release(id, token);
            case TokenRequest::test:
                return domain.token_test(id, token);
        }
    });
}

std::vector<PersonId> Crowd::present() const {
    std::vector<PersonId> out;
    for (PersonId who = 0; who < people_.size(); ++who) {
        if (people_[who].state == Person::State::here) out.push_back(who);
    }
    return out;
}

void Crowd::forget_heard() {
    for (Person& person : people_) person.heard.clear();
}

void Crowd::forget_offer(PersonId who, std::size_t offer) {
    auto& offers = people_[who].offers;
    offers.erase(offers.begin() + static_cast<std::ptrdiff_t>(offer));
}

void Crowd::make_sure() {
    for (Person& person : people_) {
        for (auto& [id, membership] : person.channels) {
            if (!std::exchange(membership.unsure, false)) continue;
            const mcs::Channel* channel = network_[person.node].channels().find(id);
            membership.joined = channel != nullptr && channel->joined.contains(mcs::Hop::to(person.attachment));
        }
    }
}

void Crowd::on_event(Node node, mcs::UserEvent& event) {
    auto at = by_attachment_.find({node, event.attachment.value});
    if (at == by_attachment_.end()) return report_.fail("an event for nobody at provider " + std::to_string(node));
    PersonId who = at->second;
    report_.mix(who * 64 + event.event.index());
    if (report_.traced()) note(who, "   gets event " + std::to_string(event.event.index()));
    expect(who, people_[who].state != Person::State::gone, "gets an event after it has gone");
    expect(who, people_[who].state == Person::State::here || std::holds_alternative<mcs::AttachConfirm>(event.event),
           "gets an event before it is attached");
    std::visit([&](const auto& kind) { on(who, kind); }, event.event);
}

void Crowd::on(PersonId who, const mcs::AttachConfirm& event) {
    Person& person = people_[who];
    expect(who, person.state == Person::State::asking, "is attached twice");
    person.user = event.user;
    person.state = event.result == mcs::Result::successful ? Person::State::here : Person::State::gone;
    expect(who, event.user.has_value() == (event.result == mcs::Result::successful), "is attached without an id");
}

void Crowd::on(PersonId who, const mcs::DetachIndication& event) {
    Person& person = people_[who];
    for (auto& [id, membership] : person.channels) membership.parts.forget(event.user);
    if (event.user != person.user) return;
    note(who, "is gone");
    person.state = Person::State::gone;
    person.channels.clear();
    person.admitted.clear();
    person.offers.clear();
}

void Crowd::on(PersonId who, const mcs::JoinConfirm& event) {
    auto asked = people_[who].channels.find(event.requested);
    bool was_asked = asked != people_[who].channels.end() && asked->second.asked > 0;
    expect(who, was_asked, "is told of a join that it did not ask for");
    if (!was_asked) return;
    --asked->second.asked;
    if (event.result != mcs::Result::successful) return;
    expect(who, event.channel && (event.requested == mcs::kAssignChannel || *event.channel == event.requested),
           "has joined another channel than it asked for");
    auto& membership = people_[who].channels[event.channel.value_or(event.requested)];
    membership.joined = true;
}

void Crowd::unjoin(PersonId who, mcs::ChannelId channel) {
    auto& membership = people_[who].channels[channel];
    membership.joined = false;
    membership.parts = mcs::Reassembler();
}

void Crowd::on(PersonId who, const mcs::LeaveIndication& event) {
    auto& membership = people_[who].channels[event.channel];
    expect(who, membership.joined || membership.unsure, "is told to leave what it has not joined");
    unjoin(who, event.channel);
}

void Crowd::on(PersonId who, const mcs::ConveneConfirm& event) {
    expect(who, people_[who].convening > 0, "is told of a channel that it did not convene");
    if (people_[who].convening > 0) --people_[who].convening;
    if (event.channel) people_[who].admitted.insert(*event.channel);
}

void Crowd::on(PersonId, const mcs::DisbandIndication&) {}

void Crowd::on(PersonId who, const mcs::AdmitIndication& event) {
    expect(who, people_[who].admitted.insert(event.channel).second, "is admitted twice");
}

void Crowd::on(PersonId who, const mcs::ExpelIndication& event) {
    expect(who, people_[who].admitted.erase(event.channel) > 0, "is expelled from where it was not admitted");
    unjoin(who, event.channel);
}

void Crowd::on(PersonId who, const mcs::DataIndication& event) {
    auto at = people_[who].channels.find(event.channel);
    bool member = at != people_[who].channels.end() && (at->second.joined || at->second.unsure);
    expect(who, member, "gets data of a channel that it has not joined");
    if (!member) return;
    if (auto sdu = at->second.parts.add(event)) on_message(who, event, *sdu);
}

void Crowd::on_message(PersonId who, const mcs::DataIndication& event, const Slice& data) {
    auto id = number_of(data);
    bool known = id && *id < messages_.size();
    expect(who, known, "gets data that nobody sent");
    if (!known) return;
    if (report_.traced()) note(who, "   gets message " + std::to_string(*id));
    Person& person = people_[who];
    const Message& message = messages_[*id];
    expect(who, data == Slice(octets_of(*id, message.size)), "gets a message in pieces of others");
    expect(who, message.channel == event.channel && message.priority == event.priority, "gets a message elsewhere");
    expect(who, message.uniform == event.uniform, "gets a message as another kind");
    expect(who, people_[message.sender].user == event.initiator, "gets a message under another name");
    expect(who, message.uniform || message.sender != who, "hears itself");

    auto [last, first] =
        person.last_heard.try_emplace({message.sender, message.channel, message.priority, message.uniform}, *id);
    expect(who, first || last->second < *id, "gets the messages of a sender out of order, or twice");
    last->second = *id;
    person.heard.push_back(*id);
    if (message.uniform) person.uniform[static_cast<std::size_t>(message.priority)].push_back(*id);
}

void Crowd::answered(PersonId who, TokenRequest what, mcs::UserId initiator) {
    auto& asked = people_[who].token_requests[static_cast<std::size_t>(what)];
    expect(who, asked > 0 && people_[who].user == initiator, "gets an answer about a token that it did not ask for");
    if (asked > 0) --asked;
}
void Crowd::on(PersonId who, const mcs::TokenGrabConfirm& event) { answered(who, TokenRequest::grab, event.initiator); }
void Crowd::on(PersonId who, const mcs::TokenInhibitConfirm& event) {
    answered(who, TokenRequest::inhibit, event.initiator);
}
void Crowd::on(PersonId who, const mcs::TokenReleaseConfirm& event) {
    answered(who, TokenRequest::release, event.initiator);
}
void Crowd::on(PersonId who, const mcs::TokenTestConfirm& event) {
    answered(who, TokenRequest::test, event.initiator);
    people_[who].tested[event.token] = event.status;
}
void Crowd::on(PersonId who, const mcs::TokenGiveIndication& event) {
    expect(who, people_[who].user == event.recipient, "is offered somebody else's token");
    people_[who].offers.push_back({event.token, event.initiator});
}
void Crowd::on(PersonId who, const mcs::TokenGiveConfirm& event) {
    expect(who, people_[who].user == event.initiator, "is told of somebody else's giving");
}
void Crowd::on(PersonId, const mcs::TokenPleaseIndication&) {}

void Crowd::check_at_rest() const {
    for (PersonId who = 0; who < people_.size(); ++who) {
        const Person& person = people_[who];
        const mcs::Domain& domain = network_[person.node];
        expect(who, person.state != Person::State::asking, "still waits to be attached");
        bool here = person.state == Person::State::here;
        expect(who, domain.user_of(person.attachment) == (here ? person.user : std::nullopt),
               "is not what its provider believes");
        if (!here) continue;

        for (const auto& [id, membership] : person.channels) {
            expect(who, membership.asked == 0, "still waits for a join");
            const mcs::Channel* channel = domain.channels().find(id);
            bool joined = channel != nullptr && channel->joined.contains(mcs::Hop::to(person.attachment));
            report_.expect(membership.unsure || membership.joined == joined, [&, number = id] {
                return name(who) + " believes that it has " + (joined ? "not " : "") + "joined " + text(number);
            });
        }
        for (const auto& [id, channel] : domain.channels()) {
            bool joined = channel.joined.contains(mcs::Hop::to(person.attachment));
            report_.expect(!joined || person.channels.count(id) > 0,
                           [&, number = id] { return name(who) + " does not know that it joined " + text(number); });
            bool admitted = channel.kind == mcs::ChannelKind::managed && channel.admitted.contains(*person.user);
            report_.expect(admitted == (person.admitted.count(id) > 0), [&, number = id] {
                return name(who) + " believes otherwise about its admission to " + text(number);
            });
        }
        for (mcs::ChannelId id : person.admitted)
            expect(who, domain.channels().find(id) != nullptr, "believes in a private channel that is not there");
        expect(who, person.convening == 0, "still waits for a private channel");
        for (std::size_t waiting : person.token_requests)
            expect(who, waiting == 0, "still waits for an answer about a token");
    }
}

void Crowd::check_uniform_order() const {
    for (std::size_t priority = 0; priority < mcs::kDataPriorities; ++priority) {
        // Whatever somebody got right after something else comes after it; that must not go round in a circle.
        std::map<MessageId, std::set<MessageId>> after;
        std::map<MessageId, std::size_t> before;
        for (const Person& person : people_) {
            const auto& heard = person.uniform[priority];
            for (std::size_t i = 1; i < heard.size(); ++i) {
                if (after[heard[i - 1]].insert(heard[i]).second) ++before[heard[i]];
            }
        }
        std::vector<MessageId> free;
        for (const auto& [id, following] : after) {
            if (before.count(id) == 0) free.push_back(id);
        }
        while (!free.empty()) {
            MessageId id = free.back();
            free.pop_back();
            auto at = after.find(id);
            if (at == after.end()) continue;
            for (MessageId next : at->second) {
                if (--before[next] == 0) free.push_back(next);
            }
        }
        for (const auto& [id, count] : before) {
            report_.expect(count == 0, [&, number = id] {
                return "uniform message " + std::to_string(number) + " has no one place in the order of priority " +
                       std::to_string(priority);
            });
            if (count != 0) break;
        }
    }
}

void Crowd::note(PersonId who, const std::string& what) const {
    if (report_.traced()) report_.note(name(who) + " " + what);
}

void Crowd::expect(PersonId who, bool holds, const char* what) const {
    report_.expect(holds, [&] { return name(who) + " " + what; });
}

std::string Crowd::name(PersonId who) const {
    const Person& person = people_[who];
    return "person " + std::to_string(who) + " (" +
           (person.user ? "user " + std::to_string(person.user->value) + " " : std::string{}) + "at " +
           std::to_string(person.node) + ")";
}

}  // namespace convene::sim
