#include <auris/core/result.hpp>

#include "support/catch.hpp"

using namespace auris;

TEST_CASE("result: holds a value or an error") {
  result<int> good = 3;
  REQUIRE(good);
  CHECK(*good == 3);
  result<int> bad = error{"cannot read", "labels.csv", "a number", "'abc'"};
  REQUIRE_FALSE(bad);
  CHECK(std::string(bad.error().text().c_str()) == "cannot read: labels.csv: expected a number, got 'abc'");
  CHECK_THROWS_AS(bad.value(), failure);
  CHECK_THROWS_WITH(bad.value(), "cannot read: labels.csv: expected a number, got 'abc'");
}

TEST_CASE("result: moves its content") {
  result<message> a = message("text");
  result<message> b = std::move(a);
  CHECK(b->c_str() == std::string("text"));
  b = error{"gone"};
  CHECK_FALSE(b);
  const result<void> done;
  CHECK(done);
  const result<void> failed = error{"disk full"};
  CHECK_THROWS_WITH(failed.value(), "disk full");
}

TEST_CASE("message: joins texts, numbers and shapes") {
  CHECK(message::of("item ", 3, " has shape ", dims(5, dyn)) == message("item 3 has shape (5, any)"));
  CHECK(message().empty());
  message a = "one", b = a;
  a = message("two");
  CHECK(b == message("one"));
}
