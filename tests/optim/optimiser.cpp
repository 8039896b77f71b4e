#include <auris/optim/optimiser.hpp>

#include <auris/backend/reference.hpp>
#include <auris/nn/compose.hpp>
#include <auris/nn/linear.hpp>
#include <auris/nn/weights.hpp>
#include <auris/optim/adam.hpp>

#include "support/catch.hpp"

using namespace auris;

namespace {
// 5 -> 4 -> 3 -> 2: parameters 24, 15, 8.
struct middle_frozen : bind<sequential<linear<4>, frozen<linear<3>>, linear<2>>, dims(dyn, 5)> {};
struct two_heads : bind<sequential<linear<4>, heads<output<"a", linear<3>>, output<"b", linear<2>>>>, dims(dyn, 5)> {};
struct all_frozen : bind<frozen<linear<4>>, dims(dyn, 5)> {};
}  // namespace

TEST_CASE("trainable_ranges: neighbours are joined, frozen and removed parts left out") {
  using ranges = std::vector<parameter_range>;
  CHECK(trainable_ranges<middle_frozen>() == ranges{{0, 24}, {39, 8}});
  CHECK(trainable_ranges<two_heads>() == ranges{{0, 24 + 15 + 10}});
  CHECK(trainable_ranges<only<two_heads, "b">>() == ranges{{0, 24}, {39, 10}});
  CHECK(trainable_ranges<all_frozen>().empty());
}

TEMPLATE_TEST_CASE("optimiser: weight decay does not move frozen parts", "", middle_frozen, (only<two_heads, "b">)) {
  weights<TestType> w(3);
  const std::vector<float> before(w.params(), w.params() + TestType::parameters);
  const std::vector<float> gradients(static_cast<std::size_t>(TestType::parameters), 1.0f);
  optimiser<TestType, adamw, reference> o({.rate = 0.1, .weight_decay = 0.1});
  o.reserve().value();
  for (int i = 0; i < 3; ++i) o.step({}, gradients.data(), w.params());
  for (std::size_t i = 0; i < before.size(); ++i) {
    const bool stays = i >= 24 && i < 39;
    CHECK((w.params()[i] == before[i]) == stays);
    CHECK((o.state(0)[i] == 0) == stays);
  }
}

TEST_CASE("optimiser: a network without anything to train stays as it is") {
  weights<all_frozen> w(3);
  const std::vector<float> before(w.params(), w.params() + all_frozen::parameters), gradients(24, 1.0f);
  optimiser<all_frozen, adam, reference> o;
  o.reserve().value();
  o.step({}, gradients.data(), w.params());
  CHECK(std::vector<float>(w.params(), w.params() + all_frozen::parameters) == before);
}
