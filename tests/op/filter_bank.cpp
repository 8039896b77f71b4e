#include "op/table/filter_bank.hpp"

#include <auris/core/random.hpp>

#include "op/backends.hpp"
#include "op/checks.hpp"

using namespace auris;

TEMPLATE_LIST_TEST_CASE("filter bank keeps its contract", "[filter_bank]", table::backends) {
  table::check<table::filter_bank, TestType>();
}

TEMPLATE_LIST_TEST_CASE("filter bank: worked example", "[filter_bank]", table::backends) {
  // bands: 1 x[0] + 2 x[1]; nothing; 3 x[2]
  const std::vector<idx> first{0, 0, 2}, offset{0, 2, 2, 3};
  const std::vector<double> weight{1, 2, 3}, x{1, 10, 100, 4, 5, 6};
  std::vector<double> y(6, -1);
  kernel_of<op::filter_bank, TestType, double>::forward(table::on<TestType, double>(calling_thread, nullptr), {2, 3, 3},
                                                        x.data(), first.data(), offset.data(), weight.data(), y.data());
  CHECK(y == std::vector<double>{21, 0, 300, 14, 0, 18});
}

TEMPLATE_LIST_TEST_CASE("filter bank: a frame's bits depend on its own bins only", "[filter_bank]", table::backends) {
  constexpr idx frames = 19, bins = 100, bands = 12;
  const auto bank = [](idx rows) { return table::filter_bank::calls<TestType, float>({rows, bins, bands, 60})[0]; };
  table::arrays<float> given;
  given["weight"].resize(static_cast<std::size_t>(bank(1).arguments[1].count));
  given["x"].resize(static_cast<std::size_t>(frames * bins));
  for (auto& [name, values] : given)
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<float>(uniform(1, i));
  const auto all = table::run(bank(frames), given).at("y"), x = given["x"];
  for (idx t = 0; t < frames; ++t) {
    given["x"] = {x.begin() + t * bins, x.begin() + (t + 1) * bins};
    const auto one = table::run(bank(1), given).at("y");
    CHECK(std::equal(one.begin(), one.end(), all.begin() + t * bands));
  }
}
