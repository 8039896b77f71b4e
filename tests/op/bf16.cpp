// cpu_bf16: kernels that read prepared weights of bf16.
#include "op/table/bf16.hpp"

#include <algorithm>
#include <auris/backend/cpu.hpp>
#include <auris/core/arena.hpp>
#include <auris/core/bf16.hpp>
#include <auris/core/random.hpp>
#include <cmath>
#include <cstdint>
#include <vector>

#include "op/checks.hpp"
#include "support/catch.hpp"

namespace bf16_test {

using namespace auris;

TEMPLATE_LIST_TEST_CASE("cpu_bf16 reads weights of bf16", "[bf16]", table::bf16_rows) {
  table::check<TestType, cpu_bf16>();
}

namespace {

/// Uniform in [-1, 1].
std::vector<float> made(std::uint64_t seed, idx count) {
  std::vector<float> x(static_cast<std::size_t>(count));
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<float>(2 * uniform(seed, i) - 1);
  return x;
}
std::vector<float> rounded(std::vector<float> x) {
  for (float& v : x) v = static_cast<float>(bf16::nearest(v));
  return x;
}

/// What a kernel makes of x and weights: forward_prepared(prepared, workspace, y) computes y.
template <class Kernel, class Size, class Weights, class Forward>
std::vector<float> result_of(const Size& s, idx outputs, const Weights& weights, const Forward& forward) {
  auto prepared = arena<float>::make(Kernel::prepared(s)).value();
  auto workspace = arena<float>::make(Kernel::prepared_workspace(s, calling_thread.workers())).value();
  Kernel::prepare(s, weights, prepared.data());
  std::vector<float> y(static_cast<std::size_t>(outputs));
  forward(prepared.data(), workspace.data(), y.data());
  return y;
}
template <class Operation, class Backend, class Size>
std::vector<float> product_of(const Size& s, const std::vector<float>& x, const std::vector<float>& weight,
                              const std::vector<float>& bias, idx outputs) {
  using k = kernel_of<Operation, Backend, float>;
  return result_of<k>(s, outputs, weight.data(), [&](const float* prepared, float* workspace, float* y) {
    k::forward_prepared({&calling_thread, workspace}, s, x.data(), prepared, bias.data(), y);
  });
}
template <class Backend>
std::vector<float> gru_of(const op::gru::size& s, const std::vector<float>& x,
                          const std::vector<std::vector<float>>& parts) {
  using k = kernel_of<op::gru, Backend, float>;
  std::vector<op::gru::weights<const float>> w;
  for (std::size_t d = 0; d < parts.size(); d += 4)
    w.push_back({parts[d].data(), parts[d + 1].data(), parts[d + 2].data(), parts[d + 3].data()});
  return result_of<k>(s, s.items * s.time * s.directions * s.hidden, w.data(),
                      [&](const float* prepared, float* workspace, float* y) {
                        k::forward_prepared({&calling_thread, workspace}, s, x.data(), prepared, nullptr, y);
                      });
}
/// The largest difference over the largest value.
double distance(const std::vector<float>& a, const std::vector<float>& b) {
  double worst = 0, largest = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    worst = std::max(worst, std::abs(static_cast<double>(a[i]) - static_cast<double>(b[i])));
    largest = std::max(largest, std::abs(static_cast<double>(b[i])));
  }
  return worst / largest;
}

}  // namespace

// Panels that are filled up, several blocks of depth, depths that are no whole lines, all tiles, and one row alone.
TEST_CASE("cpu_bf16: linear gives the bits of floats that were rounded before", "[bf16]") {
  for (const op::linear::size& s : std::vector<op::linear::size>{{1, 1, 1},
                                                                 {1, 17, 31},
                                                                 {1, 800, 33},
                                                                 {1, 769, 300},
                                                                 {2, 15, 65},
                                                                 {4, 400, 32},
                                                                 {5, 385, 95},
                                                                 {8, 40, 64},
                                                                 {12, 801, 97},
                                                                 {13, 64, 40},
                                                                 {29, 100, 33},
                                                                 {130, 20, 67},
                                                                 {3, 0, 5},
                                                                 {0, 7, 9},
                                                                 {200, 900, 130}}) {
    INFO(s.rows << " x " << s.in << " -> " << s.out);
    const auto x = made(1, s.rows * s.in), weight = made(2, s.in * s.out), bias = made(3, s.out);
    const auto y = product_of<op::linear, cpu_bf16>(s, x, weight, bias, s.rows * s.out);
    CHECK(y == product_of<op::linear, cpu>(s, x, rounded(weight), bias, s.rows * s.out));
    // Each weight is off by 2^-9 of itself at most, and errors of many cancel.
    if (s.rows * s.in > 0) CHECK(distance(y, product_of<op::linear, cpu>(s, x, weight, bias, s.rows * s.out)) < 0x1p-9);
  }
}

