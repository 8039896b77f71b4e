#pragma once
#include <array>
#include <auris/backend/cuda/choice.hpp>
#include <auris/backend/cuda/merge.hpp>
#include <auris/backend/nvidia/cudnn_descriptor.hpp>
#include <auris/op/gru.hpp>
#include <compare>
#include <vector>

namespace auris::detail::cudnn {

/// A descriptor of cuDNN's recurrent layers, owned.
template <class Handle, auto Create, auto Destroy>
class owned {
 public:
  owned() {
    if (Create(&p_) != CUDNN_STATUS_SUCCESS) p_ = nullptr;
  }
  owned(const owned&) = delete;
  owned& operator=(const owned&) = delete;
  ~owned() {
    if (p_) Destroy(p_);
  }
  operator Handle() const { return p_; }

 private:
  Handle p_ = nullptr;
};
using owned_tensor = owned<cudnnTensorDescriptor_t, cudnnCreateTensorDescriptor, cudnnDestroyTensorDescriptor>;
using owned_frames = owned<cudnnRNNDataDescriptor_t, cudnnCreateRNNDataDescriptor, cudnnDestroyRNNDataDescriptor>;
using owned_layer = owned<cudnnRNNDescriptor_t, cudnnCreateRNNDescriptor, cudnnDestroyRNNDescriptor>;

/// A GRU as cuDNN is asked for it.
struct recurrence_call {
  idx items, time, in, hidden;
  int directions;
  precision least;

  auto operator<=>(const recurrence_call&) const = default;
};

/// Descriptors for a GRU, what they need of memory, and where cuDNN wants the weights. Its gates are ours: r, z, n, with a
/// bias of the input and one of the state; its frames may lie as ours, items outside.
class recurrence_plan {
 public:
  recurrence_plan(cudnnHandle_t handle, const recurrence_call& call) : call_(call) {
    const int in = static_cast<int>(call.in), hidden = static_cast<int>(call.hidden);
    const auto math = call.least == precision::full ? CUDNN_FMA_MATH : CUDNN_DEFAULT_MATH;
    const auto both = call.directions == 2 ? CUDNN_BIDIRECTIONAL : CUDNN_UNIDIRECTIONAL;
    keep(cudnnSetRNNDescriptor_v8(layer_, CUDNN_RNN_ALGO_STANDARD, CUDNN_GRU, CUDNN_RNN_DOUBLE_BIAS, both,
                                  CUDNN_LINEAR_INPUT, CUDNN_DATA_FLOAT, CUDNN_DATA_FLOAT, math, in, hidden, hidden, 1,
                                  nullptr, CUDNN_RNN_PADDED_IO_ENABLED));
    set_frames(x_, in);
    set_frames(y_, call.directions * hidden);
    const int extents[] = {call.directions, static_cast<int>(call.items), hidden};
    const int strides[] = {extents[1] * extents[2], extents[2], 1};
    keep(cudnnSetTensorNdDescriptor(state_, CUDNN_DATA_FLOAT, 3, extents, strides));
    if (!found()) return;
    std::size_t of_training = 0;
    keep(cudnnGetRNNWeightSpaceSize(handle, layer_, &weights_));
    keep(cudnnGetRNNTempSpaceSizes(handle, layer_, CUDNN_FWD_MODE_INFERENCE, x_, &scratch_, &of_training));
  }

  cudnnRNNDescriptor_t layer() const { return layer_; }
  /// Whether cuDNN takes it.
  bool found() const { return status_ == CUDNN_STATUS_SUCCESS; }
  /// Bytes of memory for weights and scratch.
  std::size_t bytes() const { return first_of_scratch() + scratch_; }

  /// Asks where the weights stand in memory that starts at `space`: once, before the first call.
  void locate(cudnnHandle_t handle, const float* space) {
    std::vector<idx> biases;
    for (int d = 0; d < call_.directions; ++d)
      for (int gate = 0; gate < gates; ++gate) {
        const owned_tensor matrix, bias;
        void *of_matrix = nullptr, *of_bias = nullptr;
        keep(cudnnGetRNNWeightParams(handle, layer_, d, weights_, space, gate, matrix, &of_matrix, bias, &of_bias));
        check(matrix, call_.hidden * (gate < gates / 2 ? call_.in : call_.hidden));
        check(bias, call_.hidden);
        if (!found()) return;
        places_.push_back(static_cast<const float*>(of_matrix) - space);
        biases.push_back(static_cast<const float*>(of_bias) - space);
      }
    places_.insert(places_.end(), biases.begin(), biases.end());
  }
  bool located() const { return !places_.empty(); }

