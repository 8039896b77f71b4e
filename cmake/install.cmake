# Installation and the package that find_package(auris) reads.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)
set(auris_package ${CMAKE_INSTALL_DATADIR}/cmake/auris)
install(TARGETS auris EXPORT auris_targets)
install(DIRECTORY include/auris DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(EXPORT auris_targets NAMESPACE auris:: FILE auris_targets.cmake DESTINATION ${auris_package})
foreach(component cuda cublas cufft cudnn)  # each a set of its own: what it names need not exist
  install(TARGETS auris_${component} EXPORT auris_${component}_targets)
  install(EXPORT auris_${component}_targets NAMESPACE auris:: FILE auris_${component}_targets.cmake DESTINATION ${auris_package})
endforeach()
configure_package_config_file(cmake/auris-config.cmake.in auris-config.cmake INSTALL_DESTINATION ${auris_package})
write_basic_package_version_file(auris-config-version.cmake COMPATIBILITY SameMinorVersion ARCH_INDEPENDENT)
install(FILES ${PROJECT_BINARY_DIR}/auris-config.cmake ${PROJECT_BINARY_DIR}/auris-config-version.cmake
              cmake/auris_add_cpu_library.cmake cmake/auris_add_cuda_library.cmake cmake/FindcuDNN.cmake
        DESTINATION ${auris_package})
install(DIRECTORY cmake/kernels DESTINATION ${auris_package})
