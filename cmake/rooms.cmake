# One room is one folder under src/: a static library from its sources and one test program from its *_test.cpp files.
# A new file in a room is picked up by itself.
#
#   convene_room(mcs USES asn1 t123 LIBRARIES some_target)
#
# makes the targets convene_mcs and, where there are tests, mcs_test.
function(convene_room name)
  cmake_parse_arguments(ROOM "" "" "USES;LIBRARIES" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/src/${name}/*.cpp")
  set(tests ${sources})
  list(FILTER sources EXCLUDE REGEX "_test\\.cpp$|/main\\.cpp$")
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")

  if(sources)
    add_library(convene_${name} STATIC ${sources})
    set(scope PUBLIC)
  else()
    add_library(convene_${name} INTERFACE)
    set(scope INTERFACE)
  endif()
  target_link_libraries(convene_${name} ${scope} convene_compiler ${ROOM_LIBRARIES})
  foreach(used IN LISTS ROOM_USES)
    target_link_libraries(convene_${name} ${scope} convene_${used})
  endforeach()

  if(tests AND CONVENE_TESTS)
    convene_test(${name}_test SOURCES ${tests} USES ${name})
  endif()
endfunction()

# A GoogleTest program, registered with CTest as one test. `LABEL` groups it for `make test`.
function(convene_test name)
  cmake_parse_arguments(TEST "" "LABEL" "SOURCES;USES;LIBRARIES" ${ARGN})
  add_executable(${name} ${TEST_SOURCES})
  target_link_libraries(${name} PRIVATE convene_gtest ${TEST_LIBRARIES})
  foreach(used IN LISTS TEST_USES)
    target_link_libraries(${name} PRIVATE convene_${used})
  endforeach()
  add_test(NAME ${name} COMMAND ${name} WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}")
  if(NOT TEST_LABEL)
    set(TEST_LABEL unit)
  endif()
  set_tests_properties(${name} PROPERTIES LABELS "${TEST_LABEL}")
endfunction()
