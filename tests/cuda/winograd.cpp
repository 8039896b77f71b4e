#include <algorithm>
#include <auris/backend/cuda.cuh>
#include <auris/backend/cuda/winograd.cuh>
#include <auris/backend/reference.hpp>
#include <auris/core/random.hpp>
#include <cmath>
#include <limits>
#include <vector>

#include "op/table.hpp"
#include "support/catch.hpp"

namespace winograd_test {

using namespace auris;
using auris::detail::gpu::winograd_size;
using auris::detail::gpu::winograd_weight_order;
using size = op::conv2d::size;

namespace {

std::vector<double> made(std::uint64_t seed, idx count) {
  std::vector<double> x;
  for (idx i = 0; i < count; ++i) x.push_back(static_cast<float>(2 * uniform(seed, static_cast<std::uint64_t>(i)) - 1));
  return x;
}

/// A copy `offset` scalars behind an aligned address.
template <class T>
struct array {
  array(const std::vector<double>& x, std::size_t offset) : begin(16 + offset), all(begin, T(7)) {
    for (const double v : x) all.push_back(static_cast<T>(v));
    all.push_back(T(7));
  }
  T* data() { return all.data() + begin; }
  std::size_t begin;
  std::vector<T> all;
};

struct problem {
  size s;
  idx x_count = s.items * s.time.extent * s.mel.extent * s.in, y_count = s.pooled_rows() * s.out;
  std::vector<double> x = made(1, x_count), weight = made(2, s.depth() * s.out), bias = made(3, s.out);
  std::vector<double> dy = made(4, y_count), y = made(5, y_count), dx = made(6, x_count);

  explicit problem(const size& of) : s(of) {
    using reference_kernel = kernel<op::conv2d, reference, double>;
    reference_kernel::forward({}, s, x.data(), weight.data(), bias.data(), y.data());
    if (s.pool.places() == 1)
      reference_kernel::backward({}, s, x.data(), weight.data(), dy.data(), dx.data(), nullptr, nullptr);
  }
};

/// Within the tolerance of the table of operations, and nothing else written.
template <class T>
void check_close(array<T>& got, const std::vector<double>& expected, idx depth) {
  double worst = 0, largest = 1;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const double wrong = std::abs(static_cast<double>(got.data()[i]) - expected[i]);
    if (!(wrong <= worst)) worst = wrong;
    largest = std::max(largest, std::abs(expected[i]));
  }
  CHECK(worst <= static_cast<double>(8 + depth) * static_cast<double>(std::numeric_limits<T>::epsilon()) * largest);
  CHECK((got.data()[-1] == T(7) && got.all.back() == T(7)));
}

/// What `winograd` makes of x, from a workspace full of NaN.
template <class T>
array<T> convolved(winograd_size s, idx tiles_at_once, const std::vector<double>& x, const std::vector<double>& weight,
                   const winograd_weight_order& order, const std::vector<double>* bias, bool rectify, bool average,
                   std::size_t offset) {
  if (tiles_at_once > 0) s.scalars_at_once = tiles_at_once * winograd_size::products * (s.in + s.out);
  const idx y_count = s.items * (s.time.places / s.time.window) * (s.mel.places / s.mel.window) * s.out;
  array<T> from(x, offset), by(weight, offset), start(bias ? *bias : std::vector<double>{}, offset);
  array<T> to(std::vector<double>(static_cast<std::size_t>(y_count)), offset);
  array<T> workspace(std::vector<double>(static_cast<std::size_t>(s.workspace()), std::nan("")), offset);
  detail::gpu::winograd<T>("convolution", nullptr, s, from.data(), by.data(), order,
                           {to.data(), s.out, bias ? start.data() : nullptr, 0, rectify,
                            static_cast<int>(s.time.window * s.mel.window), average},
                           workspace.data());
  CHECK((workspace.data()[-1] == T(7) && workspace.all.back() == T(7)));
  return to;
}

template <class T>
void check(const size& s, idx tiles_at_once) {
  problem p(s);
  const auto forward = [&](std::size_t offset) {
    return convolved<T>(winograd_size::forward(s), tiles_at_once, p.x, p.weight, winograd_weight_order::forward(s),
                        &p.bias, s.rectify, s.pool.average, offset);
  };
  const auto backward = [&](std::size_t offset) {
    return convolved<T>(winograd_size::backward(s), tiles_at_once, p.dy, p.weight, winograd_weight_order::backward(s),
                        nullptr, false, false, offset);
  };
  INFO(s.time.extent << " x " << s.mel.extent << " x " << s.in << " -> " << s.out);
  serial any_order;
  const auto check_one = [&](const auto& call, const std::vector<double>& expected, idx depth) {
    table::order_threads_as(calling_thread);
    array<T> got = call(0);
    check_close(got, expected, depth);
    table::order_threads_as(any_order);
    array<T> again = call(1);
    CHECK(std::equal(got.data(), got.data() + expected.size(), again.data()));
  };
  check_one(forward, p.y, s.depth());
  if (s.pool.places() == 1) check_one(backward, p.dx, 9 * s.out);  // it is that of the convolution alone
}

}  // namespace

