#include <auris/backend/reference.hpp>
#include <auris/loss.hpp>
#include <vector>

#include "support/catch.hpp"

using namespace auris;

namespace {
struct absolute_error_operation {
  struct size {
    idx rows, classes;
  };
};
struct absolute_error {
  using operation = absolute_error_operation;
  static message describe() { return "absolute error"; }
  static constexpr operation::size size(idx, idx rows, idx classes) { return {rows, classes}; }
};
}  // namespace
template <class T>
struct auris::kernel<absolute_error_operation, auris::reference, T> {
  static void evaluate(const resources<reference, T>&, const absolute_error_operation::size& s, const T* p, const T* y,
                       const T*, const T*, T scale, T* value, T* gradient) noexcept {
    for (idx i = 0; i < s.rows * s.classes; ++i) {
      if (value) *value += scale * std::abs(p[i] - y[i]);
      if (gradient) gradient[i] += p[i] > y[i] ? scale : -scale;
    }
  }
};

namespace {
template <class Loss>
double value(const std::vector<double>& p, const std::vector<double>& y, idx classes, const double* mask = nullptr,
             double* gradient = nullptr, const std::vector<double>& class_mask = {}) {
  const idx items = class_mask.empty() ? 1 : static_cast<idx>(class_mask.size()) / classes;
  const idx rows = static_cast<idx>(p.size()) / classes / items;
  return evaluate_loss<Loss, reference>(view<const double>{p.data(), items, dims(rows, classes)},
                                        {y.data(), mask, class_mask.empty() ? nullptr : class_mask.data()}, gradient)
      .value();
}
}  // namespace

TEST_CASE("losses: worked example of three classes in one frame") {
  const std::vector<double> y{0, 0.5, 1}, p{0.2, 0.4, 0.7};
  CHECK(value<mean_squared_error_with<reduction::paper>>(p, y, 3) == Approx(0.14));
  CHECK(value<mean_squared_error>(p, y, 3) == Approx(0.046667).margin(5e-7));
  CHECK(value<weighted_soft_label>(p, y, 3) == Approx(0.095));
  CHECK(value<weighted_soft_label_with<reduction::mean>>(p, y, 3) == Approx(0.031667).margin(5e-7));
}

TEST_CASE("losses: paper divides by the rows, not by the classes") {
  const std::vector<double> y{0, 0.5, 1, 0, 0.5, 1}, p{0.2, 0.4, 0.7, 0.2, 0.4, 0.7};
  CHECK(value<mean_squared_error_with<reduction::paper>>(p, y, 3) == Approx(0.14));
  CHECK(value<weighted_soft_label>(p, y, 3) == Approx(0.095));
}

TEST_CASE("weighted_soft_label: a label of 0 weighs nothing, a floor changes that") {
  const std::vector<double> y{0, 0}, p{1, -3};
  CHECK(value<weighted_soft_label>(p, y, 2) == 0);
  CHECK(value<weighted_soft_label_with<reduction::paper, 0.1>>(p, y, 2) == Approx(0.1 * (1 + 9)));
}

TEST_CASE("cross_entropy: worked values") {
  CHECK(value<cross_entropy>({0, 0, 0, 0}, {0, 1, 0, 0}, 4) == Approx(std::log(4.0)));
  const double second[2] = {0, 1};
  CHECK(value<cross_entropy>({5, 0, 0, 0}, {0, 1, 1, 0}, 2, second) == Approx(std::log(2.0)));
}

TEST_CASE("binary_cross_entropy: from logits and from probabilities") {
  const std::vector<double> y{1, 0}, logits{0, std::log(3.0)}, probabilities{0.5, 0.75};
  const double expected = (std::log(2.0) + std::log(4.0)) / 2;
  CHECK(value<binary_cross_entropy>(logits, y, 2) == Approx(expected));
  CHECK(value<binary_cross_entropy_with<from_probabilities>>(probabilities, y, 2) == Approx(expected));
  CHECK(value<binary_cross_entropy_with<from_logits, reduction::paper>>(logits, y, 2) == Approx(2 * expected));
}

