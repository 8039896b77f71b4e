#include <auris/backend/cuda.cuh>
#include <auris/backend/cuda/product.cuh>
#include <auris/core/random.hpp>
#include <cmath>
#include <limits>
#include <vector>

#include "support/catch.hpp"

using namespace auris;
using namespace auris::detail::gpu;

namespace {

struct sizes {
  idx rows, columns, depth;
};

/// Values between two guards, at any distance from an aligned address.
template <class T>
struct array {
  array(idx count, idx offset, std::uint64_t seed) : begin(16 + offset), end(begin + count), all(at(end + 16)) {
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<T>(2 * uniform(seed, i) - 1);
  }
  T* data() { return all.data() + begin; }
  static std::size_t at(idx i) { return static_cast<std::size_t>(i); }
  idx begin, end;
  std::vector<T> all;
};

enum class mode { overwrite, bias, rectified_bias, add };

/// c of `multiply` with everything around it, for operands whose rows lie `gap` scalars apart.
template <class T, bool ARows, bool BRows>
std::vector<T> product(const product_plan& plan, const sizes& s, mode m, idx offset, idx gap) {
  const idx a_stride = (ARows ? s.depth : s.rows) + gap, b_stride = (BRows ? s.columns : s.depth) + gap;
  const idx c_stride = s.columns + gap;
  array<T> a(a_stride * (ARows ? s.rows : s.depth), offset, 1), b(b_stride * (BRows ? s.depth : s.columns), offset, 2);
  array<T> c(c_stride * s.rows, offset, 3), bias(s.columns, offset, 4);
  std::vector<T> workspace(array<T>::at(plan.workspace(s.rows, s.columns)), std::numeric_limits<T>::quiet_NaN());

  destination<T> to{c.data(), c_stride};
  if (m == mode::add) to = destination<T>::add_to(c.data(), c_stride);
  if (m == mode::bias || m == mode::rectified_bias) to.start = bias.data();
  to.rectify = m == mode::rectified_bias;

  std::vector<T> expected = c.all;
  double worst = 0;
  multiply("product", nullptr, plan, s.rows, s.columns, s.depth, matrix_lines<T, ARows>{a.data(), a_stride},
           matrix_lines<T, !BRows>{b.data(), b_stride}, to, workspace.data());
  for (idx i = 0; i < s.rows; ++i)
    for (idx j = 0; j < s.columns; ++j) {
      T& e = expected[array<T>::at(c.begin + i * c_stride + j)];
      double sum = m == mode::add ? static_cast<double>(e) : to.start ? static_cast<double>(bias.data()[j]) : 0;
      for (idx k = 0; k < s.depth; ++k)
        sum += static_cast<double>(a.data()[ARows ? i * a_stride + k : k * a_stride + i]) *
               static_cast<double>(b.data()[BRows ? k * b_stride + j : j * b_stride + k]);
      if (to.rectify && sum < 0) sum = 0;
      const T got = c.data()[i * c_stride + j];
      const double wrong = std::abs(static_cast<double>(got) - sum);
      if (!(wrong <= worst)) worst = wrong;
      e = got;
    }
  CHECK(worst <= static_cast<double>(8 + s.depth) * static_cast<double>(std::numeric_limits<T>::epsilon()));
  CHECK(std::memcmp(c.all.data(), expected.data(), expected.size() * sizeof(T)) == 0);  // nothing else was written
  std::vector<T> values;
  for (idx i = 0; i < s.rows; ++i)
    values.insert(values.end(), c.data() + i * c_stride, c.data() + i * c_stride + s.columns);
  return values;
}

/// With every tile, in packs and value by value: right, and the same bits.
template <class T, bool ARows, bool BRows>
void check(const sizes& s, idx splits, idx depth_each) {
  using tile = product_plan::tile;
  for (const mode m : {mode::overwrite, mode::bias, mode::rectified_bias, mode::add}) {
    INFO(s.rows << " x " << s.columns << " x " << s.depth << ", splits " << splits << ", mode " << static_cast<int>(m));
    const auto first = product<T, ARows, BRows>({tile::small, splits, depth_each}, s, m, 1, 3);
    for (const tile shape : {tile::small, tile::narrow, tile::large})
      for (const idx gap : {0, 4}) {
        const auto other = product<T, ARows, BRows>({shape, splits, depth_each}, s, m, 0, gap);
        CHECK(std::memcmp(first.data(), other.data(), first.size() * sizeof(T)) == 0);
      }
  }
}
template <class T>
void check_all(const sizes& s, idx splits, idx depth_each) {
  check<T, false, false>(s, splits, depth_each);
  check<T, false, true>(s, splits, depth_each);
  check<T, true, false>(s, splits, depth_each);
  check<T, true, true>(s, splits, depth_each);
}

}  // namespace

TEMPLATE_TEST_CASE("the product of the CUDA backend: tiles and their borders", "[cuda]", float, double) {
  check_all<TestType>({1, 1, 1}, 1, 16);
  check_all<TestType>({4, 3, 0}, 1, 0);
  check_all<TestType>({7, 65, 5}, 1, 16);
  check_all<TestType>({64, 64, 16}, 1, 16);
  check_all<TestType>({68, 132, 20}, 1, 32);
  check_all<TestType>({132, 68, 12}, 1, 16);
  check_all<TestType>({128, 128, 8}, 1, 16);
  check_all<TestType>({129, 66, 17}, 1, 32);
  CHECK(cuda::status());
}

TEMPLATE_TEST_CASE("the product of the CUDA backend: splits of the depth", "[cuda]", float, double) {
  check_all<TestType>({5, 7, 33}, 3, 16);
  check_all<TestType>({68, 8, 100}, 4, 32);
  check_all<TestType>({12, 20, 304}, 19, 16);  // several threads add the parts of one value
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
