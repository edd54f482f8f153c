/// What every application of a node needs of its domain and its conference.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "gcc/conference.hpp"
#include "gcc/enrolment.hpp"
#include "mcs/domain.hpp"
#include "mcs/reassembly.hpp"

namespace convene::node {

/// One attachment to the domain and one enrolment in the application roster, and who is who there. The domain and the
/// conference must outlive it. One owner, no threads.
class ApplicationPort {
public:
    ApplicationPort(mcs::Domain& domain, gcc::Conference& conference) : domain_(domain), conference_(conference) {}
    ApplicationPort(const ApplicationPort&) = delete;
    ApplicationPort& operator=(const ApplicationPort&) = delete;

    mcs::Domain& domain() { return domain_; }
    const mcs::Domain& domain() const { return domain_; }
    gcc::Conference& conference() { return conference_; }
    const gcc::Conference& conference() const { return conference_; }

    /// Once; the AttachConfirm comes as an event.
    void attach();
    bool owns(mcs::AttachmentId attachment) const { return attachment_ == attachment; }
    /// After attach().
    mcs::AttachmentId attachment() const { return *attachment_; }
    bool is_attached() const { return attachment_.has_value(); }

    /// Learns from the application roster whose attachments there are. False while no roster has come yet.
    bool read_roster();
    /// Those enrolled for a protocol, by any session of it; what has no key of `protocol` stays out.
    std::vector<gcc::RosterLine> lines_of(const gcc::Key& protocol) const;
    /// The number of the roster that the last of these lines stands in; 0 without lines.
    std::uint32_t instance_of(const std::vector<gcc::RosterLine>& lines) const;
    /// Known once the application roster has told.
    std::optional<mcs::UserId> node_of(mcs::UserId attachment) const;
    /// The name of the node of an attachment, or a number.
    std::string name_of(mcs::UserId attachment) const;

    /// Enrols, or replaces what was enrolled.
    void enrol(const gcc::SessionKey& session, const gcc::ApplicationRecord& record,
               const std::vector<gcc::Capability>& capabilities, Instant now);

    /// What is enrolled.
    std::optional<gcc::EntityId> entity() const { return entity_; }

    /// The SDU that a segment completes.
    std::optional<Slice> whole(const mcs::DataIndication& data) { return reassembler_.add(data); }
    /// That user is gone: what it has not finished is, too.
    void forget(mcs::UserId user) { reassembler_.forget(user); }

private:
    mcs::Domain& domain_;
    gcc::Conference& conference_;
    std::optional<mcs::AttachmentId> attachment_;
    std::map<mcs::UserId, gcc::Entity> owners_;  ///< of application user ids, whatever the application
    std::optional<gcc::EntityId> entity_;
    std::optional<gcc::SessionKey> session_;
    mcs::Reassembler reassembler_;
};

}  // namespace convene::node
