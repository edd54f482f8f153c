// `convene lock`: lets nobody else into a conference.
#include <CLI/App.hpp>

#include "cli/command.hpp"
#include "cli/errand.hpp"

namespace convene::cli {
namespace {

constexpr Example kLockExamples[] = {
    {"lock meet.example.org Planning --convener-password-file secret", "nobody else can join"},
    {"lock --open meet.example.org Planning --convener-password-file secret", "others can join again"},
};
constexpr CommandText kLockText{
    "lock", "lock a conference, so that nobody else can join, or open it again",
    "Joins the conference for a moment. To open a locked one somebody must be in it: /unlock in a session "
    "does it, and `convene admin unlock` on the machine of the server.",
    kLockExamples};

class Lock final : public Command {
public:
    const CommandText& text() const override { return kLockText; }
    void declare(CLI::App& app) override {
        client_.declare_place(app, true);
        client_.declare_identity(app);
        app.add_flag("--open", open_, "Open it again");
    }
    ExitCode run(Context& context) override {
        const std::string command = open_ ? "unlock" : "lock";
        return run_errand(context, client_, {{command, "", "", ""}, command});
    }

private:
    ClientOptions client_;
    bool open_ = false;
};

}  // namespace

std::unique_ptr<Command> make_lock() { return std::make_unique<Lock>(); }

}  // namespace convene::cli
