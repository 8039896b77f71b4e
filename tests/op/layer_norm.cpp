#include "op/table/layer_norm.hpp"

#include "op/backends.hpp"
#include "op/checks.hpp"
#include "op/expect.hpp"

using namespace auris;

TEMPLATE_LIST_TEST_CASE("layer_norm keeps its contract", "[layer_norm]", table::backends) {
  table::check<table::layer_norm, TestType>();
}
TEMPLATE_LIST_TEST_CASE("l2_normalize keeps its contract", "[l2_normalize]", table::backends) {
  table::check<table::l2_normalize, TestType>();
}

TEMPLATE_LIST_TEST_CASE("layer_norm: PyTorch's values and gradients", "[layer_norm]", table::backends) {
  const auto plain = table::layer_norm::calls<TestType, float>({10, 6, 1e-6});
  table::check_golden("units.json", "layer_norm_eps1e-6_no_affine",
                      table::run(plain[0], {{"x", table::golden_input(9040, 60)}}).at("y"));

  const auto calls = table::layer_norm::calls<TestType, float>({6, 4});
  table::arrays<float> given{{"x", table::golden_input(9101, 24)},
                             {"weight", table::golden_input(9105, 4)},
                             {"bias", table::golden_input(9106, 4)}};
  table::check_golden("gradients.json", "layernorm.y", table::run(calls[0], given).at("y"));
  given["dy"] = table::golden_input(9100, 24);
  given["dweight"] = given["dbias"] = table::floats(4);
  const auto gradients = table::run(calls[1], given);
  table::check_golden("gradients.json", "layernorm.grad0", gradients.at("dx"));
  table::check_golden("gradients.json", "layernorm.grad1", gradients.at("dweight"));
  table::check_golden("gradients.json", "layernorm.grad2", gradients.at("dbias"));
}

TEMPLATE_LIST_TEST_CASE("l2_normalize: PyTorch's values and gradients; rows of zero", "[l2_normalize]",
                        table::backends) {
  const auto calls = table::l2_normalize::calls<TestType, float>({3, 4});
  const auto x = table::golden_input(9101, 12);
  table::check_golden("gradients.json", "l2_normalize.y", table::run(calls[0], {{"x", x}}).at("y"));
  table::check_golden("gradients.json", "l2_normalize.grad0",
                      table::run(calls[1], {{"x", x}, {"dy", table::golden_input(9100, 12)}}).at("dx"));

  const auto wide = table::l2_normalize::calls<TestType, float>({.rows = 2, .length = 2, .epsilon = 0.5});
  const table::floats small{0, 0, 3, 4};
  table::check_close(table::run(wide[0], {{"x", small}}).at("y"), {0, 0, 0.6, 0.8});
  table::check_close(table::run(wide[1], {{"x", small}, {"dy", {1, 2, 0, 5}}}).at("dx"), {2, 4, -0.48, 0.36});
}
