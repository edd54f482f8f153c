/// What `convene send` and `convene receive` do once they are in a conference.
#pragma once

#include <boost/asio/posix/stream_descriptor.hpp>
#include <string>
#include <vector>

#include "cli/file_receiver.hpp"
#include "cli/file_sender.hpp"
#include "cli/progress_line.hpp"
#include "cli/visit.hpp"

namespace convene::cli {

/// Tells what happens to files: events, lines, or lines above a bar.
class FileTask : public Task, protected FileHost {
public:
    explicit FileTask(Context& context) : context_(context) {}

    void on_inside(Visit& visit) override;
    void on_event(Visit& visit, const node::Event& event) override;
    bool on_notice(Visit& visit, const Notice& notice) override;

protected:
    /// File transfer works; once, also when the connection is made anew later.
    virtual void on_ready() = 0;
    virtual void on_files(const node::FilesEvent& event) = 0;
    /// Something may have come to its end.
    virtual void check() = 0;

    node::Node* node() override { return visit_ == nullptr ? nullptr : visit_->participant().node(); }
    void act() override { visit_->act(); }
    void after(Duration wait, std::function<void()> what) override;
    void tell(const Notice& notice) override;
    Expected<mcs::UserId, std::string> find(std::string_view target) override {
        return visit_->participant().find(target);
    }
    void finish(ExitCode code);
    Context& context() { return context_; }
    boost::asio::io_context& io() { return visit_->io(); }
    void clear_line();
    /// A question stands on the line where the bar would be.
    bool is_asking_ = false;

private:
    void show_progress(const Notice& notice);
    bool has_bar() const { return context_.streams.err_is_terminal && !context_.json && !context_.plain; }

    Context& context_;
    Visit* visit_ = nullptr;
    ProgressLine line_;
    std::optional<Instant> drawn_;
    bool is_drawn_ = false;
    bool is_ready_ = false;
    bool is_checking_ = false;
};

class SendTask final : public FileTask {
public:
    SendTask(Context& context, FileSenderOptions options, std::vector<std::string> files, std::vector<std::string> to)
        : FileTask(context), sender_(*this, options), files_(std::move(files)), to_(std::move(to)) {}

    ExitCode on_signal() override;

private:
    void on_ready() override;
    void on_files(const node::FilesEvent& event) override;
    void check() override {
        if (sender_.is_idle()) finish(sender_.code());
    }

    FileSender sender_;
    std::vector<std::string> files_;
    std::vector<std::string> to_;
};

struct ReceiveOptions {
    FileReceiverOptions receiver;
    std::string accept = "all";  ///< or "ask", or a pattern of names
    bool once = false;           ///< leave after the first, and those that are on their way then
    bool list = false;           ///< show what others have, and leave
    std::vector<std::string> get;
};

class ReceiveTask final : public FileTask {
public:
    ReceiveTask(Context& context, ReceiveOptions options);

    ExitCode on_signal() override;
    ExitCode on_over(ExitCode code) override;

private:
    void on_ready() override;
    void on_files(const node::FilesEvent& event) override;
    void check() override;
    Decision decide(const files::Offered& offer);
    void ask_next();
    void on_answer(const std::string& line);

    ReceiveOptions options_;
    FileReceiver receiver_;
    std::optional<std::uint64_t> question_;  ///< the number of the offer that is asked about
    std::optional<boost::asio::posix::stream_descriptor> input_;
    std::string typed_;
    std::size_t lists_ = 0;  ///< that are waited for
    bool has_asked_ = false;
    bool has_list_ = false;
};

}  // namespace convene::cli
