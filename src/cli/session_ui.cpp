#include "cli/session_ui.hpp"

#include <unistd.h>

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <chrono>
#include <deque>
#include <istream>
#include <ostream>

#include "base/json_line.hpp"
#include "cli/clock_text.hpp"
#include "cli/line_editor.hpp"
#include "cli/session_command.hpp"
#include "cli/terminal.hpp"

namespace convene::cli {
namespace {

namespace asio = boost::asio;

constexpr std::size_t kMostLine = 256 * 1024;  // octets of a command
constexpr std::size_t kTimeWidth = 6;          // columns of "12:34 "

/// Standard input, as it comes.
class InputDescriptor {
public:
    using OnOctets = std::function<void(std::string_view)>;

    explicit InputDescriptor(asio::io_context& io) : descriptor_(io) {}

    void start(OnOctets on_octets, std::function<void()> on_end) {
        on_octets_ = std::move(on_octets);
        on_end_ = std::move(on_end);
        boost::system::error_code error;
        // A copy, because closing it must not close standard input.
        descriptor_.assign(dup(STDIN_FILENO), error);
        if (error)
            on_end_();
        else
            read();
    }
    void stop() {
        boost::system::error_code error;
        descriptor_.close(error);
    }

private:
    void read() {
        descriptor_.async_read_some(asio::buffer(buffer_), [this](boost::system::error_code error, std::size_t count) {
            if (error == asio::error::operation_aborted) return;
            if (count > 0) on_octets_({buffer_.data(), count});
            if (error)
                on_end_();
            else if (descriptor_.is_open())
                read();
        });
    }

    asio::posix::stream_descriptor descriptor_;
    std::array<char, 4096> buffer_{};
    OnOctets on_octets_;
    std::function<void()> on_end_;
};

class ScriptUi final : public SessionUi {
public:
    ScriptUi(asio::io_context& io, Context& context) : io_(io), context_(context), input_(io) {}

    void start(OnLine on_line, OnEnd at_end, Names) override {
        on_line_ = std::move(on_line);
        on_end_ = std::move(at_end);
        if (context_.streams.are_real) {
            input_.start([this](std::string_view octets) { on_octets(octets); }, [this] { this->on_end(); });
        } else {
            std::string all((std::istreambuf_iterator<char>(context_.streams.in)), std::istreambuf_iterator<char>());
            asio::post(io_, [this, all = std::move(all)] {
                on_octets(all);
                this->on_end();
            });
        }
    }

    void show(const Notice& notice) override {
        if (context_.json)
            context_.out << json_line(notice.json) << std::endl;
        else if (const auto& event = notice.json["event"];
                 event == "error" || event == "refused" || event == "unreachable")
            complain(context_, notice.text);
        else
            context_.out << notice.text << std::endl;
    }

    void stop() override { input_.stop(); }

private:
    void on_octets(std::string_view octets) {
        for (char c : octets) {
            if (c == '\n')
                on_line_(std::exchange(line_, {}));
            else if (line_.size() < kMostLine)
                line_ += c;
        }
    }
    void on_end() {
        if (!line_.empty()) on_line_(std::exchange(line_, {}));
        on_end_();
    }

    asio::io_context& io_;
    Context& context_;
    InputDescriptor input_;
    OnLine on_line_;
    OnEnd on_end_;
    std::string line_;
};

class TerminalUi final : public SessionUi {
public:
    TerminalUi(asio::io_context& io, Context& context)
        : context_(context), input_(io), editor_([this](std::string_view line) {
              return complete_command(line, names_ ? names_() : std::vector<std::string>());
          }) {}

    void start(OnLine on_line, OnEnd on_end, Names names) override {
        on_line_ = std::move(on_line);
        on_end_ = std::move(on_end);
        names_ = std::move(names);
        raw_.emplace(STDIN_FILENO);
        draw();
        input_.start([this](std::string_view octets) { on_keys(octets); }, on_end_);
    }

    void show(const Notice& notice) override {
        const std::string time = styled(context_, Style::dim, clock());
        std::string text = notice.text;
        if (notice.is_chat) {
            const auto colon = text.find(": ");
            text = styled(context_, Style::bold, text.substr(0, colon)) + text.substr(colon);
        } else if (const auto& event = notice.json["event"]; event == "error" || event == "refused") {
            text = styled(context_, Style::bad, text);
        } else if (event != "roster" && event != "help") {
            text = styled(context_, Style::dim, text);
        }
        // What has several lines stands in one column, right of the time.
        for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos; at += kTimeWidth + 1)
            text.insert(at + 1, kTimeWidth, ' ');
        context_.out << LineEditor::erase() << time << " " << text << "\n";
        draw();
    }

    void stop() override {
        input_.stop();
        context_.out << LineEditor::erase() << std::flush;
        raw_.reset();
    }

private:
    static std::string clock() { return local_text(std::chrono::system_clock::now(), "%H:%M"); }

    void draw() {
        if (raw_) context_.out << editor_.draw("> ", terminal_columns(STDOUT_FILENO)) << std::flush;
    }

    void on_keys(std::string_view keys) {
        const LineEditor::Events events = editor_.on_keys(keys);
        if (events.clear) context_.out << "\x1B[H\x1B[2J";
        if (!events.candidates.empty()) {
            context_.out << LineEditor::erase();
            for (const std::string& candidate : events.candidates) context_.out << printable(candidate) << "  ";
            context_.out << "\n";
        }
        for (const std::string& line : events.lines) {
            context_.out << LineEditor::erase() << styled(context_, Style::dim, "> " + printable(line)) << "\n";
            if (!line.empty()) on_line_(line);
        }
        draw();
        if (events.end) on_end_();
    }

    Context& context_;
    InputDescriptor input_;
    LineEditor editor_;
    std::optional<RawTerminal> raw_;
    OnLine on_line_;
    OnEnd on_end_;
    Names names_;
};

}  // namespace

std::unique_ptr<SessionUi> make_script_ui(asio::io_context& io, Context& context) {
    return std::make_unique<ScriptUi>(io, context);
}
std::unique_ptr<SessionUi> make_terminal_ui(asio::io_context& io, Context& context) {
    return std::make_unique<TerminalUi>(io, context);
}

}  // namespace convene::cli
