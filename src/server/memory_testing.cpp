#include "server/memory_testing.hpp"

#include "io/random.hpp"

namespace convene::server::testing {

void FileHandler::send(const std::string& name, Bytes content, const files::SendOptions& options) {
    visitor_.with([&](node::Node& node, Instant now) {
        const auto id = node.files()->entity().send({name, content.size(), {}}, options, now);
        ASSERT_TRUE(id);
        provide(*id, std::move(content));
    });
}

void FileHandler::provide(files::TransferId transfer, Bytes content) { outgoing_[transfer] = std::move(content); }

void FileHandler::request(const std::string& name) {
    visitor_.with([&](node::Node& node, Instant now) {
        EXPECT_TRUE(node.files()->entity().request(files::WantedFile{name, {}, {}, {}}, now));
    });
}

void FileHandler::ask() {
    visitor_.with([](node::Node& node, Instant) {
        for (const auto& [user, member] : node.files()->entity().members())
            EXPECT_TRUE(node.files()->entity().ask_directory(user, {}));
    });
}

bool FileHandler::is_ready() {
    return visitor_.node().files() != nullptr && visitor_.node().files()->entity().is_active();
}

void FileHandler::act() {
    const auto events = visitor_.all<node::FilesEvent>();
    for (; seen_ < events.size(); ++seen_)
        visitor_.with([&](node::Node& node, Instant now) { act(events[seen_], node.files()->entity(), now); });
}

void FileHandler::act(const node::FilesEvent& event, files::FileEntity& entity, Instant now) {
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

void with_board_and_files(node::NodeConfig& config) {
    whiteboard::EntityConfig board;
    board.seed = io::random_number();
    config.whiteboard = std::make_shared<whiteboard::Entity>(std::move(board));
    config.files.emplace();
}

MemoryTest::MemoryTest() {
    settings_.data = folder_ / "data";
    settings_.memory_durability = "normal";
}

MemoryTest::~MemoryTest() = default;

void MemoryTest::restart() {
    stop();
    start();
}

void MemoryTest::stop() {
    handlers_.clear();
    visitors_.clear();
    server_.reset();
}

Visitor& MemoryTest::come(std::string name) {
    auto& visitor = visit(std::move(name), with_board_and_files);
    visitor.join(address());
    EXPECT_TRUE(run_until([&] { return visitor.has<gcc::Joined>() && board_of(visitor).has_converged(); }));
    handlers_.push_back(std::make_unique<FileHandler>(visitor));
    return visitor;
}

FileHandler& MemoryTest::files_of(const Visitor& visitor) {
    for (std::size_t i = 0; i < visitors_.size(); ++i)
        if (visitors_[i].get() == &visitor) return *handlers_.at(i);
    std::abort();
}

whiteboard::Entity& MemoryTest::board_of(Visitor& visitor) { return *visitor.node().config().whiteboard; }

whiteboard::ItemId MemoryTest::add_page(Visitor& visitor) {
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

void MemoryTest::draw(Visitor& visitor, whiteboard::ItemId page, int count) {
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

void MemoryTest::say(Visitor& visitor, const std::string& text) {
    visitor.with([&](node::Node& node, Instant now) { node.say(text, now); });
}

bool MemoryTest::is_saved(Visitor& visitor) {
    return board_of(visitor).is_settled() && visitor.node().whiteboard()->unsaved() == 0 &&
           visitor.node().chat()->unsaved() == 0;
}

bool MemoryTest::wait_saved(Visitor& visitor) {
    return run_until([&] { return is_saved(visitor); });
}

bool MemoryTest::run_with_files(const std::function<bool()>& done) {
    return run_until([&] {
        for (auto& handler : handlers_) handler->act();
        return done();
    });
}

std::vector<std::string> MemoryTest::told(const Visitor& visitor) {
    std::vector<std::string> out;
    for (const auto& piece : visitor.all<node::ChatHistory>())
        for (const auto& line : piece.lines) out.push_back(line.author + ": " + line.text);
    return out;
}

}  // namespace convene::server::testing
