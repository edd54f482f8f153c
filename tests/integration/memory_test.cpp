// What the finished server remembers when it is ended politely, and when it is killed in the middle of its work.
#include <gtest/gtest.h>

#include <csignal>
#include <random>

#include "server/memory.hpp"
#include "server/memory_testing.hpp"
#include "tests/integration/cli_program.hpp"
#include "tests/integration/test_server.hpp"

namespace convene::integration {
namespace {

using namespace std::chrono_literals;
using server::testing::FileHandler;
using server::testing::Visitor;
using Clock = std::chrono::steady_clock;

/// Of one server; the tests of all seeds kill fifty times together.
constexpr int kKills = 25;
/// From the moment on at which the server listens again until everybody has the board.
constexpr auto kConvergeTime = 2s;

/// A server as a process of its own, on one port and one folder for all its lives.
class Process {
public:
    explicit Process(std::string data) : data_(std::move(data)), port_(free_port()) {}

    void start() {
        program_ = std::make_unique<CliProgram>(std::vector<std::string>{
            "serve", "--data", data_, "--listen", address(), "--memory-durability", "normal", "--memory-history-lines",
            "10000", "--limits-connections-per-address", "10000", "--workers", "1"});
    }
    void kill() {
        program_->signal(SIGKILL);
        program_.reset();
    }
    std::optional<int> end() {
        program_->signal(SIGTERM);
        const auto code = program_->exit_code();
        program_.reset();
        return code;
    }
    std::string address() const { return "127.0.0.1:" + std::to_string(port_); }
    const std::string& data() const { return data_; }
    std::string err() { return program_ ? program_->err() : std::string(); }
    /// Waits until it listens.
    bool listens() const { return is_listened_to(port_); }

private:
    std::string data_;
    std::uint16_t port_;
    std::unique_ptr<CliProgram> program_;
};

std::shared_ptr<whiteboard::Entity> new_board(std::uint64_t seed) {
    whiteboard::EntityConfig config;
    config.seed = seed;
    return std::make_shared<whiteboard::Entity>(std::move(config));
}

/// Somebody whose whiteboard outlives connections.
struct Somebody {
    std::string name;
    std::shared_ptr<whiteboard::Entity> board;
    std::unique_ptr<Visitor> visitor;
    std::unique_ptr<FileHandler> files;

    void come(io::Lane& lane, const std::string& address) {
        visitor = std::make_unique<Visitor>(lane, name, [this](node::NodeConfig& config) {
            config.whiteboard = board;
            config.files.emplace();
        });
        files = std::make_unique<FileHandler>(*visitor);
        visitor->join(address);
    }
    void lose() {
        files.reset();
        visitor.reset();
        board->on_lost(io::NodeRunner::now());
    }
    bool is_inside() const { return visitor->has<gcc::Joined>() && board->has_converged(); }
    std::vector<std::string> told() const {
        std::vector<std::string> lines;
        for (const auto& piece : visitor->all<node::ChatHistory>())
            for (const auto& line : piece.lines) lines.push_back(line.text);
        return lines;
    }
};

class Memory : public ::testing::Test {
protected:
    bool run_until(const std::function<bool()>& done, Duration limit = 20s) {
        for (const auto end = Clock::now() + limit * slowness(); !done();) {
            if (Clock::now() > end) return false;
            context_.restart();
            context_.run_for(2ms);
        }
        return true;
    }
    whiteboard::ItemId add_page(Somebody& who) {
        whiteboard::ItemId page;
        EXPECT_TRUE(run_until([&] {
            who.visitor->with([&](node::Node&, Instant now) {
                whiteboard::Editor editor(*who.board);
                const auto made = editor.add_page({800, 600}, whiteboard::kWhite, now);
                if (made.is_done()) page = made.items.front();
            });
            return page.value != 0;
        }));
        return page;
    }
    /// A stroke whose shape tells its number; nothing while there is no handle for it.
    std::optional<whiteboard::ItemId> draw(Somebody& who, whiteboard::ItemId page, int number) {
        std::optional<whiteboard::ItemId> made;
        who.visitor->with([&](node::Node&, Instant now) {
            whiteboard::Editor editor(*who.board);
            whiteboard::Drawing drawing;
            drawing.anchor = {number % 700, number / 700};
            drawing.deltas = {{number % 97, 1}, {3, 4}};
            const auto done = editor.draw(page, drawing, now);
            if (done.is_done()) made = done.items.front();
        });
        return made;
    }

