# Programs for NVIDIA's libraries, each where CMake finds its library. They need no GPU.
find_package(CUDAToolkit QUIET GLOBAL)  # auris::cublas is of the folder above
set(executed cuda/libraries/own_kernels.cpp cuda/thread_order.cpp)
set_source_files_properties(${executed} PROPERTIES COMPILE_DEFINITIONS AURIS_CUDA_EXECUTOR="cuda/executor.hpp")
set(on_host cuda/libraries/device_on_host.cpp op/checks.cpp ${executed})
if(TARGET CUDA::cublasLt)
  add_unit(cublas cuda/libraries/linear.cpp cuda/libraries/cublas_on_host.cpp ${on_host})
  target_link_libraries(unit_cublas PRIVATE auris::cublas)
else()
  message(STATUS "auris: there is no cuBLAS: unit_cublas is not built")
endif()
