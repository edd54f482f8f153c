#include "server/file_shelf.hpp"

#include <algorithm>

#include "base/overloaded.hpp"
#include "server/memory_log.hpp"

namespace convene::server {

using files::RejectReason;

std::string free_name(const std::string& name, const std::set<std::string>& taken) {
    if (!taken.contains(name)) return name;
    auto dot = name.rfind('.');
    if (dot == std::string::npos || dot == 0) dot = name.size();
    for (std::size_t number = 2; number <= taken.size() + 1; ++number) {
        std::string other = name.substr(0, dot) + " (" + std::to_string(number) + ")" + name.substr(dot);
        if (!taken.contains(other)) return other;
    }
    return name;
}

FileShelf::FileShelf(store::Store& store, store::ConferenceId conference, std::uint64_t quota, store::Executor post,
                     Log& log, std::string name, UseDesk use_desk)
    : store_(store),
      conference_(conference),
      quota_(quota),
      post_(std::move(post)),
      log_(log),
      conference_name_(std::move(name)),
      use_desk_(std::move(use_desk)) {}

void FileShelf::on_event(const node::FilesEvent& event, node::FilesDesk& desk, Instant now) {
    std::visit(overloaded{[&](const files::Offered& offered) { on_offered(offered, desk, now); },
                          [&](const files::Write& write) { on_write(write, desk, now); },
                          [&](const files::Received& received) { on_received(received); },
                          [&](const files::Failed& failed) { on_failed(failed); },
                          [&](const files::Declined& declined) { refuse(declined.name.text, declined.why); },
                          [&](const files::Requested& requested) { on_requested(requested, desk, now); },
                          [&](const files::ReadMore& read) { on_read_more(read, desk, now); },
                          [&](const files::Sent& sent) { given_.erase(sent.transfer); },
                          [&](const files::DirectoryAsked& asked) { list(asked.from, desk); }, [](const auto&) {}},
               event);
}

void FileShelf::refuse(const std::string& name, std::string_view why) {
    log_.info(LogEvent::file_refused, {{"conf", conference_name_}, {"file", name}, {"why", why}});
}

std::uint64_t FileShelf::octets_under_way() const {
    std::uint64_t sum = 0;
    for (const auto& [transfer, each] : taken_) sum += each.row ? 0 : each.size.value_or(0);
    return sum;
}

void FileShelf::on_offered(const files::Offered& offered, node::FilesDesk& desk, Instant now) {
    const auto reject = [&](RejectReason reason, std::string_view why) {
        static_cast<void>(desk.entity().reject(offered.transfer, reason, now));
        // What is private is nobody's business, not even the log's.
        if (!why.empty()) refuse(offered.name.text, why);
    };
    if (!desk.is_for_all(offered)) return reject(RejectReason::file_not_required, {});
    if (taken_.size() >= kMaxTaken) return reject(RejectReason::insufficient_resources, "too many at one time");
    const auto record = store_.conference(conference_);
    if (!record) return reject(RejectReason::insufficient_resources, record.error().message);
    const std::uint64_t used = record->file_octets + octets_under_way();
    if (used >= quota_ || offered.size.value_or(0) > quota_ - used)
        return reject(RejectReason::insufficient_resources, "the shelf is full");
    auto writer = store_.write_blob(conference_);
    if (!writer) return reject(RejectReason::insufficient_resources, writer.error().message);
    std::string author = desk.name_of(offered.from);
    author.resize(std::min(author.size(), store::kMaxAuthorOctets));
    Taken taken;
    taken.name = offered.name.text;
    taken.author = std::move(author);
    taken.size = offered.size;
    taken.writer = std::move(*writer);
    taken_.emplace(offered.transfer, std::move(taken));
    if (!desk.entity().accept(offered.transfer, now)) taken_.erase(offered.transfer);
}

void FileShelf::on_write(const files::Write& write, node::FilesDesk& desk, Instant now) {
    const auto found = taken_.find(write.transfer);
    if (found == taken_.end() || !found->second.writer) return desk.entity().on_write_failed(write.transfer, now);
    Taken& taken = found->second;
    const auto fail = [&](const std::string& why) {
        taken.writer.reset();
        refuse(taken.name, why);
        desk.entity().on_write_failed(write.transfer, now);  // Failed follows
    };
    if (write.offset != taken.writer->octets()) return fail("it does not come in one piece");
    if (const auto written = taken.writer->write(write.octets); !written) return fail(written.error().message);
    if (!taken.size || taken.writer->octets() < *taken.size)
        return desk.entity().on_stored(write.transfer, write.octets.size(), now);
    // The last piece is confirmed when all is safe, and with it the file.
    taken.unconfirmed = write.octets.size();
    taken.is_finishing = true;
    auto writer = std::move(*taken.writer);
    taken.writer.reset();
    finish(write.transfer, std::move(writer), taken.name, taken.author);
}

void FileShelf::finish(TransferId transfer, store::BlobWriter writer, const std::string& name,
                       const std::string& author) {
    writer.finish().then(post_, [this, alive = std::weak_ptr(alive_), transfer, name,
                                 author](const store::Result<store::Blob>& content) {
        if (alive.expired()) return;
        if (content) return add(transfer, *content, name, author);
        on_added(transfer, name, make_unexpected(content.error()));
    });
}

void FileShelf::add(TransferId transfer, const store::Blob& content, const std::string& name,
                    const std::string& author) {
    auto there = store_.files(conference_);
    if (!there) return on_added(transfer, name, make_unexpected(there.error()));
    std::set<std::string> names = names_;
    for (const auto& file : *there) {
        // The same file under the same name: it stays where it is.
        if (file.name == name && file.digest == content.digest()) {
            taken_.erase(transfer);  // so that nobody removes it when the transfer fails
            return use_desk_(
                [&](node::FilesDesk& desk, Instant now) { desk.entity().on_stored(transfer, content.octets(), now); });
        }
        names.insert(file.name);
    }
    const std::string unused = free_name(name, names);
    names_.insert(unused);
    store_.add_file(conference_, store::NewFile{unused, author, unix_now()}, content)
        .then(post_, [this, alive = std::weak_ptr(alive_), transfer, unused](const store::Result<store::FileId>& row) {
            if (alive.expired()) return;
            names_.erase(unused);
            on_added(transfer, unused, row);
        });
}

void FileShelf::on_added(TransferId transfer, const std::string& name, const store::Result<store::FileId>& row) {
    const auto found = taken_.find(transfer);
    if (row && found == taken_.end()) {  // the transfer has failed meanwhile
        store_.remove_file(conference_, *row);
        return;
    }
    if (found == taken_.end()) return;
    const bool is_over = !found->second.is_finishing;  // its size was not known, and its sender thinks it is done
    if (row) {
        log_.info(LogEvent::file_kept, {{"conf", conference_name_}, {"file", name}, {"by", found->second.author}});
        found->second.row = *row;
    } else {
        refuse(name, row.error().message);
    }
    const std::size_t unconfirmed = found->second.unconfirmed;
    if (is_over) {
        taken_.erase(found);
        return;
    }
    use_desk_([&](node::FilesDesk& desk, Instant now) {
        if (row)
            desk.entity().on_stored(transfer, unconfirmed, now);
        else
            desk.entity().on_write_failed(transfer, now);
    });
}

void FileShelf::on_received(const files::Received& received) {
    const auto found = taken_.find(received.transfer);
    if (found == taken_.end()) return;
    Taken& taken = found->second;
    const bool is_right = received.verified != files::Verified::no;
    if (is_right && taken.writer) {  // a file of unknown size, or an empty one
        auto writer = std::move(*taken.writer);
        taken.writer.reset();
        return finish(received.transfer, std::move(writer), taken.name, taken.author);
    }
    if (!is_right) {
        refuse(taken.name, "it is not what was sent");
        if (taken.row) store_.remove_file(conference_, *taken.row);
    }
    taken_.erase(found);
}

void FileShelf::on_failed(const files::Failed& failed) {
    given_.erase(failed.transfer);
    const auto found = taken_.find(failed.transfer);
    if (found == taken_.end()) return;
    refuse(found->second.name, to_string(failed.reason));
    if (found->second.row) store_.remove_file(conference_, *found->second.row);
    taken_.erase(found);
}

void FileShelf::on_requested(const files::Requested& requested, node::FilesDesk& desk, Instant now) {
    const auto deny = [&] { static_cast<void>(desk.entity().deny_request(requested.request, std::nullopt)); };
    const auto all = store_.files(conference_);
    if (!all || given_.size() >= kMaxGiven) return deny();
    const auto file = std::find_if(all->rbegin(), all->rend(),
                                   [&](const store::FileRecord& each) { return each.name == requested.name.text; });
    if (file == all->rend()) return deny();
    auto reader = store_.read_blob(file->digest);
    if (!reader) {
        refuse(file->name, reader.error().message);
        return deny();
    }
    const auto transfer = desk.entity().answer_request(
        requested.request, files::OutgoingFile{file->name, file->octets, file->time.value / 1000}, now);
    if (transfer) given_.emplace(*transfer, std::move(*reader));
}

void FileShelf::on_read_more(const files::ReadMore& read, node::FilesDesk& desk, Instant now) {
    const auto found = given_.find(read.transfer);
    if (found == given_.end()) return desk.entity().on_read_failed(read.transfer, now);
    Bytes piece(read.size);
    const auto count = found->second.read_at(read.offset, piece);
    if (!count || *count != piece.size()) return desk.entity().on_read_failed(read.transfer, now);
    desk.entity().on_read(read.transfer, Slice(ByteView(piece)), now);
}

void FileShelf::list(mcs::UserId to, node::FilesDesk& desk) {
    const auto all = store_.files(conference_);
    std::vector<files::DirectoryLine> lines;
    for (std::size_t i = 0; all && i < all->size(); ++i) {
        const auto& file = (*all)[i];
        lines.push_back(files::DirectoryLine{files::FileName{file.name}, file.octets, file.time.value / 1000, false});
    }
    desk.entity().list_directory(to, files::DirectoryResult::successful, lines);
}

}  // namespace convene::server
