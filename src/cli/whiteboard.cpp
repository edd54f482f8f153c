// `convene whiteboard`: pictures of a whiteboard, and pictures for it.
#include <CLI/App.hpp>
#include <algorithm>

#include "cli/client_options.hpp"
#include "cli/command.hpp"
#include "cli/whiteboard_task.hpp"
#include "io/random.hpp"
#include "netmeeting/whiteboard_extensions.hpp"
#include "picture/decode.hpp"
#include "picture/encode.hpp"
#include "picture/load.hpp"
#include "picture/program.hpp"
#include "server/board_replay.hpp"
#include "whiteboard/archive.hpp"

namespace convene::cli {
namespace {

constexpr Example kWhiteboardExamples[] = {
    {"whiteboard export meet.example.org Planning page.png", "the page that all look at, as a picture"},
    {"whiteboard export meet.example.org Planning all.pdf", "all pages, on paper"},
    {"whiteboard export meet.example.org Planning --page 2 --format svg", "the second page, to standard output"},
    {"whiteboard import meet.example.org Planning plan.pdf", "each page of the PDF on a new page"},
    {"whiteboard export --data /var/lib/convene lobby page.png", "from what a server has kept"},
    {"whiteboard save meet.example.org Planning plan.board", "all pages as they are, to go on with elsewhere"},
    {"whiteboard load meet.example.org Review plan.board", "those pages, behind the pages of another whiteboard"},
};
constexpr CommandText kWhiteboardText{
    "whiteboard", "make pictures of a whiteboard, or put pictures on it",
    "export writes pages as PNG, SVG or PDF. import puts JPEG, PNG, SVG and PDF files on pages: each on a new one, or "
    "all on --page. save keeps pages in a file of Convene's own, with every object as it is; load puts them on a "
    "whiteboard, as new pages.",
    kWhiteboardExamples};

// What SVG and PDF are drawn at: twice a page, so that they stay sharp when somebody looks closely.
constexpr std::uint32_t kDrawnWidth = 2048;
constexpr std::uint32_t kDrawnHeight = 1536;

std::optional<picture::Raster> decoded(const whiteboard::Picture& picture) {
    auto raster = picture::decode(picture);
    if (!raster) return std::nullopt;
    return std::move(*raster);
}

std::string_view fault_text(whiteboard::ArchiveFault fault) {
    switch (fault) {
        case whiteboard::ArchiveFault::not_an_archive:
            return "this is no whiteboard that convene has saved";
        case whiteboard::ArchiveFault::other_version:
            return "a newer version of convene has written this";
        case whiteboard::ArchiveFault::damaged:
            return "it is damaged";
        case whiteboard::ArchiveFault::too_large:
            return "it holds more than a whiteboard takes";
    }
    return "it cannot be read";
}

class Whiteboard final : public Command {
public:
    const CommandText& text() const override { return kWhiteboardText; }

