// Front-ends. For float, compiled once: a part of what auris_add_cuda_library builds.
#include <auris/backend/cuda.hpp>
#include <auris/backend/cuda/constant_q.cuh>
#include <auris/backend/cuda/dct.cuh>
#include <auris/backend/cuda/filter_bank.cuh>
#include <auris/backend/cuda/pad.cuh>
#include <auris/backend/cuda/stft.cuh>
#include <auris/backend/cuda/stft_steps.cuh>

namespace auris {

template struct kernel<op::pad, cuda, float>;
template struct kernel<op::dct, cuda, float>;
template struct kernel<op::filter_bank, cuda, float>;
template struct kernel<op::constant_q, cuda, float>;
template struct kernel<op::stft, cuda, float>;
template struct detail::gpu::stft_steps<float>;  // for cufft.hpp

}  // namespace auris
