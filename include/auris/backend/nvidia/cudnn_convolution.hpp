#pragma once
#include <array>
#include <auris/backend/nvidia/arrays.hpp>
#include <auris/backend/nvidia/cudnn_plan.hpp>
#include <auris/op/conv2d.hpp>

namespace auris::detail::cudnn {

/// One of the three convolutions that a layer needs, as cuDNN is asked for it.
struct convolution_call {
  enum kind { forward, by_input, by_weight };  ///< y of x and weight; dx of dy and weight; dweight of dy and x

  op::conv2d::size size;
  kind what = forward;
  bool biased = false;
  precision least = precision::full;

  /// It pools nothing.
  std::array<idx, 19> key() const {
    const auto& [extent, kernel, stride, before, after, dilation] = size.time;
    const op::conv2d::axis& f = size.mel;
    return {size.items,
            size.in,
            size.out,
            extent,
            kernel,
            stride,
            before,
            after,
            dilation,
            f.extent,
            f.kernel,
            f.stride,
            f.before,
            f.after,
            f.dilation,
            size.rectify,
            what,
            biased,
            static_cast<idx>(least)};
  }
  bool operator<(const convolution_call& o) const { return key() < o.key(); }
};

/// Names of tensors. The gradients of x, weight and y have the names of these.
enum tensor_name : std::int64_t { of_x = 1, of_weight, of_y, of_bias, of_sum, of_shifted };

/// An array (items, height, width, channels), its last axis contiguous. cuDNN's order of axes is (items, channels,
/// height, width), whatever lies how in memory. An intermediate is never stored.
inline descriptor channels_last(tensor_name name, idx items, idx channels, idx height, idx width,
                                bool intermediate = false) {
  const std::int64_t extents[] = {items, channels, height, width};
  const std::int64_t strides[] = {height * width * channels, 1, width * channels, channels};
  descriptor d(CUDNN_BACKEND_TENSOR_DESCRIPTOR);
  d.set(CUDNN_ATTR_TENSOR_DATA_TYPE, CUDNN_DATA_FLOAT)
      .set(CUDNN_ATTR_TENSOR_DIMENSIONS, extents)
      .set(CUDNN_ATTR_TENSOR_STRIDES, strides)
      .set(CUDNN_ATTR_TENSOR_UNIQUE_ID, static_cast<std::int64_t>(name))
      .set(CUDNN_ATTR_TENSOR_BYTE_ALIGNMENT, static_cast<std::int64_t>(nvidia::tensor_alignment))
      .set(CUDNN_ATTR_TENSOR_IS_VIRTUAL, intermediate);
  return d;
}

/// Time is cuDNN's height, mel its width. The weight is (out, kernel_time, kernel_mel, in) here: cuDNN accepts the
/// strides of our own order, but plans no conversion for them, as it does for (out, in, kernel_time, kernel_mel). So we
/// convert.
class convolution_graph {
 public:
  explicit convolution_graph(const convolution_call& call) : call_(call) {
    const auto& s = call.size;
    const bool is_forward = call.what == convolution_call::forward, shifts = is_forward && call.biased;
    const bool rectifies = is_forward && s.rectify;
    const auto outputs = [&](tensor_name name, bool intermediate) {
      return keep(channels_last(name, s.items, s.out, s.time.outputs(), s.mel.outputs(), intermediate));
    };
    const auto x = keep(channels_last(of_x, s.items, s.in, s.time.extent, s.mel.extent));
    const auto weight = keep(channels_last(of_weight, s.out, s.in, s.time.kernel, s.mel.kernel));
    const auto sum = outputs(shifts || rectifies ? of_sum : of_y, shifts || rectifies);
    convolve(x, weight, sum);
    auto last = sum;
    if (shifts) {
      const auto bias = keep(channels_last(of_bias, 1, s.out, 1, 1));
      const auto shifted = outputs(rectifies ? of_shifted : of_y, rectifies);
      pointwise(CUDNN_POINTWISE_ADD, last, bias, shifted);
      last = shifted;
    }
    if (rectifies) pointwise(CUDNN_POINTWISE_RELU_FWD, last, nullptr, outputs(of_y, false));
    graph_.all.set(CUDNN_ATTR_OPERATIONGRAPH_OPS, static_cast<std::int64_t>(steps_.size()), steps_.data()).finish();
  }
  /// To be taken once. Not `good` where cuDNN does not accept it.
  graph take() { return std::move(graph_); }

