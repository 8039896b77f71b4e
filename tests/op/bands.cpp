#include "op/table/bands.hpp"

#include "audio/signals.hpp"
#include "op/backends.hpp"
#include "op/checks.hpp"

using namespace auris;

TEMPLATE_LIST_TEST_CASE("bands keeps its contract", "[bands]", table::backends) {
  table::check<table::bands, TestType>();
}

TEMPLATE_LIST_TEST_CASE("bands: worked example", "[bands]", table::backends) {
  // powers of 1 2 3 4 and 3 4 5 6: 100 8 4 and 324 8 4, as for stft
  const std::vector<idx> first{0, 1, 2}, offset{0, 1, 3, 3};
  const std::vector<double> x{1, 2, 3, 4, 5, 6}, ones(4, 1), weight{0.01, 1, 0.5};
  std::vector<double> roots(8), y(6);
  op::stft::make_table(4, roots.data());
  const op::bands::size plain{{2, 4, 2}, 3}, decibels{{2, 4, 2}, 3, 0.1, 0, op::logarithm::decibel};
  std::vector<double> workspace(
      static_cast<std::size_t>(forward_workspace<op::bands, TestType, double>(plain, calling_thread.workers())));
  const auto run = [&](const op::bands::size& s) {
    kernel_of<op::bands, TestType, double>::forward(table::on<TestType>(calling_thread, workspace.data()), s, x.data(),
                                                    ones.data(), roots.data(), first.data(), offset.data(),
                                                    weight.data(), y.data());
    CHECK(table::failure_of_device() == "");
  };
  run(plain);
  const std::vector<double> sums{1, 10, 0, 3.24, 10, 0}, logarithms{0, 10, -10, 5.10545010, 10, -10};
  for (std::size_t i = 0; i < y.size(); ++i) CHECK(y[i] == Approx(sums[i]).margin(1e-12));
  run(decibels);
  for (std::size_t i = 0; i < y.size(); ++i) CHECK(y[i] == Approx(logarithms[i]).margin(1e-7));
}

TEMPLATE_LIST_TEST_CASE("bands: a frame's bits do not depend on its place", "[bands]", table::backends) {
  using row = table::bands;
  const idx fft = 64, hop = 10, count = 9;
  const auto run = [&](idx frames, const std::vector<float>& x) {
    const row::test t{{frames, fft, hop}, count, 20, true};
    const auto window = noise<float>(fft, 10);
    std::vector<float> weight(200, 0.25f);
    weight.resize(static_cast<std::size_t>([&] {
      idx all = 0;
      for (idx b = 0; b < count; ++b) all += t.width(b);
      return all;
    }()));
    return table::run(row::calls<TestType, float>(t)[0], {{"x", x}, {"window", window}, {"weight", weight}}).at("y");
  };
  const op::stft::size all{100, fft, hop};
  const auto x = noise<float>(all.samples(), 9);
  const auto y = run(all.frames, x);
  for (idx t = 0; t < all.frames; t += 7) {
    const auto one = run(1, {x.begin() + t * hop, x.begin() + t * hop + fft});
    CHECK(std::equal(one.begin(), one.end(), y.begin() + t * count));
  }
}
