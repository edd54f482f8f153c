#include "server/doors.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "base/overloaded.hpp"
#include "server/door_records.hpp"
#include "server/standing.hpp"
#include "server/wall_clock.hpp"

namespace convene::server {

admission::Moment Doors::now() { return {std::chrono::steady_clock::now(), admission::UnixMs{wall_ms()}}; }

// --- the lock, and what is done after it ---

bool Doors::with(gcc::ConferenceId id, const std::function<void(House&, const admission::Moment&)>& use) {
    Errands errands;
    {
        const std::lock_guard lock(mutex_);
        const auto found = houses_.find(id);
        if (found == houses_.end()) return false;
        use(*found->second, now());
        collect(id, *found->second, errands);
    }
    run(errands);
    return true;
}

void Doors::collect(gcc::ConferenceId id, House& house, Errands& errands) {
    std::vector<admission::DoorOutput> outputs;
    house.door.take_outputs(outputs);
    for (auto& output : outputs) {
        std::visit(
            overloaded{
                [&](const admission::RightChanged& change) {
                    errands.list.push_back([this, id, change] { events_.set_right(id, change.node, change.right); });
                },
                [&](const admission::PutOut& out) {
                    errands.list.push_back([this, id, out] { events_.put_out(id, out.node); });
                },
                [&](const admission::RulesChanged&) {
                    if (house.plan.kept_as.empty()) return;
                    errands.list.push_back([this, name = house.plan.kept_as, text = rules_text(house.door.rules())] {
                        events_.keep(name, std::string(kRulesKey), text);
                    });
                },
                [&](const admission::InvitationChanged& change) {
                    if (house.plan.kept_as.empty()) return;
                    const auto* invitation = house.door.invitations().find(change.id);
                    std::string text = invitation == nullptr ? std::string() : invitation_text(*invitation);
                    errands.list.push_back([this, name = house.plan.kept_as, change, text = std::move(text)] {
                        events_.keep(name, std::string(kInvitationKey) + change.id, text);
                    });
                },
                [&](const admission::EntryGone& gone) {
                    entries_.erase(gone.id);
                    const auto streams = house.streams.extract(gone.id);
                    if (streams.empty()) return;
                    for (const auto& stream : streams.mapped()) errands.list.push_back([stream] { stream.close(); });
                }},
            output);
    }
    if (house.door.has_news() && !house.streams.empty() && !std::exchange(house.is_dirty, true)) errands.wake = true;
}

void Doors::run(Errands& errands) {
    for (const auto& errand : errands.list) errand();
    if (errands.wake) events_.wake();
}

// --- conferences come and go ---

void Doors::open(gcc::ConferenceId id, DoorPlan plan) {
    auto house = std::make_unique<House>(House{plan, admission::Door(plan.rules, plan.keys, random_)});
    for (auto& invitation : plan.invitations) house->door.invitations().restore(std::move(invitation));
    house->plan.invitations.clear();
    house->opened = now().instant;
    const std::lock_guard lock(mutex_);
    houses_[id] = std::move(house);
}

std::optional<DoorPlan> Doors::close(gcc::ConferenceId id) {
    std::unique_ptr<House> house;
    {
        const std::lock_guard lock(mutex_);
        auto found = houses_.extract(id);
        if (found.empty()) return std::nullopt;
        house = std::move(found.mapped());
        for (const auto& [entry, stay] : house->door.entries()) entries_.erase(entry);
    }
    for (const auto& [entry, streams] : house->streams) {
        for (const auto& stream : streams) {
            stream.send("standing", R"({"state":"removed","right":"view","locked":false,"waitingRoom":false,)"
                                    R"("rights":{},"waiting":[]})");
            stream.close();
        }
    }
    DoorPlan plan = std::move(house->plan);
    plan.rules = house->door.rules();
    plan.invitations = house->door.invitations().list();
    return plan;
}

bool Doors::is_expecting(gcc::ConferenceId id) {
    bool is_expecting = false;
    with(id, [&](House& house, const admission::Moment& now) {
        const bool is_new = house.plan.waits_for_first && !house.has_been_visited;
        is_expecting = house.door.is_expecting(now.instant) || (is_new && now.instant < house.opened + kFirstToCome);
    });
    return is_expecting;
}

// --- the conference's own thread ---

Doors::Strangers Doors::strangers(gcc::ConferenceId id, std::string_view source) {
    Strangers out;
    with(id, [&](House& house, const admission::Moment& now) {
        out = Strangers{house.door.keeps_out(source, now.instant), house.door.right_of_strangers()};
    });
    return out;
}

bool Doors::has_waiting_room(gcc::ConferenceId id) {
    bool out = false;
    with(id, [&](House& house, const admission::Moment&) { out = house.door.rules().waiting_room; });
    return out;
}

std::optional<Doors::Stay> Doors::stay(const Admission& admission) {
    std::optional<Stay> out;
    with(admission.conference, [&](House& house, const admission::Moment&) {
        const auto* entry = house.door.find(admission.entry);
        if (entry != nullptr && entry->is_inside()) out = Stay{entry->right, entry->is_owner, entry->name};
    });
    return out;
}

void Doors::node_joined(gcc::ConferenceId id, mcs::UserId node, const std::string& entry, const std::string& name,
                        bool is_convener, admission::Right has_right, const std::string& source) {
    with(id, [&](House& house, const admission::Moment& now) {
        house.has_been_visited = true;
        house.door.node_joined(node, entry, name, is_convener, has_right, source, now);
    });
}

void Doors::node_gone(gcc::ConferenceId id, mcs::UserId node) {
    with(id, [&](House& house, const admission::Moment& now) { house.door.node_gone(node, now); });
}

void Doors::node_renamed(gcc::ConferenceId id, mcs::UserId node, const std::string& name) {
    with(id, [&](House& house, const admission::Moment&) { house.door.node_renamed(node, name); });
}

void Doors::locked(gcc::ConferenceId id, bool is_locked) {
    with(id, [&](House& house, const admission::Moment&) { house.door.locked(is_locked); });
}

// --- people ---

Doors::Result<Doors::Arrived> Doors::enter(gcc::ConferenceId id, const admission::Arrival& arrival) {
    Result<Arrived> out = make_unexpected(Refusal::not_found);
    with(id, [&](House& house, const admission::Moment& now) {
        auto arrived = house.door.enter(arrival, now);
        if (!arrived) {
            out = make_unexpected(arrived.error());
            return;
        }
        entries_[arrived->entry] = id;
        out = Arrived{arrived->entry, arrived->token, house.plan.name,
                      Standings(house.door).of(*house.door.find(arrived->entry))};
    });
    return out;
}

Doors::Result<Doors::Person> Doors::person(std::string_view token) {
    const auto shown = admission::read_secret_text(token);
    if (!shown) return make_unexpected(Refusal::unauthorized);
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(shown->id);
    if (found == entries_.end()) return make_unexpected(Refusal::unauthorized);
    const auto house = houses_.find(found->second);
    if (house == houses_.end() || house->second->door.entry_by(token) == nullptr)
        return make_unexpected(Refusal::unauthorized);
    return Person{found->second, shown->id};
}

Doors::Result<Doors::Look> Doors::look(const Person& person) {
    Result<Look> out = make_unexpected(Refusal::not_found);
    with(person.conference, [&](House& house, const admission::Moment&) {
        if (const auto* entry = house.door.find(person.entry))
            out = Look{house.plan.name, Standings(house.door).of(*entry)};
    });
    return out;
}

Doors::Result<std::string> Doors::ticket(const Person& person) {
    Result<std::string> out = make_unexpected(Refusal::not_found);
    with(person.conference, [&](House& house, const admission::Moment& now) {
        const auto* entry = house.door.find(person.entry);
        if (entry == nullptr) return;
        if (entry->is_inside())
            out = tickets_.issue(person.entry, random_, now.instant);
        else
            out = make_unexpected(Refusal::forbidden);
    });
    return out;
}

std::optional<Admission> Doors::redeem(std::string_view ticket) {
    const std::lock_guard lock(mutex_);
    const auto entry = tickets_.redeem(ticket, now().instant);
    const auto found = entry ? entries_.find(*entry) : entries_.end();
    if (found == entries_.end()) return std::nullopt;
    return Admission{found->second, *entry};
}

void Doors::leave(const Person& person) {
    with(person.conference, [&](House& house, const admission::Moment& now) { house.door.leave(person.entry, now); });
}

void Doors::listen(const Person& person, http::EventStream stream) {
    std::optional<http::EventStream> oldest;
    std::string standing;
    bool is_final = true;
    with(person.conference, [&](House& house, const admission::Moment& now) {
        const auto* entry = house.door.find(person.entry);
        if (entry == nullptr) return;
        standing = Standings(house.door).of(*entry);
        is_final = entry->is_final();
        if (is_final) return;
        house.door.listening(person.entry, true, now);
        auto& streams = house.streams[person.entry];
        if (streams.size() >= kMaxStreamsOfOne) {
            oldest = streams.front();
            streams.erase(streams.begin());
        }
        streams.push_back(stream);
    });
    if (oldest) oldest->close();
    if (!standing.empty()) stream.send("standing", standing);
    if (is_final) return stream.close();
    stream.on_closed([this, alive = std::weak_ptr(alive_), person] {
        if (!alive.expired()) stopped_listening(person.conference, person.entry);
    });
}

void Doors::stopped_listening(gcc::ConferenceId id, const std::string& entry) {
    with(id, [&](House& house, const admission::Moment& now) {
        house.door.listening(entry, false, now);
        const auto found = house.streams.find(entry);
        if (found == house.streams.end()) return;
        std::erase_if(found->second, [](const http::EventStream& stream) { return !stream.is_open(); });
        if (found->second.empty()) house.streams.erase(found);
    });
}

Doors::Done Doors::act(gcc::ConferenceId id,
                       const std::function<Done(admission::Door&, const admission::Moment&)>& what) {
    Done out = make_unexpected(Refusal::not_found);
    with(id, [&](House& house, const admission::Moment& now) { out = what(house.door, now); });
    return out;
}

void Doors::flush() {
    struct Message {
        http::EventStream stream;
        std::string text;
        bool is_last = false;
    };
    std::vector<Message> messages;
    Errands errands;
    bool is_left = false;
    {
        const std::lock_guard lock(mutex_);
        const auto moment = now();
        for (auto& [id, house] : houses_) {
            house->door.on_time(moment);
            collect(id, *house, errands);
            if (!house->is_dirty) continue;
            if (moment.instant < house->told + kTellingTime * static_cast<int>(house->streams.size())) {
                is_left = true;
                continue;
            }
            house->is_dirty = false;
            house->told = moment.instant;
            const Standings standings(house->door);
            for (const auto& [entry, streams] : house->streams) {
                const auto* stay = house->door.find(entry);
                if (stay == nullptr) continue;
                const std::string text = standings.of(*stay);
                for (const auto& stream : streams) messages.push_back({stream, text, stay->is_final()});
            }
        }
    }
    errands.wake = is_left;  // the rest is sent right now
    run(errands);
    for (const auto& message : messages) {
        message.stream.send("standing", message.text);
        if (message.is_last) message.stream.close();
    }
}

}  // namespace convene::server
