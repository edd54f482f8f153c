# The session of the browser: build/web/convene_session.wasm, which needs no glue beside web/src/session/wasm.ts.
add_library(convene_web_link INTERFACE)
target_link_options(convene_web_link INTERFACE -Oz -flto -fno-rtti --no-entry -sSTANDALONE_WASM=1 -sALLOW_MEMORY_GROWTH=1
  -sMALLOC=emmalloc -sFILESYSTEM=0 -sERROR_ON_UNDEFINED_SYMBOLS=0 -sWARN_ON_UNDEFINED_SYMBOLS=0 -sSUPPORT_LONGJMP=0 -sENVIRONMENT=web,worker -sTOTAL_STACK=262144)

function(convene_web_module name output)
  set_target_properties(${name} PROPERTIES LINKER_LANGUAGE CXX OUTPUT_NAME ${output} SUFFIX .wasm
                                           RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}")
  target_link_libraries(${name} PRIVATE convene_web_link)
  # Small functions are put where they are called: what counts is the compressed size, and calls compress badly.
  add_custom_command(TARGET ${name} POST_BUILD COMMAND wasm-opt -Oz --low-memory-unused --zero-filled-memory
    --enable-bulk-memory --enable-sign-ext --enable-nontrapping-float-to-int --enable-mutable-globals
    --always-inline-max-function-size 6 --flexible-inline-max-function-size 20 -Oz
    "$<TARGET_FILE:${name}>" -o "$<TARGET_FILE:${name}>")
endfunction()

add_executable(convene_web $<TARGET_OBJECTS:convene_wasm>)
target_link_libraries(convene_web PRIVATE convene_session)
convene_web_module(convene_web convene_session)

# What scripts/bench compares with the native codec.
add_executable(stroke_wasm EXCLUDE_FROM_ALL "${PROJECT_SOURCE_DIR}/bench/stroke_wasm.cpp"
                                            "${PROJECT_SOURCE_DIR}/bench/stroke_codec.cpp")
target_include_directories(stroke_wasm PRIVATE "${PROJECT_SOURCE_DIR}")
target_link_libraries(stroke_wasm PRIVATE convene_whiteboard)
convene_web_module(stroke_wasm stroke_wasm)
