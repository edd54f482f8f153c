/// A picture cut into the pieces in which it travels.
#pragma once

#include <optional>

#include "whiteboard/operation.hpp"

namespace convene::whiteboard {

/// T.126 §6: a creation with the first piece, then continuations.
class PictureParts {
public:
    /// `whole` has all the data there is; unless it is complete, no piece is the last one.
    explicit PictureParts(CreatePicture whole);

    bool is_done() const { return is_begun_ && offset_ == data_.size(); }
    bool is_begun() const { return is_begun_; }
    /// Nothing when all have been taken.
    std::optional<Operation> next();

private:
    CreatePicture head_;  ///< without data
    Slice data_;
    std::size_t offset_ = 0;
    std::size_t piece_;
    bool is_complete_;
    bool is_begun_ = false;
};

}  // namespace convene::whiteboard
