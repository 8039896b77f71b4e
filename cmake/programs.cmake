# What this project's own programs share. Nothing of it reaches a user of the library.
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(sndfile REQUIRED IMPORTED_TARGET sndfile)
find_package(nlohmann_json 3 REQUIRED)

# Optional: lists of mixtures in YAML. The target has had two names.
find_package(yaml-cpp QUIET)
if(yaml-cpp_FOUND)
  add_library(auris_yaml INTERFACE)
  target_link_libraries(auris_yaml INTERFACE $<IF:$<TARGET_EXISTS:yaml-cpp::yaml-cpp>,yaml-cpp::yaml-cpp,yaml-cpp>)
endif()

add_library(auris_options INTERFACE)
target_compile_options(auris_options INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow)
if(AURIS_SANITIZE)
  target_compile_options(auris_options INTERFACE -fsanitize=${AURIS_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(auris_options INTERFACE -fsanitize=${AURIS_SANITIZE})
endif()
auris_add_cpu_library(auris_cpu_kernels STATIC)
target_link_libraries(auris_cpu_kernels PRIVATE auris_options)
if(AURIS_SANITIZE)  # the presets do not optimise, but kernels compute for long
  target_compile_options(auris_cpu_kernels PRIVATE -O1)
endif()

add_library(auris_program INTERFACE)
target_link_libraries(auris_program INTERFACE auris_options auris_cpu_kernels nlohmann_json::nlohmann_json PkgConfig::sndfile Threads::Threads)
target_include_directories(auris_program INTERFACE ${PROJECT_SOURCE_DIR}/examples)
if(PROJECT_IS_TOP_LEVEL)
  set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)
endif()

# For programs whose user chooses the backend (examples/networks/backend.hpp).
add_library(auris_backends INTERFACE)
target_link_libraries(auris_backends INTERFACE auris_program)
if(AURIS_CUDA)
  target_compile_options(auris_kernels PRIVATE $<$<COMPILE_LANGUAGE:CUDA>:-Werror=all-warnings -Xcompiler=-Wall,-Wextra>)
  target_compile_definitions(auris_backends INTERFACE AURIS_WITH_CUDA)
  target_link_libraries(auris_backends INTERFACE auris_kernels)
endif()

# The same kernels, run on the host by tests/cuda/executor.hpp: for programs that take networks by name.
if(AURIS_CUDA_EXECUTOR)
  include(cmake/auris_add_cuda_library.cmake)
  set_source_files_properties(${auris_kernel_sources} PROPERTIES LANGUAGE CXX)
  add_library(auris_executed_kernels STATIC ${auris_kernel_sources})
  target_link_libraries(auris_executed_kernels PRIVATE auris_program)
  target_include_directories(auris_executed_kernels PRIVATE ${PROJECT_SOURCE_DIR}/tests)
  target_compile_definitions(auris_executed_kernels PRIVATE AURIS_CUDA_EXECUTOR="cuda/executor.hpp" INTERFACE AURIS_WITH_CUDA)
endif()

# NVIDIA's libraries, as far as they are there: auris_libraries.
set(auris_library_names cublas cufft cudnn)
set(auris_library_targets CUDA::cublasLt CUDA::cufft cuDNN::cudnn)
list(APPEND CMAKE_MODULE_PATH ${PROJECT_SOURCE_DIR}/cmake)
find_package(CUDAToolkit QUIET)
find_package(cuDNN 9.8 QUIET)
set(auris_libraries "")
foreach(library target IN ZIP_LISTS auris_library_names auris_library_targets)
  if(TARGET ${target})
    list(APPEND auris_libraries ${library})
  endif()
endforeach()
