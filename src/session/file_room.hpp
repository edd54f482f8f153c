/// The files of a session: what is sent and what arrives, through all connections.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "node/node.hpp"
#include "session/json_reader.hpp"
#include "session/output.hpp"

namespace convene::session {

/// Octets of a file that is taken: a page keeps them in memory until the person has saved them.
inline constexpr std::uint64_t kMaxFileOctets = std::uint64_t{1} << 30;
/// Transfers that are shown; the oldest of those that are over are forgotten.
inline constexpr std::size_t kMaxTransfers = 1'000;
/// Files that are sent at one time; others wait their turn.
inline constexpr std::size_t kMostUnderWay = 4;
/// For somebody to be there who takes files, before a file has nobody.
inline constexpr Duration kReceiverTime = std::chrono::seconds(10);
/// For the rest of a file whose sender, or connection, has gone.
inline constexpr Duration kRestTime = std::chrono::minutes(2);
inline constexpr Duration kAskAgain = std::chrono::seconds(3);
/// How long a file waits after the connection, so that the roster is whole.
inline constexpr Duration kSettleTime = std::chrono::milliseconds(500);

/// The configuration of a node of this session.
files::EntityConfig file_config();

/// Numbers of files that are sent are chosen by the owner, and even; those of files that arrive are odd.
class FileRoom {
public:
    explicit FileRoom(Outlet& outlet) : outlet_(outlet) {}

    static bool is_command(std::string_view name);
    void execute(const JsonValue& command, node::Node* node, Instant now);
    void on_event(const node::FilesEvent& event, node::Node& node, Instant now);
    void on_read(std::uint64_t file, ByteView octets, node::Node* node, Instant now);
    void on_read_failed(std::uint64_t file, node::Node* node, Instant now);
    void on_stored(std::uint64_t file, std::size_t octets, node::Node* node, Instant now);
    void on_store_failed(std::uint64_t file, node::Node* node, Instant now);
    /// The connection is gone; what can go on later waits.
    void on_lost(Instant now);
    void on_time(node::Node* node, Instant now);
    std::optional<Instant> deadline() const;

private:
    static constexpr Duration kFileLooks = std::chrono::milliseconds(250);
    enum class State : std::uint8_t { offered, waiting, running, done, failed, rejected, cancelled };
    using TransferId = files::TransferId;
    struct Transfer {
        std::uint64_t number = 0;
        bool is_out = false;
        std::string name;
        std::optional<std::uint64_t> size;
        std::optional<files::FileTime> modified;
        std::uint64_t done = 0;
        mcs::UserId from;  ///< a node
        std::string from_name;
        State state = State::waiting;
        std::string why;
        bool is_private = false;
        std::optional<bool> is_verified;
        std::vector<mcs::UserId> to;  ///< nodes; everybody when empty
        std::optional<TransferId> id;
        std::optional<files::Partial> partial;
        bool has_taken = false;  ///< somebody has accepted it, or it was accepted here
        Instant since{};         ///< that it waits
        Instant next_try{};
    };

    static bool is_over(const Transfer& transfer) { return transfer.state >= State::done; }
    void tell(const Transfer& transfer);
    Transfer& add(Transfer transfer);
    Transfer* find(std::uint64_t number);
    Transfer* find(TransferId id);
    struct OnItsWay {
        files::FileEntity& entity;
        TransferId id;
    };
    std::optional<OnItsWay> on_its_way(std::uint64_t file, node::Node* node);
    void end(Transfer& transfer, State state, std::string why);
    void wait(Transfer& transfer, Instant now);
    void pump(node::Node& node, Instant now);
    void begin(Transfer& transfer, node::FilesDesk& desk, Instant now);
    void ask(Transfer& transfer, node::FilesDesk& desk, Instant now);

    void send(const JsonValue& command, node::Node* node, Instant now);
    void answer_offer(const JsonValue& command, node::FilesDesk& desk, Instant now);
    void cancel(Transfer& transfer, node::Node* node, Instant now);
    void fetch(const std::string& name, node::Node& node, Instant now);
    void ask_shelf(node::Node& node);

    void on(const files::Offered& offer, node::FilesDesk& desk);
    void on(const files::Failed& failed, Instant now);
    void on(const files::Requested& request, node::FilesDesk& desk, Instant now);
    void on(const files::DirectoryListed& listed);

    Outlet& outlet_;
    std::map<std::uint64_t, Transfer> transfers_;
    std::map<TransferId, std::uint64_t> again_;  ///< files that are given once more to who asked for them
    std::uint64_t next_number_ = 1;
    std::optional<Instant> next_look_;
    bool is_ready_ = false;
};

}  // namespace convene::session
