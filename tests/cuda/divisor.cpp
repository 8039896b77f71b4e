#include <auris/backend/cuda/divisor.cuh>
#include <auris/core/random.hpp>
#include <limits>

#include "support/catch.hpp"

namespace divisor_test {

using namespace auris;

namespace {
bool divides(idx n, idx d) {
  const detail::gpu::divisor by(d);
  return n / by == n / d && n % by == n % d;
}
}  // namespace

TEST_CASE("divisor: small numbers, all of them", "[divisor]") {
  long wrong = 0;
  for (idx d = 1; d < 300; ++d)
    for (idx n = 0; n < 1000; ++n) wrong += !divides(n, d);
  CHECK(wrong == 0);
}

TEST_CASE("divisor: around powers of two, multiples and the largest number", "[divisor]") {
  constexpr idx largest = std::numeric_limits<idx>::max();
  long wrong = 0;
  for (int shift = 0; shift < 63; ++shift)
    for (idx e = -2; e <= 2; ++e) {
      const idx d = (idx{1} << shift) + e;
      if (d < 1) continue;
      for (int other = 0; other < 63; ++other)
        for (idx f = 0; f <= 2; ++f) wrong += !divides((idx{1} << other) - 1 + f, d);
      for (idx f = 0; f <= 2; ++f) wrong += !divides(largest - f, d) + !divides(largest / d * d - f, d);
    }
  CHECK(wrong == 0);
  CHECK(divides(largest, largest));
  CHECK(divides(largest - 1, largest));
}

TEST_CASE("divisor: numbers of any size", "[divisor]") {
  random_sequence random(1);
  long wrong = 0;
  const auto any = [&] { return (idx{1} << random.below(62)) + random.below(idx{1} << random.below(62)); };
  for (int i = 0; i < 100'000; ++i) {
    const idx d = any(), n = any();
    wrong += !divides(n, d) + !divides(n / d * d, d);
  }
  CHECK(wrong == 0);
}

}  // namespace divisor_test
