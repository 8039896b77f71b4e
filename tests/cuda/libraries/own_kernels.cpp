// The CUDA backend's own kernels that libraries leave something to, run by the executor.
#include <auris/backend/cuda.cuh>

namespace auris {
template struct cuda_device<>;
template struct kernel<op::linear, cuda, float>;
template struct kernel<op::linear, cuda, double>;
template struct kernel<op::conv2d, cuda, float>;
template struct kernel<op::conv2d, cuda, double>;
template struct kernel<op::gru, cuda, float>;
template struct kernel<op::gru, cuda, double>;
template struct kernel<op::copy, cuda, float>;
template struct kernel<op::pad, cuda, float>;
template struct kernel<op::filter_bank, cuda, float>;
template struct kernel<op::constant_q, cuda, float>;
template struct kernel<op::logarithm, cuda, float>;
template struct kernel<op::dct, cuda, float>;
template struct kernel<op::stft, cuda, float>;
template struct kernel<op::stft, cuda, double>;
template struct detail::gpu::transposition<float>;
template struct detail::gpu::stft_steps<float>;
}  // namespace auris
