# Where files are compiled one by one (the debug build), what most of a target's files include is compiled once.
function(convene_precompile target header)
  if(NOT CONVENE_UNITY AND header)
    target_precompile_headers(${target} PRIVATE "${PROJECT_SOURCE_DIR}/src/${header}")
  endif()
endfunction()

# Files of one target share most of their headers, so CONVENE_UNITY of them are compiled at a time.
function(convene_unity target)
  if(CONVENE_UNITY)
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE ${CONVENE_UNITY})
  endif()
endfunction()

# One room is one folder under src/: a static library from its sources and one test program from its *_test.cpp files.
# A new file in a room is picked up by itself.
#
#   convene_room(mcs USES asn1 t123 LIBRARIES some_target TEST_SHARDS 2 HEADER mcs/domain.hpp TEST_HEADER mcs/testing.hpp)
#
# It makes the targets convene_mcs and, where there are tests, mcs_test. HEADER and TEST_HEADER are what takes long to
# read and nearly all include. A main.cpp belongs to a program, not to its room.
function(convene_room name)
  cmake_parse_arguments(ROOM "" "TEST_SHARDS;HEADER;TEST_HEADER" "USES;LIBRARIES" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/src/${name}/*.cpp")
  set(tests ${sources})
  list(FILTER sources EXCLUDE REGEX "_test\\.cpp$|/main\\.cpp$")
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")

  if(sources)
    add_library(convene_${name} STATIC ${sources})
    set(scope PUBLIC)
    convene_unity(convene_${name})
    convene_precompile(convene_${name} "${ROOM_HEADER}")
    if(CONVENE_FUZZ)
      # The fuzzer watches which branches the code under test takes; the tests themselves need not pay for that.
      target_compile_options(convene_${name} PRIVATE -fsanitize=fuzzer-no-link)
    endif()
  else()
    add_library(convene_${name} INTERFACE)
    set(scope INTERFACE)
  endif()
  target_link_libraries(convene_${name} ${scope} convene_compiler ${ROOM_LIBRARIES})
  foreach(used IN LISTS ROOM_USES)
    target_link_libraries(convene_${name} ${scope} convene_${used})
  endforeach()

  if(tests AND CONVENE_TESTS)
    convene_test(${name}_test SOURCES ${tests} USES ${name} SHARDS ${ROOM_TEST_SHARDS})
    convene_precompile(${name}_test "${ROOM_TEST_HEADER}")
  endif()
endfunction()

# Several rooms as one archive, for programs outside this project and for everything in here that wants the whole core.
#
#   convene_library(core ROOMS base asn1 … ARCHIVE convene)
#
# makes the target convene_core, known to other projects as Convene::core.
function(convene_library name)
  cmake_parse_arguments(LIB "" "ARCHIVE;EXPORTED_AS" "ROOMS;USES;LIBRARIES" ${ARGN})
  if(NOT LIB_EXPORTED_AS)
    set(LIB_EXPORTED_AS ${name})
  endif()
  set(objects "")
  foreach(room IN LISTS LIB_ROOMS)
    get_target_property(type convene_${room} TYPE)
    if(type STREQUAL "STATIC_LIBRARY")
      list(APPEND objects "$<TARGET_OBJECTS:convene_${room}>")
    endif()
  endforeach()
  if(NOT objects)
    return()
  endif()
  add_library(convene_${name} STATIC ${objects})
  add_library(Convene::${LIB_EXPORTED_AS} ALIAS convene_${name})
  set_target_properties(convene_${name} PROPERTIES LINKER_LANGUAGE CXX OUTPUT_NAME ${LIB_ARCHIVE}
                                                   EXPORT_NAME ${LIB_EXPORTED_AS})
  target_compile_features(convene_${name} INTERFACE cxx_std_20)
  target_include_directories(convene_${name} INTERFACE "$<INSTALL_INTERFACE:include/convene>")
  target_link_libraries(convene_${name} INTERFACE "$<BUILD_INTERFACE:convene_compiler>" ${LIB_LIBRARIES})
  foreach(used IN LISTS LIB_USES)
    target_link_libraries(convene_${name} INTERFACE convene_${used})
  endforeach()
  set_property(GLOBAL APPEND PROPERTY CONVENE_LIBRARIES convene_${name})
  set_property(GLOBAL APPEND PROPERTY CONVENE_INSTALLED_ROOMS ${LIB_ROOMS})
endfunction()

# What is built for the tests of one label: the target tests_LABEL.
function(convene_needed_by label)
  if(NOT TARGET tests_${label})
    add_custom_target(tests_${label})
  endif()
  add_dependencies(tests_${label} ${ARGN})
endfunction()

# A GoogleTest program, registered with CTest as one test that runs in the root of the project.
# LABEL is the stage of `make test` it belongs to (unit when not said), TIMEOUT is in seconds. With SHARDS it becomes so many
# tests, name.1 and so on, each with a part of the cases: for what mostly waits. ENVIRONMENT is of all of them.
function(convene_test name)
  cmake_parse_arguments(TEST "" "LABEL;TIMEOUT;SHARDS" "SOURCES;USES;LIBRARIES;ENVIRONMENT" ${ARGN})
  add_executable(${name} ${TEST_SOURCES})
  convene_unity(${name})
  target_link_libraries(${name} PRIVATE convene_gtest ${TEST_LIBRARIES})
  # What is tested keeps its optimisation; the tests around it are to compile quickly. (g++ is quickest with -Og.)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(${name} PRIVATE "$<$<CONFIG:Release>:-Og;-g0>")
  else()
    target_compile_options(${name} PRIVATE -O0)
  endif()
  foreach(used IN LISTS TEST_USES)
    target_link_libraries(${name} PRIVATE convene_${used})
  endforeach()
  if(TARGET convene_no_pages)
    target_link_libraries(${name} PRIVATE convene_no_pages)
  endif()
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}")
  if(NOT TEST_LABEL)
    set(TEST_LABEL unit)
  endif()
  convene_needed_by(${TEST_LABEL} ${name})
  if(NOT TEST_TIMEOUT)
    set(TEST_TIMEOUT 300)
  endif()
  if(NOT TEST_SHARDS)
    add_test(NAME ${name} COMMAND ${name} WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}")
    set_tests_properties(${name} PROPERTIES LABELS "${TEST_LABEL}" TIMEOUT ${TEST_TIMEOUT} ENVIRONMENT "${TEST_ENVIRONMENT}")
    return()
  endif()
  foreach(shard RANGE 1 ${TEST_SHARDS})
    math(EXPR index "${shard} - 1")
    add_test(NAME ${name}.${shard} COMMAND ${name} WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}")
    set_tests_properties(${name}.${shard} PROPERTIES LABELS "${TEST_LABEL}" TIMEOUT ${TEST_TIMEOUT} ENVIRONMENT
      "${TEST_ENVIRONMENT};GTEST_TOTAL_SHARDS=${TEST_SHARDS};GTEST_SHARD_INDEX=${index}"
      COST 100)  # what takes long and mostly waits is begun first
  endforeach()
endfunction()
