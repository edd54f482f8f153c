// Conferences and their settings.
#include "store/testing.hpp"

namespace convene::store {
namespace {

TEST(StoreConferences, AreCreatedListedRenamedAndDeleted) {
    TestFolder folder;
    auto store = open_store(folder / "s");
    auto b = make_conference(*store, "b");
    auto a = make_conference(*store, "a");
    auto list = store->conferences();
    ASSERT_TRUE(list);
    ASSERT_EQ(list->size(), 2U);
    EXPECT_EQ((*list)[0].name, "a");
    EXPECT_EQ((*list)[0].id, a);
    EXPECT_EQ((*list)[0].created, UnixMs{1'000});
    EXPECT_EQ((*list)[0].residents, kAllResidents);
    EXPECT_EQ(store->create_conference({"a", {}, 0}).wait().error().code, StoreErrc::exists);
    EXPECT_EQ(store->rename_conference(b, "a").wait().error().code, StoreErrc::exists);
    ASSERT_TRUE(store->rename_conference(b, "Größe \xF0\x9F\x98\x80").wait());
    EXPECT_EQ(*store->find_conference("Größe \xF0\x9F\x98\x80"), b);
    EXPECT_EQ(store->find_conference("b").error().code, StoreErrc::not_found);
    ASSERT_TRUE(store->set_residents(b, 0b101).wait());
    EXPECT_EQ(store->conference(b)->residents, 0b101U);

    must_append(*store, b, make_entry("x"));
    auto removed = store->delete_conference(b).wait();
    ASSERT_TRUE(removed) << removed.error().message;
    EXPECT_EQ(removed->conferences, 1U);
    EXPECT_EQ(removed->entries, 1U);
    EXPECT_EQ(store->conference(b).error().code, StoreErrc::not_found);
    EXPECT_EQ(store->append(b, make_entry("x")).error(), StoreErrc::not_found);
    EXPECT_EQ(store->read(b).error().code, StoreErrc::not_found);
    EXPECT_EQ(store->delete_conference(b).wait().error().code, StoreErrc::not_found);
    EXPECT_EQ(store->set_residents(b, 1).wait().error().code, StoreErrc::not_found);
    EXPECT_EQ(store->rename_conference(b, "z").wait().error().code, StoreErrc::not_found);
    // The number is not given twice, and the name is free.
    EXPECT_GT(make_conference(*store, "Größe \xF0\x9F\x98\x80").value, b.value);
}

TEST(StoreConferences, NamesAndNumbersAreBounded) {
    StoreLimits limits;
    limits.conferences = 2;
    TestFolder folder;
    auto store = open_store(folder / "s", limits);
    EXPECT_EQ(store->create_conference({"", {}, 0}).wait().error().code, StoreErrc::bad_argument);
    EXPECT_EQ(store->create_conference({std::string(kMaxNameOctets + 1, 'x'), {}, 0}).wait().error().code,
              StoreErrc::too_large);
    make_conference(*store, std::string(kMaxNameOctets, 'x'));
    auto second = make_conference(*store, "second");
    EXPECT_EQ(store->create_conference({"third", {}, 0}).wait().error().code, StoreErrc::quota);
    ASSERT_TRUE(store->delete_conference(second).wait());
    make_conference(*store, "third");
}

TEST(StoreConferences, HaveSettings) {
    TestFolder folder;
    ConferenceId conference;
    {
        auto store = open_store(folder / "s");
        conference = make_conference(*store);
        ASSERT_TRUE(store->put_setting(conference, {"locked", "no"}).wait());
        ASSERT_TRUE(store->put_setting(conference, {"locked", "yes"}).wait());
        ASSERT_TRUE(store->put_setting(conference, {"colour", std::string("a\0b", 3)}).wait());
        ASSERT_TRUE(store->put_setting(conference, {"old", ""}).wait());
        ASSERT_TRUE(store->remove_setting(conference, "old").wait());
        EXPECT_EQ(store->remove_setting(conference, "old").wait().error().code, StoreErrc::not_found);
        EXPECT_EQ(store->put_setting(conference, {"", "x"}).wait().error().code, StoreErrc::too_large);
        EXPECT_EQ(store->put_setting(ConferenceId{50}, {"k", "x"}).wait().error().code, StoreErrc::not_found);
    }
    auto store = open_store(folder / "s");
    auto settings = store->settings(conference);
    ASSERT_TRUE(settings);
    ASSERT_EQ(settings->size(), 2U);
    EXPECT_EQ((*settings)[0].key, "colour");
    EXPECT_EQ((*settings)[0].value, std::string("a\0b", 3));
    EXPECT_EQ((*settings)[1].value, "yes");
    EXPECT_EQ(store->settings(ConferenceId{50}).error().code, StoreErrc::not_found);
}

}  // namespace
}  // namespace convene::store
