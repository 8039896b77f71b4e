#include <auris/core/bf16.hpp>
#include <cmath>
#include <limits>

#include "support/catch.hpp"

using namespace auris;

TEST_CASE("bf16 is the nearest one, the even one of two", "[bf16]") {
  const float step = 0x1p-7f;  // between neighbours from 1 on
  CHECK(static_cast<float>(bf16::nearest(1 + step)) == 1 + step);
  CHECK(static_cast<float>(bf16::nearest(1 + 0.49f * step)) == 1);
  CHECK(static_cast<float>(bf16::nearest(1 + 0.51f * step)) == 1 + step);
  CHECK(static_cast<float>(bf16::nearest(1 + 0.5f * step)) == 1);
  CHECK(static_cast<float>(bf16::nearest(1 + 1.5f * step)) == 1 + 2 * step);
  CHECK(static_cast<float>(bf16::nearest(-1 - 1.5f * step)) == -1 - 2 * step);
}

TEST_CASE("bf16 keeps zeros, tiny numbers, infinity and NaN", "[bf16]") {
  constexpr float infinity = std::numeric_limits<float>::infinity();
  CHECK(bf16::nearest(0.0f).bits == 0);
  CHECK(bf16::nearest(-0.0f).bits == 0x8000);
  CHECK(static_cast<float>(bf16::nearest(0x1p-133f)) == 0x1p-133f);
  CHECK(static_cast<float>(bf16::nearest(infinity)) == infinity);
  CHECK(static_cast<float>(bf16::nearest(std::numeric_limits<float>::max())) == infinity);
  for (const std::uint32_t payload : {0x7f800001u, 0xff80ffffu, 0x7fffffffu})
    CHECK(std::isnan(static_cast<float>(bf16::nearest(__builtin_bit_cast(float, payload)))));
}
