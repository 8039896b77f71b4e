#include "op/table/conv2d.hpp"

#include "op/backends.hpp"
#include "op/checks.hpp"
#include "op/expect.hpp"

using namespace auris;

TEMPLATE_LIST_TEST_CASE("conv2d keeps its contract", "[conv2d]", table::convolution_backends) {
  table::check<table::conv2d, TestType>();
}

namespace {
template <class Backend>
void against_golden(const std::string& record, const table::conv2d::test& s, const table::floats& weight,
                    const table::floats* bias) {
  const idx times = s.time.outputs(), mels = s.mel.outputs(), high = s.time.kernel, wide = s.mel.kernel;
  const auto calls = table::conv2d::calls<Backend, float>(s);
  table::arrays<float> given{{"x", table::channels_last(table::golden_input(9101, 120), 2, 3, 5, 4)},
                             {"weight", table::permuted(weight, {s.out, s.in, high, wide}, {2, 3, 1, 0})}};
  if (bias) given["bias"] = *bias;
  const auto y = table::run(calls[0], given).at("y");
  table::check_golden("gradients.json", record + ".y", table::channels_first(y, s.items, times, mels, s.out));

  given["dy"] = table::channels_last(table::golden_input(9100, s.rows() * s.out), s.items, s.out, times, mels);
  given["dbias"] = table::floats(static_cast<std::size_t>(s.out));
  given["dweight"] = table::floats(weight.size());
  const auto gradients = table::run(calls[1], given);
  table::check_golden("gradients.json", record + ".grad0", table::channels_first(gradients.at("dx"), 2, 5, 4, 3));
  table::check_golden("gradients.json", record + ".grad1",
                      table::permuted(gradients.at("dweight"), {high, wide, s.in, s.out}, {3, 2, 0, 1}));
  if (bias) table::check_golden("gradients.json", record + ".grad2", gradients.at("dbias"));
}
}  // namespace

TEMPLATE_LIST_TEST_CASE("conv2d: PyTorch's values and gradients", "[conv2d]", table::convolution_backends) {
  const auto small = table::golden_input(9102, 54), bias = table::golden_input(9103, 2);
  against_golden<TestType>("conv2d_3x3_pad1", {2, 3, 2, {5, 3, 1, 1, 1}, {4, 3, 1, 1, 1}}, small, &bias);
  against_golden<TestType>("conv2d_5x5_dil2_pad4", {2, 3, 2, {5, 5, 1, 4, 4, 2}, {4, 5, 1, 4, 4, 2}},
                           table::golden_input(9104, 150), nullptr);
  against_golden<TestType>("conv2d_3x3_stride2_pad1", {2, 3, 2, {5, 3, 2, 1, 1}, {4, 3, 2, 1, 1}}, small, nullptr);
}

TEMPLATE_LIST_TEST_CASE("conv2d: a causal difference by hand", "[conv2d]", table::convolution_backends) {
  table::conv2d::test difference{1, 1, 1, {4, 2, 1, 1, 0}, {1, 1}};
  const table::arrays<float> given{{"x", {1, 3, 2, 5}}, {"weight", {-1, 1}}};
  const auto forward = [&](const table::conv2d::test& s) {
    return table::run(table::conv2d::calls<TestType, float>(s)[0], given).at("y");
  };
  table::check_close(forward(difference), {1, 2, -1, 3});
  difference.rectify = true;
  table::check_close(forward(difference), {1, 2, 0, 3});
  table::check_close(forward({1, 1, 1, {4, 2, 2, 0, 0}, {1, 1}}), {2, 3});           // stride 2
  table::check_close(forward({1, 1, 1, {4, 2, 1, 2, 0, 2}, {1, 1}}), {1, 3, 1, 2});  // dilation 2
}

TEST_CASE("conv2d: number of outputs", "[conv2d]") {
  using axis = auris::op::conv2d::axis;
  static_assert(axis{64, 3, 1, 1, 1}.outputs() == 64);
  static_assert(axis{64, 3, 2, 1, 1}.outputs() == 32);
  static_assert(axis{5, 5, 1, 0, 0, 2}.outputs() == 0);  // spans 9
  static_assert(axis{9, 5, 1, 0, 0, 2}.outputs() == 1);
  static_assert(axis{0, 3, 1, 1, 1}.outputs() == 0);
  static_assert(auris::op::conv2d::size{2, 3, 4, {10, 3}, {8, 3}}.rows() == 2 * 8 * 6);
  static_assert(auris::op::conv2d::size{2, 3, 4, {10, 3}, {8, 3}}.multiply_adds() == 2 * 8 * 6 * 27 * 4);
}
