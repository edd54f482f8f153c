#include "sim/whiteboard_simulation.hpp"

#include <algorithm>

#include "base/hex.hpp"
#include "sim/board_world.hpp"

namespace convene::sim {
namespace {

using namespace std::chrono_literals;
using whiteboard::ItemId;
using Node = BoardWorld::Node;

/// By then every wait of the protocol is over, one after the other.
constexpr Duration kRest = 120s;

class BoardSimulation {
public:
    explicit BoardSimulation(std::uint64_t seed) : random_(seed), world_(seed) {
        if (random_.chance(30)) {
            limits_.max_objects_per_page = random_.between(3, 20);
            limits_.max_pages = random_.between(1, 3);
            limits_.max_octets = random_.between(20'000, 100'000);
        }
        if (random_.chance(70)) join(true);
    }

    BoardSession run() {
        std::size_t actions = random_.between(50, 200);
        std::size_t most = random_.between(2, kMaxBoards);
        for (std::size_t i = 0; i < actions; ++i) {
            change_membership(most);
            if (auto* node = somebody()) draw(*node);
            if (random_.chance(50)) world_.pass(random_.up_to(random_.chance(10) ? Duration(3s) : Duration(100ms)));
        }
        bring_back();
        world_.pass(kRest);
        check();
        session_.nodes = world_.nodes().size();
        session_.octets = world_.octets();
        for (const auto& node : world_.nodes()) session_.copies += node->copies;
        return std::move(session_);
    }

private:
    void change_membership(std::size_t most) {
        auto connected = with_connection(true);
        std::size_t what = random_.pick(100);
        if (connected.empty() || (what < 12 && world_.nodes().size() < most)) return join(false);
        if (what < 16) {
            Node& node = *random_.one_of(connected);
            note(node, "is cut off");
            ++session_.losses;
            return world_.cut(node);
        }
        if (what < 17) {
            Node& node = *random_.one_of(connected);
            note(node, "leaves");
            return world_.leave(node);
        }
        if (what == 17) {
            // Whoever serves the others goes just now.
            for (Node* node : connected) {
                if (!node->entity->is_refresher()) continue;
                note(*node, "is cut off while it is the refresher");
                ++session_.losses;
                return world_.cut(*node);
            }
        }
        if (what == 18 && random_.chance(20)) {
            for (Node* node : connected) world_.cut(*node);
            session_.trace += "all are cut off\n";
        }
        auto away = with_connection(false);
        if (what < 30 && !away.empty()) {
            Node& node = *random_.one_of(away);
            note(node, "comes back");
            world_.connect(node);
        }
    }
    void join(bool is_keeper) {
        whiteboard::EntityConfig config;
        config.limits = limits_;
        config.is_keeper = is_keeper;
        config.seed = random_.next();
        Node& node = world_.add(config);
        note(node, is_keeper ? "joins as the keeper" : "joins");
        world_.connect(node);
    }
    void bring_back() {
        for (auto& node : world_.nodes()) {
            if (!node->is_connected && random_.chance(70)) world_.connect(*node);
        }
        if (with_connection(true).empty()) world_.connect(*world_.nodes().front());
    }

    /// Also people whose connection is broken go on drawing.
    Node* somebody() { return world_.nodes().empty() ? nullptr : random_.one_of(world_.nodes()).get(); }
    std::vector<Node*> with_connection(bool is_connected) {
        std::vector<Node*> out;
        for (auto& node : world_.nodes()) {
            if (node->is_connected == is_connected) out.push_back(node.get());
        }
        return out;
    }

    void draw(Node& node) {
        auto& editor = *node.editor;
        const auto& board = node.entity->board();
        Instant now = world_.now();
        auto pages = board.pages();
        std::size_t what = random_.pick(100);
        whiteboard::Editor::Outcome outcome;
        if (pages.empty() || what < 4) {
            outcome = editor.add_page({640, 480}, whiteboard::kWhite, now);
            return done(node, "adds a page", outcome);
        }
        ItemId page = random_.one_of(pages);
        auto objects = board.objects_of(page);
        if (what < 6) return done(node, "removes a page", editor.remove_page(page, now));
        if (what < 10) return done(node, "turns the page", editor.turn_to(page, now));
        if (what < 13) return done(node, "moves a page", editor.move_page(page, random_.pick(pages.size()), now));
        if (what < 15) return done(node, "paints a page", editor.set_background(page, color(), now));
        if (what < 25) {
            auto refusal = node.entity->point_at(page, point(), now);
            return done(node, "points", {{}, refusal});
        }
        if (what < 26) {
            node.entity->stop_pointing(now);
            return done(node, "stops pointing", {});
        }
        if (what < 36) return done(node, "undoes", editor.undo(now));
        if (what < 40) return done(node, "redoes", editor.redo(now));
        if (what < 55 || objects.empty()) return done(node, "draws", editor.draw(page, drawing(), now));
        if (what < 60) return done(node, "writes", editor.write(page, text(), now));
        if (what < 65) return done(node, "puts a picture", editor.put_picture(page, picture(), now));
        std::vector<ItemId> some{random_.one_of(objects)};
        if (random_.chance(30)) some.push_back(random_.one_of(objects));
        if (what < 75) return done(node, "moves", editor.move(some, point(), now));
        if (what < 82) {
            whiteboard::EditDrawing style{};
            style.pen = color();
            if (random_.chance(50)) style.thickness = static_cast<std::uint8_t>(random_.between(1, 255));
            return done(node, "restyles", editor.restyle(some, style, now));
        }
        if (what < 86) return done(node, "rewrites", editor.rewrite(some.front(), "changed " + number(), now));
        if (what < 92) {
            auto where = random_.chance(50) ? whiteboard::Stacking::front : whiteboard::Stacking::back;
            return done(node, "stacks", editor.stack(some, where, now));
        }
        if (what < 94) return done(node, "resizes", editor.resize(some.front(), {100, 80}, now));
        if (what < 95) return done(node, "clears", editor.clear_page(page, now));
        done(node, "erases", editor.erase(some, now));
    }
    void done(Node& node, const std::string& what, const whiteboard::Editor::Outcome& outcome) {
        if (outcome.is_done()) ++session_.operations;
        note(node, what + (outcome.is_done() ? "" : ": refused"));
        world_.act(node);
    }