    void declare(CLI::App& app) override {
        app.add_option("ACTION", action_, "export, import, save or load")
            ->required()
            ->type_name("ACTION")
            ->check(CLI::IsMember({"export", "import", "save", "load"}));
        client_.declare_place(app, false);
        app.add_option("--data", data_,
                       "Read what a server that does not run keeps in this directory; then there is no HOST")
            ->type_name("DIR");
        app.add_option("FILE", files_, "What to write, or - for standard output; what to put on the whiteboard")
            ->type_name("FILE");
        app.add_option("--format", format_, "png, svg or pdf; otherwise by the name of the file")
            ->type_name("FORMAT")
            ->check(CLI::IsMember({"png", "svg", "pdf"}));
        app.add_option("--page", page_, "The number of a page, from 1; otherwise the current one, or all for a PDF")
            ->type_name("N")
            ->check(CLI::Range(1U, 65'535U));
        app.add_option("--scale", scale_, "How many pixels one of the whiteboard becomes")->type_name("FACTOR");
        client_.declare_identity(app);
    }

    ExitCode run(Context& context) override {
        if (!data_.empty()) return from_store(context);
        if (client_.conference.empty()) {
            complain(context, "which conference? convene whiteboard " + action_ + " HOST CONFERENCE");
            return ExitCode::usage;
        }
        ExitCode code{};
        auto options = client_.read(context, code);
        if (!options) return code;
        whiteboard::EntityConfig config;
        config.seed = io::random_number();
        config.extensions = netmeeting::whiteboard_extensions();
        auto entity = std::make_shared<whiteboard::Entity>(std::move(config));
        options->whiteboard = entity;
        if (action_ == "export" || action_ == "save") return read(context, std::move(*options), std::move(entity));
        if (action_ == "load") return load(context, std::move(*options), std::move(entity));
        return put(context, std::move(*options), std::move(entity));
    }

private:
    /// Without a server: the conference stands where the host would.
    ExitCode from_store(Context& context) {
        if (action_ != "export" && action_ != "save") {
            complain(context, action_ + " needs a server; --data only reads");
            return ExitCode::usage;
        }
        if (!client_.conference.empty()) files_.insert(files_.begin(), client_.conference);
        const auto make = maker(context);
        if (!make) return ExitCode::usage;
        const auto board = server::read_board(data_, client_.host, {});
        if (!board) {
            complain(context, board.error());
            return ExitCode::not_found;
        }
        const auto made = (*make)(*board);
        if (!made) {
            complain(context, made.error());
            return ExitCode::not_found;
        }
        const std::string file = files_.empty() ? std::string() : files_.front();
        return write_result(context, file, *made) ? ExitCode::fine : ExitCode::failed;
    }

    /// What makes a file of a board; nothing after a complaint.
    std::optional<ReadTask::Make> maker(Context& context) const {
        if (action_ == "save") return saver(context);
        return exporter(context);
    }

    ExitCode read(Context& context, ParticipantOptions options, std::shared_ptr<whiteboard::Entity> entity) const {
        auto make = maker(context);
        if (!make) return ExitCode::usage;
        ReadTask task(std::move(entity), std::move(*make), files_.empty() ? std::string() : files_.front());
        return Visit(context, std::move(options), task).run();
    }

    std::optional<ReadTask::Make> exporter(Context& context) const {
        if (files_.size() > 1) {
            complain(context, "export writes one file");
            return std::nullopt;
        }
        const std::string file = files_.empty() ? std::string() : files_.front();
        const auto format = chosen_format(file);
        if (!format) {
            complain(context, "which format? Name the file .png, .svg or .pdf, or say --format");
            return std::nullopt;
        }
        if ((file.empty() || file == "-") && context.streams.out_is_terminal) {
            complain(context, "a picture is nothing for a terminal; name a file, or send the output somewhere");
            return std::nullopt;
        }
        return [this, format](const whiteboard::Board& board) { return picture_of(board, *format); };
    }

    std::optional<picture::FileFormat> chosen_format(const std::string& file) const {
        if (!format_.empty()) return picture::file_format(format_);
        const auto dot = file.rfind('.');
        return dot == std::string::npos ? std::nullopt : picture::file_format(file.substr(dot + 1));
    }

    Expected<Bytes, std::string> picture_of(const whiteboard::Board& board, picture::FileFormat format) const {
        auto pages = board.pages();
        if (pages.empty()) return tl::make_unexpected(std::string("the whiteboard has no pages"));
        if (page_ > 0) {
            CONVENE_TRY(page, chosen_page(board));
            pages = {page};
        } else if (format != picture::FileFormat::pdf)
            pages = {board.current_page().value_or(pages.front())};
        return picture::export_pages(board, pages, format, scale_, decoded);
    }

    Expected<whiteboard::ItemId, std::string> chosen_page(const whiteboard::Board& board) const {
        const auto pages = board.pages();
        if (page_ <= pages.size()) return pages[page_ - 1];
        return tl::make_unexpected("there is no page " + std::to_string(page_) + "; there are " +
                                   std::to_string(pages.size()));
    }

    std::optional<ReadTask::Make> saver(Context& context) const {
        if (files_.size() != 1) {
            complain(context, "which file is the whiteboard to be kept in?");
            return std::nullopt;
        }
        return [this](const whiteboard::Board& board) -> Expected<Bytes, std::string> {
            std::optional<whiteboard::ItemId> only;
            if (page_ > 0) {
                CONVENE_TRY(page, chosen_page(board));
                only = page;
            }
            return whiteboard::write_archive(board, netmeeting::whiteboard_extensions(), only);
        };
    }

    ExitCode load(Context& context, ParticipantOptions options, std::shared_ptr<whiteboard::Entity> entity) const {
        if (files_.size() != 1) {
            complain(context, "which file is to be put on the whiteboard?");
            return ExitCode::usage;
        }
        const auto octets = picture::read_file(files_.front());
        if (!octets) {
            complain(context, octets.error());
            return ExitCode::failed;
        }
        const auto board = whiteboard::read_archive(*octets, netmeeting::whiteboard_extensions(), {});
        if (!board) {
            complain(context, files_.front() + ": " + std::string(fault_text(board.error())));
            return ExitCode::failed;
        }
        // Handles come in blocks, a moment apart: gather them before anything is done.
        auto make = [&board, handles = std::vector<whiteboard::ItemId>()](whiteboard::Entity& own) mutable {
            while (auto handle = own.take_handle()) handles.push_back(*handle);
            auto supply = handles;
            return whiteboard::transplant(*board, [&supply]() -> std::optional<whiteboard::ItemId> {
                if (supply.empty()) return std::nullopt;
                const auto handle = supply.back();
                supply.pop_back();
                return handle;
            });
        };
        LoadTask task(std::move(entity), std::move(make));
        return Visit(context, std::move(options), task).run();
    }

    ExitCode put(Context& context, ParticipantOptions options, std::shared_ptr<whiteboard::Entity> entity) const {
        if (files_.empty()) {
            complain(context, "which file is to be put on the whiteboard?");
            return ExitCode::usage;
        }
        std::vector<whiteboard::Picture> pictures;
        for (const auto& file : files_) {
            if (const auto added = add_pictures(file, pictures); !added) {
                complain(context, file + ": " + added.error());
                return ExitCode::failed;
            }
        }
        ImportTask task(std::move(entity), std::move(pictures), page_);
        return Visit(context, std::move(options), task).run();
    }

    static Expected<void, std::string> add_pictures(const std::string& file, std::vector<whiteboard::Picture>& to) {
        const auto octets = picture::read_file(file);
        if (!octets) return tl::make_unexpected(std::string("cannot be read"));
        if (auto jpeg = picture::adopt_jpeg(*octets)) {
            to.push_back(std::move(*jpeg));
            return {};
        }
        CONVENE_TRY(rasters, picture::load(*octets, kDrawnWidth, kDrawnHeight));
        for (const auto& raster : rasters) {
            CONVENE_TRY(encoded, picture::encode(raster));
            to.push_back(std::move(encoded));
        }
        return {};
    }

    ClientOptions client_;
    std::string data_;
    std::string action_;
    std::vector<std::string> files_;
    std::string format_;
    unsigned page_ = 0;
    double scale_ = 1;
};

}  // namespace

std::unique_ptr<Command> make_whiteboard() { return std::make_unique<Whiteboard>(); }

}  // namespace convene::cli
