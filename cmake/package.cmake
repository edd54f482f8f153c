# What `make install` puts where: the program, libconvene with its headers, and what lets others find it.
set(CMAKE_INSTALL_LIBDIR "lib" CACHE PATH "Where libraries go, below the prefix")
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

get_property(libraries GLOBAL PROPERTY CONVENE_LIBRARIES)
get_property(rooms GLOBAL PROPERTY CONVENE_INSTALLED_ROOMS)

# Everything that is installed; `make build` makes exactly this.
add_custom_target(shipped)
add_dependencies(shipped ${libraries})
if(TARGET convene)
  add_dependencies(shipped convene)
  install(TARGETS convene RUNTIME)
endif()

install(TARGETS ${libraries} convene_asio EXPORT convene-targets ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}")
foreach(room IN LISTS rooms)
  install(DIRECTORY "src/${room}" DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/convene" FILES_MATCHING PATTERN "*.hpp")
endforeach()

set(cmake_dir "${CMAKE_INSTALL_LIBDIR}/cmake/Convene")
install(EXPORT convene-targets NAMESPACE Convene:: FILE ConveneTargets.cmake DESTINATION "${cmake_dir}")
configure_package_config_file(cmake/package/ConveneConfig.cmake.in ConveneConfig.cmake INSTALL_DESTINATION "${cmake_dir}")
write_basic_package_version_file(ConveneConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES "${CMAKE_CURRENT_BINARY_DIR}/ConveneConfig.cmake" "${CMAKE_CURRENT_BINARY_DIR}/ConveneConfigVersion.cmake"
        DESTINATION "${cmake_dir}")

foreach(name convene convene-network)
  configure_file("cmake/package/${name}.pc.in" "${name}.pc" @ONLY)
  install(FILES "${CMAKE_CURRENT_BINARY_DIR}/${name}.pc" DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
endforeach()

if(EXISTS "${PROJECT_SOURCE_DIR}/packaging/systemd/convene.service")
  install(FILES packaging/systemd/convene.service DESTINATION lib/systemd/system)
endif()
file(GLOB pages CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/docs/man/*.[1-8]")
foreach(page IN LISTS pages)
  string(REGEX MATCH "[1-8]$" section "${page}")
  install(FILES "${page}" DESTINATION "${CMAKE_INSTALL_MANDIR}/man${section}")
endforeach()
