// `convene end`: ends a conference for everybody.
#include <CLI/App.hpp>

#include "cli/command.hpp"
#include "cli/errand.hpp"

namespace convene::cli {
namespace {

constexpr Example kExamples[] = {
    {"end meet.example.org Planning --convener-password-file secret", "everybody is told, and out"},
};
constexpr CommandText kText{"end", "end a conference for everybody", "Joins the conference for a moment.", kExamples};

class End final : public Command {
public:
    const CommandText& text() const override { return kText; }
    void declare(CLI::App& app) override {
        client_.declare_place(app, true);
        client_.declare_identity(app);
    }
    ExitCode run(Context& context) override { return run_errand(context, client_, {{"end", "", "", ""}, "end"}); }

private:
    ClientOptions client_;
};

}  // namespace

std::unique_ptr<Command> make_end() { return std::make_unique<End>(); }

}  // namespace convene::cli
