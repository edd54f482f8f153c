#include "whiteboard/snapshot.hpp"

#include <utility>

#include "whiteboard/inverse.hpp"

namespace convene::whiteboard {

SnapshotReader::SnapshotReader(Board board, const Scope& scope)
    : board_(std::move(board)), scope_(scope), pages_(board_.pages()) {
    if (scope.only)
        pages_ = board_.find_page(*scope.only) != nullptr ? std::vector{*scope.only} : std::vector<ItemId>{};
}

std::optional<Operation> SnapshotReader::next() {
    while (true) {
        switch (step_) {
            case Step::page:
                if (page_ == pages_.size()) {
                    step_ = Step::pointers;
                    objects_ = scope_.has_pointers ? board_.pointers() : std::vector<ItemId>{};
                    object_ = 0;
                    break;
                }
                step_ = Step::objects;
                objects_ = board_.objects_of(pages_[page_]);
                object_ = 0;
                return create_page(pages_[page_]);
            case Step::objects:
                if (auto operation = next_object()) return operation;
                step_ = Step::ready;
                break;
            case Step::ready: {
                ItemId page = pages_[page_++];
                step_ = Step::page;
                if (board_.find_page(page)->is_ready) return PageReady{page};
                break;
            }
            case Step::pointers:
                if (auto operation = next_object()) return operation;
                step_ = Step::turn;
                break;
            case Step::turn: {
                step_ = Step::end;
                auto current = board_.current_page();
                if (!current || scope_.only) break;
                EditPage turn{*current};
                turn.turns_here = true;
                return turn;
            }
            case Step::end:
                return std::nullopt;
        }
    }
}

Operation SnapshotReader::create_page(ItemId id) const {
    CreatePage create;
    create.page = *board_.find_page(id);
    create.place = create.page.place;
    create.is_refresh = scope_.is_refresh;
    if (scope_.is_refresh) create.creator = create.page.creator;
    return create;
}

std::optional<Operation> SnapshotReader::next_object() {
    if (parts_) {
        if (auto piece = parts_->next()) return piece;
        parts_.reset();
    }
    if (object_ == objects_.size()) return std::nullopt;
    ItemId id = objects_[object_++];
    return create(id, *board_.find(id));
}

Operation SnapshotReader::create(ItemId id, const Object& object) {
    auto creation = creation_of(id, object);
    auto* picture = std::get_if<CreatePicture>(&creation);
    if (picture == nullptr) return creation;
    if (scope_.is_refresh && (object.is_pointer || !picture->picture.is_complete)) picture->author = object.author;
    parts_.emplace(std::move(*picture));
    return *parts_->next();
}

}  // namespace convene::whiteboard
