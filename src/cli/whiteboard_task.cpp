#include "cli/whiteboard_task.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <ostream>

namespace convene::cli {

using namespace whiteboard;

namespace {

constexpr Duration kLookAgain = std::chrono::milliseconds(50);
constexpr unsigned kMostTries = 2400;  // for handles, of which there are 256 in a block: 2 minutes
constexpr Extent kPageSize{1024, 768};

/// As large as a page shows it, never larger than it is.
void fit(Picture& picture) {
    const double scale =
        std::min({1.0, double(kPageSize.width) / picture.size.width, double(kPageSize.height) / picture.size.height});
    if (scale < 1)
        picture.scale = Point{static_cast<std::int32_t>(picture.size.width * scale),
                              static_cast<std::int32_t>(picture.size.height * scale)};
}

}  // namespace

std::string_view reason_text(RefusalReason reason) {
    switch (reason) {
        case RefusalReason::too_many_pages:
            return "there are too many pages";
        case RefusalReason::too_many_objects:
            return "there is too much on the page";
        case RefusalReason::board_full:
            return "the whiteboard is full";
        case RefusalReason::picture_too_large:
            return "the picture is too large";
        case RefusalReason::drawing_too_long:
            return "the drawing has too many points";
        case RefusalReason::text_too_long:
            return "the text is too long";
        case RefusalReason::too_many_views:
            return "the page has too many views";
        case RefusalReason::too_many_pointers:
            return "there are too many pointers";
        case RefusalReason::plane_protected:
            return "that part of the page is protected";
        case RefusalReason::conducted:
            return "somebody conducts, and has not permitted it; /conductor ask";
        case RefusalReason::too_much_waiting:
            return "too much is on its way already";
        case RefusalReason::cannot_be_said:
            return "the protocol has no words for it";
        case RefusalReason::no_handle:
            return "the conference has given no handles";
        case RefusalReason::nothing_there:
            return "it is not there any more";
        case RefusalReason::not_this_kind:
            return "it is of another kind";
    }
    return "refused";
}

bool write_result(Context& context, const std::string& file, ByteView octets) {
    if (file.empty() || file == "-") {
        context.out.write(reinterpret_cast<const char*>(octets.data()), static_cast<std::streamsize>(octets.size()));
        context.out.flush();
        return true;
    }
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out.write(reinterpret_cast<const char*>(octets.data()), static_cast<std::streamsize>(octets.size()));
    out.close();
    if (!out) complain(context, file + ": " + std::strerror(errno));
    return !!out;
}

void WhiteboardTask::on_inside(Visit& visit) {
    visit.after(kBoardTime, [this, &visit] {
        if (has_begun_) return;
        complain(visit.context(), "the whiteboard did not arrive in time");
        visit.finish(ExitCode::unreachable);
    });
    if (entity_->has_converged()) start(visit);
}

void WhiteboardTask::on_event(Visit& visit, const node::Event& event) {
    const auto* news = std::get_if<node::WhiteboardEvent>(&event);
    if (news == nullptr) return;
    if (std::holds_alternative<Converged>(*news)) start(visit);
    if (const auto* refused = std::get_if<ActionRefused>(news)) {
        complain(visit.context(), reason_text(refused->refusal.reason));
        visit.finish(ExitCode::refused);
    }
}

void WhiteboardTask::start(Visit& visit) {
    if (std::exchange(has_begun_, true)) return;
    visit.later([this, &visit] { on_board(visit); });
}

void WhiteboardTask::finish_when_settled(Visit& visit) {
    visit.act();
    if (entity_->is_settled()) {
        if (!settled_) settled_ = Visit::now();
        const auto* desk = visit.node().whiteboard();
        // Where a keeper remembers, it says so in a moment.
        if (desk == nullptr || desk->unsaved() == 0 || Visit::now() - *settled_ > kSavedTime)
            return visit.finish(ExitCode::fine);
    }
    visit.after(kLookAgain, [this, &visit] { finish_when_settled(visit); });
}

void ImportTask::on_board(Visit& visit) {
    editor_ = std::make_unique<Editor>(entity());
    next(visit);
}

void ImportTask::next(Visit& visit) {
    if (done_ == pictures_.size()) return finish_when_settled(visit);
    auto& picture = pictures_[done_];
    Editor::Outcome outcome;
    std::optional<ItemId> page;
    if (page_ > 0) {
        const auto pages = entity().board().pages();
        if (page_ > pages.size()) {
            complain(visit.context(),
                     "there is no page " + std::to_string(page_) + "; there are " + std::to_string(pages.size()));
            return visit.finish(ExitCode::not_found);
        }
        page = pages[page_ - 1];
    } else {
        outcome = editor_->add_page(kPageSize, kWhite, Visit::now());
        if (outcome.is_done()) page = outcome.items.front();
    }
    if (page) {
        fit(picture);
        outcome = editor_->put_picture(*page, picture, Visit::now());
    }
    if (outcome.refusal && outcome.refusal->reason == RefusalReason::no_handle) {
        visit.after(kLookAgain, [this, &visit] { next(visit); });
        return;
    }
    if (outcome.refusal) {
        complain(visit.context(), reason_text(outcome.refusal->reason));
        return visit.finish(ExitCode::refused);
    }
    ++done_;
    visit.act();
    if (!visit.context().json && visit.context().streams.err_is_terminal)
        hint(visit.context(), "sending picture " + std::to_string(done_) + " of " + std::to_string(pictures_.size()));
    visit.later([this, &visit] { next(visit); });
}

void ReadTask::on_board(Visit& visit) {
    const auto made = make_(entity().board());
    if (!made) {
        complain(visit.context(), made.error());
        return visit.finish(ExitCode::not_found);
    }
    visit.finish(write_result(visit.context(), file_, *made) ? ExitCode::fine : ExitCode::failed);
}

void LoadTask::on_board(Visit& visit) {
    const auto operations = make_(entity());
    if (!operations) {
        if (++tries_ < kMostTries) {
            visit.act();
            visit.after(kLookAgain, [this, &visit] { on_board(visit); });
            return;
        }
        complain(visit.context(), reason_text(RefusalReason::no_handle));
        return visit.finish(ExitCode::unreachable);
    }
    if (const auto refusal = entity().perform(*operations, Visit::now())) {
        complain(visit.context(), reason_text(refusal->reason));
        return visit.finish(ExitCode::refused);
    }
    finish_when_settled(visit);
}

}  // namespace convene::cli
