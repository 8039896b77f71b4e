#include "op/table/stft.hpp"

#include "audio/executors.hpp"
#include "audio/signals.hpp"
#include "op/backends.hpp"
#include "op/checks.hpp"

using namespace auris;

TEMPLATE_LIST_TEST_CASE("stft keeps its contract", "[stft]", table::backends) { table::check<table::stft, TestType>(); }

namespace {

template <class Backend, class T>
std::vector<T> spectrum(const op::stft::size& s, const T* x, const std::vector<T>& window,
                        executor& e = calling_thread) {
  std::vector<T> roots(static_cast<std::size_t>(2 * s.fft)), y(static_cast<std::size_t>(s.frames * s.bins()));
  op::stft::make_table(s.fft, roots.data());
  std::vector<T> workspace(static_cast<std::size_t>(forward_workspace<op::stft, Backend, T>(s, e.workers())));
  kernel_of<op::stft, Backend, T>::forward(table::on<Backend>(e, workspace.data()), s, x, window.data(), roots.data(),
                                           y.data());
  CHECK(table::failure_of_device() == "");
  return y;
}

}  // namespace

TEMPLATE_LIST_TEST_CASE("stft: worked example", "[stft]", table::backends) {
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

TEMPLATE_LIST_TEST_CASE("stft: the window weighs the samples", "[stft]", table::backends) {
  const std::vector<double> x{5, 7, 9}, window{0, 2, 0};
  const auto y = spectrum<TestType, double>({1, 3, 1, false}, x.data(), window);
  CHECK(y[0] == Approx(14));
  CHECK(y[1] == Approx(14));
}

namespace {
template <class Backend, class T>
void agrees_with_reference() {
  for (idx fft : {1,   2,   3,   4,   5,   6,   7,   8,   9,   10,  11,  12,  13,  14,  15,  16,  18,  20,  21,
                  22,  24,  25,  26,  27,  28,  30,  32,  34,  35,  36,  38,  40,  42,  45,  49,  50,  56,  60,
                  63,  64,  70,  72,  75,  81,  84,  90,  96,  97,  98,  99,  100, 101, 105, 106, 108, 112, 120,
                  121, 125, 128, 143, 194, 210, 243, 256, 286, 315, 343, 420, 441, 480, 512, 630, 882, 1024})
    for (idx frames : {1, 3, 17}) {
      if (frames == 17 && fft > 130) continue;
      INFO("fft " << fft << ", frames " << frames);
      const op::stft::size s{frames, fft, fft / 3 + 1, true};
      const auto x = noise<T>(s.samples(), 5), window = noise<T>(fft, 6);
      const auto a = spectrum<reference, T>(s, x.data(), window), b = spectrum<Backend, T>(s, x.data(), window);
      double worst = 0;
      for (std::size_t i = 0; i < a.size(); ++i) worst = std::max(worst, std::abs(double(a[i]) - double(b[i])));
      CHECK(worst <= (sizeof(T) == 4 ? 3e-6 : 1e-14) * static_cast<double>(fft));
    }
}
}  // namespace

TEMPLATE_LIST_TEST_CASE("stft: the reference's values at any length", "[stft]", table::backends) {
  agrees_with_reference<TestType, float>();
  agrees_with_reference<TestType, double>();
}

TEMPLATE_LIST_TEST_CASE("stft: long transforms in single precision against chosen bins in double", "[stft]",
                        table::backends) {
  // The reference adds a frame's samples one after the other, which rounds most, and takes its time: one size will do.
  constexpr bool plain = std::is_same_v<TestType, reference>;
  const double margin = plain ? 1e-3 : 1e-4;
  for (idx fft : plain ? std::vector<idx>{17640} : std::vector<idx>{17640, 24000, 24310}) {
    const op::stft::size s{2, fft, fft / 2, false};
    const auto x = noise<float>(s.samples(), 7), window = noise<float>(fft, 8);
    const auto y = spectrum<TestType, float>(s, x.data(), window);
    for (idx t : {0, 1})
      for (idx k : {idx(0), idx(1), idx(2), idx(97), fft / 4, fft / 4 + 1, fft / 2 - 1, fft / 2}) {
        INFO("fft " << fft << ", frame " << t << ", bin " << k);
        double real = 0, imaginary = 0;
        for (idx n = 0; n < fft; ++n) {
          const auto v =
              double(window[static_cast<std::size_t>(n)]) * double(x[static_cast<std::size_t>(t * s.hop + n)]);
          const double angle = 2 * std::numbers::pi * static_cast<double>(k * n % fft) / static_cast<double>(fft);
          real += v * std::cos(angle), imaginary -= v * std::sin(angle);
        }
        CHECK(y[static_cast<std::size_t>(t * s.bins() + k)] == Approx(std::hypot(real, imaginary)).margin(margin));
      }
  }
}

TEMPLATE_LIST_TEST_CASE("stft: a frame's bits depend neither on its place nor on the executor", "[stft]",
                        table::backends) {
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

TEMPLATE_LIST_TEST_CASE("stft: no frames", "[stft]", table::backends) {
  CHECK(spectrum<TestType, float>({0, 16, 4, true}, nullptr, std::vector<float>(16)).empty());
}
