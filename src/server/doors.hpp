/// The doors of all conferences of a server, and the streams by which people learn how they stand.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "admission/door.hpp"
#include "admission/tickets.hpp"
#include "http/responder.hpp"
#include "server/admission.hpp"

namespace convene::server {

inline constexpr std::size_t kMaxStreamsOfOne = 4;  ///< streams of events of one entry; the oldest is closed
/// Standings go to all at least this far apart for each stream: what is told to all grows with those whom it tells of.
inline constexpr Duration kTellingTime = std::chrono::milliseconds(2);
/// A conference that was created through the web waits this long for the first to come.
inline constexpr Duration kFirstToCome = std::chrono::minutes(10);

/// What doors want done. Called on any thread, without any lock of the doors.
class DoorEvents {
public:
    virtual void set_right(gcc::ConferenceId conference, mcs::UserId node, admission::Right right) = 0;
    virtual void put_out(gcc::ConferenceId conference, mcs::UserId node) = 0;
    /// Of a conference that stays. With an empty value the key is to be removed.
    virtual void keep(const std::string& conference, std::string key, std::string value) = 0;
    /// flush() is wanted soon, on one thread of the server's.
    virtual void wake() = 0;

protected:
    ~DoorEvents() = default;
};

/// How a conference was opened.
struct DoorPlan {
    std::string name;     ///< as people write it
    std::string kept_as;  ///< where its rules and invitations are written down; empty: nowhere
    bool waits_for_first = false;
    admission::DoorRules rules;
    admission::DoorKeys keys;
    std::vector<admission::Invitation> invitations;
};

/// One mutex, taken when people come and go and moderators act, never for data. Used from every thread.
class Doors final : public TicketDesk {
public:
    Doors(DoorEvents& events, admission::RandomOctets random) : events_(events), random_(std::move(random)) {}

    using Refusal = admission::Refusal;
    template <class T>
    using Result = Expected<T, Refusal>;
    using Done = Result<std::monostate>;

    static admission::Moment now();

    // --- conferences come and go ---

    void open(gcc::ConferenceId id, DoorPlan plan);
    /// The plan to open the next one of that name with.
    std::optional<DoorPlan> close(gcc::ConferenceId id);
    bool is_expecting(gcc::ConferenceId id);

    // --- the conference's own thread ---

    /// What somebody who comes over TCP from `source`, without an entry, finds.
    struct Strangers {
        bool must_wait = false;
        admission::Right right = admission::Right::draw;
    };
    Strangers strangers(gcc::ConferenceId id, std::string_view source);
    bool has_waiting_room(gcc::ConferenceId id);
    struct Stay {
        admission::Right right{};
        bool is_owner = false;
        std::string name;
    };
    /// Nothing when that entry may not come in (any more).
    std::optional<Stay> stay(const Admission& admission);
    void node_joined(gcc::ConferenceId id, mcs::UserId node, const std::string& entry, const std::string& name,
                     bool is_convener, admission::Right has_right, const std::string& source);
    void node_gone(gcc::ConferenceId id, mcs::UserId node);
    void node_renamed(gcc::ConferenceId id, mcs::UserId node, const std::string& name);
    void locked(gcc::ConferenceId id, bool is_locked);

    // --- people ---

    struct Arrived {
        std::string entry;
        std::string token;
        std::string conference;
        std::string standing;  ///< JSON
    };
    Result<Arrived> enter(gcc::ConferenceId id, const admission::Arrival& arrival);
    /// Whose token it is; the error is unauthorized.
    struct Person {
        gcc::ConferenceId conference{};
        std::string entry;
    };
    Result<Person> person(std::string_view token);
    struct Look {
        std::string conference;
        std::string standing;
    };
    Result<Look> look(const Person& person);
    Result<std::string> ticket(const Person& person);
    void leave(const Person& person);
    /// Tells the standing now and whenever it changes, until the stream or the stay is over.
    void listen(const Person& person, http::EventStream stream);

    std::optional<Admission> redeem(std::string_view ticket) override;

    // --- moderators; an empty `by` is an administrator ---

    /// Does `what` with the door, and then what follows from it; not_found when there is none.
    Done act(gcc::ConferenceId id, const std::function<Done(admission::Door&, const admission::Moment&)>& what);

    /// Sends what has changed to those who listen, and forgets who has stayed away too long.
    void flush();

private:
    struct House {
        DoorPlan plan;
        admission::Door door;
        std::map<std::string, std::vector<http::EventStream>> streams{};  // by entry
        Instant opened{};
        bool has_been_visited = false;
        bool is_dirty = false;
        Instant told{};  ///< when it was sent to all last
    };
    /// What is to be done once the lock is gone.
    struct Errands {
        std::vector<std::function<void()>> list;
        bool wake = false;
    };
    /// False when there is no such house.
    bool with(gcc::ConferenceId id, const std::function<void(House&, const admission::Moment&)>& use);
    void collect(gcc::ConferenceId id, House& house, Errands& errands);
    void run(Errands& errands);
    void stopped_listening(gcc::ConferenceId id, const std::string& entry);

    DoorEvents& events_;
    admission::RandomOctets random_;
    std::mutex mutex_;
    std::map<gcc::ConferenceId, std::unique_ptr<House>> houses_;
    std::unordered_map<std::string, gcc::ConferenceId> entries_;
    admission::Tickets tickets_;
    std::shared_ptr<void> alive_ = std::make_shared<char>();  // closing streams look at it
};

}  // namespace convene::server
