#include "node/application_port.hpp"

#include "gcc/names.hpp"
#include "gcc/protocol_key.hpp"

namespace convene::node {

void ApplicationPort::attach() {
    if (!attachment_) attachment_ = domain_.attach();
}

bool ApplicationPort::read_roster() {
    if (!conference_.roster().nodes.is_complete()) return false;
    owners_.clear();
    for (const auto& [session, roster] : conference_.roster().applications.sessions()) {
        for (const auto& [entity, record] : roster.entities) {
            if (record.application_user_id) owners_[*record.application_user_id] = entity;
        }
    }
    return true;
}

std::vector<gcc::RosterLine> ApplicationPort::lines_of(const gcc::Key& protocol) const {
    std::vector<gcc::RosterLine> found;
    for (const auto& [session, roster] : conference_.roster().applications.sessions()) {
        if (!gcc::same_protocol(session.application_protocol_key, protocol)) continue;
        for (const auto& [entity, record] : roster.entities) found.push_back({session, entity, record});
    }
    return found;
}

std::uint32_t ApplicationPort::instance_of(const std::vector<gcc::RosterLine>& lines) const {
    if (lines.empty()) return 0;
    const auto* roster = conference_.roster().applications.find(lines.back().session);
    return roster == nullptr ? 0 : roster->instance;
}

std::optional<mcs::UserId> ApplicationPort::node_of(mcs::UserId attachment) const {
    auto owner = owners_.find(attachment);
    if (owner == owners_.end()) return std::nullopt;
    return owner->second.node;
}

std::string ApplicationPort::name_of(mcs::UserId attachment) const {
    auto node = node_of(attachment);
    const auto* record = node ? conference_.roster().nodes.find(*node) : nullptr;
    if (record != nullptr && record->node_name) return gcc::to_utf8(*record->node_name);
    return "user " + std::to_string(node.value_or(attachment).value);
}

void ApplicationPort::enrol(const gcc::SessionKey& session, const gcc::ApplicationRecord& record,
                            const std::vector<gcc::Capability>& capabilities, Instant now) {
    if (entity_ && session_ == session) return conference_.update(*entity_, record, capabilities, now);
    if (entity_) conference_.unenrol(*entity_, now);
    entity_.reset();
    auto entity = conference_.enrol(session, record, capabilities, now);
    if (!entity) return;
    entity_ = *entity;
    session_ = session;
}

}  // namespace convene::node
