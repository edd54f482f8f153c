// A large file to eight nodes: what the server spends on it beside a plain byte relay, and what becomes of the strokes
// that are drawn meanwhile.
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <thread>
#include <unordered_map>

#include "bench/guests.hpp"
#include "bench/relay_client.hpp"
#include "bench/relay_measure.hpp"
#include "bench/server_process.hpp"

namespace convene::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kReceivers = 8;
constexpr std::size_t kChunk = 8192;  // what a File-Data carries

/// A node that sends a file of zeros, or takes what comes and throws it away.
void serve_files(Guest& guest, std::size_t& finished, bool accepts = true) {
    guest.on_news = [&guest, &finished, accepts](const node::Event& event) {
        const auto* news = std::get_if<node::FilesEvent>(&event);
        if (news == nullptr) return;
        auto& entity = guest.node().files()->entity();
        const auto now = io::NodeRunner::now();
        if (const auto* read = std::get_if<files::ReadMore>(news))
            entity.on_read(read->transfer, Slice(Bytes(read->size)), now);
        else if (const auto* write = std::get_if<files::Write>(news))
            entity.on_stored(write->transfer, write->octets.size(), now);
        else if (const auto* offered = std::get_if<files::Offered>(news))
            (void)(accepts ? entity.accept(offered->transfer, now)
                           : entity.reject(offered->transfer, files::RejectReason::file_not_required, now));
        else if (std::holds_alternative<files::Received>(*news) || std::holds_alternative<files::Failed>(*news))
            ++finished;
        guest.node().settle(now);
    };
}

/// Two nodes on a thread of their own that draw now and then; how long a stroke takes from one to the other.
class Strokes {
public:
    explicit Strokes(std::uint16_t port) : thread_([this, port] { run(port); }) {}
    ~Strokes() { stop(); }
    void stop() {
        stop_ = true;
        if (thread_.joinable()) thread_.join();
    }
    /// From now on the measurements count for `busy`, or for the idle time.
    void set_busy(bool busy) { busy_ = busy; }
    bool is_ready() const { return ready_; }
    std::vector<double> idle, loaded;  ///< milliseconds; after stop()

private:
    void run(std::uint16_t port) {
        Party party;
        Guest& from = party.add(port, "draws");
        Guest& to = party.add(port, "looks");
        std::size_t ignored = 0;
        serve_files(from, ignored, false);
        if (!party.run_until([&] { return from.board().has_converged() && to.board().has_converged(); }, 30)) return;
        std::optional<whiteboard::ItemId> page;
        party.run_until(
            [&] {
                const auto made = from.editor().add_page({1024, 768}, whiteboard::kWhite, io::NodeRunner::now());
                from.act();
                if (made.is_done()) page = made.items.front();
                return page.has_value();
            },
            10);
        party.run_until([&] { return from.board().is_settled(); }, 15);
        party.run_for(1);
        std::unordered_map<std::uint32_t, Clock::time_point> drawn;
        to.on_news = [&](const node::Event& event) {
            if (const auto* files = std::get_if<node::FilesEvent>(&event)) {
                if (const auto* offered = std::get_if<files::Offered>(files)) {
                    (void)to.node().files()->entity().reject(offered->transfer, files::RejectReason::file_not_required,
                                                             io::NodeRunner::now());
                    to.node().settle(io::NodeRunner::now());
                }
                return;
            }
            const auto* news = std::get_if<node::WhiteboardEvent>(&event);
            const auto* changed = news ? std::get_if<whiteboard::BoardChanged>(news) : nullptr;
            if (changed == nullptr) return;
            for (const auto& change : changed->changes) {
                const auto found = drawn.find(change.object.value);
                if (found == drawn.end()) continue;
                const double took = std::chrono::duration<double, std::milli>(Clock::now() - found->second).count();
                (busy_ ? loaded : idle).push_back(took);
                drawn.erase(found);
            }
        };
        ready_ = true;
        whiteboard::Drawing drawing;
        drawing.deltas = {{10, 5}, {3, 9}};
        while (!stop_ && page) {
            const auto made = from.editor().draw(*page, drawing, io::NodeRunner::now());
            if (made.is_done()) drawn[made.items.front().value] = Clock::now();
            from.act();
            party.run_for(0.02);
        }
    }

    std::atomic<bool> stop_ = false, busy_ = false, ready_ = false;
    std::thread thread_;
};

int run() {
    const std::string program = program_under_test();
    if (program.empty()) return 2;
    const char* wanted = std::getenv("CONVENE_BENCH_FILE_MIB");
    const std::uint64_t octets = (wanted ? std::strtoull(wanted, nullptr, 10) : 1024) << 20;
    ServerProcess server(program);
    Strokes strokes(server.port());
    Party party;
    Guest& sender = party.add(server.port(), "sends");
    std::vector<Guest*> receivers;
    for (std::size_t i = 0; i < kReceivers; ++i)
        receivers.push_back(&party.add(server.port(), "receives " + std::to_string(i)));
    std::size_t sent = 0, received = 0;
    serve_files(sender, sent);
    for (Guest* guest : receivers) serve_files(*guest, received);
    const bool together = party.run_until(
        [&] {
            const auto* desk = sender.node().files();
            return strokes.is_ready() && desk != nullptr && desk->entity().members().size() >= kReceivers + 2;
        },
        30);
    if (!together) {
        std::printf("not everybody is there\n");
        return 1;
    }
    party.run_for(5);  // the idle time of the strokes
    std::vector<mcs::UserId> to;
    for (Guest* guest : receivers) to.push_back(*guest->node().files()->entity().user());
    files::SendOptions options;
    options.recipients = to;
    strokes.set_busy(true);
    const double cpu = server.cpu_seconds();
    const auto begin = Clock::now();
    auto& entity = sender.node().files()->entity();
    if (!entity.send({"large.bin", octets, {}}, options, io::NodeRunner::now())) return 1;
    sender.act();
    const bool complete = party.run_until([&] { return received == kReceivers; }, 600);
    const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
    const double used = server.cpu_seconds() - cpu;
    strokes.set_busy(false);
    strokes.stop();
    if (!complete) {
        std::printf("the file did not arrive\n");
        return 1;
    }
    const double delivered = static_cast<double>(octets) * kReceivers;
    const double plain = measure_plain(kReceivers, kChunk, 1 << 17) * kChunk;
    std::printf("%.0f MiB to %zu nodes: %.1f s, %.0f MB/s delivered, server CPU %.2f s\n",
                static_cast<double>(octets) / (1 << 20), kReceivers, seconds, delivered / seconds / 1e6, used);
    std::printf("  delivered for a CPU second of the server: %.0f MB, plain relay %.0f MB: %.0f %%\n",
                delivered / used / 1e6, plain / 1e6, 100 * delivered / used / plain);
    std::printf("  strokes: idle p50 %.2f p99 %.2f ms, meanwhile p50 %.2f p99 %.2f ms: p99 %.1f times\n",
                percentile(strokes.idle, 0.5), percentile(strokes.idle, 0.99), percentile(strokes.loaded, 0.5),
                percentile(strokes.loaded, 0.99), percentile(strokes.loaded, 0.99) / percentile(strokes.idle, 0.99));
    return 0;
}

}  // namespace
}  // namespace convene::bench

int main() { return convene::bench::run(); }
