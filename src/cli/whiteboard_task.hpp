/// What `convene whiteboard` does once it is in a conference.
#pragma once

#include <string>
#include <vector>

#include "cli/visit.hpp"
#include "picture/export.hpp"
#include "whiteboard/editor.hpp"

namespace convene::cli {

/// How long a board may take to arrive.
inline constexpr Duration kBoardTime = std::chrono::seconds(40);
/// How long a keeper may take to say that all is safe; then what was done is done, without that.
inline constexpr Duration kSavedTime = std::chrono::seconds(5);

/// Waits until the board is what everybody has, then calls on_board().
class WhiteboardTask : public Task {
public:
    explicit WhiteboardTask(std::shared_ptr<whiteboard::Entity> entity) : entity_(std::move(entity)) {}

    void on_inside(Visit& visit) final;
    void on_event(Visit& visit, const node::Event& event) final;

protected:
    virtual void on_board(Visit& visit) = 0;
    whiteboard::Entity& entity() { return *entity_; }
    /// Finishes well once everybody has what was done.
    void finish_when_settled(Visit& visit);

private:
    void start(Visit& visit);

    std::shared_ptr<whiteboard::Entity> entity_;
    bool has_begun_ = false;
    bool is_settling_ = false;
    std::optional<Instant> settled_;
};

/// Puts pictures on pages.
class ImportTask final : public WhiteboardTask {
public:
    /// On the page of that number, from 1, or each on a new page.
    ImportTask(std::shared_ptr<whiteboard::Entity> entity, std::vector<whiteboard::Picture> pictures, unsigned page)
        : WhiteboardTask(std::move(entity)), pictures_(std::move(pictures)), page_(page) {}

private:
    void on_board(Visit& visit) override;
    void next(Visit& visit);

    std::vector<whiteboard::Picture> pictures_;
    unsigned page_;
    std::size_t done_ = 0;
    std::unique_ptr<whiteboard::Editor> editor_;
};

/// Makes something of the board and writes it to a file or standard output.
class ReadTask final : public WhiteboardTask {
public:
    /// The octets for `out`, or what is wrong.
    using Make = std::function<Expected<Bytes, std::string>(const whiteboard::Board&)>;
    ReadTask(std::shared_ptr<whiteboard::Entity> entity, Make make, std::string file)
        : WhiteboardTask(std::move(entity)), make_(std::move(make)), file_(std::move(file)) {}

private:
    void on_board(Visit& visit) override;

    Make make_;
    std::string file_;
};

/// Does operations, each of which may be refused.
class LoadTask final : public WhiteboardTask {
public:
    /// Given what makes new handles: the operations, or nothing while there are not enough handles yet.
    using Make = std::function<std::optional<std::vector<whiteboard::Operation>>(whiteboard::Entity&)>;
    LoadTask(std::shared_ptr<whiteboard::Entity> entity, Make make)
        : WhiteboardTask(std::move(entity)), make_(std::move(make)) {}

private:
    void on_board(Visit& visit) override;

    Make make_;
    unsigned tries_ = 0;
};

/// Writes to a file, or to standard output for an empty name or "-". False after a complaint.
bool write_result(Context& context, const std::string& file, ByteView octets);

/// Why something on a whiteboard was refused, as a phrase.
std::string_view reason_text(whiteboard::RefusalReason reason);

}  // namespace convene::cli
