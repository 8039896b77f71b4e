// Every kernel of the CUDA backend for float, compiled once: what auris_add_cuda_library builds.
#include <auris/backend/cuda.cuh>

namespace auris {

template struct cuda_device<>;
template struct detail::cuda_activation<op::relu, float>;
template struct detail::cuda_activation<op::sigmoid, float>;
template struct detail::cuda_activation<op::tanh, float>;
template struct detail::cuda_activation<op::gelu, float>;
template struct detail::cuda_softmax<op::softmax, float>;
template struct detail::cuda_softmax<op::log_softmax, float>;
template struct kernel<op::gru, cuda, float>;
template struct kernel<op::linear, cuda, float>;
template struct kernel<op::conv2d, cuda, float>;
template struct kernel<op::batch_norm, cuda, float>;
template struct kernel<op::scale_shift, cuda, float>;
template struct kernel<op::layer_norm, cuda, float>;
template struct kernel<op::l2_normalize, cuda, float>;
template struct kernel<op::mean_axis, cuda, float>;
template struct kernel<op::max_axis, cuda, float>;
template struct kernel<op::dropout, cuda, float>;
template struct kernel<op::copy, cuda, float>;
template struct kernel<op::add, cuda, float>;
template struct kernel<op::multiply, cuda, float>;
template struct kernel<op::logarithm, cuda, float>;
template struct kernel<op::max_pool, cuda, float>;
template struct kernel<op::avg_pool, cuda, float>;
template struct kernel<op::cross_entropy, cuda, float>;
template struct kernel<op::nt_xent, cuda, float>;
template struct kernel<op::adam, cuda, float>;
template struct kernel<op::sgd, cuda, float>;
template struct kernel<op::squared_norm, cuda, float>;
template struct kernel<op::clip, cuda, float>;
template struct detail::cuda_resize<op::repeat, float>;
template struct detail::cuda_resize<op::adaptive_avg_pool, float>;
template struct detail::cuda_resize<op::interpolate, float>;
template struct detail::cuda_loss<op::mean_squared_error, float>;
template struct detail::cuda_loss<op::weighted_soft_label, float>;
template struct detail::cuda_loss<op::binary_cross_entropy, float>;
template struct kernel<op::pad, cuda, float>;
template struct kernel<op::dct, cuda, float>;
template struct kernel<op::filter_bank, cuda, float>;
template struct kernel<op::stft, cuda, float>;
template struct detail::gpu::transposition<float>;  // for cudnn.hpp

}  // namespace auris
