/// Sends files of this machine to the others in a conference, and goes on where it was when a connection broke.
#pragma once

#include <deque>
#include <map>
#include <set>

#include "cli/file_host.hpp"
#include "cli/file_words.hpp"
#include "cli/source_file.hpp"

namespace convene::cli {

struct FileSenderOptions {
    /// How long a receiver that was lost may take to come back for the rest; 0: it is not waited for.
    Duration retry_for{};
};

/// Tells of everything by events: `file-offering`, `file-accepted`, `file-rejected`, `file-lost`, `file-progress`,
/// `file-sent`, `file-failed`. docs/scripting.md.
class FileSender {
public:
    FileSender(FileHost& host, FileSenderOptions options) : host_(host), options_(options) {}

    /// The file's number; `to` are names or numbers of participants, none is everybody. The error is a sentence.
    Expected<std::uint64_t, std::string> add(const std::string& path, std::vector<std::string> to);
    void on_event(const node::FilesEvent& event);
    /// False when there is no such file, or it is sent already.
    bool cancel(std::uint64_t number);
    void cancel_all();
    /// Nothing is being sent, or waits for it.
    bool is_idle() const;
    /// What is not sent yet: {"file", "file_name", "direction", "state", "size"}.
    nlohmann::ordered_json list() const;
    /// Files that did not get to everybody who accepted them; by the reason.
    ExitCode code() const { return code_; }

private:
    static constexpr Duration kLooks = std::chrono::milliseconds(250);  ///< for receivers that come back
    enum class State : std::uint8_t { queued, under_way, over };
    struct Transfer {
        std::optional<FilePeer> asked_by;          ///< it answers a request
        std::map<mcs::UserId, FilePeer> accepted;  ///< and not yet confirmed
    };
    struct Owed {
        Instant until;
        std::optional<Instant> back_since;
    };
    struct Job {
        std::uint64_t number = 0;
        std::string path;
        std::string name;
        std::uint64_t size = 0;
        std::vector<std::string> to;
        State state = State::queued;
        std::optional<Instant> waiting_since;  ///< for somebody who takes it
        std::optional<SourceFile> file;        ///< while it is read
        std::map<files::TransferId, Transfer> transfers;
        std::map<std::string, Owed> owed;  ///< by name: who is to come back for the rest
        std::vector<FilePeer> confirmed;
        std::vector<FilePeer> unconfirmed;
        std::vector<FilePeer> rejected;
        std::vector<FilePeer> lost;
        std::optional<files::FailureReason> failure;
        std::string detail;
        ProgressPace pace;
    };

    void pump();
    void pump_later(Duration wait);
    void begin(Job& job);
    /// The attachments of those it is for; an empty list is everybody. The error is a sentence, for as long as they are
    /// not there.
    Expected<std::vector<mcs::UserId>, std::string> receivers_of(const Job& job);
    void look_after(Job& job);
    bool open(Job& job);
    void read(const files::ReadMore& wanted);
    void on(const files::Requested& request);
    void on(const files::Sent& sent);
    void on(const files::Failed& failed);
    void on(const files::ReceiverLost& lost);
    void on(const files::Rejected& rejected);
    void list_to(mcs::UserId user);
    void fail(Job& job, files::FailureReason reason, std::string detail);
    void check_over(Job& job);
    bool is_for(const Job& job, const std::string& name) const;
    Job* job_of(files::TransferId transfer);
    Notice notice(std::string event, std::string text, const Job& job, const std::optional<FilePeer>& peer = {}) const;

    FileHost& host_;
    FileSenderOptions options_;
    std::deque<Job> jobs_;
    ExitCode code_ = ExitCode::fine;
    bool is_pumping_ = false;
};

}  // namespace convene::cli