// Kernels, strides and dilations of all kinds, depths of more than one block, a single row; one channel; Winograd's.
TEST_CASE("cpu_bf16: convolutions give the bits of plain sums with rounded weights, or those of cpu", "[bf16]") {
  const auto check = [](const op::conv2d::size& s, bool rounds) {
    INFO(table::conv2d::describe(s));
    const idx outputs = s.rows() * s.out;
    const auto x = made(1, s.items * s.time.extent * s.mel.extent * s.in), bias = made(3, s.out);
    const auto weight = made(2, s.weights());
    const auto y = product_of<op::conv2d, cpu_bf16>(s, x, weight, bias, outputs);
    if (!rounds) {
      CHECK(y == product_of<op::conv2d, cpu>(s, x, weight, bias, outputs));
      return;
    }
    CHECK(y == product_of<op::conv2d, cpu_direct>(s, x, rounded(weight), bias, outputs));
    CHECK(distance(y, product_of<op::conv2d, cpu_direct>(s, x, weight, bias, outputs)) < 0x1p-9);
  };
  using table::conv2d;
  for (const auto& s :
       {conv2d::same(2, 5, 4, 3, 2), conv2d::same(1, 6, 5, 40, 96, 1), conv2d::same(1, 7, 9, 48, 33, 5),
        conv2d::same(1, 9, 6, 16, 64, 3, 2), conv2d::rectified({1, 64, 80, {9, 3, 2, 1, 1}, {8, 3, 2, 1, 1}}),
        op::conv2d::size{1, 900, 65, {1, 1}, {1, 1}}, conv2d::same(1, 3, 4, 96, 96), conv2d::same(3, 20, 2, 64, 192)})
    check(s, true);
  for (const auto& s : {conv2d::same(1, 9, 6, 1, 32), conv2d::same(1, 9, 8, 64, 96), conv2d::same(1, 3, 4, 64, 64)})
    check(s, false);
}

TEST_CASE("cpu_bf16: gru gives the bits of floats that were rounded before", "[bf16]") {
  for (const op::gru::size& s : std::vector<op::gru::size>{{1, 3, 5, 7, 1},
                                                           {1, 4, 20, 32, 2},
                                                           {1, 3, 33, 130, 2},
                                                           {2, 3, 16, 64, 1},
                                                           {3, 2, 17, 33, 2},
                                                           {8, 3, 9, 97, 1},
                                                           {9, 2, 40, 48, 2}}) {
    INFO(s.items << " x " << s.time << " x " << s.in << " -> " << s.directions << " x " << s.hidden);
    std::vector<std::vector<float>> exact, stored;
    for (std::uint64_t d = 0; d < static_cast<std::uint64_t>(s.directions); ++d) {
      for (const auto& matrix : {made(4 * d + 2, 3 * s.hidden * s.in), made(4 * d + 3, 3 * s.hidden * s.hidden)}) {
        exact.push_back(matrix);
        stored.push_back(rounded(matrix));
      }
      for (const auto& bias : {made(4 * d + 4, 3 * s.hidden), made(4 * d + 5, 3 * s.hidden)}) {
        exact.push_back(bias);
        stored.push_back(bias);
      }
    }
    const auto x = made(1, s.items * s.time * s.in), y = gru_of<cpu_bf16>(s, x, exact);
    CHECK(y == gru_of<cpu>(s, x, stored));
    CHECK(y != gru_of<cpu>(s, x, exact));
  }
}

}  // namespace bf16_test
