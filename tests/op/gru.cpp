#include "op/table/gru.hpp"

#include <cmath>
#include <limits>
#include <string>

#include "op/backends.hpp"
#include "op/checks.hpp"
#include "op/expect.hpp"

using namespace auris;

TEMPLATE_LIST_TEST_CASE("gru keeps its contract", "[gru]", table::backends) { table::check<table::gru, TestType>(); }

namespace {
const char* const parts[] = {"input", "recurrent", "input_bias", "recurrent_bias"};

/// The golden files' weights of a bidirectional GRU: tensors in PyTorch's order, seed 1000 model + tensor.
table::arrays<float> golden_weights(std::uint64_t model, idx in, idx hidden) {
  table::arrays<float> w;
  std::uint64_t seed = 1000 * model;
  for (int direction = 0; direction < 2; ++direction) {
    const auto scale = [](idx fan) { return std::sqrt(3 / static_cast<double>(fan)); };
    const auto name = [&](int part) { return parts[part] + std::to_string(direction); };
    w[name(0)] = table::golden_input(seed++, 3 * hidden * in, scale(in));
    w[name(1)] = table::golden_input(seed++, 3 * hidden * hidden, scale(hidden));
    w[name(2)] = table::golden_input(seed++, 3 * hidden, 0.1);
    w[name(3)] = table::golden_input(seed++, 3 * hidden, 0.1);
  }
  return w;
}
}  // namespace

TEMPLATE_LIST_TEST_CASE("gru: PyTorch's values, last states and gradients", "[gru]", table::backends) {
  auto given = golden_weights(40, 6, 4);
  given["x"] = table::golden_input(9040, 60);
  given["state"] = table::floats(16);
  const auto unit = table::run(table::gru::calls<TestType, float>({2, 5, 6, 4, 2})[0], given);
  table::check_golden("units.json", "gru_y", unit.at("y"));
  // PyTorch's last states are (direction, item, hidden).
  table::check_golden("units.json", "gru_h", table::permuted(unit.at("state"), {2, 2, 4, 1}, {1, 0, 2, 3}));

  const auto calls = table::gru::calls<TestType, float>({2, 4, 3, 2, 2});
  given = golden_weights(80, 3, 2);
  given["x"] = table::golden_input(9112, 24);
  const auto written = table::run(calls[0], given);
  table::check_golden("gradients.json", "gru.y", written.at("y"));
  given["y"] = written.at("y");
  given["cache"] = written.at("cache");
  given["dy"] = table::golden_input(9100, 32);
  given["dinput0"] = table::floats(18);  // null would stand for all gradients of weights
  const auto gradients = table::run(calls[1], given);
  table::check_golden("gradients.json", "gru.grad_x", gradients.at("dx"));
  const char* const records[] = {"weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0"};
  for (int direction = 0; direction < 2; ++direction)
    for (int part = 0; part < 4; ++part)
      table::check_golden("gradients.json",
                          "gru.grad_" + std::string(records[part]) + (direction == 1 ? "_reverse" : ""),
                          gradients.at("d" + (parts[part] + std::to_string(direction))));
}

TEMPLATE_LIST_TEST_CASE("gru: weights of zero", "[gru]", table::backends) {
  // z = 1/2 and n = tanh(1) at every frame: h' = (n + h) / 2.
  const double n = std::tanh(1.0);
  table::arrays<float> given{{"x", {5, 6, 7}},
                             {"input0", {0, 0, 0}},
                             {"recurrent0", {0, 0, 0}},
                             {"input_bias0", {0, 0, 1}},
                             {"recurrent_bias0", {0, 0, 0}}};
  const auto calls = table::gru::calls<TestType, float>({1, 3, 1, 1, 1});
  table::check_close(table::run(calls[0], given).at("y"), {n / 2, 3 * n / 4, 7 * n / 8});
  given["state"] = {1};
  const auto carried = table::run(calls[0], given);
  table::check_close(carried.at("y"), {(n + 1) / 2, (3 * n + 1) / 4, (7 * n + 1) / 8});
  table::check_close(carried.at("state"), {(7 * n + 1) / 8});
}

TEMPLATE_LIST_TEST_CASE("gru: frame by frame gives the whole clip", "[gru]", table::backends) {
  const idx frames = 6, in = 5, hidden = 19;
  table::arrays<float> weights{{"input0", table::golden_input(1, 3 * hidden * in)},
                               {"recurrent0", table::golden_input(2, 3 * hidden * hidden, 0.3)},
                               {"input_bias0", table::golden_input(3, 3 * hidden)},
                               {"recurrent_bias0", table::golden_input(4, 3 * hidden)}};
  const auto x = table::golden_input(5, frames * in);
  auto given = weights;
  given["x"] = x;
  const auto whole = table::run(table::gru::calls<TestType, float>({1, frames, in, hidden, 1})[0], given).at("y");

  table::floats joined;
  given["state"] = table::floats(static_cast<std::size_t>(hidden));
  for (idx t = 0; t < frames; ++t) {
    given["x"] = {x.begin() + t * in, x.begin() + (t + 1) * in};
    const auto written = table::run(table::gru::calls<TestType, float>({1, 1, in, hidden, 1})[0], given);
    joined.insert(joined.end(), written.at("y").begin(), written.at("y").end());
    given["state"] = written.at("state");
  }
  table::check_close(joined, {whole.begin(), whole.end()});
}

TEMPLATE_LIST_TEST_CASE("gru: gates at infinity are 0 and 1, and what is not a number stays", "[gru]",
                        table::backends) {
  const float infinite = std::numeric_limits<float>::infinity();
  table::arrays<float> given{
      {"x", {1}}, {"input0", {0, 0, 0}}, {"recurrent0", {0, 0, 0}}, {"recurrent_bias0", {0, 0, 0}}, {"state", {0.5f}}};
  const auto y = [&](float z, float n) {
    given["input_bias0"] = {0, z, n};
    return table::run(table::gru::calls<TestType, float>({1, 1, 1, 1, 1})[0], given).at("y");
  };
  table::check_close(y(infinite, 0), {0.5});
  table::check_close(y(-infinite, infinite), {1});
  table::check_close(y(-infinite, -infinite), {-1});
  CHECK(std::isnan(y(std::numeric_limits<float>::quiet_NaN(), 0)[0]));
  CHECK(std::isnan(y(0, std::numeric_limits<float>::quiet_NaN())[0]));
}
