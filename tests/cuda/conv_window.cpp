#include <auris/backend/cuda.cuh>
#include <auris/backend/cuda/conv_window.cuh>
#include <auris/backend/cuda/product.cuh>
#include <auris/backend/reference.hpp>
#include <auris/core/random.hpp>
#include <cmath>
#include <limits>
#include <vector>

#include "support/catch.hpp"

namespace conv_window_test {

using namespace auris;
namespace gpu = auris::detail::gpu;

namespace {

template <class T>
std::vector<T> made(std::uint64_t seed, idx count) {
  std::vector<T> x;
  for (idx i = 0; i < count; ++i)
    x.push_back(static_cast<T>(static_cast<float>(2 * uniform(seed, static_cast<std::uint64_t>(i)) - 1)));
  return x;
}

/// c (rows, columns) of a product that is cut in the given way.
template <class A, class B>
std::vector<float> product(gpu::product_plan::tile tile, idx rows, idx columns, idx depth, const A& a, const B& b,
                           const op::conv2d::pooling& pool = {}) {
  const idx depth_each = 48, splits = depth > 0 ? (depth + depth_each - 1) / depth_each : 1;
  const gpu::product_plan plan{tile, splits, depth_each};
  std::vector<float> c(static_cast<std::size_t>(rows / pool.places() * columns));
  std::vector<float> workspace(static_cast<std::size_t>(plan.workspace(rows, columns)));
  gpu::multiply<float>("convolution", nullptr, plan, rows, columns, depth, a, b,
                       {c.data(), columns, nullptr, 0, false, static_cast<int>(pool.places()), pool.average},
                       workspace.data());
  return c;
}
void check_close(const std::vector<float>& got, const std::vector<double>& expected, idx depth) {
  double worst = 0;
  for (std::size_t i = 0; i < got.size(); ++i) {
    const double wrong = std::abs(static_cast<double>(got[i]) - expected[i]);
    if (!(wrong <= worst)) worst = wrong;
  }
  CHECK(worst <= static_cast<double>(8 + depth) * static_cast<double>(std::numeric_limits<float>::epsilon()));
}

}  // namespace

// The sizes of the table give tiles of one shape alone.
TEST_CASE("convolutions of the CUDA backend: with every tile", "[cuda]") {
  using size = op::conv2d::size;
  for (const size& s :
       {size{2, 4, 8, {9, 3, 1, 1, 1}, {8, 3, 1, 1, 1}}, size{1, 8, 4, {14, 4, 2, 1, 0}, {11, 3, 3, 2, 2}},
        size{1, 4, 132, {8, 3, 1, 4, 0, 2}, {5, 2, 1, 0, 1}}, size{1, 3, 5, {11, 3, 2, 1, 1}, {13, 1}}}) {
    const idx x_rows = s.items * s.time.extent * s.mel.extent, taps = s.time.kernel * s.mel.kernel;
    const auto x = made<float>(1, x_rows * s.in), weight = made<float>(2, s.depth() * s.out);
    const auto dy = made<float>(3, s.rows() * s.out);
    const auto x2 = made<double>(1, x_rows * s.in), weight2 = made<double>(2, s.depth() * s.out);
    const auto dy2 = made<double>(3, s.rows() * s.out);
    std::vector<double> y(dy.size()), dx(x.size()), dweight(weight.size());
    kernel<op::conv2d, reference, double>::forward({}, s, x2.data(), weight2.data(), nullptr, y.data());
    kernel<op::conv2d, reference, double>::backward({}, s, x2.data(), weight2.data(), dy2.data(), dx.data(),
                                                    dweight.data(), nullptr);

    const auto over_x = gpu::conv_window<float>::forward(s, x.data());
    const auto over_dy = gpu::conv_window<float>::backward(s, dy.data());
    const gpu::matrix_lines<float, false> by_weight{weight.data(), s.out}, by_dy{dy.data(), s.out};
    using tile = gpu::product_plan::tile;
    for (const tile t : {tile::small, tile::narrow, tile::large}) {
      INFO(s.in << " -> " << s.out << ", tile " << static_cast<int>(t));
      check_close(product(t, s.rows(), s.out, s.depth(), gpu::conv_places<float>{over_x}, by_weight), y, s.depth());
      check_close(product(t, x_rows, s.in, taps * s.out, gpu::conv_places<float>{over_dy},
                          gpu::conv_input_weights<float>::of(s, weight.data())),
                  dx, taps * s.out);
      check_close(product(t, s.depth(), s.out, s.rows(), gpu::conv_taps<float>{over_x}, by_dy), dweight, s.rows());
    }
  }
  CHECK(cuda::status());
}

TEST_CASE("convolutions of the CUDA backend: pooled with every tile", "[cuda]") {
  using size = op::conv2d::size;
  for (const size& s : {size{2, 4, 8, {9, 3, 1, 1, 1}, {8, 3, 1, 1, 1}, false, {2, 2, true}},
                        size{1, 8, 68, {15, 3, 1, 1, 1}, {11, 3, 1, 1, 1}, false, {2, 1, false}},
                        size{3, 3, 5, {11, 3, 1, 1, 1}, {13, 1}, false, {1, 2, true}}}) {
    const auto x = made<float>(1, s.items * s.time.extent * s.mel.extent * s.in), weight = made<float>(2, s.weights());
    const auto x2 = made<double>(1, static_cast<idx>(x.size())), weight2 = made<double>(2, s.weights());
    std::vector<double> y(static_cast<std::size_t>(s.pooled_rows() * s.out));
    kernel<op::conv2d, reference, double>::forward({}, s, x2.data(), weight2.data(), nullptr, y.data());
    const gpu::conv_places<float> places{gpu::conv_window<float>::forward(s, x.data())};
    const gpu::matrix_lines<float, false> by_weight{weight.data(), s.out};
    using tile = gpu::product_plan::tile;
    for (const tile t : {tile::small, tile::narrow, tile::large}) {
      INFO(s.in << " -> " << s.out << ", tile " << static_cast<int>(t));
      check_close(product(t, s.pooled_rows() * s.pool.places(), s.out, s.depth(), places, by_weight, s.pool), y,
                  s.depth());
    }
  }
  CHECK(cuda::status());
}

TEST_CASE("division by a multiplication", "[cuda]") {
  constexpr int last = std::numeric_limits<int>::max();
  for (const int d : {1, 2, 3, 5, 7, 9, 31, 64, 100, 127, 641, 12800, 65535, 65536, 1000003, last - 1, last}) {
    const gpu::int_divisor by(d);
    CHECK(by.value() == d);
    for (const idx q : {0, 1, 2, 3, 1000, 12345, last / d / 2, last / d})
      for (const idx n : {q * d - 1, q * d, q * d + 1, idx{last}})
        if (n >= 0 && n <= last) {
          INFO(n << " / " << d);
          CHECK(static_cast<int>(n) / by == n / d);
        }
  }
}

}  // namespace conv_window_test
