// Losses and optimisers. For float, compiled once: a part of what auris_add_cuda_library builds.
#include <auris/backend/cuda.hpp>
#include <auris/backend/cuda/loss.cuh>
#include <auris/backend/cuda/nt_xent.cuh>
#include <auris/backend/cuda/optimiser.cuh>

namespace auris {

template struct kernel<op::cross_entropy, cuda, float>;
template struct kernel<op::nt_xent, cuda, float>;
template struct kernel<op::adam, cuda, float>;
template struct kernel<op::sgd, cuda, float>;
template struct kernel<op::squared_norm, cuda, float>;
template struct kernel<op::clip, cuda, float>;
template struct detail::cuda_loss<op::mean_squared_error, float>;
template struct detail::cuda_loss<op::weighted_soft_label, float>;
template struct detail::cuda_loss<op::binary_cross_entropy, float>;

}  // namespace auris
