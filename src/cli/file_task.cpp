#include "cli/file_task.hpp"

#include <fnmatch.h>
#include <unistd.h>

#include <boost/asio/read_until.hpp>
#include <istream>
#include <ostream>

#include "base/json_line.hpp"
#include "cli/terminal.hpp"

namespace convene::cli {
namespace {

constexpr Duration kRedraw = std::chrono::milliseconds(100);
constexpr Duration kPlainProgress = std::chrono::seconds(10);  // without a terminal, a line so often
constexpr Duration kListWait = std::chrono::milliseconds(500);
constexpr Duration kListTime = std::chrono::seconds(5);  // for others to say what they have
constexpr std::size_t kMostAnswer = 1024;                // octets typed

}  // namespace

void FileTask::on_inside(Visit& visit) { visit_ = &visit; }

void FileTask::on_event(Visit& visit, const node::Event& event) {
    visit_ = &visit;
    const auto* news = std::get_if<node::FilesEvent>(&event);
    if (news == nullptr) return;
    on_files(*news);
    if (std::holds_alternative<files::Ready>(*news) && !std::exchange(is_ready_, true))
        after({}, [this] { on_ready(); });
    if (!std::exchange(is_checking_, true))
        after({}, [this] {
            is_checking_ = false;
            check();
        });
}

void FileTask::after(Duration wait, std::function<void()> what) {
    if (wait == Duration::zero()) return visit_->later(std::move(what));
    visit_->after(wait, std::move(what));
}

void FileTask::finish(ExitCode code) {
    clear_line();
    visit_->finish(code);
}

bool FileTask::on_notice(Visit& visit, const Notice& notice) {
    visit_ = &visit;
    clear_line();
    if (context_.json || notice.json["event"] != "reconnecting") return false;
    hint(context_, notice.text);
    return true;
}

void FileTask::tell(const Notice& notice) {
    const std::string event = notice.json["event"];
    if (context_.json) {
        context_.out << json_line(notice.json) << std::endl;
    } else if (event == "file-progress") {
        show_progress(notice);
    } else if (!notice.text.empty()) {
        clear_line();
        if (event == "file-failed" || event == "file-declined")
            complain(context_, notice.text);
        else
            context_.out << notice.text << std::endl;
    }
    if (event == "file-sent" || event == "file-received" || event == "file-failed" || event == "file-interrupted")
        line_.end(notice.json["file"]);
    if (!is_checking_ && event != "file-progress") {
        is_checking_ = true;
        after({}, [this] {
            is_checking_ = false;
            check();
        });
    }
}

void FileTask::show_progress(const Notice& notice) {
    std::optional<std::uint64_t> total;
    if (notice.json.contains("total")) total = notice.json["total"].get<std::uint64_t>();
    const Instant now = Visit::now();
    line_.update(notice.json["file"], notice.json["file_name"], notice.json["done"], total, now);
    if (!drawn_ && !has_bar()) drawn_ = now;
    if (drawn_ && now - *drawn_ < (has_bar() ? kRedraw : kPlainProgress)) return;
    drawn_ = now;
    if (is_asking_) return;
    if (has_bar()) {
        context_.err << "\r" << line_.text(terminal_columns(STDERR_FILENO), now) << "\x1B[K" << std::flush;
        is_drawn_ = true;
    } else if (!context_.plain) {
        constexpr std::size_t kLongLine = 200;
        hint(context_, line_.text(kLongLine, now));
    }
}

void FileTask::clear_line() {
    if (std::exchange(is_drawn_, false)) context_.err << "\r\x1B[K" << std::flush;
}

// --- sending ---

void SendTask::on_ready() {
    for (const std::string& file : files_) {
        const auto number = sender_.add(file, to_);
        if (number) continue;
        complain(context(), number.error());
        return finish(ExitCode::failed);
    }
    files_.clear();
}

void SendTask::on_files(const node::FilesEvent& event) {
    sender_.on_event(event);
    if (const auto* offer = std::get_if<files::Offered>(&event)) {
        (void)node()->files()->entity().reject(offer->transfer, files::RejectReason::file_not_required, Visit::now());
        act();
    }
}

ExitCode SendTask::on_signal() {
    if (node() != nullptr) sender_.cancel_all();
    clear_line();
    return ExitCode::unreachable;
}

// --- receiving ---

ReceiveTask::ReceiveTask(Context& context, ReceiveOptions options)
    : FileTask(context),
      options_(std::move(options)),
      receiver_(*this, options_.receiver, [this](const files::Offered& offer) { return decide(offer); }) {}

Decision ReceiveTask::decide(const files::Offered& offer) {
    if (options_.list || !options_.get.empty()) return Decision::refuse;
    if (options_.accept == "all") return Decision::accept;
    if (options_.accept == "ask") return Decision::ask;
    const bool fits = fnmatch(options_.accept.c_str(), offer.name.text.c_str(), 0) == 0;
    return fits ? Decision::accept : Decision::refuse;
}

void ReceiveTask::on_files(const node::FilesEvent& event) {
    receiver_.on_event(event);
    if (const auto* listed = std::get_if<files::DirectoryListed>(&event)) {
        if (lists_ > 0) --lists_;
        if (listed->result == files::DirectoryResult::successful) has_list_ = true;
    }
    if (options_.accept != "ask") return;
    after({}, [this] { ask_next(); });
}

void ReceiveTask::on_ready() {
    if (!options_.list && options_.get.empty()) return;
    after(kListWait, [this] {
        if (options_.list) {
            lists_ = receiver_.ask_for_lists();
            after(kListTime, [this] {
                lists_ = 0;
                check();
            });
        }
        for (const std::string& name : options_.get) {
            if (const auto asked = receiver_.request(name); !asked) {
                complain(context(), asked.error());
                return finish(ExitCode::refused);
            }
        }
        has_asked_ = true;
        check();
    });
}

void ReceiveTask::check() {
    if (options_.list || !options_.get.empty()) {
        const bool is_over = has_asked_ && lists_ == 0 && receiver_.is_idle();
        if (!is_over) return;
        if (options_.list && !has_list_ && !context().json) hint(context(), "nobody here has files to show");
        finish(receiver_.failed() > 0 ? ExitCode::not_found : ExitCode::fine);
    } else if (options_.once && receiver_.is_idle() && receiver_.received() + receiver_.failed() > 0) {
        finish(receiver_.failed() > 0 ? ExitCode::failed : ExitCode::fine);
    }
}

ExitCode ReceiveTask::on_signal() {
    const bool was_idle = receiver_.is_idle();
    if (node() != nullptr) receiver_.cancel_all();
    clear_line();
    const bool has_missed = options_.once || options_.list || !options_.get.empty();
    return was_idle && !has_missed ? ExitCode::fine : ExitCode::unreachable;
}

ExitCode ReceiveTask::on_over(ExitCode code) {
    const bool is_content = receiver_.is_idle() && !options_.once && !options_.list && options_.get.empty();
    return code == ExitCode::fine && !is_content ? ExitCode::unreachable : code;
}

// --- asking somebody at a terminal ---

void ReceiveTask::ask_next() {
    if (question_) return;
    const auto offer = receiver_.first_offer();
    if (!offer) return;
    clear_line();
    context().err << "accept " << printable(offer->name) << "? [y/N] " << std::flush;
    question_ = offer->number;
    is_asking_ = true;
    if (!input_) {
        boost::system::error_code error;
        input_.emplace(io());
        input_->assign(dup(STDIN_FILENO), error);  // a copy, because closing it must not close standard input
    }
    boost::asio::async_read_until(*input_, boost::asio::dynamic_buffer(typed_, kMostAnswer), '\n',
                                  [this](boost::system::error_code error, std::size_t size) {
                                      if (error == boost::asio::error::operation_aborted) return;
                                      std::string line = error ? std::string() : typed_.substr(0, size);
                                      typed_.erase(0, error ? typed_.size() : size);
                                      after({}, [this, line] { on_answer(line); });
                                  });
}

void ReceiveTask::on_answer(const std::string& line) {
    const std::uint64_t number = *std::exchange(question_, std::nullopt);
    is_asking_ = false;
    const bool wants = line.starts_with('y') || line.starts_with('Y');
    // The offer may be over meanwhile.
    if (wants ? !receiver_.accept(number) : !receiver_.refuse(number)) hint(context(), "it is not offered any more");
    ask_next();
}

}  // namespace convene::cli
