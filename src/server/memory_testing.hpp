/// What the tests of memory share: a server with a data folder, visitors who draw, chat and send files.
#pragma once

#include <filesystem>

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

    void send(const std::string& name, Bytes content, files::SendOptions options = {}) {
        visitor_.with([&](node::Node& node, Instant now) {
            const auto id = node.files()->entity().send({name, content.size(), {}}, options, now);
            ASSERT_TRUE(id);
            provide(*id, std::move(content));
        });
    }
    /// What is to be sent in a transfer that has begun.
    void provide(files::TransferId transfer, Bytes content) { outgoing_[transfer] = std::move(content); }
    void request(const std::string& name) {
        visitor_.with([&](node::Node& node, Instant now) {
            EXPECT_TRUE(node.files()->entity().request(files::WantedFile{name, {}, {}, {}}, now));
        });
    }
    /// Asks whoever else is there what files there are.
    void ask() {
        visitor_.with([](node::Node& node, Instant) {
            for (const auto& [user, member] : node.files()->entity().members())
                EXPECT_TRUE(node.files()->entity().ask_directory(user, {}));
        });
    }
    bool is_ready() { return visitor_.node().files() != nullptr && visitor_.node().files()->entity().is_active(); }

    /// Works off what has happened since the last time.
    void act() {
        const auto events = visitor_.all<node::FilesEvent>();
        for (; seen_ < events.size(); ++seen_)
            visitor_.with([&](node::Node& node, Instant now) { act(events[seen_], node.files()->entity(), now); });
    }

private:
    void act(const node::FilesEvent& event, files::FileEntity& entity, Instant now) {
        if (const auto* read = std::get_if<files::ReadMore>(&event)) {
            entity.on_read(read->transfer, Slice(ByteView(outgoing_[read->transfer]).subspan(read->offset, read->size)),
                           now);
        } else if (const auto* offered = std::get_if<files::Offered>(&event)) {
            names_[offered->transfer] = offered->name.text;
            if (offered->requested) return;
            if (accepts)
                EXPECT_TRUE(entity.accept(offered->transfer, now));
            else
                EXPECT_TRUE(entity.reject(offered->transfer, files::RejectReason::file_not_required, now));
        } else if (const auto* write = std::get_if<files::Write>(&event)) {
            incoming_[write->transfer].resize(write->offset);
            append(incoming_[write->transfer], write->octets);
            entity.on_stored(write->transfer, write->octets.size(), now);
        } else if (const auto* done = std::get_if<files::Received>(&event)) {
            received[names_[done->transfer]] = incoming_[done->transfer];
        } else if (const auto* gone = std::get_if<files::Sent>(&event)) {
            sent.push_back(*gone);
        } else if (const auto* lost = std::get_if<files::Failed>(&event)) {
            failed.push_back(*lost);
        } else if (const auto* no = std::get_if<files::Rejected>(&event)) {
            rejected.push_back(*no);
        } else if (const auto* list = std::get_if<files::DirectoryListed>(&event)) {
            listed.push_back(*list);
        }
    }

    Visitor& visitor_;
    std::size_t seen_ = 0;
    std::map<files::TransferId, Bytes> outgoing_;
    std::map<files::TransferId, Bytes> incoming_;
    std::map<files::TransferId, std::string> names_;
};

class MemoryTest : public ServerTest {
protected:
    MemoryTest() {
        settings_.data = folder_ / "data";
        settings_.memory_durability = "normal";
    }

    /// The server ends as it does when it is told to.
    void restart() {
        stop();
        start();
    }
    void stop() {
        handlers_.clear();
        visitors_.clear();
        server_.reset();
    }

    /// Somebody with a whiteboard and files, who has come into the lobby and has the board.
    Visitor& come(std::string name) {
        auto& visitor = visit(std::move(name), [](node::NodeConfig& config) {
            whiteboard::EntityConfig board;
            board.seed = io::random_number();
            config.whiteboard = std::make_shared<whiteboard::Entity>(std::move(board));
            config.files.emplace();
        });
        visitor.join(address());
        EXPECT_TRUE(run_until([&] { return visitor.has<gcc::Joined>() && board_of(visitor).has_converged(); }));
        handlers_.push_back(std::make_unique<FileHandler>(visitor));
        return visitor;
    }
    FileHandler& files_of(const Visitor& visitor) {
        for (std::size_t i = 0; i < visitors_.size(); ++i)
            if (visitors_[i].get() == &visitor) return *handlers_.at(i);
        std::abort();
    }
    static whiteboard::Entity& board_of(Visitor& visitor) { return *visitor.node().config().whiteboard; }

    whiteboard::ItemId add_page(Visitor& visitor) {
        whiteboard::ItemId page;
        EXPECT_TRUE(run_until([&] {
            visitor.with([&](node::Node&, Instant now) {
                whiteboard::Editor editor(board_of(visitor));
                const auto made = editor.add_page({800, 600}, whiteboard::kWhite, now);
                if (made.is_done()) page = made.items.front();
            });
            return page.value != 0;
        }));
        return page;
    }
    /// Strokes that tell from each other.
    void draw(Visitor& visitor, whiteboard::ItemId page, int count = 1) {
        visitor.with([&](node::Node&, Instant now) {
            whiteboard::Editor editor(board_of(visitor));
            for (int i = 0; i < count; ++i) {
                whiteboard::Drawing drawing;
                drawing.anchor = {10 + i % 500, ++drawn_ % 500};
                drawing.deltas = {{100, 50}};
                EXPECT_TRUE(editor.draw(page, drawing, now).is_done());
            }
        });
    }
    void say(Visitor& visitor, const std::string& text) {
        visitor.with([&](node::Node& node, Instant now) { node.say(text, now); });
    }
    bool is_saved(Visitor& visitor) {
        return board_of(visitor).is_settled() && visitor.node().whiteboard()->unsaved() == 0 &&
               visitor.node().chat()->unsaved() == 0;
    }
    bool wait_saved(Visitor& visitor) {
        return run_until([&] { return is_saved(visitor); });
    }
    /// As run_until(), while everybody does what is to be done with files.
    bool run_with_files(const std::function<bool()>& done) {
        return run_until([&] {
            for (auto& handler : handlers_) handler->act();
            return done();
        });
    }
    static std::vector<std::string> told(const Visitor& visitor) {
        std::vector<std::string> out;
        for (const auto& piece : visitor.all<node::ChatHistory>())
            for (const auto& line : piece.lines) out.push_back(line.author + ": " + line.text);
        return out;
    }

    store::TestFolder folder_;
    std::vector<std::unique_ptr<FileHandler>> handlers_;
    int drawn_ = 0;
};

}  // namespace convene::server::testing
