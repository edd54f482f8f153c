#include "gcc/privileges.hpp"

#include <gtest/gtest.h>

namespace convene::gcc {
namespace {

constexpr Privilege kAll[] = {Privilege::terminate, Privilege::eject_user, Privilege::add, Privilege::lock_unlock,
                              Privilege::transfer};

TEST(Privileges, TheListThatFitsTheStandingDecides) {
    const Privileges privileges{.conductor = PrivilegeList{Privilege::eject_user, Privilege::lock_unlock},
                                .conducted = PrivilegeList{Privilege::add},
                                .non_conducted = PrivilegeList{Privilege::transfer}};
    const Standing alone{};
    const Standing led{.is_conducted = true};
    const Standing leading{.is_conducted = true, .is_conductor = true};
    for (const Privilege privilege : kAll) {
        EXPECT_EQ(privileges.permit(privilege, alone), privilege == Privilege::transfer);
        EXPECT_EQ(privileges.permit(privilege, led), privilege == Privilege::add);
        EXPECT_EQ(privileges.permit(privilege, leading),
                  privilege == Privilege::eject_user || privilege == Privilege::lock_unlock);
    }
}

TEST(Privileges, TheConvenerAlwaysMayAndAnAbsentListGrantsNothing) {
    const Privileges none;
    for (const Privilege privilege : kAll) {
        for (const bool conducted : {false, true}) {
            for (const bool conductor : {false, true}) {
                EXPECT_TRUE(none.permit(privilege, {true, conducted, conductor}));
                EXPECT_FALSE(none.permit(privilege, {false, conducted, conductor}));
            }
        }
    }
}

TEST(Privileges, ANodeEjectsItsOwnChildren) {
    const Privileges none;
    EXPECT_TRUE(none.permit_eject({}, true));
    EXPECT_FALSE(none.permit_eject({}, false));
    EXPECT_TRUE(none.permit_eject({.is_convener = true}, false));
    EXPECT_TRUE(Privileges{.non_conducted = PrivilegeList{Privilege::eject_user}}.permit_eject({}, false));
}

TEST(Privileges, RepetitionsAreDropped) {
    EXPECT_EQ(without_repetitions({Privilege::add, Privilege::terminate, Privilege::add}),
              (PrivilegeList{Privilege::add, Privilege::terminate}));
}

}  // namespace
}  // namespace convene::gcc
