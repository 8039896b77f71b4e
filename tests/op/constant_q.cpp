#include "op/table/constant_q.hpp"

#include <auris/core/random.hpp>

#include "op/backends.hpp"
#include "op/checks.hpp"

using namespace auris;

TEMPLATE_LIST_TEST_CASE("constant-Q keeps its contract", "[constant_q]", table::backends) {
  table::check<table::constant_q, TestType>();
}

TEMPLATE_LIST_TEST_CASE("constant-Q: worked example", "[constant_q]", table::backends) {
  // bands: (1 + 3j) x[0] + (2 + 0j) x[1]; nothing; 4j x[2]
  const std::vector<idx> first{0, 0, 2}, offset{0, 2, 2, 3};
  const std::vector<double> weight{1, 2, 0, 3, 0, 4}, x{1, 1.5, 2, -1};
  std::vector<double> y(6, -1);
  const auto run = [&](bool power) {
    kernel_of<op::constant_q, TestType, double>::forward(table::on<TestType, double>(calling_thread, nullptr),
                                                         {2, 3, 1, 3, 3, power}, x.data(), first.data(), offset.data(),
                                                         weight.data(), y.data());
    CHECK(table::failure_of_device() == "");
  };
  run(false);
  const std::vector<double> magnitudes{5, 0, 8, std::hypot(5.5, 4.5), 0, 4};
  for (std::size_t i = 0; i < y.size(); ++i) CHECK(y[i] == Approx(magnitudes[i]).margin(1e-12));
  run(true);
  for (std::size_t i = 0; i < y.size(); ++i) CHECK(y[i] == Approx(magnitudes[i] * magnitudes[i]).margin(1e-12));
}

TEMPLATE_LIST_TEST_CASE("constant-Q: a frame's bits depend on its own samples only", "[constant_q]", table::backends) {
  const table::constant_q::test all{19, 100, 30, 12, 60, false};
  const auto calls = [&](idx frames) {
    auto t = all;
    t.frames = frames;
    return table::constant_q::calls<TestType, float>(t)[0];
  };
  table::arrays<float> given;
  for (const auto& a : calls(all.frames).arguments)
    if (a.name != std::string("y")) given[a.name].resize(static_cast<std::size_t>(a.count));
  for (auto& [name, values] : given)
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<float>(uniform(1, i));
  const auto y = table::run(calls(all.frames), given).at("y"), x = given["x"];
  for (idx t = 0; t < all.frames; ++t) {
    given["x"] = {x.begin() + t * all.hop, x.begin() + t * all.hop + all.length};
    const auto one = table::run(calls(1), given).at("y");
    CHECK(std::equal(one.begin(), one.end(), y.begin() + t * all.bands));
  }
}
