/// An edit of the kind that an object needs. Within the room only.
#pragma once

#include "base/overloaded.hpp"
#include "whiteboard/operation.hpp"

namespace convene::whiteboard {

/// `fill` is called with it.
template <class Fill>
Operation edit_of(ItemId id, const Content& content, Fill fill) {
    return std::visit(overloaded{[&](const Drawing&) -> Operation {
                                     EditDrawing edit{id};
                                     fill(edit);
                                     return edit;
                                 },
                                 [&](const Picture&) -> Operation {
                                     EditPicture edit{id};
                                     fill(edit);
                                     return edit;
                                 },
                                 [&](const Text&) -> Operation {
                                     EditText edit{id};
                                     fill(edit);
                                     return edit;
                                 }},
                      content);
}

}  // namespace convene::whiteboard
