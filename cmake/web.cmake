# The session of the browser: build/web/convene_session.wasm, which needs no glue beside web/src/session/wasm.ts.
add_executable(convene_web $<TARGET_OBJECTS:convene_wasm>)
target_link_libraries(convene_web PRIVATE convene_session)
set_target_properties(convene_web PROPERTIES LINKER_LANGUAGE CXX OUTPUT_NAME convene_session SUFFIX .wasm
                                             RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}")
target_link_options(convene_web PRIVATE -Oz -flto --no-entry -sSTANDALONE_WASM=1 -sALLOW_MEMORY_GROWTH=1
  -sMALLOC=emmalloc -sFILESYSTEM=0 -sSUPPORT_LONGJMP=0 -sENVIRONMENT=web,worker -sTOTAL_STACK=262144)
