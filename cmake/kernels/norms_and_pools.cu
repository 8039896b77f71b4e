// Norms, pools and resizing. For float, compiled once: a part of what auris_add_cuda_library builds.
#include <auris/backend/cuda.hpp>
#include <auris/backend/cuda/batch_norm.cuh>
#include <auris/backend/cuda/layer_norm.cuh>
#include <auris/backend/cuda/pool.cuh>
#include <auris/backend/cuda/reduce.cuh>
#include <auris/backend/cuda/resize.cuh>
#include <auris/backend/cuda/weighted_mean.cuh>
#include <auris/backend/cuda/weighted_rank.cuh>

namespace auris {

template struct kernel<op::batch_norm, cuda, float>;
template struct kernel<op::scale_shift, cuda, float>;
template struct kernel<op::layer_norm, cuda, float>;
template struct kernel<op::l2_normalize, cuda, float>;
template struct kernel<op::mean_axis, cuda, float>;
template struct kernel<op::max_axis, cuda, float>;
template struct kernel<op::weighted_mean, cuda, float>;
template struct kernel<op::weighted_rank, cuda, float>;
template struct kernel<op::max_pool, cuda, float>;
template struct kernel<op::avg_pool, cuda, float>;
template struct detail::cuda_resize<op::repeat, float>;
template struct detail::cuda_resize<op::adaptive_avg_pool, float>;
template struct detail::cuda_resize<op::interpolate, float>;

}  // namespace auris
