// The functions of cuDNN's recurrent layers that need a GPU, on the host, from the descriptors that they are given.
#include <cudnn.h>

#include <cmath>
#include <cstring>
#include <vector>

#include "cuda/libraries/device_on_host.hpp"
#include "support/catch.hpp"

namespace {

/// What a layer was told.
struct layer {
  int in, hidden, directions;

  explicit layer(cudnnRNNDescriptor_t d) {
    cudnnRNNAlgo_t algorithm{};
    cudnnRNNMode_t cell{};
    cudnnRNNBiasMode_t biases{};
    cudnnDirectionMode_t both{};
    cudnnRNNInputMode_t input{};
    cudnnDataType_t data{}, arithmetic{};
    cudnnMathType_t math{};
    std::int32_t projected = 0, layers = 0;
    cudnnDropoutDescriptor_t dropout{};
    std::uint32_t flags = 0;
    REQUIRE(cudnnGetRNNDescriptor_v8(d, &algorithm, &cell, &biases, &both, &input, &data, &arithmetic, &math, &in,
                                     &hidden, &projected, &layers, &dropout, &flags) == CUDNN_STATUS_SUCCESS);
    REQUIRE((cell == CUDNN_GRU && biases == CUDNN_RNN_DOUBLE_BIAS && input == CUDNN_LINEAR_INPUT));
    REQUIRE((data == CUDNN_DATA_FLOAT && arithmetic == CUDNN_DATA_FLOAT && projected == hidden && layers == 1));
    REQUIRE((flags & CUDNN_RNN_PADDED_IO_ENABLED) != 0);
    directions = both == CUDNN_BIDIRECTIONAL ? 2 : 1;
  }
  // All matrices, then all biases, with a gap between directions: no order that a caller may count on.
  static constexpr int gates = 6, gap = 5;
  int matrix(int direction, int gate) const {
    const int each = 3 * hidden * (in + hidden) + gap;
    return direction * each + (gate < 3 ? gate * hidden * in : 3 * hidden * in + (gate - 3) * hidden * hidden);
  }
  int bias(int direction, int gate) const { return matrix(directions, 0) + (direction * gates + gate) * hidden; }
  std::size_t bytes() const { return static_cast<std::size_t>(bias(directions, 0)) * sizeof(float); }
};

/// Frames of items, of the same length each.
struct frames {
  int items, time, features;

  explicit frames(cudnnRNNDataDescriptor_t d) {
    cudnnDataType_t type{};
    cudnnRNNDataLayout_t order{};
    float filling = 0;
    std::vector<int> lengths(64);
    REQUIRE(cudnnGetRNNDataDescriptor(d, &type, &order, &time, &items, &features, static_cast<int>(lengths.size()),
                                      lengths.data(), &filling) == CUDNN_STATUS_SUCCESS);
    REQUIRE((type == CUDNN_DATA_FLOAT && order == CUDNN_RNN_DATA_LAYOUT_BATCH_MAJOR_UNPACKED));
    for (int i = 0; i < items; ++i) REQUIRE(lengths.at(static_cast<std::size_t>(i)) == time);
  }
  int at(int item, int t, int feature) const { return (item * time + t) * features + feature; }
};

constexpr std::size_t scratch = 4096;  // bytes that every layer wants

}  // namespace

cudnnStatus_t cudnnGetRNNWeightSpaceSize(cudnnHandle_t, cudnnRNNDescriptor_t d, size_t* bytes) {
  if (!on_host::now.has_kernels) return CUDNN_STATUS_NOT_SUPPORTED;
  *bytes = layer(d).bytes();
  return CUDNN_STATUS_SUCCESS;
}
cudnnStatus_t cudnnGetRNNTempSpaceSizes(cudnnHandle_t, cudnnRNNDescriptor_t, cudnnForwardMode_t mode,
                                        cudnnRNNDataDescriptor_t, size_t* work, size_t* reserve) {
  REQUIRE(mode == CUDNN_FWD_MODE_INFERENCE);
  *work = scratch, *reserve = 0;
  return CUDNN_STATUS_SUCCESS;
}
cudnnStatus_t cudnnGetRNNWeightParams(cudnnHandle_t, cudnnRNNDescriptor_t d, int32_t direction, size_t bytes,
                                      const void* space, int32_t gate, cudnnTensorDescriptor_t matrix, void** of_matrix,
                                      cudnnTensorDescriptor_t bias, void** of_bias) {
  const layer l(d);
  REQUIRE(bytes == l.bytes());
  const auto set = [](cudnnTensorDescriptor_t t, int rows, int columns) {
    const int extents[] = {1, rows, columns}, strides[] = {rows * columns, columns, 1};
    return cudnnSetTensorNdDescriptor(t, CUDNN_DATA_FLOAT, 3, extents, strides);
  };
  auto* const p = static_cast<float*>(const_cast<void*>(space));
  *of_matrix = p + l.matrix(direction, gate);
  *of_bias = p + l.bias(direction, gate);
  set(bias, l.hidden, 1);
  return set(matrix, l.hidden, gate < 3 ? l.in : l.hidden);
}