TEMPLATE_TEST_CASE("losses: a batch that is masked as a whole gives 0 and no gradient", "", mean_squared_error,
                   weighted_soft_label, cross_entropy, binary_cross_entropy,
                   binary_cross_entropy_with<from_probabilities>) {
  const double none[2] = {0, 0};
  std::vector<double> gradient(4);
  CHECK(value<TestType>({0.2, 0.4, 0.7, 0.1}, {0, 1, 1, 0}, 2, none, gradient.data()) == 0);
  CHECK(gradient == std::vector<double>(4));
}

TEMPLATE_TEST_CASE("losses: gradients agree with finite differences", "", mean_squared_error,
                   mean_squared_error_with<reduction::paper>, weighted_soft_label,
                   (weighted_soft_label_with<reduction::mean, 0.05>), cross_entropy, binary_cross_entropy,
                   (binary_cross_entropy_with<from_probabilities, reduction::paper>)) {
  std::vector<double> p(12), y(12), gradient(12);
  for (std::size_t i = 0; i < 12; ++i) p[i] = 0.1 + 0.8 * uniform(1, i), y[i] = uniform(2, i);
  const std::vector<double> mask{1, 0, 0.5, 1}, class_mask{1, 0.5, 0, 0, 2, 1};  // of two items
  value<TestType>(p, y, 3, mask.data(), gradient.data(), class_mask);
  for (std::size_t i = 0; i < 12; ++i) {
    constexpr double h = 1e-6;
    std::vector<double> up = p, down = p;
    up[i] += h, down[i] -= h;
    const auto at = [&](const std::vector<double>& q) {
      return value<TestType>(q, y, 3, mask.data(), nullptr, class_mask);
    };
    const double slope = (at(up) - at(down)) / (2 * h);
    CHECK(gradient[i] == Approx(slope).margin(1e-8));
  }
}

TEMPLATE_TEST_CASE("losses: class masks of ones change nothing, of zeros leave nothing", "", mean_squared_error,
                   mean_squared_error_with<reduction::paper>, weighted_soft_label, cross_entropy, binary_cross_entropy,
                   (binary_cross_entropy_with<from_probabilities, reduction::paper>)) {
  const std::vector<double> p{0.2, 0.4, 0.7, 0.1}, y{0, 1, 1, 0};
  std::vector<double> gradient(4), with_ones(4), none(4);
  CHECK(value<TestType>(p, y, 2, nullptr, with_ones.data(), {1, 1, 1, 1}) ==
        value<TestType>(p, y, 2, nullptr, gradient.data()));
  CHECK(with_ones == gradient);
  CHECK(gradient != none);
  CHECK(value<TestType>(p, y, 2, nullptr, none.data(), {0, 0, 0, 0}) == 0);
  CHECK(none == std::vector<double>(4));
}

TEST_CASE("losses: each item has the weights of its classes") {
  // Two items of one row: (0.2 - 0)^2 of the first, 3 (0.7 - 1)^2 of the second.
  CHECK(value<mean_squared_error_with<reduction::paper>>({0.2, 0.4, 0.7, 0.1}, {0, 1, 1, 0}, 2, nullptr, nullptr,
                                                         {1, 0, 3, 0}) == Approx((0.04 + 3 * 0.09) / 2));
}

TEST_CASE("losses: a loss of one's own is an operation, its kernel and a name") {
  CHECK(value<absolute_error>({1, -1, 3}, {0, 0, 1}, 3) == 4);
  STATIC_REQUIRE(loss_function<absolute_error>);
  STATIC_REQUIRE_FALSE(loss_function<absolute_error_operation>);
}

TEST_CASE("evaluate_loss: refuses what has no classes, takes no rows") {
  const double x[2] = {};
  CHECK_FALSE(evaluate_loss<cross_entropy, reference>(view<const double>{x, 1, dims()}, {x}));
  CHECK_FALSE(evaluate_loss<cross_entropy, reference>(view<const double>{x, 1, dims(2, 0)}, {x}));
  CHECK_FALSE(evaluate_loss<cross_entropy, reference>(view<const double>{x, 1, dims(1, 2)}, {}));
  CHECK(evaluate_loss<cross_entropy, reference>(view<const double>{x, 0, dims(1, 2)}, {x}).value() == 0);
  CHECK(evaluate_loss<mean_squared_error, reference>(view<const double>{x, 0, dims(1, 2)}, {x}).value() == 0);
}
