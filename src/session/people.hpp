/// Who is in the conference, as a page lists it.
#pragma once

#include <map>
#include <string>

#include "node/node.hpp"
#include "session/output.hpp"

namespace convene::session {

class People {
public:
    explicit People(Outlet& outlet) : outlet_(outlet) {}

    /// Something has happened that may have changed the rosters. `remembers`: the node at the top keeps what happens.
    void tell(const node::Node& node, bool remembers);
    /// Another node goes on: who is there when it comes has not come then.
    void forget();

private:
    static void write(JsonWriter& out, const node::Node& node, mcs::UserId id, const gcc::NodeRecord& record,
                      bool remembers);

    Outlet& outlet_;
    std::map<mcs::UserId, std::string> told_;  ///< each as it was told last
    bool is_complete_ = false;
};

}  // namespace convene::session
