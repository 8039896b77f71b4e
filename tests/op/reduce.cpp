#include "op/table/reduce.hpp"

#include "op/backends.hpp"
#include "op/checks.hpp"

TEMPLATE_LIST_TEST_CASE("mean_axis keeps its contract", "[mean_axis]", table::backends) {
  table::check<table::mean_axis, TestType>();
}
TEMPLATE_LIST_TEST_CASE("max_axis keeps its contract", "[max_axis]", table::backends) {
  table::check<table::max_axis, TestType>();
}