  /// Queues copies of the weights to where cuDNN wants them. What lies side by side here and there is one copy.
  void pack(cuda_stream stream, const op::gru::weights<const float>* w, float* space) const {
    const resources<cuda, float> r{stream, nullptr};
    piece open;
    const auto add = [&](const piece& next) {
      if (open.count > 0 && next.from == open.from + open.count && next.place == open.place + open.count) {
        open.count += next.count;
        return;
      }
      if (open.count > 0)
        kernel<op::copy, cuda, float>::forward(r, {1, open.count, open.count, open.count}, open.from,
                                               space + open.place);
      open = next;
    };
    std::size_t next = 0;
    const auto add_gates = [&](const float* from, idx count) {
      for (int gate = 0; gate < gates / 2; ++gate) add({from + gate * count, places_[next++], count});
    };
    for (int d = 0; d < call_.directions; ++d) {
      add_gates(w[d].input, call_.hidden * call_.in);
      add_gates(w[d].recurrent, call_.hidden * call_.hidden);
    }
    for (int d = 0; d < call_.directions; ++d) {
      add_gates(w[d].input_bias, call_.hidden);
      add_gates(w[d].recurrent_bias, call_.hidden);
    }
    add({});
  }

  /// Queues the layer on the stream of the handle; h and h_end (directions, items, hidden), or null.
  cudnnStatus_t run(cudnnHandle_t handle, const float* x, const float* h, float* y, float* h_end, float* space) const {
    auto* const scratch = reinterpret_cast<unsigned char*>(space) + first_of_scratch();
    return cudnnRNNForward(handle, layer_, CUDNN_FWD_MODE_INFERENCE, nullptr, x_, x, y_, y, state_, h, h_end, nullptr,
                           nullptr, nullptr, weights_, space, scratch_, scratch, 0, nullptr);
  }

 private:
  static constexpr int gates = 6;  // r, z, n of the input, then of the state
  struct piece {
    const float* from = nullptr;
    idx place = 0, count = 0;
  };

  void keep(cudnnStatus_t s) {
    if (found()) status_ = s;
  }
  /// That a part of the weights has as many values as ours.
  void check(cudnnTensorDescriptor_t part, idx count) {
    cudnnDataType_t type{};
    int rank = 0, extents[3] = {}, strides[3] = {};
    keep(cudnnGetTensorNdDescriptor(part, 3, &type, &rank, extents, strides));
    if (found() && (type != CUDNN_DATA_FLOAT || idx{extents[0]} * extents[1] * extents[2] != count))
      keep(CUDNN_STATUS_NOT_SUPPORTED);
  }
  void set_frames(cudnnRNNDataDescriptor_t d, int features) {
    const std::vector<int> lengths(static_cast<std::size_t>(call_.items), static_cast<int>(call_.time));
    float filling = 0;  // of frames behind the end of an item: there are none
    keep(cudnnSetRNNDataDescriptor(d, CUDNN_DATA_FLOAT, CUDNN_RNN_DATA_LAYOUT_BATCH_MAJOR_UNPACKED,
                                   static_cast<int>(call_.time), static_cast<int>(call_.items), features,
                                   lengths.data(), &filling));
  }
  std::size_t first_of_scratch() const { return (weights_ + 255) / 256 * 256; }

  recurrence_call call_;
  owned_layer layer_;
  owned_frames x_, y_;
  owned_tensor state_;
  cudnnStatus_t status_ = CUDNN_STATUS_SUCCESS;
  std::size_t weights_ = 0, scratch_ = 0;  // bytes
  std::vector<idx> places_;                // in floats: of all matrices, then of all biases
};

}  // namespace auris::detail::cudnn
