// The checks find what they are there to find.
#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>

#include "op/checks.hpp"

namespace faults_test {

using namespace auris;

namespace {
constexpr idx count = 20;

/// y = 2 x, the right way; a test replaces `run` by a faulty one.
template <class T>
table::call<T> twice() {
  return {.name = "forward",
          .arguments = {table::input("x", count), table::output("y", count)},
          .run = [](executor& e, T*,
                    T* const* p) { for_blocks(e, count, [&](idx block, int) { p[1][block] = 2 * p[0][block]; }); },
          .workspace = [](int workers) { return idx(workers); }};
}
/// What the checks find where the right result is followed by a fault.
template <class Fault>
table::faults found(const Fault& fault) {
  table::call<float> faulty = twice<float>();
  faulty.run = [right = faulty.run, fault](executor& e, float* workspace, float* const* p) {
    right(e, workspace, p);
    fault(e, workspace, p);
  };
  const table::repetitions usual = std::exchange(table::repeated, {});  // all of them, under sanitizers as well
  table::faults all = table::faults_of_values({twice<double>()}, {faulty});
  table::repeated = usual;
  return all;
}
table::faults found_in_gradient(double factor) {
  table::call<double> backward{.name = "backward",
                               .arguments = {table::input("dy", count), table::output("dx", count)},
                               .run =
                                   [factor](executor&, double*, double* const* p) {
                                     for (idx i = 0; i < count; ++i) p[1][i] = factor * p[0][i];
                                   },
                               .gradient_of = 0};
  return table::faults_of_gradients({twice<double>(), backward});
}
bool mention(const table::faults& all, const char* one) { return all.find(one) != std::string::npos; }
const float nan_value = std::numeric_limits<float>::quiet_NaN();
}  // namespace

TEST_CASE("The checks find nothing where nothing is wrong", "[checks]") {
  CHECK(found([](executor&, float*, float* const*) {}) == "");
  CHECK(found_in_gradient(2) == "");
}

TEST_CASE("The checks find wrong values", "[checks]") {
  for (const idx i : {idx(0), count - 1}) {
    CHECK(mention(found([&](executor&, float*, float* const* p) { p[1][i] += 1e-5f; }), "y is off by"));
    CHECK(mention(found([&](executor&, float*, float* const* p) { p[1][i] = nan_value; }), "y is off by nan"));
  }
  CHECK(mention(found([](executor&, float* workspace, float* const* p) { p[1][0] += workspace[0]; }),
                "y is off by nan"));  // what was in the workspace
  CHECK(mention(found_in_gradient(2.00001), "backward: gradient of x is off by"));
}

TEST_CASE("The checks find writing where nothing may be written", "[checks]") {
  CHECK(mention(found([](executor&, float*, float* const* p) { p[1][count] = 0; }), "wrote outside of y"));
  CHECK(mention(found([](executor&, float*, float* const* p) { p[1][-1] = 0; }), "wrote outside of y"));
  CHECK(mention(found([](executor&, float*, float* const* p) { p[0][3] += 1; }), "changed the input x"));
  CHECK(mention(found([](executor& e, float* workspace, float* const*) { workspace[e.workers()] = 0; }),
                "wrote outside of the workspace"));
}

TEST_CASE("The checks find results that depend on workers or on the order of blocks", "[checks]") {
  const auto nudge = [](float& y) { y = std::nextafter(y, 10.0f); };
  CHECK(mention(found([&](executor& e, float*, float* const* p) {
                  if (e.workers() == 3) nudge(p[1][0]);
                }),
                "3 workers: other bits"));
  CHECK(mention(found([&](executor& e, float*, float* const* p) {
                  idx last = 0;
                  if (e.workers() == 1) for_blocks(e, count, [&](idx block, int) { last = block; });
                  if (e.workers() == 1 && last != count - 1) nudge(p[1][0]);
                }),
                "1 workers: other bits"));
}

TEST_CASE("The checks find results that depend on where arrays begin", "[checks]") {
  CHECK(mention(found([](executor&, float*, float* const* p) {
                  const bool aligned = reinterpret_cast<std::uintptr_t>(p[1]) % 64 == 0;
                  if (aligned) p[1][0] = std::nextafter(p[1][0], 10.0f);
                }),
                "forward, aligned: other bits"));
}

TEST_CASE("The checks find failures of a device", "[checks]") {
  table::device_status = []() -> result<void> { return error{"the device has failed"}; };
  const table::faults all = found([](executor&, float*, float* const*) {});
  CHECK_THROWS(table::run(twice<float>(), {{"x", std::vector<float>(count)}}));
  table::device_status = nullptr;
  CHECK(mention(all, "forward: the device has failed"));
}

}  // namespace faults_test
