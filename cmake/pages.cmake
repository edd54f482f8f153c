# The pages, as a part of the program: convene_pages is linked by what users run. They take minutes to build, so what only
# tests links convene_no_pages instead, which says that there are none.
set(CONVENE_PAGES AUTO CACHE STRING "Build the pages into the program: ON, OFF, or AUTO (where npm and Emscripten are there)")
set_property(CACHE CONVENE_PAGES PROPERTY STRINGS AUTO ON OFF)

set(with_pages "${CONVENE_PAGES}")
if(CONVENE_PAGES STREQUAL "AUTO")
  find_program(NPM_PROGRAM npm)
  find_program(EMCC_PROGRAM em++)
  if(NPM_PROGRAM AND EMCC_PROGRAM AND EXISTS "${PROJECT_SOURCE_DIR}/src/wasm")
    set(with_pages ON)
  else()
    set(with_pages OFF)
    message(STATUS "The pages are left out: npm or Emscripten is missing")
  endif()
endif()

add_library(convene_no_pages OBJECT cmake/no_pages.cpp)
target_link_libraries(convene_no_pages PRIVATE convene_compiler)
if(with_pages)
  set(pages_dir "${CMAKE_BINARY_DIR}/pages")
  file(GLOB_RECURSE web_sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/web/src/*" "${PROJECT_SOURCE_DIR}/web/public/*"
       "${PROJECT_SOURCE_DIR}/web/scripts/*" "${PROJECT_SOURCE_DIR}/web/*.js" "${PROJECT_SOURCE_DIR}/web/*.json"
       "${PROJECT_SOURCE_DIR}/web/*.html")
  list(FILTER web_sources EXCLUDE REGEX "/node_modules/|/dist|\\.test\\.ts$")
  # The core is in it, too: all rooms below io.
  get_property(core_rooms GLOBAL PROPERTY CONVENE_INSTALLED_ROOMS)
  list(TRANSFORM core_rooms PREPEND "${PROJECT_SOURCE_DIR}/src/")
  list(TRANSFORM core_rooms APPEND "/*.?pp")
  file(GLOB core_sources CONFIGURE_DEPENDS ${core_rooms} "${PROJECT_SOURCE_DIR}/src/session/*"
       "${PROJECT_SOURCE_DIR}/src/wasm/*")
  list(FILTER core_sources EXCLUDE REGEX "_test\\.cpp$")
  add_custom_command(
    OUTPUT "${pages_dir}/pages.cpp"
    COMMAND "${CMAKE_COMMAND}" -E env --unset=CXX --unset=CXXFLAGS "${PROJECT_SOURCE_DIR}/scripts/web" "${pages_dir}"
    DEPENDS ${web_sources} ${core_sources} "${PROJECT_SOURCE_DIR}/scripts/web"
    COMMENT "Building the pages"
    USES_TERMINAL VERBATIM)
  add_library(convene_pages OBJECT "${pages_dir}/pages.cpp")
  target_link_libraries(convene_pages PRIVATE convene_compiler)
else()
  add_library(convene_pages ALIAS convene_no_pages)
endif()
