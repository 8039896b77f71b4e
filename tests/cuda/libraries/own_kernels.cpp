// The CUDA backend's own kernels that libraries leave something to, run by the executor.
#include <auris/backend/cuda.cuh>

namespace auris {
template struct cuda_device<>;
template struct kernel<op::linear, cuda, float>;
template struct kernel<op::linear, cuda, double>;
}  // namespace auris
