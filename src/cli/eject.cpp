// `convene eject`: puts a participant out of a conference.
#include <CLI/App.hpp>

#include "cli/command.hpp"
#include "cli/errand.hpp"

namespace convene::cli {
namespace {

constexpr Example kEjectExamples[] = {
    {"eject meet.example.org Planning Bob --convener-password-file secret", "by name"},
    {"eject meet.example.org Planning 1007 --convener-password-file secret", "by number, as /who shows it"},
};
constexpr CommandText kEjectText{"eject", "put a participant out of a conference", "Joins the conference for a moment.",
                                 kEjectExamples};

class Eject final : public Command {
public:
    const CommandText& text() const override { return kEjectText; }
    void declare(CLI::App& app) override {
        client_.declare_place(app, true);
        app.add_option("PARTICIPANT", participant_, "Name or number of who is to go")
            ->required()
            ->type_name("PARTICIPANT");
        client_.declare_identity(app);
    }
    ExitCode run(Context& context) override {
        return run_errand(context, client_, {{"eject", "", participant_, ""}, "eject"});
    }

private:
    ClientOptions client_;
    std::string participant_;
};

}  // namespace

std::unique_ptr<Command> make_eject() { return std::make_unique<Eject>(); }

}  // namespace convene::cli
