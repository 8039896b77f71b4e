#include "op/table/resize.hpp"

#include "op/backends.hpp"
#include "op/checks.hpp"

TEMPLATE_LIST_TEST_CASE("repeat keeps its contract", "[repeat]", table::backends) {
  table::check<table::repeat, TestType>();
}
TEMPLATE_LIST_TEST_CASE("adaptive_avg_pool keeps its contract", "[adaptive_avg_pool]", table::backends) {
  table::check<table::adaptive_avg_pool, TestType>();
}
TEMPLATE_LIST_TEST_CASE("interpolate keeps its contract", "[interpolate]", table::backends) {
  table::check<table::interpolate, TestType>();
}
