#include <auris/core/arena.hpp>

#include "support/catch.hpp"

using namespace auris;

TEST_CASE("an arena holds zeros, at an address that a cache line starts at") {
  const auto memory = arena<float>::make(100).value();
  CHECK(memory.size() == 100);
  CHECK(reinterpret_cast<std::size_t>(memory.data()) % 64 == 0);
  for (idx i = 0; i < 100; ++i) CHECK(memory.data()[i] == 0);
}

TEST_CASE("reserve keeps what is large enough, else begins anew with zeros") {
  auto memory = arena<double>::make(4).value();
  memory.data()[3] = 5;
  memory.reserve(2).value();
  CHECK(memory.size() == 4);
  CHECK(memory.data()[3] == 5);
  memory.reserve(8).value();
  CHECK(memory.size() == 8);
  CHECK(memory.data()[3] == 0);
}

TEST_CASE("sizes that no memory has are errors, and leave what is there") {
  CHECK_FALSE(arena<float>::make(-1));
  CHECK_FALSE(arena<float>::make(idx{1} << 60));
  CHECK(arena<float>::make(0).value().data() == nullptr);
  auto memory = arena<float>::make(4).value();
  memory.data()[0] = 5;
  CHECK_FALSE(memory.reserve(idx{1} << 60));
  CHECK(memory.size() == 4);
  CHECK(memory.data()[0] == 5);
}
