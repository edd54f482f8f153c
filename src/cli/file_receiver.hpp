/// Takes files that others in a conference send, and asks for the rest of those that a broken connection cut short.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>

#include "cli/file_host.hpp"
#include "cli/file_words.hpp"
#include "cli/part_file.hpp"

namespace convene::cli {

struct FileReceiverOptions {
    std::string directory = ".";
    /// How long the sender of an interrupted file may take to come back; 0: it is not waited for.
    Duration retry_for{};
};

/// What to do with an offer.
enum class Decision : std::uint8_t { accept, refuse, ask };

/// Tells of everything by events: `file-offered`, `file-accepted`, `file-declined`, `file-progress`, `file-received`,
/// `file-interrupted`, `file-failed`, `file-list`. docs/scripting.md.
class FileReceiver {
public:
    using Decide = std::function<Decision(const files::Offered& offer)>;

    FileReceiver(FileHost& host, FileReceiverOptions options, Decide decide)
        : host_(host), options_(std::move(options)), decide_(std::move(decide)) {}

    void on_event(const node::FilesEvent& event);
    /// These answer an offer; false when there is none of that number.
    bool accept(std::uint64_t number);
    bool refuse(std::uint64_t number);
    /// False when there is no such file on its way.
    bool cancel(std::uint64_t number);
    void cancel_all();
    /// Asks everybody for a file. The error is a sentence.
    Expected<std::uint64_t, std::string> request(const std::string& name);
    /// Asks everybody what files there are; how many were asked.
    std::size_t ask_for_lists();

    /// An offer that nobody has answered: its number and its name.
    struct Offer {
        std::uint64_t number = 0;
        std::string name;
    };
    std::optional<Offer> first_offer() const;
    /// Nothing is offered, on its way, or to be continued.
    bool is_idle() const { return incoming_.empty() && interrupted_.empty() && wanted_.empty(); }
    /// Something that was accepted or asked for is not here yet.
    bool is_receiving() const;
    /// What there is, for people and programs: {"file", "file_name", "direction", "state", "from"}.
    nlohmann::ordered_json list() const;
    std::size_t received() const { return received_; }
    std::size_t failed() const { return failed_; }

private:
    struct Incoming {
        std::uint64_t number = 0;
        std::string name;
        FilePeer from;
        std::optional<std::uint64_t> size;
        std::optional<files::FileTime> modified;
        std::unique_ptr<PartFile> part;  ///< once it is accepted
        std::string trouble;             ///< of this machine
        ProgressPace pace;
    };
    struct Interrupted {
        Incoming file;
        std::optional<files::Partial> partial;
        Instant until;
        Instant next_try;
        std::optional<files::TransferId> asking;
    };
    struct Done {
        std::string from, name;
        std::optional<std::uint64_t> size;
        std::optional<files::FileTime> modified;
        unsigned generation = 0;
    };

    void on(const files::Offered& offer);
    void on(const files::Write& write);
    void on(const files::Received& received);
    void on(const files::Failed& failed);
    void on(const files::DirectoryListed& listed);
    bool open(Incoming& file);
    void accept(files::TransferId transfer, Incoming& file);
    /// What was interrupted, for an offer that continues it or replaces it.
    void take_over(const files::Offered& offer, Incoming& file);
    bool has_already(const files::Offered& offer, const std::string& from) const;
    void look_after();
    void look_later(Duration wait);
    /// After what was written of it is removed.
    void tell_failed(Incoming& file, std::string_view reason, const std::string& why);
    void interrupt(Incoming file, std::optional<files::Partial> partial);
    std::map<files::TransferId, Incoming>::iterator find(std::uint64_t number);
    Notice notice(std::string event, std::string text, const Incoming& file) const;

    FileHost& host_;
    FileReceiverOptions options_;
    Decide decide_;
    std::map<files::TransferId, Incoming> incoming_;
    std::deque<Interrupted> interrupted_;
    std::map<files::TransferId, Incoming> wanted_;  ///< by request, not yet offered
    std::deque<Done> done_;
    std::size_t received_ = 0;
    std::size_t failed_ = 0;
    unsigned generation_ = 0;  ///< counts connections
    bool is_looking_ = false;
};

}  // namespace convene::cli
