#include "op/table/spec_augment.hpp"

#include "op/backends.hpp"
#include "op/checks.hpp"
#include "op/expect.hpp"

using namespace auris;

TEMPLATE_LIST_TEST_CASE("spec_augment keeps its contract", "[spec_augment]", table::backends) {
  table::check<table::spec_augment, TestType>();
}

TEMPLATE_LIST_TEST_CASE("spec_augment: stripes are a function of key and item", "[spec_augment]", table::backends) {
  const random_key key{.seed = 3, .step = 4, .stream = 5};
  constexpr idx time = 100, mel = 20;
  const auto ones = [&](idx items, random_key k) {
    return table::run(table::spec_augment::calls<TestType, float>({{items, time, mel, 1, {2, 30}, {1, 6}}, k})[0],
                      {{"x", table::floats(static_cast<std::size_t>(items * time * mel), 1)}})
        .at("y");
  };
  const auto whole = ones(3, key);
  for (idx n = 0; n < 3; ++n) {
    const auto element = [&](idx j) { return static_cast<std::uint64_t>(2 * (n * 3 + j)); };
    const auto in_stripe = [&](idx j, idx widest, idx extent, idx place) {
      const idx width = key.below(element(j), widest), first = key.below(element(j) + 1, extent - width);
      CHECK((width < widest && first + width <= extent));
      return place >= first && place < first + width;
    };
    for (idx t = 0; t < time; t += 3)
      for (idx m = 0; m < mel; ++m) {
        const bool zero = in_stripe(0, 30, time, t) || in_stripe(1, 30, time, t) || in_stripe(2, 6, mel, m);
        REQUIRE(whole[static_cast<std::size_t>((n * time + t) * mel + m)] == (zero ? 0.0f : 1.0f));
      }
  }
  auto parts = ones(1, key);
  for (const float v : ones(2, {key.seed, key.step, key.stream, 1})) parts.push_back(v);
  CHECK(parts == whole);  // a batch in two parts
  CHECK(ones(3, {3, 5, 5}) != whole);
}

TEMPLATE_LIST_TEST_CASE("spec_augment: an axis shorter than the widest stripe keeps a value", "[spec_augment]",
                        table::backends) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const auto y = table::run(table::spec_augment::calls<TestType, float>({{1, 3, 1, 1, {1, 64}, {0, 1}}, {seed}})[0],
                              {{"x", {1, 1, 1}}})
                       .at("y");
    CHECK(y[0] + y[1] + y[2] >= 1);
  }
}
