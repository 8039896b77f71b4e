// Every registered network: nothing is allocated once a call of the same size has been made, and bad inputs are told.
#include <algorithm>
#include <auris/core/random.hpp>
#include <networks/registry.hpp>
#include <span>
#include <vector>

#include "support/allocations.hpp"
#include "support/catch.hpp"
#include "support/noise.hpp"

using namespace auris;

TEST_CASE("networks: inference and training steps allocate nothing after the first") {
  if (!testing::counts_allocations()) {
    SUCCEED("skipped: a sanitizer has its own malloc");
    return;
  }
  for (const auto& entry : networks::registry) {
    for (const int threads : {1, 2}) {
      const auto network = entry.make({.threads = threads});
      network->initialise(1);
      const shape item = entry.usual_input.with(0, std::max<idx>(entry.shortest, 7));
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
    const auto runs = [&](idx frames) {
      return static_cast<bool>(
          network->run(networks::form::deployed, {x.data(), 1, entry.usual_input.with(0, frames)}));
    };
    CHECK(runs(entry.shortest));
    CHECK(runs(std::max<idx>(entry.shortest, 1)));
    for (idx frames = 0; frames < entry.shortest; ++frames) CHECK_FALSE(runs(frames));
    CHECK(network->run(networks::form::full, {x.data(), 0, entry.usual_input}));
    CHECK_FALSE(network->run(networks::form::full, {x.data(), 1, entry.usual_input.with(1, 63)}));
    CHECK_FALSE(network->run(networks::form::full, {nullptr, 1, entry.usual_input}));
  }
}

TEST_CASE("networks: options are those of the network") {
  const auto& entry = *networks::find_network("2apae");
  const auto x = noise(entry.usual_input.size());
  const named_tensor in = tensor_of<float>("x", {1, 311, 64}, std::span(x));
  for (const char* attention : {"code", "paper"}) {
    const auto network = entry.make({.options = {{"attention", attention}}});
    network->initialise(1);
    const auto y = network->apply(networks::form::deployed, in);
    REQUIRE(y);
    const auto scores = std::ranges::find(*y, "y_pred", &named_tensor::name);
    REQUIRE(scores != y->end());
    CHECK(scores->shape == std::vector<idx>{1, 41});
    for (const float v : scores->floats()) CHECK((v > 0 && v < 1));
  }
  CHECK_THROWS(entry.make({.options = {{"attention", "both"}}}));
  CHECK_THROWS(entry.make({.options = {{"pooling", "max"}}}));
  CHECK_THROWS(networks::find_network("crnn_4b")->make({.options = {{"attention", "code"}}}));
}

TEST_CASE("networks: time modes B and C need the frames of a step, C gives the frames that are asked for") {
  const auto& entry = *networks::find_network("soft_label_mtl_3");
  const shape item = entry.usual_input;
  const auto x = noise(item.size());
  for (const auto time : {networks::time_mode::held, networks::time_mode::stretched}) {
    const auto network = entry.make({.time = time, .frames = 3});
    network->initialise(1);
    for (const auto form : {networks::form::full, networks::form::deployed}) {
      CHECK(network->run(form, {x.data(), 1, item.with(0, 8)}));
      CHECK_FALSE(network->run(form, {x.data(), 1, item.with(0, 7)}));
      CHECK(network->run(form, {x.data(), 0, item}));
    }
    CHECK_FALSE(network->run(networks::form::full, {x.data(), 1, item.with(1, 63)}));
    const auto y =
        network->apply(networks::form::full, tensor_of<float>("x", {2, 20, 64}, std::span(x).first(2 * 20 * 64)));
    REQUIRE(y);
    CHECK(y->front().shape == std::vector<idx>{2, time == networks::time_mode::held ? 20 : 3, 17});
  }
  CHECK_THROWS(entry.make({.time = networks::time_mode::stretched, .frames = 0}));
  CHECK_THROWS(networks::find_network("crnn_4b")->make({.time = networks::time_mode::held}));
}

TEST_CASE("networks: a step of training in time mode C changes what its parts compute") {
  const auto network =
      networks::find_network("soft_label_mtl_3")->make({.time = networks::time_mode::stretched, .frames = 2});
  network->initialise(1);
  const auto x = noise(16 * 64);
  const auto outputs = [&] {
    return network->apply(networks::form::deployed, tensor_of<float>("x", {1, 16, 64}, std::span(x)))
        .value()
        .front()
        .floats();
  };
  const auto before = outputs();
  REQUIRE(network->train({x.data(), 1, dims(16, 64)}));
  CHECK(outputs() != before);
}
