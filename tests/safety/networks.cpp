// Every registered network: nothing is allocated once a call of the same size has been made, and bad inputs are told.
#include <auris/core/random.hpp>
#include <networks/registry.hpp>
#include <vector>

#include "support/allocations.hpp"
#include "support/catch.hpp"

using namespace auris;

namespace {

std::vector<float> noise(idx n) {
  std::vector<float> x(static_cast<std::size_t>(n));
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<float>(2 * uniform(5, i) - 1);
  return x;
}

}  // namespace

TEST_CASE("networks: inference and training steps allocate nothing after the first") {
  if (!testing::counts_allocations()) {
    SUCCEED("skipped: a sanitizer has its own malloc");
    return;
  }
  for (const auto& entry : networks::registry) {
    for (const int threads : {1, 2}) {
      const auto network = entry.make({.threads = threads});
      network->initialise(1);
      const shape item = entry.usual_input.with(0, 7);
      const auto x = noise(2 * item.size());
      const view<const float> batch{x.data(), 2, item};
      INFO(entry.name << ", " << threads << " threads");
      for (const auto form : {networks::form::full, networks::form::deployed}) {
        REQUIRE(network->run(form, batch));
        const long before = testing::allocation_count();
        const bool fine = static_cast<bool>(network->run(form, batch));
        const long after = testing::allocation_count();
        CHECK(fine);
        CHECK(after == before);
      }
      // Adam's state makes the larger ones heavy; their layers are those of the smaller.
      if (network->parameters() > 10'000'000) continue;
      REQUIRE(network->train(batch));
      const long before = testing::allocation_count();
      const bool fine = static_cast<bool>(network->train(batch));
      const long after = testing::allocation_count();
      CHECK(fine);
      CHECK(after == before);
    }
  }
}

TEST_CASE("networks: one frame, no frame, no item, and what does not fit") {
  for (const auto& entry : networks::registry) {
    const auto network = entry.make({});
    network->initialise(1);
    const auto x = noise(entry.usual_input.size());
    INFO(entry.name);
    CHECK(network->run(networks::form::deployed, {x.data(), 1, entry.usual_input.with(0, 1)}));
    CHECK(network->run(networks::form::deployed, {x.data(), 1, entry.usual_input.with(0, 0)}));
    CHECK(network->run(networks::form::full, {x.data(), 0, entry.usual_input}));
    CHECK_FALSE(network->run(networks::form::full, {x.data(), 1, entry.usual_input.with(1, 63)}));
    CHECK_FALSE(network->run(networks::form::full, {nullptr, 1, entry.usual_input}));
  }
}
