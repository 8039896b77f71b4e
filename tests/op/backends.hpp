// The backends whose kernels are tested: one line each. A GPU's kernels have programs of their own: where an executor runs
// them on the host (tests/cuda), and where a GPU does (tests/gpu).
#pragma once
#include <auris/backend/reference.hpp>
#include <tuple>

#if defined(AURIS_CUDA_EXECUTOR)
#include <auris/backend/cuda.cuh>
namespace table {
using backends = std::tuple<auris::cuda>;
using convolution_backends = backends;
}  // namespace table
#else
#include <auris/backend/cpu.hpp>
namespace table {
using backends = std::tuple<auris::reference,  //
                            auris::cpu>;
using convolution_backends = std::tuple<auris::reference, auris::cpu, auris::cpu_direct>;
}  // namespace table
#endif
