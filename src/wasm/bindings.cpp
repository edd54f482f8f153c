// The session for JavaScript: functions over numbers and one piece of memory, so that no glue has to be generated.
//
// What goes in is written into input() and told with its size; what comes out is taken with next(), one output at a
// time, and read at data(). Times are milliseconds of the caller's clock. web/src/session/wasm.ts is the other side.
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "base/overloaded.hpp"
#include "session/session.hpp"

#define CONVENE_EXPORT(name) extern "C" __attribute__((used, export_name("convene_" #name)))
#define CONVENE_IMPORT(name) extern "C" __attribute__((import_module("convene"), import_name(#name)))

// 32 bits that nobody can guess.
CONVENE_IMPORT(random) std::uint32_t convene_random();

// The library's own bring handlers, exceptions and what describes those; here memory that is not there ends the
// session.
void* operator new(std::size_t size) {
    void* memory = std::malloc(size > 0 ? size : 1);
    if (memory == nullptr) __builtin_trap();
    return memory;
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace convene::wasm {
namespace {

using session::Output;
using session::Session;
using session::TransportId;

std::uint64_t random_number() { return std::uint64_t{convene_random()} << 32 | convene_random(); }

Instant instant(double milliseconds) {
    return Instant(std::chrono::duration_cast<Duration>(std::chrono::duration<double, std::milli>(milliseconds)));
}

/// In the order of web/src/session/wasm.ts.
enum class OutputKind : std::uint8_t { none, open, transmit, close, tell, store, read, keep, drop };
enum class PictureKind : std::uint8_t { none, jpeg, pixels };

struct Bound {
    explicit Bound(Instant now) : session(random_number, now) {}

    ByteView given(std::size_t from, std::size_t count) const { return ByteView(input).subspan(from, count); }

    Session session;
    Bytes input;
    std::vector<Output> outputs;
    std::size_t next = 0;
    std::optional<session::PictureOctets> picture;
    // Of the output or the picture that was asked for last.
    const void* data = nullptr;
    std::size_t size = 0;
    double number = 0;
    double extra = 0;
};

OutputKind describe(Bound& bound, Output& output) {
    bound.data = nullptr;
    bound.size = 0;
    const auto told = [&](OutputKind kind, double number, double extra) {
        bound.number = number;
        bound.extra = extra;
        return kind;
    };
    const auto show = [&](const auto& octets) {
        bound.data = octets.data();
        bound.size = octets.size();
    };
    const auto of = [](std::uint64_t number) { return static_cast<double>(number); };
    return std::visit(
        overloaded{[&](session::Open& open) { return told(OutputKind::open, open.transport.value, 0); },
                   [&](session::Transmit& send) {
                       show(send.octets);
                       return told(OutputKind::transmit, send.transport.value, send.frames);
                   },
                   [&](session::Close& close) { return told(OutputKind::close, close.transport.value, 0); },
                   [&](session::Tell& tell) {
                       show(tell.json);
                       return told(OutputKind::tell, 0, 0);
                   },
                   [&](session::Store& store) {
                       show(store.octets);
                       return told(OutputKind::store, of(store.file), of(store.offset));
                   },
                   [&](session::Read& read) {
                       bound.size = read.size;
                       return told(OutputKind::read, of(read.file), of(read.offset));
                   },
                   [&](session::Keep& keep) { return told(OutputKind::keep, of(keep.file), of(keep.octets)); },
                   [&](session::Drop& drop) { return told(OutputKind::drop, of(drop.file), 0); }},
        output);
}

}  // namespace
}  // namespace convene::wasm

using convene::as_text;
using convene::session::TransportId;
using convene::wasm::Bound;
using convene::wasm::instant;

CONVENE_EXPORT(new) Bound* convene_new(double now) { return new Bound(instant(now)); }

CONVENE_EXPORT(delete) void convene_delete(Bound* bound) { delete bound; }

/// Where `size` octets are to be written.
CONVENE_EXPORT(input) std::byte* convene_input(Bound* bound, std::size_t size) {
    if (bound->input.size() < size) bound->input.resize(size);
    return bound->input.data();
}

/// The input holds the JSON and, after it, the octets.
CONVENE_EXPORT(command) void convene_command(Bound* bound, std::size_t json, std::size_t octets, double now) {
    bound->session.command(as_text(bound->given(0, json)), bound->given(json, octets), instant(now));
}

CONVENE_EXPORT(opened) void convene_opened(Bound* bound, std::uint32_t transport, double now) {
    bound->session.transport_opened(TransportId{transport}, instant(now));
}

CONVENE_EXPORT(octets) void convene_octets(Bound* bound, std::uint32_t transport, std::size_t size, double now) {
    bound->session.on_octets(TransportId{transport}, bound->given(0, size), instant(now));
}

/// The input says why.
CONVENE_EXPORT(closed)
void convene_closed(Bound* bound, std::uint32_t transport, std::size_t why, bool is_final, double now) {
    bound->session.on_closed(TransportId{transport}, as_text(bound->given(0, why)), is_final, instant(now));
}

CONVENE_EXPORT(written)
void convene_written(Bound* bound, std::uint32_t transport, std::uint32_t frames, std::size_t queued, double now) {
    bound->session.on_written(TransportId{transport}, frames, queued, instant(now));
}

CONVENE_EXPORT(read) void convene_read(Bound* bound, double file, std::size_t size, double now) {
    bound->session.on_read(static_cast<std::uint64_t>(file), bound->given(0, size), instant(now));
}

CONVENE_EXPORT(read_failed) void convene_read_failed(Bound* bound, double file, double now) {
    bound->session.on_read_failed(static_cast<std::uint64_t>(file), instant(now));
}

CONVENE_EXPORT(stored) void convene_stored(Bound* bound, double file, std::size_t size, double now) {
    bound->session.on_stored(static_cast<std::uint64_t>(file), size, instant(now));
}

CONVENE_EXPORT(store_failed) void convene_store_failed(Bound* bound, double file, double now) {
    bound->session.on_store_failed(static_cast<std::uint64_t>(file), instant(now));
}

CONVENE_EXPORT(time) void convene_time(Bound* bound, double now) { bound->session.on_time(instant(now)); }

/// Below zero: none.
CONVENE_EXPORT(deadline) double convene_deadline(Bound* bound) {
    const auto deadline = bound->session.deadline();
    if (!deadline) return -1;
    return std::chrono::duration<double, std::milli>(deadline->time_since_epoch()).count();
}

CONVENE_EXPORT(tell_board) void convene_tell_board(Bound* bound) { bound->session.tell_board(); }
CONVENE_EXPORT(has_board_news) bool convene_has_board_news(Bound* bound) { return bound->session.has_board_news(); }

/// The kind of the next output, 0 when there is none. What data() says holds until the next call of next().
CONVENE_EXPORT(next) std::uint32_t convene_next(Bound* bound) {
    if (bound->next == bound->outputs.size()) {
        bound->next = 0;
        bound->session.take_outputs(bound->outputs);
        if (bound->outputs.empty()) return 0;
    }
    return static_cast<std::uint32_t>(convene::wasm::describe(*bound, bound->outputs[bound->next++]));
}

/// 0: it cannot be shown; 1: JPEG at data(); 2: pixels there, number() wide and extra() high.
CONVENE_EXPORT(picture) std::uint32_t convene_picture(Bound* bound, std::uint32_t id) {
    using convene::wasm::PictureKind;
    bound->picture = bound->session.picture(convene::whiteboard::ItemId{id});
    if (!bound->picture) return static_cast<std::uint32_t>(PictureKind::none);
    bound->data = bound->picture->octets.data();
    bound->size = bound->picture->octets.size();
    bound->number = bound->picture->width;
    bound->extra = bound->picture->height;
    return static_cast<std::uint32_t>(bound->picture->is_jpeg ? PictureKind::jpeg : PictureKind::pixels);
}

CONVENE_EXPORT(data) const void* convene_data(const Bound* bound) { return bound->data; }
CONVENE_EXPORT(size) std::size_t convene_size(const Bound* bound) { return bound->size; }
CONVENE_EXPORT(number) double convene_number(const Bound* bound) { return bound->number; }
CONVENE_EXPORT(extra) double convene_extra(const Bound* bound) { return bound->extra; }
