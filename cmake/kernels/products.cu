// Products: linear, convolution, recurrence. For float, compiled once: a part of what auris_add_cuda_library builds.
#include <auris/backend/cuda.hpp>
#include <auris/backend/cuda/attention.cuh>
#include <auris/backend/cuda/attention_pool.cuh>
#include <auris/backend/cuda/conv2d.cuh>
#include <auris/backend/cuda/gru.cuh>
#include <auris/backend/cuda/linear.cuh>

namespace auris {

template struct kernel<op::gru, cuda, float>;
template struct kernel<op::linear, cuda, float>;
template struct kernel<op::conv2d, cuda, float>;
template struct kernel<op::gru, detail::cuda_bf16, float>;
template struct kernel<op::linear, detail::cuda_bf16, float>;
template struct kernel<op::conv2d, detail::cuda_bf16, float>;
template struct kernel<op::attention, cuda, float>;
template struct kernel<op::attention_pool, cuda, float>;

}  // namespace auris