    whiteboard::Point point() {
        return {static_cast<std::int32_t>(random_.pick(640)), static_cast<std::int32_t>(random_.pick(480))};
    }
    whiteboard::Color color() {
        auto part = [&] { return static_cast<std::uint8_t>(random_.pick(256)); };
        return {part(), part(), part(), false};
    }
    whiteboard::Drawing drawing() {
        whiteboard::Drawing out;
        out.shape = static_cast<whiteboard::Shape>(random_.pick(5));
        out.style.pen = color();
        out.anchor = point();
        std::size_t count = random_.chance(10) ? random_.between(200, 600) : random_.between(0, 20);
        for (std::size_t i = 0; i < count; ++i) out.deltas.push_back({static_cast<int>(random_.pick(9)) - 4, 1});
        return out;
    }
    whiteboard::Text text() {
        whiteboard::Text out;
        out.utf8 = "text " + number();
        out.anchor = point();
        return out;
    }
    whiteboard::Picture picture() {
        whiteboard::Picture out;
        out.size = {64, 64};
        out.anchor = point();
        Bytes data(random_.chance(50) ? random_.between(1, 300) : random_.between(9'000, 60'000));
        for (std::size_t i = 0; i < data.size(); i += 97) data[i] = static_cast<std::byte>(random_.next());
        out.data.push_back(Slice(data));
        return out;
    }
    std::string number() { return std::to_string(++numbers_); }

    void check() {
        auto present = with_connection(true);
        auto holder = world_.holder_of(whiteboard::kWorkspaceRefreshToken);
        std::size_t refreshers = 0;
        const auto& first = present.front()->entity->confirmed();
        for (Node* node : present) {
            const auto& entity = *node->entity;
            std::string name = "node " + std::to_string(node->number);
            expect(entity.has_converged(), name + " has not converged");
            expect(entity.is_settled(), name + " waits for something of its own");
            expect(entity.confirmed().digest() == first.digest(),
                   name + " has another board: " + differences(first, entity.confirmed()) +
                       (node->given_up > 0 ? ", has given up once" : ""));
            expect(entity.board().digest() == entity.confirmed().digest(), name + " sees another board than it has");
            expect(entity.confirmed().unfinished_pictures().empty(), name + " has half a picture");
            expect(entity.confirmed().pointers() == first.pointers(), name + " has other pointers");
            for (ItemId pointer : first.pointers()) {
                const auto* there = entity.confirmed().find(pointer);
                expect(there != nullptr &&
                           whiteboard::anchor_of(there->content) == whiteboard::anchor_of(first.find(pointer)->content),
                       name + " has a pointer elsewhere");
            }
            for (ItemId page : entity.confirmed().pages())
                expect(entity.confirmed().find_page(page)->is_ready,
                       name + " has a page that is not ready: " + std::to_string(page.value) + " of " +
                           std::to_string(entity.confirmed().find_page(page)->creator.value) + " self " +
                           std::to_string(entity.user()->value) + (entity.is_refresher() ? "R" : ""));
            if (entity.is_refresher()) {
                ++refreshers;
                expect(holder == entity.user(), name + " takes itself for the refresher");
            }
        }
        expect(refreshers == 1, std::to_string(refreshers) + " refreshers");
        session_.objects = first.size();
    }

    static std::string differences(const whiteboard::Board& one, const whiteboard::Board& other) {
        std::string out;
        for (const auto& change : whiteboard::Board::differences(one, other))
            out += " " + std::to_string(static_cast<int>(change.kind)) + ":" + std::to_string(change.page.value) + "/" +
                   std::to_string(change.object.value);
        return out;
    }
    void expect(bool holds, const std::string& what) {
        constexpr std::size_t kEnough = 20;
        if (holds || session_.violations.size() >= kEnough) return;
        session_.violations.push_back(what);
        session_.trace += "BROKEN: " + what + "\n";
    }
    void note(const Node& node, const std::string& what) {
        auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(world_.now().time_since_epoch()).count();
        session_.trace += std::to_string(ms) + " ms  node " + std::to_string(node.number) + " " + what + "\n";
    }

    Random random_;
    BoardWorld world_;
    whiteboard::BoardLimits limits_;
    std::size_t numbers_ = 0;
    BoardSession session_;
};

}  // namespace

BoardSession simulate_boards(std::uint64_t seed) { return BoardSimulation(seed).run(); }

}  // namespace convene::sim
