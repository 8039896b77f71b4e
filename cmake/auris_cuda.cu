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
template struct kernel<op::linear, cuda, float>;
template struct kernel<op::conv2d, cuda, float>;
template struct kernel<op::batch_norm, cuda, float>;
template struct kernel<op::scale_shift, cuda, float>;
template struct kernel<op::layer_norm, cuda, float>;
template struct kernel<op::l2_normalize, cuda, float>;
template struct kernel<op::mean_axis, cuda, float>;
template struct kernel<op::max_axis, cuda, float>;
template struct kernel<op::pad, cuda, float>;
template struct kernel<op::dct, cuda, float>;
template struct kernel<op::filter_bank, cuda, float>;
template struct kernel<op::stft, cuda, float>;

}  // namespace auris
