/// The shelf of a conference: files that were sent to everybody, kept in the store and given to who asks for them.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "node/files_desk.hpp"
#include "server/log.hpp"
#include "store/store.hpp"

namespace convene::server {

/// Files that are taken at one time; more are refused.
inline constexpr std::size_t kMaxTaken = 64;
/// Files that are given at one time; more are refused.
inline constexpr std::size_t kMaxGiven = 48;

/// Takes no file that was sent privately. A sender is told that a file is stored when it stands on the disk as a whole,
/// with its name on the shelf. One owner; all on the thread of the conference.
class FileShelf {
public:
    /// Runs something with the node's desk, later answers included; nothing happens when that is gone.
    using UseDesk = std::function<void(const std::function<void(node::FilesDesk&, Instant)>&)>;

    FileShelf(store::Store& store, store::ConferenceId conference, std::uint64_t quota, store::Executor post, Log& log,
              std::string name, UseDesk use_desk);

    void on_event(const node::FilesEvent& event, node::FilesDesk& desk, Instant now);

private:
    using TransferId = files::TransferId;
    struct Taken {
        std::string name;
        std::string author;
        std::optional<std::uint64_t> size;
        std::optional<store::BlobWriter> writer;  ///< nothing while it is being finished, and after an error
        std::optional<store::FileId> row;
        bool is_finishing = false;
        std::size_t unconfirmed = 0;  ///< octets of the last piece, confirmed when all is safe
    };

    void on_offered(const files::Offered& offered, node::FilesDesk& desk, Instant now);
    void on_write(const files::Write& write, node::FilesDesk& desk, Instant now);
    void on_received(const files::Received& received);
    void on_failed(const files::Failed& failed);
    void on_requested(const files::Requested& requested, node::FilesDesk& desk, Instant now);
    void on_read_more(const files::ReadMore& read, node::FilesDesk& desk, Instant now);
    void list(mcs::UserId to, node::FilesDesk& desk);

    /// Puts what was written on the shelf under the name it may have there.
    void finish(TransferId transfer, store::BlobWriter writer, const std::string& name, const std::string& author);
    void add(TransferId transfer, const store::Blob& content, const std::string& name, const std::string& author);
    void on_added(TransferId transfer, const std::string& name, const store::Result<store::FileId>& row);
    void refuse(const std::string& name, std::string_view why);
    std::uint64_t octets_under_way() const;

    store::Store& store_;
    store::ConferenceId conference_;
    std::uint64_t quota_;
    store::Executor post_;
    Log& log_;
    std::string conference_name_;
    UseDesk use_desk_;
    std::map<TransferId, Taken> taken_;
    std::map<TransferId, store::BlobReader> given_;
    std::set<std::string> names_;  ///< of files that are being added
    std::shared_ptr<void> alive_ = std::make_shared<char>();
};

/// `name`, or with a number before its extension where there is one of that name.
std::string free_name(const std::string& name, const std::set<std::string>& taken);

}  // namespace convene::server
