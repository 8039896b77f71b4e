# auris_add_cuda_library(NAME [STATIC|SHARED]): compiles the kernels of the CUDA backend once, so that files which include
# <auris/backend/cuda.hpp> need no nvcc. For sm_80 and sm_90 unless CMAKE_CUDA_ARCHITECTURES says otherwise.
#
# A macro and not a function: enable_language works at file scope only.
set(auris_kernel_sources "")
foreach(part products elementwise front_end norms_and_pools training)  # the largest first
  list(APPEND auris_kernel_sources "${CMAKE_CURRENT_LIST_DIR}/kernels/${part}.cu")
endforeach()
macro(auris_add_cuda_library name)
  if(NOT DEFINED CMAKE_CUDA_ARCHITECTURES)
    set(CMAKE_CUDA_ARCHITECTURES 80 90)
  endif()
  enable_language(CUDA)
  add_library(${name} ${ARGN} ${auris_kernel_sources})
  target_link_libraries(${name} PUBLIC auris::cuda)
  set_target_properties(${name} PROPERTIES POSITION_INDEPENDENT_CODE ON)
endmacro()
