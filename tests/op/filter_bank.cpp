#include <auris/backend/cpu.hpp>
#include <auris/backend/reference.hpp>
#include <auris/core/random.hpp>
#include <vector>

#include "audio/executors.hpp"
#include "support/catch.hpp"

using namespace auris;

TEMPLATE_TEST_CASE("filter bank: worked example", "", reference, cpu) {
  // bands: 1 x[0] + 2 x[1]; nothing; 3 x[2]
  const std::vector<idx> first{0, 0, 2}, offset{0, 2, 2, 3};
  const std::vector<double> weight{1, 2, 3}, x{1, 10, 100, 4, 5, 6};
  std::vector<double> y(6, -1);
  kernel_of<op::filter_bank, TestType, double>::forward({}, {2, 3, 3}, x.data(), first.data(), offset.data(),
                                                        weight.data(), y.data());
  CHECK(y == std::vector<double>{21, 0, 300, 14, 0, 18});
}

TEMPLATE_TEST_CASE("filter bank: the cpu agrees with the reference; the executor does not matter", "", float, double) {
  using T = TestType;
  const idx bins = 400, bands = 40, frames = 37;
  std::vector<idx> first, offset{0};
  for (idx b = 0; b < bands; ++b) first.push_back(b), offset.push_back(offset.back() + 9 * b);
  std::vector<T> weight(static_cast<std::size_t>(offset.back())), x(static_cast<std::size_t>(frames * bins));
  for (std::size_t i = 0; i < weight.size(); ++i) weight[i] = static_cast<T>(uniform(1, i));
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<T>(uniform(2, i));
  std::vector<T> a(static_cast<std::size_t>(frames * bands)), b = a, c = a;
  backwards others;
  const op::filter_bank::size s{frames, bins, bands};
  kernel<op::filter_bank, reference, T>::forward({}, s, x.data(), first.data(), offset.data(), weight.data(), a.data());
  kernel<op::filter_bank, cpu, T>::forward({}, s, x.data(), first.data(), offset.data(), weight.data(), b.data());
  kernel<op::filter_bank, cpu, T>::forward({&others}, s, x.data(), first.data(), offset.data(), weight.data(),
                                           c.data());
  for (std::size_t i = 0; i < a.size(); ++i) CHECK(b[i] == Approx(a[i]).epsilon(sizeof(T) == 4 ? 1e-5 : 1e-13));
  CHECK(b == c);
}
