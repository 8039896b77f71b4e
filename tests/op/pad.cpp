#include "op/table/pad.hpp"

#include "op/backends.hpp"
#include "op/checks.hpp"
#include "op/expect.hpp"

using namespace auris;

TEMPLATE_LIST_TEST_CASE("pad keeps its contract", "[pad]", table::backends) { table::check<table::pad, TestType>(); }

TEMPLATE_LIST_TEST_CASE("Padding by hand", "[pad]", table::backends) {
  const auto padded = [](const op::pad::size& s, const table::floats& x) {
    return table::run(table::pad::calls<TestType, float>(s)[0], {{"x", x}}).at("y");
  };
  table::check_close(padded({2, 3, 2, 1}, {1, 2, 3, 4, 5, 6}), {0, 0, 1, 2, 3, 0, 0, 0, 4, 5, 6, 0});
  table::check_close(padded({2, 3, 2, 1, true}, {1, 2, 3, 4, 5, 6}), {3, 2, 1, 2, 3, 2, 6, 5, 4, 5, 6, 5});
  table::check_close(padded({2, 3, 1, 1, true, 0.5}, {1, 2, 4, 8, 8, 8}), {3, 1.5f, 3, 1.5f, 4, 4, 4, 4});
  table::check_close(padded({1, 3, 0, 0, false, 1}, {1, 2, 4}), {1, 2});
}
