// `convene create`: makes a conference on a server, and takes part in it as its convener.
#include <CLI/App.hpp>

#include "base/digits.hpp"
#include "cli/client_options.hpp"
#include "cli/command.hpp"
#include "cli/session.hpp"
#include "gcc/names.hpp"

namespace convene::cli {
namespace {

constexpr Example kCreateExamples[] = {
    {"create meet.example.org Planning", "make it and stay in it"},
    {"create meet.example.org 42 --new-password-file secret --unlisted", "with a password, and not shown in queries"},
    {"create meet.example.org Planning --keep --leave", "make one that stays when nobody is in it"},
};
constexpr CommandText kCreateText{
    "create", "make a conference on a server, as its convener",
    "Then goes on as `convene join` does. When the server has lost the conference, it is made again.", kCreateExamples};

class Create final : public Command {
public:
    const CommandText& text() const override { return kCreateText; }

    void declare(CLI::App& app) override {
        app.add_option("HOST", client_.host, "Name or address of the server, with :PORT unless it is 1503")
            ->required()
            ->type_name("HOST");
        app.add_option("CONFERENCE", client_.conference, "Name of the new conference, or its number")
            ->required()
            ->type_name("CONFERENCE");
        app.add_option("--number", number_, "Its number, besides its name")->type_name("DIGITS");
        app.add_option("--description", description_, "What it is about")->type_name("TEXT");
        app.add_option("--name", client_.name, "The name that others see; otherwise that of the user")
            ->type_name("NAME");
        app.add_option("--new-password-file", password_file_,
                       "The first line of this file is needed to join; - is standard input")
            ->type_name("FILE");
        app.add_option("--new-convener-password-file", convener_password_file_,
                       "The first line of this file makes who joins with it the convener")
            ->type_name("FILE");
        app.add_flag("--locked", locked_, "Nobody can join until it is unlocked");
        app.add_flag("--unlisted", unlisted_, "Not shown to whoever queries");
        app.add_flag("--keep", keep_, "It stays when nobody is in it");
        client_.declare_session(app);
        app.add_flag("--leave", leave_, "Leave as soon as it exists");
    }

    ExitCode run(Context& context) override {
        ExitCode code{};
        auto participant = client_.read(context, code);
        if (!participant) return code;
        gcc::ConferenceProfile profile;
        profile.name = conference_name_of(client_.conference);
        if (!number_.empty()) {
            if (!is_digits(number_)) {
                complain(context, "--number takes digits");
                return ExitCode::usage;
            }
            profile.name.numeric = number_;
        }
        if (!description_.empty()) profile.description = gcc::to_bmp(description_);
        profile.locked = locked_;
        profile.listed = !unlisted_;
        profile.termination = keep_ ? gcc::TerminationMethod::manual : gcc::TerminationMethod::automatic;
        if (!password_file_.empty()) {
            auto secret = read_password(context, password_file_);
            if (!secret) return ExitCode::failed;
            profile.password = password_of_text(*secret);
            participant->password = std::move(*secret);  // to come back with
        }
        if (!convener_password_file_.empty()) {
            auto secret = read_password(context, convener_password_file_);
            if (!secret) return ExitCode::failed;
            profile.convener_password = password_of_text(*secret);
            participant->convener_password = std::move(*secret);
        }
        participant->create = std::move(profile);
        return run_session(context, {std::move(*participant), client_.stay, leave_, client_.directory});
    }

private:
    ClientOptions client_;
    std::string number_;
    std::string description_;
    std::string password_file_;
    std::string convener_password_file_;
    bool locked_ = false;
    bool unlisted_ = false;
    bool keep_ = false;
    bool leave_ = false;
};

}  // namespace

std::unique_ptr<Command> make_create() { return std::make_unique<Create>(); }

}  // namespace convene::cli