TEMPLATE_TEST_CASE("convolutions of the CUDA backend: Winograd's", "[cuda]", float, double) {
  check<TestType>({1, 1, 1, {1, 3, 1, 1, 1}, {1, 3, 1, 1, 1}}, 0);
  check<TestType>({2, 8, 12, {5, 3, 1, 1, 1}, {6, 3, 1, 1, 1}, true}, 0);
  check<TestType>({1, 5, 7, {7, 3, 1, 2, 0}, {4, 3, 1, 0, 0}}, 0);
  check<TestType>({3, 16, 4, {4, 3, 1, 0, 3}, {5, 3, 1, 4, 1}}, 0);
  check<TestType>({2, 4, 20, {9, 3, 1, 1, 1}, {7, 3, 1, 1, 1}}, 7);  // several times
  check<TestType>({1, 4, 4, {3, 3, 1, 1, 1}, {3, 3, 1, 1, 1}}, 1);
  check<TestType>({2, 4, 12, {5, 3, 1, 1, 1}, {6, 3, 1, 1, 1}, true, {2, 2, true}}, 0);
  check<TestType>({1, 5, 7, {7, 3, 1, 1, 1}, {4, 3, 1, 1, 1}, false, {2, 1, false}}, 0);
  check<TestType>({2, 4, 8, {4, 3, 1, 1, 1}, {5, 3, 1, 1, 1}, true, {1, 2, false}}, 5);
  check<TestType>({1, 4, 4, {1, 3, 1, 1, 1}, {5, 3, 1, 1, 1}, false, {2, 2, true}}, 0);  // no whole window
  CHECK(cuda::status());
}

TEST_CASE("convolutions of the CUDA backend: large ones are Winograd's", "[cuda]") {
  const size s{1, 128, 132, {31, 3, 1, 1, 1}, {32, 3, 1, 1, 1}, true};
  static_assert(winograd_size::suits({1, 128, 132, {31, 3, 1, 1, 1}, {32, 3, 1, 1, 1}}));
  static_assert(!winograd_size::suits({1, 128, 132, {30, 3, 1, 1, 1}, {32, 3, 1, 1, 1}}));  // few tiles
  static_assert(!winograd_size::suits({1, 64, 132, {32, 3, 1, 1, 1}, {32, 3, 1, 1, 1}}));
  static_assert(!winograd_size::suits({1, 128, 64, {32, 3, 1, 1, 1}, {32, 3, 1, 1, 1}}));
  static_assert(!winograd_size::suits({1, 128, 128, {64, 3, 2, 1, 1}, {64, 3, 1, 1, 1}}));
  static_assert(!winograd_size::suits({1, 128, 128, {64, 3, 1, 2, 2, 2}, {64, 3, 1, 1, 1}}));
  static_assert(!winograd_size::suits({1, 128, 128, {64, 3, 1, 1, 1}, {64, 5, 1, 2, 2}}));

  using conv = kernel<op::conv2d, cuda, float>;
  problem p(s);
  const auto zeros = [](idx count) { return std::vector<double>(static_cast<std::size_t>(count)); };
  array<float> x(p.x, 0), weight(p.weight, 0), bias(p.bias, 0), dy(p.dy, 0), y(zeros(p.y_count), 0),
      dx(zeros(p.x_count), 0);
  array<float> forward_scratch(zeros(conv::forward_workspace(s, 1)), 0);
  array<float> backward_scratch(zeros(conv::backward_workspace(s, 1)), 0);
  table::order_threads_as(calling_thread);
  conv::forward({nullptr, forward_scratch.data()}, s, x.data(), weight.data(), bias.data(), y.data());
  conv::backward({nullptr, backward_scratch.data()}, s, x.data(), weight.data(), dy.data(), dx.data(), nullptr,
                 nullptr);
  CHECK((forward_scratch.all.back() == 7 && backward_scratch.all.back() == 7));
  check_close(y, p.y, s.depth());
  check_close(dx, p.dx, 9 * s.out);
  const auto same = [](array<float>& a, array<float> b, idx count) {
    return std::equal(a.data(), a.data() + count, b.data());
  };
  CHECK(same(y,
             convolved<float>(winograd_size::forward(s), 0, p.x, p.weight, winograd_weight_order::forward(s), &p.bias,
                              s.rectify, false, 0),
             p.y_count));
  CHECK(same(dx,
             convolved<float>(winograd_size::backward(s), 0, p.dy, p.weight, winograd_weight_order::backward(s),
                              nullptr, false, false, 0),
             p.x_count));
  CHECK(cuda::status());
}

}  // namespace winograd_test
