#include "op/table/activation.hpp"

#include <cmath>

#include "op/backends.hpp"
#include "op/checks.hpp"
#include "op/expect.hpp"

using namespace auris;

TEMPLATE_LIST_TEST_CASE("dropout keeps its contract", "[dropout]", table::backends) {
  table::check<table::dropout, TestType>();
}

TEMPLATE_LIST_TEST_CASE("dropout: what is dropped is a function of key, item and element", "[dropout]",
                        table::backends) {
  const random_key key{.seed = 3, .step = 4, .stream = 5};
  const auto ones = [](idx items, random_key k) {
    return table::run(table::dropout::calls<TestType, float>({{items, 1000, 0.2}, k})[0],
                      {{"x", table::floats(static_cast<std::size_t>(items) * 1000, 1)}})
        .at("y");
  };
  const auto whole = ones(4, key);
  idx dropped = 0;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    CHECK(whole[i] == (key.uniform(i) < 0.2 ? 0.0f : 1.25f));
    dropped += whole[i] == 0;
  }
  CHECK(dropped > 700);  // 800 expected, standard deviation 25
  CHECK(dropped < 900);

  auto parts = ones(1, key);
  for (const float v : ones(3, {key.seed, key.step, key.stream, 1})) parts.push_back(v);
  CHECK(parts == whole);  // a batch in two parts
  CHECK(ones(4, {3, 5, 5}) != whole);
}

TEMPLATE_LIST_TEST_CASE("dropout: the probability decides to its last bit", "[dropout]", table::backends) {
  const random_key key{.seed = 3, .step = 4, .stream = 5};
  const auto kept = [&](double probability, std::size_t i) {
    const auto call = table::dropout::calls<TestType, float>({{1, 8, probability}, key})[0];
    return table::run(call, {{"x", table::floats(8, 1)}}).at("y")[i] != 0;
  };
  for (std::size_t i = 0; i < 8; ++i) {
    CHECK(kept(key.uniform(i), i));
    CHECK_FALSE(kept(std::nextafter(key.uniform(i), 1), i));
  }
}
