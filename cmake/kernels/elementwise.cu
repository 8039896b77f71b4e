// Element-wise kernels, and the device. For float, compiled once: a part of what auris_add_cuda_library builds.
#include <auris/backend/cuda.hpp>
#include <auris/backend/cuda/activation.cuh>
#include <auris/backend/cuda/clamp.cuh>
#include <auris/backend/cuda/device.cuh>
#include <auris/backend/cuda/dropout.cuh>
#include <auris/backend/cuda/spec_augment.cuh>
#include <auris/backend/cuda/logarithm.cuh>
#include <auris/backend/cuda/merge.cuh>
#include <auris/backend/cuda/softmax.cuh>
#include <auris/backend/cuda/transpose.cuh>
#include <auris/backend/cuda/transposition.cuh>

namespace auris {

template struct cuda_device<>;
template struct detail::cuda_activation<op::relu, float>;
template struct detail::cuda_activation<op::sigmoid, float>;
template struct detail::cuda_activation<op::tanh, float>;
template struct detail::cuda_activation<op::gelu, float>;
template struct detail::cuda_softmax<op::softmax, float>;
template struct detail::cuda_softmax<op::log_softmax, float>;
template struct kernel<op::dropout, cuda, float>;
template struct kernel<op::spec_augment, cuda, float>;
template struct kernel<op::copy, cuda, float>;
template struct kernel<op::add, cuda, float>;
template struct kernel<op::multiply, cuda, float>;
template struct kernel<op::logarithm, cuda, float>;
template struct kernel<op::clamp, cuda, float>;
template struct kernel<op::transpose, cuda, float>;
template struct detail::gpu::transposition<float>;  // for cudnn.hpp

}  // namespace auris
