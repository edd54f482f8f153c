# What every target of the project is compiled with.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE_PROGRAM}")
endif()

add_library(convene_compiler INTERFACE)
target_include_directories(convene_compiler INTERFACE "${PROJECT_SOURCE_DIR}/src")
target_compile_definitions(convene_compiler INTERFACE CONVENE_VERSION="${PROJECT_VERSION}")
target_compile_options(convene_compiler INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # False alarms inside inlined std::vector and std::optional at -O2.
  target_compile_options(convene_compiler INTERFACE -Wno-maybe-uninitialized -Wno-array-bounds -Wno-stringop-overflow
                                                    -Wno-stringop-overread)
  # By default it collects its garbage every 128 MiB, in which a sixth of the time went; what it needs at most hardly grows.
  target_compile_options(convene_compiler INTERFACE "SHELL:--param ggc-min-heapsize=524288")
endif()

if(EMSCRIPTEN)
  # Headers of Debian packages that the core needs, and nothing else of /usr/include: the rest belongs to this machine's C
  # library, not to the one the program will run on.
  set(core_headers "${CMAKE_BINARY_DIR}/core-headers")
  file(MAKE_DIRECTORY "${core_headers}")
  foreach(header tl nlohmann gtest gmock)
    if(EXISTS "/usr/include/${header}")
      file(CREATE_LINK "/usr/include/${header}" "${core_headers}/${header}" SYMBOLIC)
    endif()
  endforeach()
  target_include_directories(convene_compiler SYSTEM INTERFACE "${core_headers}")
  target_compile_options(convene_compiler INTERFACE -fno-exceptions)
  target_compile_definitions(convene_compiler INTERFACE JSON_NOEXCEPTION)
  # Debian's Emscripten looks for acorn where only Debian's own node would.
  set_property(GLOBAL PROPERTY RULE_LAUNCH_LINK "${CMAKE_COMMAND} -E env NODE_PATH=/usr/share/nodejs")
endif()

# GoogleTest: Debian's library where it runs, its sources where the target is another machine.
if(CONVENE_TESTS)
  add_library(convene_gtest INTERFACE)
  if(EMSCRIPTEN)
    add_library(gtest_wasm STATIC /usr/src/googletest/googletest/src/gtest-all.cc
                                  /usr/src/googletest/googletest/src/gtest_main.cc)
    target_include_directories(gtest_wasm PRIVATE /usr/src/googletest/googletest)
    target_link_libraries(gtest_wasm PRIVATE convene_compiler)
    target_compile_definitions(gtest_wasm PUBLIC GTEST_HAS_PTHREAD=0)
    target_link_libraries(convene_gtest INTERFACE gtest_wasm)
    # One file per test, because node 18 and later fetch() no file; the real file system, for test data.
    target_link_options(convene_gtest INTERFACE -sSINGLE_FILE=1 -sNODERAWFS=1 -sALLOW_MEMORY_GROWTH=1 -sEXIT_RUNTIME=1)
  else()
    find_package(GTest REQUIRED)
    target_link_libraries(convene_gtest INTERFACE GTest::gtest_main)
  endif()
endif()
