#include "op/table/attention.hpp"

#include <cmath>
#include <limits>

#include "op/backends.hpp"
#include "op/checks.hpp"
#include "op/expect.hpp"

using namespace auris;

TEMPLATE_LIST_TEST_CASE("attention keeps its contract", "[attention]", table::backends) {
  table::check<table::attention, TestType>();
}

namespace {
constexpr float none = std::numeric_limits<float>::quiet_NaN();

template <class Backend>
table::floats attended(const op::attention::size& s, const table::floats& x) {
  return table::run(table::attention::calls<Backend, float>({s})[0], {{"x", x}}).at("y");
}
template <class Backend>
table::floats attended(const op::attention::size& s, const table::floats& x, const table::floats& mask) {
  return table::run(table::attention::calls<Backend, float>({s})[0], {{"x", x}, {"mask", mask}}).at("y");
}
}  // namespace

TEMPLATE_LIST_TEST_CASE("attention: two tokens and two heads by hand", "[attention]", table::backends) {
  // Each token: q of both heads, k of both heads, v of both heads.
  const table::floats x{1, 0, 0, 2, /**/ 1, 0, 1, 1, /**/ 10, 20, 30, 40,  //
                        0, 1, 1, 1, /**/ 0, 1, 2, 0, /**/ 50, 60, 70, 80};
  const auto share = [](double first, double second) { return std::exp(first) / (std::exp(first) + std::exp(second)); };
  const auto mean = [](double first, double a, double b) { return first * a + (1 - first) * b; };
  for (const double scale : {0.0, 0.5}) {
    const double by = scale == 0 ? 1 / std::sqrt(2) : scale;
    // Scores of token 0: head 0 has 1 and 0, head 1 has 2 and 0; of token 1: 0 and 1, 2 and 2.
    const double a = share(by, 0), b = share(2 * by, 0), c = share(0, by), d = 0.5;
    table::check_close(attended<TestType>({1, 2, 2, 2, scale}, x),
                       {mean(a, 10, 50), mean(a, 20, 60), mean(b, 30, 70), mean(b, 40, 80),  //
                        mean(c, 10, 50), mean(c, 20, 60), mean(d, 30, 70), mean(d, 40, 80)});
  }
}

TEMPLATE_LIST_TEST_CASE("attention: tokens that are masked are not read", "[attention]", table::backends) {
  // q, k, v of three tokens and of two items; padding holds what is not a number.
  const table::floats x{1, 0, 4, 1, none, none, 1, 0, 8, 1, none, none, 1, none, none, 1, none, none};
  table::check_close(attended<TestType>({2, 3, 1, 1}, x, {1, 0, 1, 0, 0, 0}), {6, 6, 6, 0, 0, 0});
}

TEMPLATE_LIST_TEST_CASE("attention: as without the tokens that are masked", "[attention]", table::backends) {
  const op::attention::size all{1, 450, 2, 24}, some{1, 225, 2, 24};
  const auto length = static_cast<std::ptrdiff_t>(3 * all.features());
  const auto x = table::golden_input(1, all.tokens * 3 * all.features());
  table::floats mask, kept;
  for (idx i = 0; i < all.tokens; ++i) {
    mask.push_back(i % 2 == 0 ? 1.f : 0.f);
    if (i % 2 == 0) kept.insert(kept.end(), x.begin() + i * length, x.begin() + (i + 1) * length);
  }
  const auto y = attended<TestType>(all, x, mask), expected = attended<TestType>(some, kept);
  table::floats got;
  for (idx i = 0; i < all.tokens; i += 2)
    got.insert(got.end(), y.begin() + i * all.features(), y.begin() + (i + 1) * all.features());
  table::check_close(got, {expected.begin(), expected.end()});
}

TEMPLATE_LIST_TEST_CASE("attention: large scores stay finite, in any order", "[attention]", table::backends) {
  // The score of key j is q times its k; the largest wins, wherever it stands.
  constexpr idx tokens = 500;
  for (const idx winner : {idx{0}, idx{250}, idx{499}})
    for (const float size : {1e4f, 1e18f}) {
      table::floats x;
      for (idx j = 0; j < tokens; ++j) {
        const float k = j == winner ? 1 : j % 2 == 0 ? 0.5f : -1;
        x.insert(x.end(), {j % 2 == 0 ? size : 0, k * size, j == winner ? 7.f : 1.f});
      }
      const auto y = attended<TestType>({1, tokens, 1, 1}, x);
      CHECK(y[0] == 7.f);
      CHECK(y[498] == 7.f);
      table::check_close({y[1]}, {506.0 / 500});  // all scores are zero
    }
}

TEMPLATE_LIST_TEST_CASE("attention: NaN stays NaN", "[attention]", table::backends) {
  const auto y = attended<TestType>({1, 2, 1, 1}, {1, 0, 4, none, 0, 8});
  table::check_close({y[0]}, {6});
  CHECK(std::isnan(y[1]));
  const auto by_key = attended<TestType>({1, 2, 1, 1}, {1, none, 4, 1, 0, 8});
  CHECK((std::isnan(by_key[0]) && std::isnan(by_key[1])));
}