 private:
  using handle = cudnnBackendDescriptor_t;

  handle keep(descriptor d) {
    d.finish();
    return graph_.parts.emplace_back(std::move(d)).get();
  }
  void convolve(handle x, handle weight, handle y) {
    const auto& t = call_.size.time;
    const auto& f = call_.size.mel;
    const std::int64_t before[] = {t.before, f.before}, after[] = {t.after, f.after};
    const std::int64_t strides[] = {t.stride, f.stride}, dilations[] = {t.dilation, f.dilation};
    descriptor map(CUDNN_BACKEND_CONVOLUTION_DESCRIPTOR);
    map.set(CUDNN_ATTR_CONVOLUTION_COMP_TYPE, CUDNN_DATA_FLOAT)
        .set(CUDNN_ATTR_CONVOLUTION_CONV_MODE, CUDNN_CROSS_CORRELATION)
        .set(CUDNN_ATTR_CONVOLUTION_SPATIAL_DIMS, std::int64_t{2})
        .set(CUDNN_ATTR_CONVOLUTION_PRE_PADDINGS, before)
        .set(CUDNN_ATTR_CONVOLUTION_POST_PADDINGS, after)
        .set(CUDNN_ATTR_CONVOLUTION_FILTER_STRIDES, strides)
        .set(CUDNN_ATTR_CONVOLUTION_DILATIONS, dilations);

    const names& n = names_of(call_.what);
    descriptor step(n.type);
    step.set(n.map, keep(std::move(map)))
        .set(n.x, x)
        .set(n.weight, weight)
        .set(n.y, y)
        .set(n.scale, 1.0f)
        .set(n.kept, 0.0f);
    steps_.push_back(keep(std::move(step)));
  }
  void pointwise(cudnnPointwiseMode_t mode, handle x, handle other, handle y) {
    descriptor map(CUDNN_BACKEND_POINTWISE_DESCRIPTOR);
    map.set(CUDNN_ATTR_POINTWISE_MODE, mode).set(CUDNN_ATTR_POINTWISE_MATH_PREC, CUDNN_DATA_FLOAT);
    descriptor step(CUDNN_BACKEND_OPERATION_POINTWISE_DESCRIPTOR);
    step.set(CUDNN_ATTR_OPERATION_POINTWISE_PW_DESCRIPTOR, keep(std::move(map)))
        .set(CUDNN_ATTR_OPERATION_POINTWISE_XDESC, x)
        .set(CUDNN_ATTR_OPERATION_POINTWISE_YDESC, y);
    if (other) step.set(CUDNN_ATTR_OPERATION_POINTWISE_BDESC, other);
    steps_.push_back(keep(std::move(step)));
  }

  struct names {
    cudnnBackendDescriptorType_t type;
    cudnnBackendAttributeName_t map, x, weight, y, scale, kept;
  };
  static const names& names_of(convolution_call::kind what) {
    static constexpr names all[] = {
        {CUDNN_BACKEND_OPERATION_CONVOLUTION_FORWARD_DESCRIPTOR, CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_CONV_DESC,
         CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_X, CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_W,
         CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_Y, CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_ALPHA,
         CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_BETA},
        {CUDNN_BACKEND_OPERATION_CONVOLUTION_BACKWARD_DATA_DESCRIPTOR,
         CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_CONV_DESC, CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_DX,
         CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_W, CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_DY,
         CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_ALPHA, CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_BETA},
        {CUDNN_BACKEND_OPERATION_CONVOLUTION_BACKWARD_FILTER_DESCRIPTOR,
         CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_CONV_DESC, CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_X,
         CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_DW, CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_DY,
         CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_ALPHA, CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_BETA}};
    return all[what];
  }

  convolution_call call_;
  graph graph_;
  std::vector<handle> steps_;
};

}  // namespace auris::detail::cudnn
