/// What a conference remembers: its node's chat, whiteboard and files, in one log and on one shelf of the store.
#pragma once

#include <functional>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include <boost/asio/steady_timer.hpp>

#include "io/lane_post.hpp"
#include "io/node_runner.hpp"
#include "server/chat_memory.hpp"
#include "server/file_shelf.hpp"
#include "server/memory.hpp"
#include "server/shared.hpp"
#include "server/whiteboard_memory.hpp"

namespace convene::server {

/// How often it is looked at handles, and at a log that has lost something.
inline constexpr Duration kMemoryRound = std::chrono::seconds(1);
/// After a gap, a snapshot that is to cover it is tried again after so long at the earliest.
inline constexpr Duration kRescueRest = std::chrono::seconds(10);

/// The applications that the node of every conference has, remembered or not: whoever comes late gets the whiteboard
/// from it.
void equip(node::NodeConfig& config, const Settings& settings);

/// Of one conference that runs. One owner; all on the thread of the conference.
class ConferenceMemory final : private MemoryLogEvents {
public:
    /// Nothing when it is not to be remembered, or cannot be: that is said in the log.
    static std::unique_ptr<ConferenceMemory> open(io::Lane& lane, Shared& shared, const ConferenceStatus& status);
    ~ConferenceMemory();

    /// Before the node is made: what it is to do, and the whiteboard as it was. False when that cannot be read; then
    /// the conference must go on without memory, so that nothing is written over what is there.
    bool prepare(node::NodeConfig& config);
    /// The node is there. It must outlive this.
    void attach(io::NodeRunner& runner);
    void on_event(const node::Event& event);

    /// Writes nothing any more, and deletes what is remembered; `done` is called with what went wrong, or nothing, on
    /// the thread of the conference.
    void forget(std::function<void(std::optional<std::string> problem)> done);
    store::ConferenceId id() const { return id_; }
    nlohmann::json describe() const;

private:
    ConferenceMemory(io::Lane& lane, Shared& shared, std::string name, store::ConferenceId id, Remembered what);

    void on_safe(const std::vector<DueReceipt>& receipts) override;
    void on_behind(store::StoreErrc why) override;
    void on_room() override;
    void on_stopped(const std::string& why) override;
    void on_disk_full(const std::string& why) override;

    void on_files(const node::FilesEvent& event);
    void tell_history(mcs::UserId newcomer);
    void trouble(std::string_view why);
    void act();
    void settle_soon();
    void next_round();
    bool rescue();

    io::Lane& lane_;
    Shared& shared_;
    std::string name_;
    store::ConferenceId id_;
    Remembered what_;
    std::shared_ptr<io::LanePost> post_;  ///< shared with the store's threads
    std::unique_ptr<MemoryLog> log_;
    std::unique_ptr<ChatMemory> chat_;
    std::unique_ptr<WhiteboardMemory> whiteboard_;
    std::unique_ptr<FileShelf> shelf_;
    io::NodeRunner* runner_ = nullptr;
    boost::asio::steady_timer timer_;
    std::optional<Instant> rescued_;
    bool is_settling_ = false;
    std::shared_ptr<void> alive_ = std::make_shared<char>();  ///< what is posted looks at it
};

}  // namespace convene::server