    store::TestFolder folder_;
    boost::asio::io_context context_{1};
    io::Lane lane_{context_};
};

TEST_F(Memory, ALateJoinerSeesWhatWasThereBeforeTheServerWasRestarted) {
    Process process(folder_ / "data");
    process.start();
    ASSERT_TRUE(process.listens()) << process.err();
    Somebody ada{"Ada", new_board(1), {}, {}}, late{"Late", new_board(2), {}, {}};
    ada.come(lane_, process.address());
    ASSERT_TRUE(run_until([&] { return ada.is_inside(); }));
    const auto page = add_page(ada);
    for (int i = 0; i < 50; ++i) ASSERT_TRUE(draw(ada, page, i));
    ada.visitor->with([](node::Node& node, Instant now) { node.say("see you tomorrow", now); });
    ASSERT_TRUE(run_until([&] { return !ada.visitor->node().files()->entity().members().empty(); }));
    const Bytes content = to_bytes(std::string(50'000, 'x') + "end");
    ada.files->send("plan.txt", content);
    ASSERT_TRUE(run_until([&] {
        ada.files->act();
        return !ada.files->sent.empty() && ada.board->is_settled() &&
               ada.visitor->node().whiteboard()->unsaved() == 0 && ada.visitor->node().chat()->unsaved() == 0;
    }));
    const auto digest = ada.board->board().digest();
    ada.lose();
    EXPECT_EQ(process.end(), 0);
    process.start();
    ASSERT_TRUE(process.listens()) << process.err();
    late.come(lane_, process.address());
    ASSERT_TRUE(run_until([&] { return late.is_inside() && !late.told().empty(); }));
    EXPECT_EQ(late.board->board().digest(), digest);
    EXPECT_EQ(late.told(), std::vector<std::string>{"see you tomorrow"});
    ASSERT_TRUE(run_until([&] { return !late.visitor->node().files()->entity().members().empty(); }));
    late.files->request("plan.txt");
    ASSERT_TRUE(run_until([&] {
        late.files->act();
        return !late.files->received.empty();
    }));
    EXPECT_EQ(late.files->received["plan.txt"], content);
}

/// What one participant was told is safe, over all lives of the server.
struct Promised {
    std::vector<whiteboard::ItemId> drawn;  ///< in this life, in their order
    std::set<whiteboard::ItemId> strokes;   ///< that are safe
    std::vector<std::string> said;          ///< in this life
    std::vector<std::string> lines;         ///< that are safe
    std::map<std::string, Bytes> sent;      ///< every file there may be
    std::set<std::string> files;            ///< that are safe

    void look(Somebody& who) {
        const auto& node = who.visitor->node();
        // What has not come back yet is not counted by unsaved(), and is the end of what was drawn.
        std::size_t back = 0;
        while (back < drawn.size() && who.board->confirmed().find(drawn[back]) != nullptr) ++back;
        const std::size_t safe = back - std::min<std::size_t>(back, node.whiteboard()->unsaved());
        strokes.insert(drawn.begin(), drawn.begin() + static_cast<std::ptrdiff_t>(safe));
        const std::size_t lines_safe = said.size() - std::min<std::size_t>(said.size(), node.chat()->unsaved());
        for (; told < lines_safe; ++told) lines.push_back(said[told]);
        for (const auto& id : who.files->sent)
            if (!id.confirmed.empty()) files.insert(names.at(id.transfer));
    }
    void begin_life() {
        drawn.clear();
        said.clear();
        names.clear();
        told = 0;
    }
    std::size_t told = 0;  ///< of said, that are in lines
    std::map<files::TransferId, std::string> names;
};

bool contains_in_order(const std::vector<std::string>& all, const std::vector<std::string>& some) {
    auto at = all.begin();
    for (const auto& line : some) {
        at = std::find(at, all.end(), line);
        if (at == all.end()) return false;
        ++at;
    }
    return true;
}

class KilledServer : public Memory, public ::testing::WithParamInterface<unsigned> {};

TEST_P(KilledServer, HasKeptWhatItPromised) {
    Process process(folder_ / "data");
    std::mt19937_64 random(GetParam());
    Somebody ada{"Ada", new_board(11), {}, {}}, grace{"Grace", new_board(12), {}, {}};
    Promised promised;
    std::optional<whiteboard::ItemId> page;
    int number = 0, lines = 0;
    Duration slowest{};
    for (int life = 0; life < kKills; ++life) {
        process.start();
        ASSERT_TRUE(process.listens()) << process.err();
        const auto back = Clock::now();
        promised.begin_life();
        ada.come(lane_, process.address());
        grace.come(lane_, process.address());
        ASSERT_TRUE(run_until([&] { return ada.is_inside() && grace.is_inside(); })) << "life " << life;
        if (life > 0) {  // the first time nobody comes back
            const auto took = Clock::now() - back;
            slowest = std::max<Duration>(slowest, took);
            EXPECT_LT(took, kConvergeTime * slowness()) << "life " << life;
        }
        for (const auto stroke : promised.strokes)
            ASSERT_NE(ada.board->confirmed().find(stroke), nullptr) << "stroke " << stroke.value << ", life " << life;
        if (!page) page = add_page(ada);

        // Load, until the moment comes.
        const auto end = Clock::now() + std::chrono::milliseconds(20 + random() % 400);
        bool sends = false;
        while (Clock::now() < end) {
            for (int i = 0; i < 5; ++i) {
                const auto stroke = draw(ada, *page, number);
                if (!stroke) break;
                ++number;
                promised.drawn.push_back(*stroke);
            }
            if (ada.visitor->has<node::ChatReady>()) {
                promised.said.push_back("line " + std::to_string(lines++));
                ada.visitor->with([&](node::Node& node, Instant now) { node.say(promised.said.back(), now); });
            }
            if (!sends && ada.files != nullptr && !ada.visitor->node().files()->entity().members().empty()) {
                sends = true;
                const std::string name = "file " + std::to_string(life);
                Bytes content(1 + random() % 200'000);
                for (auto& octet : content) octet = static_cast<std::byte>(random());
                promised.sent[name] = content;
                ada.visitor->with([&](node::Node& node, Instant now) {
                    const auto id = node.files()->entity().send({name, content.size(), {}}, {}, now);
                    ASSERT_TRUE(id);
                    promised.names[*id] = name;
                    ada.files->provide(*id, content);
                });
            }
            run_until([] { return false; }, 5ms);
            ada.files->act();
            grace.files->act();
            promised.look(ada);
        }
        process.kill();
        ada.lose();
        grace.lose();
    }
    // Once more, to see it with the eyes of a newcomer, and of the store itself.
    process.start();
    ASSERT_TRUE(process.listens()) << process.err();
    Somebody late{"Late", new_board(13), {}, {}};
    late.come(lane_, process.address());
    ASSERT_TRUE(run_until([&] { return late.is_inside() && late.visitor->has<node::ChatHistory>(); }));
    for (const auto stroke : promised.strokes) EXPECT_NE(late.board->confirmed().find(stroke), nullptr);
    for (const auto id : late.board->confirmed().objects_of(*page)) {
        const auto* drawing = std::get_if<whiteboard::Drawing>(&late.board->confirmed().find(id)->content);
        ASSERT_NE(drawing, nullptr);
        EXPECT_EQ(drawing->deltas.size(), 2U) << "half a stroke";
    }
    ASSERT_TRUE(run_until([&] {
        const auto pieces = late.visitor->all<node::ChatHistory>();
        return !pieces.empty() && pieces.back().is_last;
    }));
    EXPECT_TRUE(contains_in_order(late.told(), promised.lines));
    const auto digest = late.board->board().digest();
    late.lose();
    EXPECT_EQ(process.end(), 0);

    const auto board = server::read_board(process.data(), "lobby");
    ASSERT_TRUE(board) << board.error();
    EXPECT_EQ(board->digest(), digest);
    auto store = store::open_store(server::memory_folder(process.data()));
    const auto check = store->check(store::CheckDepth::full).wait();
    ASSERT_TRUE(check);
    EXPECT_TRUE(check->problems.empty()) << check->problems.front();
    std::set<std::string> kept;
    const auto shelf = store->files(*store->find_conference("lobby"));
    ASSERT_TRUE(shelf);
    for (const auto& file : *shelf) {
        kept.insert(file.name);
        ASSERT_TRUE(promised.sent.contains(file.name));
        auto reader = store->read_blob(file.digest);
        ASSERT_TRUE(reader);
        Bytes content(reader->octets());
        ASSERT_EQ(*reader->read_at(0, content), content.size());
        EXPECT_EQ(content, promised.sent[file.name]) << file.name;
    }
    for (const auto& name : promised.files) EXPECT_TRUE(kept.contains(name)) << name;
    // That this was a test at all.
    EXPECT_GT(promised.strokes.size(), 100U);
    EXPECT_GT(promised.lines.size(), 25U);
    EXPECT_GT(promised.files.size(), 3U);
    RecordProperty("strokes", static_cast<int>(promised.strokes.size()));
    RecordProperty("lines", static_cast<int>(promised.lines.size()));
    RecordProperty("files", static_cast<int>(promised.files.size()));
    RecordProperty("slowest_ms",
                   static_cast<int>(std::chrono::duration_cast<std::chrono::milliseconds>(slowest).count()));
}

INSTANTIATE_TEST_SUITE_P(Seeds, KilledServer, ::testing::Values(1503U, 522U));

}  // namespace
}  // namespace convene::integration
