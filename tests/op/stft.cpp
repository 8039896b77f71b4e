#include <auris/backend/cpu.hpp>
#include <auris/backend/reference.hpp>
#include <auris/core/random.hpp>
#include <vector>

#include "audio/executors.hpp"
#include "support/catch.hpp"

using namespace auris;

namespace {

template <class T>
std::vector<T> noise(idx count, std::uint64_t seed) {
  std::vector<T> x(static_cast<std::size_t>(count));
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<T>(2 * uniform(seed, i) - 1);
  return x;
}

template <class Backend, class T>
std::vector<T> spectrum(const op::stft::size& s, const T* x, const std::vector<T>& window,
                        executor& e = calling_thread) {
  std::vector<T> table(static_cast<std::size_t>(2 * s.fft)), y(static_cast<std::size_t>(s.frames * s.bins()));
  op::stft::make_table(s.fft, table.data());
  std::vector<T> workspace(static_cast<std::size_t>(forward_workspace<op::stft, Backend, T>(s, e.workers())));
  kernel_of<op::stft, Backend, T>::forward({&e, workspace.data()}, s, x, window.data(), table.data(), y.data());
  return y;
}

}  // namespace

TEMPLATE_TEST_CASE("stft: worked example", "", reference, cpu) {
  // frames 1 2 3 4 and 3 4 5 6: X[0] = sum, X[1] = (x0 - x2) - i (x1 - x3), X[2] = x0 - x1 + x2 - x3
  const std::vector<double> x{1, 2, 3, 4, 5, 6}, ones(4, 1);
  const auto power = spectrum<TestType, double>({2, 4, 2, true}, x.data(), ones);
  const auto magnitude = spectrum<TestType, double>({2, 4, 2, false}, x.data(), ones);
  const std::vector<double> expected{100, 8, 4, 324, 8, 4};
  REQUIRE(power.size() == 6);
  for (std::size_t i = 0; i < 6; ++i) {
    CHECK(power[i] == Approx(expected[i]));
    CHECK(magnitude[i] == Approx(std::sqrt(expected[i])));
  }
}

TEMPLATE_TEST_CASE("stft: the window weighs the samples", "", reference, cpu) {
  const std::vector<double> x{5, 7, 9}, window{0, 2, 0};
  const auto y = spectrum<TestType, double>({1, 3, 1, false}, x.data(), window);
  CHECK(y[0] == Approx(14));
  CHECK(y[1] == Approx(14));
}

TEMPLATE_TEST_CASE("stft: the cpu agrees with the reference at any length", "", float, double) {
  using T = TestType;
  for (idx fft : {1,   2,   3,   4,   5,   6,   7,   8,   9,   10,  11,  12,  13,  14,  15,  16,  18,  20,  21,
                  22,  24,  25,  26,  27,  28,  30,  32,  34,  35,  36,  38,  40,  42,  45,  49,  50,  56,  60,
                  63,  64,  70,  72,  75,  81,  84,  90,  96,  97,  98,  99,  100, 101, 105, 106, 108, 112, 120,
                  121, 125, 128, 194, 210, 243, 256, 315, 343, 420, 441, 480, 512, 630, 882, 1024})
    for (idx frames : {1, 3, 17}) {
      if (frames == 17 && fft > 130) continue;
      INFO("fft " << fft << ", frames " << frames);
      const op::stft::size s{frames, fft, fft / 3 + 1, true};
      const auto x = noise<T>(s.samples(), 5), window = noise<T>(fft, 6);
      const auto a = spectrum<reference, T>(s, x.data(), window), b = spectrum<cpu, T>(s, x.data(), window);
      double worst = 0;
      for (std::size_t i = 0; i < a.size(); ++i) worst = std::max(worst, std::abs(double(a[i]) - double(b[i])));
      CHECK(worst <= (sizeof(T) == 4 ? 3e-6 : 1e-14) * static_cast<double>(fft));
    }
}

TEST_CASE("stft: 17640 points in single precision against chosen bins in double") {
  const op::stft::size s{2, 17640, 8820, false};
  const auto x = noise<float>(s.samples(), 7), window = noise<float>(s.fft, 8);
  const auto y = spectrum<cpu, float>(s, x.data(), window);
  for (idx t : {0, 1})
    for (idx k : {0, 1, 2, 97, 4410, 4411, 8819, 8820}) {
      double real = 0, imaginary = 0;
      for (idx n = 0; n < s.fft; ++n) {
        const auto v = double(window[static_cast<std::size_t>(n)]) * double(x[static_cast<std::size_t>(t * s.hop + n)]);
        const double angle = 2 * std::numbers::pi * static_cast<double>(k * n % s.fft) / static_cast<double>(s.fft);
        real += v * std::cos(angle), imaginary -= v * std::sin(angle);
      }
      CHECK(y[static_cast<std::size_t>(t * s.bins() + k)] == Approx(std::hypot(real, imaginary)).margin(1e-4));
    }
}

TEMPLATE_TEST_CASE("stft: a frame's bits depend neither on its place nor on the executor", "", reference, cpu) {
  for (idx fft : {60, 63, 66}) {
    const op::stft::size s{40, fft, 7, true};
    const auto x = noise<float>(s.samples(), 9), window = noise<float>(fft, 10);
    const auto all = spectrum<TestType, float>(s, x.data(), window);
    backwards others;
    CHECK(spectrum<TestType, float>(s, x.data(), window, others) == all);
    for (idx t = 0; t < s.frames; ++t) {
      const auto one = spectrum<TestType, float>({1, fft, 7, true}, x.data() + t * s.hop, window);
      CHECK(std::equal(one.begin(), one.end(), all.begin() + t * s.bins()));
    }
  }
}

TEMPLATE_TEST_CASE("stft: no frames", "", reference, cpu) {
  CHECK(spectrum<TestType, float>({0, 16, 4, true}, nullptr, std::vector<float>(16)).empty());
}
