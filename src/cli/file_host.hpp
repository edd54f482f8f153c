/// What sending and receiving files needs of the program around it.
#pragma once

#include <functional>
#include <string_view>

#include "base/time.hpp"
#include "cli/notice.hpp"

namespace convene::cli {

class FileHost {
public:
    /// nullptr while there is none.
    virtual node::Node* node() = 0;
    /// Carries out what the node was asked for.
    virtual void act() = 0;
    /// Calls `what` later, from the event loop; nothing when the program is about to end by then.
    virtual void after(Duration wait, std::function<void()> what) = 0;
    /// Tells the user.
    virtual void tell(const Notice& notice) = 0;
    /// The one participant that is meant by a name or number. The error is a sentence.
    virtual Expected<mcs::UserId, std::string> find(std::string_view target) = 0;

    /// Files of both directions have numbers of one row, which a user calls them by; a transfer that begins anew keeps
    /// its number.
    std::uint64_t next_number() { return ++last_number_; }

    /// The file transfers of the node, once they work.
    node::FilesDesk* files() {
        auto* desk = node() == nullptr ? nullptr : node()->files();
        return desk != nullptr && desk->entity().is_active() ? desk : nullptr;
    }

    static Instant now() { return std::chrono::steady_clock::now(); }

protected:
    ~FileHost() = default;

private:
    std::uint64_t last_number_ = 0;
};

}  // namespace convene::cli
