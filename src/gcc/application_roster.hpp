/// The application rosters where they are made: at the top for the conference, at any other node for its subtree.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "gcc/node_roster.hpp"
#include "gcc/roster_limits.hpp"
#include "gcc/roster_update.hpp"

namespace convene::gcc {

/// Why an entity of this node could not be enrolled.
enum class EnrolRefusal : std::uint8_t {
    too_many_sessions,
    too_many_entities,
    record_too_large,
    second_conducting_capable,  ///< at most one entity of a node and session may be able to work in conducted mode
};

/// All sessions with their entities: the own ones are enrolled, the children's merged, the differences published.
/// A session exists while it has entities; its last words are one refresh with empty lists. Session keys are compared
/// whole.
class ApplicationRoster {
public:
    /// Adds an entity of this node to a session or replaces its record and its collapsing capabilities; those count
    /// while the entity is active.
    std::optional<EnrolRefusal> enrol(const Entity& entity, const SessionKey& session, const ApplicationRecord& record,
                                      const std::vector<Capability>& capabilities);
    void unenrol(const Entity& entity, const SessionKey& session);

    /// What a child says about its subtree. A session's refresh list replaces all that the child said about the
    /// session; with `full_refresh` the child's part of every session that is not mentioned ends as well. Parts out of
    /// `in_subtree` or over the limits are left out and reported. Returns whether anything changed.
    bool merge(UserId child, bool full_refresh, const std::vector<ApplicationInformation>& sessions,
               const InSubtree& in_subtree, std::vector<RosterIncident>& incidents);

    /// Drops the node's entities from every session, and all that it reported. To be called for each node that is gone.
    void remove_node(UserId node);

    const ApplicationRecord* find(const SessionKey& session, const Entity& entity) const;
    /// Whether the entity is enrolled in the session: what the registry asks.
    bool has(const SessionKey& session, const Entity& entity) const { return find(session, entity) != nullptr; }
    bool has_session(const SessionKey& session) const;
    std::vector<SessionKey> sessions() const;
    std::vector<CollapsedCapability> capabilities(const SessionKey& session) const;

    /// Sessions whose last entity has gone since this was last called: the registry forgets their entries.
    std::vector<SessionKey> take_ended();

    bool has_news() const { return !changed_.empty(); }

    /// The application part of the next RosterUpdateIndication; what it says counts as published from now on. Only
    /// changed sessions are mentioned, all with Extent::everything; the caller says so, too, once nodes were added. A
    /// session's instance number grows by one (modulo 65536) when it has changed.
    std::vector<ApplicationInformation> publish(Extent extent);

private:
    struct Entry {
        ApplicationRecord record;
        std::optional<UserId> via;  ///< the child that reported it
        bool is_published = false;
    };
    struct Session {
        std::map<Entity, Entry> entities;
        std::set<std::pair<UserId, Entity>> reported;                ///< (child, entity)
        std::map<Entity, std::vector<Capability>> own_capabilities;  ///< of entities of this node
        std::map<UserId, std::vector<CollapsedCapability>> below;    ///< by child
        std::set<Entity> changed;                                    ///< present, and not as published
        std::set<Entity> removed;                                    ///< published, and gone since
        std::vector<CollapsedCapability> published_capabilities;
        std::size_t new_entities = 0;  ///< present and never published
        std::uint16_t instance = 0;
        bool is_published = false;
    };
    using Sessions = std::map<SessionKey, Session, SessionKeyOrder>;

    Sessions::iterator open(const SessionKey& key);
    void close_if_empty(Sessions::iterator at);
    std::optional<std::string_view> store(Sessions::iterator at, const Entity& entity, const ApplicationRecord& record,
                                          std::optional<UserId> via, bool& changed);
    bool erase(Sessions::iterator at, const Entity& entity);
    bool forget_child(Sessions::iterator at, UserId child, const std::set<Entity>& except);
    bool merge_session(UserId child, const ApplicationInformation& information, const InSubtree& in_subtree,
                       std::vector<RosterIncident>& incidents);
    static std::vector<CollapsedCapability> collapse(const Session& session);
    static ApplicationRecordList refresh_list(const Session& session);
    static ApplicationRecordList update_list(const Session& session);
    ApplicationInformation publish(const SessionKey& key, Session& session, bool whole);

    Sessions sessions_;
    std::set<SessionKey, SessionKeyOrder> changed_;
    std::set<SessionKey, SessionKeyOrder> ended_;
    std::map<UserId, std::size_t> entities_of_;
    std::size_t entities_ = 0;
};

}  // namespace convene::gcc
