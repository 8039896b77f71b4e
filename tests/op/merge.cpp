#include "op/table/merge.hpp"

#include "op/backends.hpp"
#include "op/checks.hpp"
#include "op/expect.hpp"

using namespace auris;

TEMPLATE_LIST_TEST_CASE("copy keeps its contract", "[copy]", table::backends) { table::check<table::copy, TestType>(); }
TEMPLATE_LIST_TEST_CASE("add keeps its contract", "[add]", table::backends) { table::check<table::add, TestType>(); }
TEMPLATE_LIST_TEST_CASE("multiply keeps its contract", "[multiply]", table::backends) {
  table::check<table::multiply, TestType>();
}

TEMPLATE_LIST_TEST_CASE("Copies, sums and products by hand", "[merge]", table::backends) {
  // Two rows of a concatenation: (1 2), (3 4) into the last two of three columns.
  const auto copied =
      table::run(table::copy::calls<TestType, float>({2, 2, 2, 3})[0], {{"x", {1, 2, 3, 4}}, {"y", {9, 9, 9, 9, 9}}});
  table::check_close(copied.at("y"), {1, 2, 9, 3, 4});

  const auto add = table::add::calls<TestType, float>({2, 2, 1, true});
  table::check_close(table::run(add[0], {{"b", {1, 2}}, {"y", {10, 20, 30, 40}}}).at("y"), {11, 21, 32, 42});
  table::check_close(table::run(add[1], {{"dy", {1, 2, 3, 4}}}).at("db"), {3, 7});
  const auto plain = table::add::calls<TestType, float>({1, 2, 2});
  table::check_close(table::run(plain[0], {{"b", {1, 2, 3, 4}}, {"y", {10, 20, 30, 40}}}).at("y"), {11, 22, 33, 44});
  table::check_close(table::run(plain[1], {{"dy", {1, 2, 3, 4}}}).at("db"), {1, 2, 3, 4});

  const auto multiply = table::multiply::calls<TestType, float>({2, 2, 1, true});
  const table::floats a{1, 2, 3, 4}, b{10, 20};
  table::check_close(table::run(multiply[0], {{"a", a}, {"b", b}}).at("y"), {10, 20, 60, 80});
  const auto gradients = table::run(multiply[1], {{"a", a}, {"b", b}, {"dy", {1, 1, 1, 2}}});
  table::check_close(gradients.at("da"), {10, 10, 20, 40});
  table::check_close(gradients.at("db"), {3, 11});
}
