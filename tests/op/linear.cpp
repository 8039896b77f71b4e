#include "op/table/linear.hpp"

#include "op/backends.hpp"
#include "op/checks.hpp"

TEMPLATE_LIST_TEST_CASE("linear keeps its contract", "[linear]", table::backends) {
  table::check<table::linear, TestType>();
}
