// The few macros of the library. None of them changes a type or a signature.
#pragma once

/// Marks what the host and a GPU both run; nothing outside of nvcc.
#if defined(__CUDACC__)
#define AURIS_HD __host__ __device__
#else
#define AURIS_HD
#endif

/// 1 where exceptions are on: then `result<T>::value()` throws; else it ends the program with the error's text.
#if defined(__cpp_exceptions)
#define AURIS_EXCEPTIONS 1
#else
#define AURIS_EXCEPTIONS 0
#endif

/// Of the definitions of the CPU backend's kernels: part of every program, unless AURIS_CPU_LINKED says that it links a library
/// with them (auris_add_cpu_library).
#if defined(AURIS_CPU_LINKED)
#define AURIS_KERNEL
#else
#define AURIS_KERNEL inline
#endif
