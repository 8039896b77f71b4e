#include <auris/backend/cuda.cuh>
#include <auris/backend/cuda/product.cuh>
#include <auris/core/random.hpp>
#include <cmath>
#include <limits>
#include <vector>

#include "op/table.hpp"
#include "support/catch.hpp"

namespace product_test {

using namespace auris;
using namespace auris::detail::gpu;

namespace {

struct sizes {
  idx rows, columns, depth;
};

/// A matrix whose first value lies `offset` scalars behind an aligned address, and whose rows are `gap` scalars apart.
template <class T>
struct matrix {
  matrix(std::uint64_t seed, idx rows, idx columns, idx offset, idx gap)
      : stride(columns + gap), begin(16 + offset), all(at(begin + rows * stride + 16), T(7)) {
    for (idx i = 0; i < rows; ++i)
      for (idx j = 0; j < columns; ++j)
        (*this)(i, j) = static_cast<T>(2 * uniform(seed, static_cast<std::uint64_t>(i * columns + j)) - 1);
  }
  T* data() { return all.data() + begin; }
  T& operator()(idx i, idx j) { return data()[i * stride + j]; }
  static std::size_t at(idx i) { return static_cast<std::size_t>(i); }
  idx stride, begin;
  std::vector<T> all;
};

enum class mode { overwrite, bias, rectified_bias, add };

/// The values of c that `multiply` finds; a and b are given by their rows, or by those of their transposes.
template <class T, bool ARows, bool BRows>
std::vector<T> product(const product_plan& plan, const sizes& s, mode m, idx offset, idx gap) {
  matrix<T> a(1, ARows ? s.rows : s.depth, ARows ? s.depth : s.rows, offset, gap);
  matrix<T> b(2, BRows ? s.depth : s.columns, BRows ? s.columns : s.depth, offset, gap);
  matrix<T> c(3, s.rows, s.columns, offset, gap), bias(4, 1, s.columns, offset, gap);
  std::vector<T> workspace(matrix<T>::at(plan.workspace(s.rows, s.columns)), std::numeric_limits<T>::quiet_NaN());
  matrix<T> result = c;
  destination<T> to{result.data(), c.stride};
  if (m == mode::add) to = destination<T>::add_to(result.data(), c.stride);
  if (m == mode::bias || m == mode::rectified_bias) to.start = bias.data();
  to.rectify = m == mode::rectified_bias;

  multiply("product", nullptr, plan, s.rows, s.columns, s.depth, matrix_lines<T, ARows>{a.data(), a.stride},
           matrix_lines<T, !BRows>{b.data(), b.stride}, to, workspace.data());
  std::vector<T> values;
  double worst = 0;
  for (idx i = 0; i < s.rows; ++i)
    for (idx j = 0; j < s.columns; ++j) {
      double sum = m == mode::add ? static_cast<double>(c(i, j)) : to.start ? static_cast<double>(bias(0, j)) : 0;
      for (idx k = 0; k < s.depth; ++k)
        sum += static_cast<double>(ARows ? a(i, k) : a(k, i)) * static_cast<double>(BRows ? b(k, j) : b(j, k));
      if (to.rectify && sum < 0) sum = 0;
      const double wrong = std::abs(static_cast<double>(result(i, j)) - sum);
      if (!(wrong <= worst)) worst = wrong;
      values.push_back(c(i, j) = result(i, j));
    }
  CHECK(worst <= static_cast<double>(8 + s.depth) * static_cast<double>(std::numeric_limits<T>::epsilon()));
  CHECK(c.all == result.all);  // nothing was written around c
  return values;
}

/// With every tile, in packs and value by value, in any order of threads: right, and the same bits.
template <class T, bool ARows, bool BRows>
void check(const sizes& s, idx splits, idx depth_each, mode m) {
  using tile = product_plan::tile;
  INFO(s.rows << " x " << s.columns << " x " << s.depth << ", splits " << splits << ", mode " << static_cast<int>(m));
  table::order_threads_as(calling_thread);
  const auto first = product<T, ARows, BRows>({tile::small, splits, depth_each}, s, m, 1, 3);
  serial any_order;
  table::order_threads_as(any_order);
  for (const tile shape : {tile::small, tile::narrow, tile::large})
    for (const idx gap : {0, 4}) CHECK(first == product<T, ARows, BRows>({shape, splits, depth_each}, s, m, 0, gap));
}
template <class T>
void check_all(const sizes& s, idx splits, idx depth_each, mode m = mode::overwrite) {
  check<T, false, false>(s, splits, depth_each, m);
  check<T, false, true>(s, splits, depth_each, m);
  check<T, true, false>(s, splits, depth_each, m);
  check<T, true, true>(s, splits, depth_each, m);
}

}  // namespace

TEMPLATE_TEST_CASE("the product of the CUDA backend: tiles and their borders", "[cuda]", float, double) {
  check_all<TestType>({1, 1, 1}, 1, 16);
  check_all<TestType>({7, 65, 5}, 1, 16);
  check_all<TestType>({64, 64, 16}, 1, 16);
  check_all<TestType>({68, 132, 20}, 1, 32);
  check_all<TestType>({132, 68, 12}, 1, 16);
  check_all<TestType>({129, 66, 17}, 1, 32);
  CHECK(cuda::status());
}

TEMPLATE_TEST_CASE("the product of the CUDA backend: what happens to c", "[cuda]", float, double) {
  for (const mode m : {mode::overwrite, mode::bias, mode::rectified_bias, mode::add}) {
    check_all<TestType>({4, 3, 0}, 1, 0, m);
    check_all<TestType>({12, 68, 8}, 1, 16, m);
    check_all<TestType>({5, 7, 33}, 3, 16, m);
  }
  CHECK(cuda::status());
}

TEMPLATE_TEST_CASE("the product of the CUDA backend: splits of the depth", "[cuda]", float, double) {
  check_all<TestType>({68, 8, 100}, 4, 32);
  check_all<TestType>({12, 20, 304}, 19, 16, mode::add);  // several threads add the parts of one value
  CHECK(cuda::status());
}

TEST_CASE("the product of the CUDA backend: plans", "[cuda]") {
  for (const idx rows : {0, 1, 17, 64, 200, 513, 4608, 12800, 409600})
    for (const idx columns : {0, 1, 17, 64, 128, 768})
      for (const idx depth : {0, 1, 9, 255, 256, 576, 4608, 409600}) {
        INFO(rows << " x " << columns << " x " << depth);
        const product_plan p = product_plan::of<float>(rows, columns, depth);
        CHECK((p.splits >= 1 && p.splits <= 256));
        CHECK(p.depth_each % product_plan::depth_step == 0);
        CHECK((p.splits * p.depth_each >= depth && (p.splits == 1 || (p.splits - 1) * p.depth_each < depth)));
        CHECK(product_workspace<float>(rows, columns, depth) <= 528 * 128 * 128);
        CHECK(product_plan::of<double>(rows, columns, depth).shape == product_plan::tile::small);
      }
  using tile = product_plan::tile;
  static_assert(product_plan::of<float>(200, 17, 512).shape == tile::small);
  static_assert(product_plan::of<float>(409600, 64, 576).shape == tile::narrow);
  static_assert(product_plan::of<float>(102400, 256, 2304).shape == tile::large);
  static_assert(product_plan::of<float>(102400, 256, 2304).splits == 1);
  static_assert(product_plan::of<float>(576, 64, 409600).splits > 50);  // the gradient of 3 x 3 weights
}

}  // namespace product_test
