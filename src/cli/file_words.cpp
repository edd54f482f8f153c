#include "cli/file_words.hpp"

#include <array>

#include "cli/context.hpp"

namespace convene::cli {
namespace {

constexpr Duration kProgressPace = std::chrono::milliseconds(100);

}  // namespace

FilePeer file_peer(const node::FilesDesk& desk, mcs::UserId attachment) {
    return {desk.node_of(attachment), desk.name_of(attachment)};
}

nlohmann::ordered_json to_json(const FilePeer& peer) {
    nlohmann::ordered_json out = nlohmann::ordered_json::object();
    if (peer.node) out["node"] = peer.node->value;
    out["name"] = peer.name;
    return out;
}

nlohmann::ordered_json to_json(const std::vector<FilePeer>& peers) {
    auto out = nlohmann::ordered_json::array();
    for (const FilePeer& peer : peers) out.push_back(to_json(peer));
    return out;
}

std::string names_of(const std::vector<FilePeer>& peers) {
    std::string out;
    for (const FilePeer& peer : peers) out += (out.empty() ? "" : ", ") + printable(peer.name);
    return out;
}

std::string size_text(std::uint64_t octets) {
    constexpr std::array<const char*, 6> kUnits{" octets", " kB", " MB", " GB", " TB", " PB"};
    if (octets == 1) return "1 octet";
    if (octets < 1000) return std::to_string(octets) + kUnits[0];
    std::size_t unit = 1;
    // Tenths of the unit.
    std::uint64_t tenths = octets / 100;
    for (; tenths >= 10'000 && unit + 1 < kUnits.size(); ++unit) tenths /= 1000;
    const bool is_short = tenths >= 1000;
    return std::to_string(tenths / 10) + (is_short ? "" : "." + std::to_string(tenths % 10)) + kUnits[unit];
}

std::string duration_text(Duration duration) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(duration).count();
    const auto two = [](std::int64_t number) { return (number < 10 ? "0" : "") + std::to_string(number); };
    if (seconds < 3600) return std::to_string(seconds / 60) + ":" + two(seconds % 60);
    return std::to_string(seconds / 3600) + ":" + two(seconds / 60 % 60) + ":" + two(seconds % 60);
}

std::string_view word_for(files::Verified verified) {
    switch (verified) {
        case files::Verified::yes:
            return "yes";
        case files::Verified::no:
            return "no";
        case files::Verified::unknown:
            return "unknown";
    }
    return "";
}

std::string_view word_for(files::FailureReason reason) {
    using files::FailureReason;
    switch (reason) {
        case FailureReason::cancelled:
            return "cancelled";
        case FailureReason::aborted:
            return "aborted";
        case FailureReason::rejected:
            return "rejected";
        case FailureReason::no_receivers:
            return "no-receivers";
        case FailureReason::peer_gone:
            return "peer-gone";
        case FailureReason::disconnected:
            return "disconnected";
        case FailureReason::timed_out:
            return "timed-out";
        case FailureReason::damaged:
            return "damaged";
        case FailureReason::digest_mismatch:
            return "digest-mismatch";
        case FailureReason::too_large:
            return "too-large";
        case FailureReason::cannot_store:
            return "cannot-store";
        case FailureReason::cannot_read:
            return "cannot-read";
        case FailureReason::no_channel:
            return "no-channel";
        case FailureReason::superseded:
            return "superseded";
        case FailureReason::denied:
            return "denied";
    }
    return "";
}

std::string_view words_for(files::RejectReason reason) {
    using files::RejectReason;
    switch (reason) {
        case RejectReason::unspecified:
        case RejectReason::file_not_required:
            return "does not want it";
        case RejectReason::file_exists:
            return "has it already";
        case RejectReason::insufficient_resources:
            return "has no room for it";
        case RejectReason::transfer_limit:
            return "takes no file so large";
        case RejectReason::compression_unsupported:
            return "does not understand the compression";
        case RejectReason::unable_to_join_channel:
            return "cannot join the channel";
        case RejectReason::parameter_not_supported:
            return "cannot take it in this way";
    }
    return "";
}

bool ProgressPace::is_due(Instant now) {
    if (told_ && now - *told_ < kProgressPace) return false;
    told_ = now;
    return true;
}

}  // namespace convene::cli
