/// Files as the users of a node see them.
#pragma once

#include <vector>

#include "files/entity.hpp"
#include "node/application_port.hpp"
#include "node/desk.hpp"

namespace convene::node {

/// Connects a T.127 entity with the domain and the conference. The files themselves are the program's: FilesEvent has
/// ReadMore and Write. The domain and the conference must outlive it.
class FilesDesk final : public Desk {
public:
    FilesDesk(mcs::Domain& domain, gcc::Conference& conference, files::EntityConfig config);

    void start() override { port_.attach(); }
    bool owns(mcs::AttachmentId attachment) const override { return port_.owns(attachment); }
    void on_event(const mcs::UserEventKind& event, Instant now) override;
    void on_conference(const gcc::Event& event, Instant now) override;
    void on_time(Instant now) override { entity_.on_time(now); }
    bool on_flow(std::size_t octets_waiting, Instant now) override {
        entity_.on_flow(octets_waiting, now);
        return entity_.is_sending();
    }
    std::optional<Instant> deadline() const override { return entity_.deadline(); }
    bool pump(std::vector<Event>& events, Instant now) override;

    /// For what the user does. After using it, call Node::settle().
    files::FileEntity& entity() { return entity_; }
    const files::FileEntity& entity() const { return entity_; }
    /// The name of the node that a file attachment belongs to, or a number.
    std::string name_of(mcs::UserId attachment) const { return port_.name_of(attachment); }
    std::optional<mcs::UserId> node_of(mcs::UserId attachment) const { return port_.node_of(attachment); }
    /// The file attachments of a node.
    std::vector<mcs::UserId> attachments_of(mcs::UserId node) const;
    /// True for a file that nobody in the session is kept from: NetMeeting sends those to all in private sessions, too.
    /// Of a private one only the node with the top provider can say so; false elsewhere.
    bool is_for_all(const files::Offered& offered) const;

private:
    void on_roster(Instant now);

    ApplicationPort port_;
    files::FileEntity entity_;
    std::vector<files::Output> outputs_;
};

}  // namespace convene::node
