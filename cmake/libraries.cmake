# The kept libraries that only the rooms from src/io upward use.
find_package(Threads REQUIRED)
find_package(Boost 1.81 REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(CLI11 REQUIRED)
find_package(nlohmann_json REQUIRED)
pkg_check_modules(PICTURES REQUIRED IMPORTED_TARGET cairo cairo-pdf cairo-svg libturbojpeg libtiff-4)
pkg_check_modules(SODIUM REQUIRED IMPORTED_TARGET libsodium)
find_package(SQLite3 3.40 REQUIRED)

add_library(convene_asio INTERFACE)
set_target_properties(convene_asio PROPERTIES EXPORT_NAME asio)
# The inline parts of Asio are compiled once, in src/io/asio_impl.cpp.
target_compile_definitions(convene_asio INTERFACE BOOST_ASIO_NO_DEPRECATED BOOST_ASIO_SEPARATE_COMPILATION)
target_link_libraries(convene_asio INTERFACE Threads::Threads OpenSSL::SSL)

add_library(convene_logging INTERFACE)
target_link_libraries(convene_logging INTERFACE spdlog::spdlog fmt::fmt)

add_library(convene_toml INTERFACE)
target_compile_definitions(convene_toml INTERFACE TOML_EXCEPTIONS=0)

add_library(convene_sodium INTERFACE)
target_link_libraries(convene_sodium INTERFACE PkgConfig::SODIUM)

add_library(convene_sqlite INTERFACE)
target_link_libraries(convene_sqlite INTERFACE SQLite::SQLite3 Threads::Threads)

add_library(convene_cli11 INTERFACE)
target_link_libraries(convene_cli11 INTERFACE CLI11::CLI11)

add_library(convene_pictures INTERFACE)
target_link_libraries(convene_pictures INTERFACE PkgConfig::PICTURES)

add_library(convene_beast INTERFACE)
# The inline parts of Beast are compiled once, in src/http/beast_impl.cpp.
target_compile_definitions(convene_beast INTERFACE BOOST_BEAST_SEPARATE_COMPILATION)
target_link_libraries(convene_beast INTERFACE convene_asio nlohmann_json::nlohmann_json OpenSSL::Crypto)
