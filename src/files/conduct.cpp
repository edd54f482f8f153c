#include "files/conduct.hpp"

#include <algorithm>
#include <utility>

namespace convene::files {

void Conduct::on_conductor(std::optional<UserId> conductor, bool is_self) {
    if (conductor == conductor_ && is_self == is_self_) return;
    conductor_ = conductor;
    is_self_ = is_self;
    privileges_.clear();
    tell();
}

void Conduct::tell() {
    session_.emit(PrivilegesChanged{conductor_ && !is_self_, {privileges_.begin(), privileges_.end()}});
}

bool Conduct::is_conductor(UserId user) const {
    if (!conductor_) return false;
    auto found = session_.members.find(user);
    return found != session_.members.end() && found->second.node == *conductor_;
}

void Conduct::on(UserId from, const PrivilegeRequest& pdu) {
    if (is_self_) session_.emit(PrivilegeAsked{from, pdu.privileges});
}

void Conduct::on(UserId from, const PrivilegeAssign& pdu) {
    if (!is_conductor(from)) return;
    for (const UserPrivileges& line : pdu.list) {
        if (line.user != session_.self) continue;
        privileges_ = {line.privileges.begin(), line.privileges.end()};
        tell();
    }
}

bool Conduct::request(const std::vector<Privilege>& privileges) {
    if (!conductor_ || is_self_) return false;
    for (const auto& [user, member] : session_.members) {
        if (member.node != *conductor_) continue;
        session_.send_to(user, PrivilegeRequest{privileges});
        return true;
    }
    return false;
}

bool Conduct::assign(std::vector<UserPrivileges> list) {
    if (!is_self_ || !session_.is_active) return false;
    session_.send(session_.control, mcs::DataPriority::high, PrivilegeAssign{std::move(list)}, HeaderForm::bits26,
                  true);
    return true;
}

}  // namespace convene::files
