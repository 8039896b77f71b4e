#include <auris/core/arena.hpp>
#include <auris/core/footprint.hpp>
#include <auris/core/parameter.hpp>
#include <cstdint>
#include <string>

#include "support/catch.hpp"

using namespace auris;

TEST_CASE("parameter_path: a name replaces the positions around it") {
  const parameter_path root;
  CHECK(std::string(root.position(3).position(12).leaf("weight").c_str()) == "3.12.weight");
  CHECK(std::string(root.position(3).named("conv_block1").position(0).named("bn1").leaf("bias").c_str()) ==
        "conv_block1.bn1.bias");
  CHECK(std::string(root.named("a").position(1).leaf("weight").c_str()) == "a.1.weight");
}

TEST_CASE("table_entry: where a value of the checkpoint stands in memory") {
  // A convolution's weight: (kernel_time, kernel_mel, in, out) in memory, (out, in, kernel_time, kernel_mel) in PyTorch.
  const parameter weight{"weight", dims(2, 3, 4, 5), {}, {3, 2, 0, 1}};
  CHECK(weight.checkpoint() == dims(5, 4, 2, 3));
  const table_entry e{"weight", weight.stored, weight.order, weight.checkpoint(), 0, {}, -1, false, true, true};
  for (idx o = 0, i = 0; o < 5; ++o)
    for (idx c = 0; c < 4; ++c)
      for (idx t = 0; t < 2; ++t)
        for (idx m = 0; m < 3; ++m, ++i) REQUIRE(e.place(i) == ((t * 3 + m) * 4 + c) * 5 + o);
}

TEST_CASE("footprint: sums, and the largest workspace") {
  const footprint a{.params = 3, .state = 1, .workspace = 10}, b{.params = 4, .cache = 5, .workspace = 7};
  const footprint both = a + b;
  CHECK(both.params == 7);
  CHECK(both.cache == 5);
  CHECK(both.workspace == 10);
  CHECK(slot(1) == 16);
  CHECK(slot(16) == 16);
}

TEST_CASE("arena: aligned, zero, and an error where memory runs out") {
  auto a = arena<float>::make(100).value();
  CHECK(reinterpret_cast<std::uintptr_t>(a.data()) % 64 == 0);
  CHECK(a.data()[99] == 0);
  CHECK(arena<float>::make(0));
  CHECK_FALSE(arena<float>::make(-1));
  CHECK_FALSE(arena<double>::make(idx{1} << 50));
}
