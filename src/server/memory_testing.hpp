/// What the tests of memory share: a server with a data folder, visitors who draw, chat and send files.
#pragma once

#include <map>

#include "server/board_replay.hpp"
#include "server/testing.hpp"
#include "store/testing.hpp"
#include "whiteboard/editor.hpp"

namespace convene::server::testing {

/// Does with files what a program would: sends one from memory, keeps what it is offered.
class FileHandler {
public:
    explicit FileHandler(Visitor& visitor) : visitor_(visitor) {}

    bool accepts = true;
    std::map<std::string, Bytes> received;
    std::vector<files::Sent> sent;
    std::vector<files::Failed> failed;
    std::vector<files::Rejected> rejected;
    std::vector<files::DirectoryListed> listed;

    void send(const std::string& name, Bytes content, const files::SendOptions& options = {});
    /// What is to be sent in a transfer that has begun.
    void provide(files::TransferId transfer, Bytes content);
    void request(const std::string& name);
    /// Asks whoever else is there what files there are.
    void ask();
    bool is_ready();

    /// Works off what has happened since the last time.
    void act();

private:
    void act(const node::FilesEvent& event, files::FileEntity& entity, Instant now);

    Visitor& visitor_;
    std::size_t seen_ = 0;
    std::map<files::TransferId, Bytes> outgoing_;
    std::map<files::TransferId, Bytes> incoming_;
    std::map<files::TransferId, std::string> names_;
};

/// A visitor's own board and files.
void with_board_and_files(node::NodeConfig& config);

class MemoryTest : public ServerTest {
protected:
    MemoryTest();
    ~MemoryTest() override;

    /// The server ends as it does when it is told to.
    void restart();
    void stop();

    /// Somebody with a whiteboard and files, who has come into the lobby and has the board.
    Visitor& come(std::string name);
    FileHandler& files_of(const Visitor& visitor);
    static whiteboard::Entity& board_of(Visitor& visitor);

    whiteboard::ItemId add_page(Visitor& visitor);
    /// Strokes that tell from each other.
    void draw(Visitor& visitor, whiteboard::ItemId page, int count = 1);
    static void say(Visitor& visitor, const std::string& text);
    static bool is_saved(Visitor& visitor);
    bool wait_saved(Visitor& visitor);
    /// As run_until(), while everybody does what is to be done with files.
    bool run_with_files(const std::function<bool()>& done);
    static std::vector<std::string> told(const Visitor& visitor);

    store::TestFolder folder_;
    std::vector<std::unique_ptr<FileHandler>> handlers_;
    int drawn_ = 0;
};

}  // namespace convene::server::testing
