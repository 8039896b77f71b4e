// How exact the CPU backend's elementary functions are, over the whole range of float, for every instruction set that the
// processor has.
#include <auris/backend/cpu.hpp>
#include <cmath>
#include <cstring>
#include <limits>
#include <vector>

#include "support/catch.hpp"

using namespace auris;

namespace auris::detail {
#define AURIS_TEST_LOOPS                                                                    \
  inline void erf_of_test(idx count, const float* x, float* y) noexcept {                   \
    for (idx i = 0; i < count; i += lanes) store(y + i, error_function(load(x + i)));       \
  }                                                                                         \
  inline void logarithm_of_one_and_of_test(idx count, const float* x, float* y) noexcept {  \
    for (idx i = 0; i < count; i += lanes) store(y + i, logarithm_of_one_and(load(x + i))); \
  }
#if defined(__x86_64__)
AURIS_BEGIN_SET("sse4.2")
namespace v2 {
AURIS_TEST_LOOPS
}
AURIS_END_SET
AURIS_BEGIN_SET("avx2,fma,bmi2,f16c")
namespace v3 {
AURIS_TEST_LOOPS
}
AURIS_END_SET
AURIS_BEGIN_SET("avx512f,avx512bw,avx512dq,avx512vl,avx2,fma,bmi2,f16c")
namespace v4 {
AURIS_TEST_LOOPS
}
AURIS_END_SET
#else
namespace one_set {
AURIS_TEST_LOOPS
}
#endif
namespace loops {
AURIS_LOOP(erf_of_test);
AURIS_LOOP(logarithm_of_one_and_of_test);
}  // namespace loops
}  // namespace auris::detail

namespace {

using values = std::vector<float>;

/// f of every instruction set of this processor: check(name, f).
template <class... P, class Check>
void for_every_set(const detail::loop<P...>& f, const Check& check) {
#if defined(__x86_64__)
  const auto best = detail::choose_instruction_set();
  check("v2", f.v2);
  if (best >= detail::instruction_set::v3) check("v3", f.v3);
  if (best >= detail::instruction_set::v4) check("v4", f.v4);
#else
  check("the only set", f.only);
#endif
}

/// Floats of all sizes and both signs, infinities and NaN; whole lines of them.
values all_sizes() {
  values x;
  for (std::uint64_t b = 0; b < std::uint64_t(1) << 32; b += 9973) {
    const auto bits = static_cast<std::uint32_t>(b);
    float v;
    std::memcpy(&v, &bits, sizeof v);
    x.push_back(v);
  }
  for (int i = -60000; i <= 60000; ++i) x.push_back(static_cast<float>(i) / 512);
  const float special = std::numeric_limits<float>::infinity();
  for (float v : {0.0f, -0.0f, special, -special, std::numeric_limits<float>::quiet_NaN()}) x.push_back(v);
  x.resize(static_cast<std::size_t>(detail::whole_lines(static_cast<idx>(x.size()))));
  return x;
}

/// The distance of floats at v; the smallest normal number below it.
double ulp(double v) {
  if (std::abs(v) < 0x1p-126) return 0x1p-126;
  int exponent;
  std::frexp(v, &exponent);
  return std::ldexp(1.0, exponent - 24);
}

/// The largest error in units of unit(x, exact), where the exact value is finite; NaN must be NaN, and infinity be infinite.
template <class Exact, class Unit>
double worst_error(const values& x, const values& y, const Exact& exact, const Unit& unit) {
  double worst = 0;
  idx wrong = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double in = x[i], e = exact(in), got = y[i];
    if (const float rounded = static_cast<float>(e); std::isnan(e) || std::isinf(rounded))
      wrong += !(std::isnan(e) ? std::isnan(got) : got == static_cast<double>(rounded));
    else
      worst = got == got ? std::max(worst, std::abs(got - e) / unit(in, e)) : std::numeric_limits<double>::infinity();
  }
  CHECK(wrong == 0);
  return worst;
}

template <class Exact, class Unit>
void check_unary(const detail::loop<idx, const float*, float*>& f, double bound, const Exact& exact, const Unit& unit) {
  const values x = all_sizes();
  for_every_set(f, [&](const char* set, auto run) {
    INFO(set);
    values y(x.size());
    run(static_cast<idx>(x.size()), x.data(), y.data());
    CHECK(worst_error(x, y, exact, unit) < bound);
  });
}
const auto of_result = [](double, double e) { return ulp(e); };

double share(double x) { return std::erfc(-x / std::sqrt(2.0)) / 2; }

}  // namespace

TEST_CASE("cpu: tanh within 1.5 ulp, the logistic function within 2.5") {
  check_unary(
      detail::loops::tanh_forward, 1.5, [](double x) { return std::tanh(x); }, of_result);
  check_unary(
      detail::loops::sigmoid_forward, 2.5, [](double x) { return 1 / (1 + std::exp(-x)); }, of_result);
}

TEST_CASE("cpu: erf within 1.2 ulp") {
  check_unary(
      detail::loops::erf_of_test, 1.2, [](double x) { return std::erf(x); }, of_result);
}

TEST_CASE("cpu: GELU within 2^-23 of its argument, its gradient within 2^-22") {
  const auto size = [](double x, double) { return std::ldexp(std::abs(x), -23) + 1e-44; };
  check_unary(
      detail::loops::gelu_forward, 1, [](double x) { return std::isinf(x) && x < 0 ? NAN : x * share(x); }, size);
  const values x = all_sizes(), one(x.size(), 1.0f);
  for_every_set(detail::loops::gelu_backward, [&](const char* set, auto run) {
    INFO(set);
    values y(x.size());
    run(static_cast<idx>(x.size()), x.data(), one.data(), y.data());
    const auto gradient = [](double v) {
      return std::isinf(v) ? NAN : share(v) + v * std::exp(-v * v / 2) / std::sqrt(2 * std::acos(-1.0));
    };
    CHECK(worst_error(x, y, gradient, [](double, double) { return 0x1p-22; }) < 1);
  });
}

TEST_CASE("cpu: exp within 1.1 ulp, ln within 1") {
  const values x = all_sizes(), zero(x.size());
  for_every_set(detail::loops::shifted_exponential, [&](const char* set, auto run) {
    INFO(set);
    values y(x.size());
    run(static_cast<idx>(x.size()), x.data(), zero.data(), y.data());
    CHECK(worst_error(
              x, y, [](double v) { return std::exp(v); }, of_result) < 1.1);
  });
  values positive = x;
  for (float& v : positive) v = std::abs(v);
  for_every_set(detail::loops::scaled_logarithm, [&](const char* set, auto run) {
    INFO(set);
    values y(x.size());
    run(static_cast<idx>(x.size()), positive.data(), 0, 0, 0, 1, y.data());
    CHECK(worst_error(
              positive, y, [](double v) { return std::log(v); }, of_result) < 1);
  });
}

TEST_CASE("cpu: ln(1 + t) within 1.5 ulp for t <= 1") {
  values x = all_sizes();
  for (float& t : x) t = t > 1 ? 1 / t : t;
  for (int i = 0; i < 1 << 20; ++i) x.push_back(static_cast<float>(i) / (1 << 19) - 1);
  for_every_set(detail::loops::logarithm_of_one_and_of_test, [&](const char* set, auto run) {
    INFO(set);
    values y(x.size());
    run(static_cast<idx>(x.size()), x.data(), y.data());
    CHECK(worst_error(
              x, y, [](double t) { return std::log1p(t); }, of_result) < 1.5);
  });
}
