/// Short ways to write operations, for tests.
#pragma once

#include <string>
#include <string_view>

#include "whiteboard/operation.hpp"

namespace convene::whiteboard::testing {

inline ItemId view_of(ItemId page) { return ItemId{page.value + 0x1000'0000}; }

/// A page whose view takes the focus.
inline CreatePage page(ItemId id) {
    CreatePage create;
    create.page.id = id;
    create.page.views.push_back(View{view_of(id), std::nullopt, Visibility::focus, true});
    return create;
}

inline EditPage turn(ItemId to) {
    EditPage edit{to};
    edit.views.push_back(ViewChange{view_of(to), ViewChange::Action::edit, Visibility::focus, std::nullopt});
    return edit;
}

inline CreateDrawing stroke(ItemId id, ItemId page) {
    CreateDrawing create{id, page};
    create.drawing.anchor = Point{static_cast<std::int32_t>(id.value % 1000), 20};
    create.drawing.deltas = {{3, 4}, {-5, 60}};
    return create;
}

inline CreatePicture picture(ItemId id, ItemId page, std::string_view data, bool is_complete) {
    CreatePicture create{id, page};
    create.picture.size = Extent{32, 32};
    create.picture.data.push_back(Slice(as_bytes(data)));
    create.picture.is_complete = is_complete;
    return create;
}

inline CreateText text(ItemId id, ItemId page, std::string_view utf8) {
    CreateText create{id, page};
    create.text.utf8 = std::string(utf8);
    return create;
}

}  // namespace convene::whiteboard::testing
