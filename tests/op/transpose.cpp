#include "op/table/transpose.hpp"

#include "op/backends.hpp"
#include "op/checks.hpp"
#include "op/expect.hpp"

using namespace auris;

TEMPLATE_LIST_TEST_CASE("transpose keeps its contract", "[transpose]", table::backends) {
  table::check<table::transpose, TestType>();
}

TEMPLATE_LIST_TEST_CASE("transpose: the matrices of all items", "[transpose]", table::backends) {
  const auto y = table::run(table::transpose::calls<TestType, float>({2, 2, 3})[0],
                            {{"x", {1, 2, 3, 4, 5, 6, 10, 20, 30, 40, 50, 60}}})
                     .at("y");
  CHECK(y == table::floats{1, 4, 2, 5, 3, 6, 10, 40, 20, 50, 30, 60});
}
