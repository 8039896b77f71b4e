// How accurate Winograd's convolution is at the sizes of real layers, beside the plain sum, and what prepared weights take.
#include <algorithm>
#include <auris/backend/cpu.hpp>
#include <auris/core/arena.hpp>
#include <auris/core/random.hpp>
#include <cmath>
#include <cstdint>
#include <vector>

#include "support/catch.hpp"

namespace cpu_winograd_test {

using namespace auris;
using size = op::conv2d::size;

namespace {

constexpr size layer(idx time, idx mel, idx in, idx out) { return {1, in, out, {time, 3, 1, 1, 1}, {mel, 3, 1, 1, 1}}; }

/// Uniform in [-1, 1].
float any(std::uint64_t seed, idx i) {
  return static_cast<float>(2 * uniform(seed, static_cast<std::uint64_t>(i)) - 1);
}

struct problem {
  size s;
  arena<float> x = arena<float>::make(s.items * s.time.extent * s.mel.extent * s.in).value();
  arena<float> weight = arena<float>::make(s.depth() * s.out).value(), bias = arena<float>::make(s.out).value();

  /// x as from a ReLU, weights as PyTorch starts with.
  explicit problem(const size& of) : s(of) {
    const float bound = 1 / std::sqrt(static_cast<float>(s.depth()));
    for (idx i = 0; i < x.size(); ++i) x.data()[i] = std::max(any(1, i), 0.f);
    for (idx i = 0; i < weight.size(); ++i) weight.data()[i] = any(2, i) * bound;
    for (idx i = 0; i < bias.size(); ++i) bias.data()[i] = any(3, i) * bound;
  }

  template <class Backend>
  arena<float> convolved() const {
    using k = kernel_of<op::conv2d, Backend, float>;
    auto prepared = arena<float>::make(k::prepared(s)).value(), y = arena<float>::make(s.rows() * s.out).value();
    auto workspace = arena<float>::make(k::prepared_workspace(s, 1)).value();
    k::prepare(s, weight.data(), prepared.data());
    k::forward_prepared({&calling_thread, workspace.data()}, s, x.data(), prepared.data(), bias.data(), y.data());
    return y;
  }
  double expected(idx row, idx o) const {
    const idx t = row / s.mel.extent, f = row % s.mel.extent;
    double sum = static_cast<double>(bias.data()[o]);
    for (idx i = 0; i < 3; ++i)
      for (idx j = 0; j < 3; ++j) {
        const idx time = t + i - 1, mel = f + j - 1;
        if (time < 0 || time >= s.time.extent || mel < 0 || mel >= s.mel.extent) continue;
        for (idx c = 0; c < s.in; ++c)
          sum += static_cast<double>(x.data()[(time * s.mel.extent + mel) * s.in + c]) *
                 static_cast<double>(weight.data()[((i * 3 + j) * s.in + c) * s.out + o]);
      }
    return sum;
  }
  /// The largest error of some outputs, the last one among them, over the largest output.
  double error(const arena<float>& y) const {
    double worst = 0, largest = 0;
    for (std::uint64_t k = 0; k < 200; ++k) {
      const idx i = y.size() - 1 - static_cast<idx>(mix(k) % static_cast<std::uint64_t>(y.size())) * (k > 0);
      const double right = expected(i / s.out, i % s.out);
      worst = std::max(worst, std::abs(static_cast<double>(y.data()[i]) - right));
      largest = std::max(largest, std::abs(right));
    }
    return worst / largest;
  }
};

}  // namespace

TEST_CASE("convolutions of the cpu backend: the error at the sizes of real layers", "[cpu]") {
  // The error grows with the channels that come in; of the largest layers only some of those that go out are computed.
  for (const size& s :
       {layer(311, 64, 64, 64), layer(200, 64, 64, 64), layer(200, 32, 64, 128), layer(200, 32, 128, 128),
        layer(200, 16, 128, 256), layer(200, 16, 256, 256), layer(200, 8, 256, 512), layer(200, 8, 512, 512),
        layer(31, 4, 512, 1024), layer(31, 4, 1024, 96), layer(31, 4, 2048, 96), layer(31, 2, 1024, 512),
        layer(31, 2, 2048, 96)}) {
    const problem p(s);
    INFO(s.in << " -> " << s.out << ", " << s.time.extent << " x " << s.mel.extent);
    CHECK(p.error(p.convolved<cpu>()) < 1e-5);
    CHECK(p.error(p.convolved<cpu_direct>()) < 4e-6);
  }
}

TEST_CASE("convolutions of the cpu backend: what prepared weights take", "[cpu]") {
  using winograd = kernel_of<op::conv2d, cpu, float>;
  using direct = kernel_of<op::conv2d, cpu_direct, float>;
  constexpr size s = layer(200, 16, 64, 128);
  static_assert(winograd::prepared(s) == 48 * s.in * s.out && direct::prepared(s) == s.depth() * s.out);
  static_assert(winograd::prepared({7, 64, 128, {3, 3, 1, 0, 2}, {9, 3}}) == winograd::prepared(s));
  static_assert(direct::prepared({7, 64, 128, {3, 3, 1, 0, 2}, {9, 3}}) == direct::prepared(s));

  // Smaller tiles where mel is narrow, and both forms where the weights are large, too.
  constexpr size narrow = layer(200, 4, 64, 128), small = layer(200, 4, 64, 64), narrower = layer(200, 2, 64, 64);
  static_assert(winograd::prepared(narrow) == 36 * narrow.in * narrow.out + direct::prepared(narrow));
  static_assert(winograd::prepared(small) == 4 * small.depth() * small.out);
  static_assert(winograd::prepared(narrower) == 24 * narrower.in * narrower.out);

  constexpr size strided{1, 64, 128, {200, 3, 2, 1, 1}, {16, 3, 1, 1, 1}}, few = layer(200, 16, 8, 128);
  static_assert(winograd::prepared(strided) == direct::prepared(strided) &&
                winograd::prepared(few) == direct::prepared(few));
}

TEST_CASE("convolutions of the cpu backend: many tiles give the same with prepared weights as without", "[cpu]") {
  using k = kernel_of<op::conv2d, cpu, float>;
  const problem p(layer(40, 24, 64, 96));
  auto y = arena<float>::make(p.s.rows() * p.s.out).value();
  auto workspace = arena<float>::make(k::forward_workspace(p.s, 1)).value();
  k::forward({&calling_thread, workspace.data()}, p.s, p.x.data(), p.weight.data(), p.bias.data(), y.data());
  const arena<float> prepared = p.convolved<cpu>();
  CHECK(std::equal(y.data(), y.data() + y.size(), prepared.data()));
}

}  // namespace cpu_winograd_test