/// r = s(W0 x + R3 h + b), i = s(W1 x + R4 h + b), n = tanh(W2 x + bW2 + r * (R5 h + bR5)), h' = (1 - i) n + i h.
cudnnStatus_t cudnnRNNForward(cudnnHandle_t, cudnnRNNDescriptor_t d, cudnnForwardMode_t mode, const int32_t lengths[],
                              cudnnRNNDataDescriptor_t x_frames, const void* x, cudnnRNNDataDescriptor_t y_frames,
                              void* y, cudnnTensorDescriptor_t states, const void* hx, void* hy,
                              cudnnTensorDescriptor_t, const void* cx, void* cy, size_t weight_bytes,
                              const void* weights, size_t work_bytes, void* work, size_t reserve_bytes, void* reserve) {
  const layer l(d);
  const frames from(x_frames), to(y_frames);
  REQUIRE((mode == CUDNN_FWD_MODE_INFERENCE && !lengths && !cx && !cy && !reserve && reserve_bytes == 0));
  REQUIRE((from.items == to.items && from.time == to.time));
  REQUIRE((from.features == l.in && to.features == l.directions * l.hidden));
  REQUIRE((weight_bytes == l.bytes() && work_bytes == scratch));
  std::memset(work, 1, work_bytes);
  cudnnDataType_t type{};
  int rank = 0, extents[3] = {}, strides[3] = {};
  REQUIRE(cudnnGetTensorNdDescriptor(states, 3, &type, &rank, extents, strides) == CUDNN_STATUS_SUCCESS);
  REQUIRE((rank == 3 && extents[0] == l.directions && extents[1] == from.items && extents[2] == l.hidden));
  REQUIRE((strides[0] == from.items * l.hidden && strides[1] == l.hidden && strides[2] == 1));

  const auto* const w = static_cast<const float*>(weights);
  const auto product = [&](int direction, int gate, int row, int columns, const auto& value) {
    double sum = static_cast<double>(w[l.bias(direction, gate) + row]);
    for (int k = 0; k < columns; ++k)
      sum += static_cast<double>(w[l.matrix(direction, gate) + row * columns + k]) * static_cast<double>(value(k));
    return sum;
  };
  const auto sigmoid = [](double v) { return 1 / (1 + std::exp(-v)); };
  for (int direction = 0; direction < l.directions; ++direction)
    for (int item = 0; item < from.items; ++item) {
      const int first = (direction * from.items + item) * l.hidden;
      std::vector<double> h(static_cast<std::size_t>(l.hidden)), next = h;
      for (std::size_t i = 0; hx && i < h.size(); ++i)
        h[i] = static_cast<double>(static_cast<const float*>(hx)[first + static_cast<int>(i)]);
      for (int step = 0; step < from.time; ++step) {
        const int t = direction == 0 ? step : from.time - 1 - step;
        const auto of_x = [&](int k) { return static_cast<const float*>(x)[from.at(item, t, k)]; };
        const auto of_h = [&](int k) { return h[static_cast<std::size_t>(k)]; };
        for (int i = 0; i < l.hidden; ++i) {
          const auto input = [&](int gate) { return product(direction, gate, i, l.in, of_x); };
          const auto state = [&](int gate) { return product(direction, 3 + gate, i, l.hidden, of_h); };
          const double r = sigmoid(input(0) + state(0)), z = sigmoid(input(1) + state(1));
          next[static_cast<std::size_t>(i)] = (1 - z) * std::tanh(input(2) + r * state(2)) + z * of_h(i);
        }
        h = next;
        for (int i = 0; i < l.hidden; ++i)
          static_cast<float*>(y)[to.at(item, t, direction * l.hidden + i)] = static_cast<float>(of_h(i));
      }
      for (int i = 0; hy && i < l.hidden; ++i)
        static_cast<float*>(hy)[first + i] = static_cast<float>(h[static_cast<std::size_t>(i)]);
    }
  ++on_host::now.calls;
  return CUDNN_STATUS_SUCCESS;
}
