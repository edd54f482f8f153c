/// Files that fail, and those whose rest is asked for when their sender is back.
#include <algorithm>
#include <utility>

#include "cli/context.hpp"
#include "cli/file_receiver.hpp"

namespace convene::cli {
namespace {

constexpr Duration kLookForSender = std::chrono::milliseconds(250);
constexpr Duration kAskAgain = std::chrono::seconds(3);

}  // namespace

void FileReceiver::tell_failed(Incoming& file, std::string_view reason, const std::string& why) {
    file.part.reset();
    ++failed_;
    Notice out = notice("file-failed", printable(file.name) + ": " + printable(why), file);
    out.json["direction"] = "in";
    out.json["reason"] = reason;
    out.json["detail"] = why;
    host_.tell(out);
}

void FileReceiver::interrupt(Incoming file, std::optional<files::Partial> partial) {
    Interrupted each;
    each.partial = std::move(partial);
    each.until = FileHost::now() + options_.retry_for;
    each.next_try = FileHost::now();
    Notice out = notice("file-interrupted",
                        printable(file.name) + " was interrupted" +
                            (each.partial ? " at " + size_text(each.partial->octets) : std::string()) +
                            "; it goes on when " + printable(file.from.name) + " is back",
                        file);
    out.json["done"] = each.partial ? each.partial->octets : 0;
    host_.tell(out);
    each.file = std::move(file);
    interrupted_.push_back(std::move(each));
    look_later(kLookForSender);
}

void FileReceiver::on(const files::Failed& failed) {
    using files::FailureReason;
    const std::string why = failed.detail.empty() ? std::string(files::to_string(failed.reason)) : failed.detail;
    if (auto wanted = wanted_.extract(failed.transfer); !wanted.empty())
        return tell_failed(wanted.mapped(), word_for(failed.reason), why);
    const auto asking = std::find_if(interrupted_.begin(), interrupted_.end(),
                                     [&](const Interrupted& each) { return each.asking == failed.transfer; });
    if (asking != interrupted_.end()) {
        asking->asking.reset();
        asking->next_try = FileHost::now() + kAskAgain;
        if (failed.reason == FailureReason::denied) {
            tell_failed(asking->file, word_for(failed.reason), why);
            interrupted_.erase(asking);
        }
        return look_later(kLookForSender);
    }
    auto found = incoming_.extract(failed.transfer);
    if (found.empty()) return;
    Incoming& file = found.mapped();
    const bool may_pass = failed.reason == FailureReason::disconnected || failed.reason == FailureReason::peer_gone;
    if (may_pass && file.part && options_.retry_for > Duration::zero())
        return interrupt(std::move(file), failed.partial);
    tell_failed(file, word_for(failed.reason), file.trouble.empty() ? why : file.trouble);
}

void FileReceiver::look_later(Duration wait) {
    if (std::exchange(is_looking_, true)) return;
    host_.after(wait, [this] {
        is_looking_ = false;
        look_after();
    });
}

void FileReceiver::look_after() {
    auto* desk = host_.files();
    for (auto it = interrupted_.begin(); it != interrupted_.end();) {
        Interrupted& each = *it;
        if (each.asking || FileHost::now() < each.next_try) {
            ++it;
            continue;
        }
        if (FileHost::now() >= each.until) {
            tell_failed(each.file, word_for(files::FailureReason::peer_gone), "its sender has not come back");
            it = interrupted_.erase(it);
            continue;
        }
        if (desk != nullptr) {
            for (const auto& [user, member] : desk->entity().members()) {
                if (desk->name_of(user) != each.file.from.name) continue;
                if (auto asked =
                        desk->entity().request({each.file.name, each.file.size, each.partial, user}, FileHost::now()))
                    each.asking = *asked;
                break;
            }
        }
        ++it;
    }
    if (desk != nullptr) host_.act();
    if (!interrupted_.empty()) look_later(kLookForSender);
}

}  // namespace convene::cli
