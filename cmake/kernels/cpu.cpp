// All kernels of the CPU backend, once for a whole program: auris_add_cpu_library.
#include <auris/backend/cpu.hpp>
#include <auris/backend/cpu/kernels.inl>
