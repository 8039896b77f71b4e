#include <auris/core/random.hpp>
#include <vector>

#include "support/catch.hpp"

using namespace auris;

TEST_CASE("uniform: the sequence that golden files are made with") {
  CHECK(uniform(0, 0) == 0.8833107948303223);
  CHECK(uniform(0, 2) == 0.02643376588821411);
  CHECK(uniform(0, 3) == 0.9708819389343262);
  CHECK(uniform(1234, 0) == 0.7306665182113647);
  CHECK(uniform(1234, 3) == 0.3061867356300354);
}

TEST_CASE("random_key: every part of the key changes the numbers") {
  const random_key key{7, 3, 2, 0};
  CHECK(key.uniform(5) == random_key{7, 3, 2, 0}.uniform(5));
  CHECK(key.uniform(5) != random_key{8, 3, 2, 0}.uniform(5));
  CHECK(key.uniform(5) != random_key{7, 4, 2, 0}.uniform(5));
  CHECK(key.uniform(5) != random_key{7, 3, 3, 0}.uniform(5));
  double sum = 0, square = 0;
  for (std::uint64_t i = 0; i < 10000; ++i) {
    const double u = key.uniform(i);
    sum += u;
    square += u * u;
  }
  CHECK(sum / 10000 == Approx(0.5).margin(0.02));
  CHECK(square / 10000 == Approx(1.0 / 3).margin(0.02));
}

TEST_CASE("shuffle: a permutation that depends on the seed alone") {
  std::vector<int> a(50), b(50), seen(50);
  for (int i = 0; i < 50; ++i) a[static_cast<std::size_t>(i)] = b[static_cast<std::size_t>(i)] = i;
  random_sequence first(1), second(1);
  shuffle(a.data(), 50, first);
  shuffle(b.data(), 50, second);
  CHECK(a == b);
  for (int v : a) ++seen[static_cast<std::size_t>(v)];
  CHECK(seen == std::vector<int>(50, 1));
}
