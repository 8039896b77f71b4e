#include "op/table/batch_norm.hpp"

#include "op/backends.hpp"
#include "op/checks.hpp"
#include "op/expect.hpp"

using namespace auris;

TEMPLATE_LIST_TEST_CASE("batch_norm keeps its contract", "[batch_norm]", table::backends) {
  table::check<table::batch_norm, TestType>();
}
TEMPLATE_LIST_TEST_CASE("scale_shift keeps its contract", "[scale_shift]", table::backends) {
  table::check<table::scale_shift, TestType>();
}

TEMPLATE_LIST_TEST_CASE("batch_norm: PyTorch's values and gradients", "[batch_norm]", table::backends) {
  const auto calls = table::batch_norm::calls<TestType, float>({40, 3, 1});
  table::arrays<float> given{{"x", table::channels_last(table::golden_input(9101, 120), 2, 3, 5, 4)},
                             {"weight", table::golden_input(9105, 3)},
                             {"bias", table::golden_input(9106, 3)},
                             {"running_mean", {0, 0, 0}},
                             {"running_variance", {1, 1, 1}}};
  const auto written = table::run(calls[0], given);
  const auto golden = [](const std::string& record, const table::floats& got) {
    table::check_golden("gradients.json", "batchnorm_train." + record, got);
  };
  golden("y", table::channels_first(written.at("y"), 2, 5, 4, 3));
  golden("running_mean", written.at("running_mean"));
  golden("running_var", written.at("running_variance"));

  given["saved_mean"] = written.at("saved_mean");
  given["saved_scale"] = written.at("saved_scale");
  given["dy"] = table::channels_last(table::golden_input(9100, 120), 2, 3, 5, 4);
  given["dweight"] = given["dbias"] = {0, 0, 0};
  const auto gradients = table::run(calls[1], given);
  golden("grad0", table::channels_first(gradients.at("dx"), 2, 5, 4, 3));
  golden("grad1", gradients.at("dweight"));
  golden("grad2", gradients.at("dbias"));
}

TEMPLATE_LIST_TEST_CASE("batch_norm: two mel bins of two values by hand", "[batch_norm]", table::backends) {
  const table::arrays<float> given{{"x", {1, 3, 10, 20}},    {"weight", {1, 2}},           {"bias", {0, 1}},
                                   {"running_mean", {0, 0}}, {"running_variance", {1, 1}}, {"mean", {1, 10}},
                                   {"variance", {4, 25}}};
  const auto calls = table::batch_norm::calls<TestType, float>({.outer = 1, .channels = 2, .inner = 2, .epsilon = 0});
  const auto train = table::run(calls[0], given);  // means 2, 15; variances 1, 25 (biased), 2, 50 (unbiased)
  table::check_close(train.at("y"), {-1, 1, -1, 3});
  table::check_close(train.at("saved_mean"), {2, 15});
  table::check_close(train.at("saved_scale"), {1, 0.2});
  table::check_close(train.at("running_mean"), {0.2, 1.5});
  table::check_close(train.at("running_variance"), {1.1, 5.9});
  const auto forward = table::run(calls[2], given);
  table::check_close(forward.at("y"), {0, 1, 1, 5});
  table::check_close(forward.at("saved_scale"), {0.5, 0.2});
}

TEMPLATE_LIST_TEST_CASE("batch_norm: one value per channel; small differences of large values", "[batch_norm]",
                        table::backends) {
  const table::arrays<float> ones{{"weight", {1}}, {"bias", {0.25f}}, {"running_mean", {0}}, {"running_variance", {1}}};
  auto given = ones;
  given["x"] = {7};
  const auto one = table::run(table::batch_norm::calls<TestType, float>({1, 1, 1})[0], given);
  table::check_close(one.at("y"), {0.25});
  table::check_close(one.at("running_mean"), {0.7});
  table::check_close(one.at("running_variance"), {0.9});

  given["x"] = {65536, 65538, 65536, 65538};  // mean 65537, variance 1: lost by a single pass in float
  const auto large = table::run(table::batch_norm::calls<TestType, float>({4, 1, 1})[0], given);
  table::check_close(large.at("y"), {-0.75, 1.25, -0.75, 1.25}, 1e-4);
}

TEMPLATE_LIST_TEST_CASE("scale_shift: folded batch norm gives what batch norm gives", "[scale_shift]",
                        table::backends) {
  const table::floats x{1, 2, 3, 4, 5, 6}, weight{2, -1, 0.5f}, bias{0, 1, 2}, mean{1, 2, 3}, variance{4, 1, 0.25f};
  const auto y =
      table::run(table::batch_norm::calls<TestType, float>({.outer = 2, .channels = 3, .inner = 1, .epsilon = 0})[2],
                 {{"x", x}, {"weight", weight}, {"bias", bias}, {"mean", mean}, {"variance", variance}})
          .at("y");
  table::check_close(y, {0, 1, 2, 3, -2, 5});
  // scale = weight / sqrt(variance), shift = bias - mean * scale
  const auto folded = table::run(table::scale_shift::calls<TestType, float>({2, 3, 1})[0],
                                 {{"x", x}, {"scale", {1, -1, 1}}, {"shift", {-1, 3, -1}}});
  table::check_close(folded.at("y"), {0, 1, 2, 3, -2, 5});
}
