// The backends whose kernels are tested: one line each. A GPU's kernels have programs of their own: where an executor runs
// them on the host (tests/cuda), and where a GPU does (tests/gpu).
#pragma once
#include <auris/backend/reference.hpp>
#include <tuple>

#if defined(AURIS_CUDA_EXECUTOR)
#include <auris/backend/cuda.cuh>
namespace table {
using backends = std::tuple<auris::cuda>;
}
#else
#include <auris/backend/cpu.hpp>
namespace table {
using backends = std::tuple<auris::reference,  //
                            auris::cpu>;
}
#endif
