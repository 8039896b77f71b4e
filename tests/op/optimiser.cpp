#include "op/table/optimiser.hpp"

#include "op/backends.hpp"
#include "op/checks.hpp"

TEMPLATE_LIST_TEST_CASE("adam keeps its contract", "[adam]", table::backends) { table::check<table::adam, TestType>(); }
TEMPLATE_LIST_TEST_CASE("sgd keeps its contract", "[sgd]", table::backends) { table::check<table::sgd, TestType>(); }
TEMPLATE_LIST_TEST_CASE("squared_norm keeps its contract", "[squared_norm]", table::backends) {
  table::check<table::squared_norm, TestType>();
}
TEMPLATE_LIST_TEST_CASE("scale keeps its contract", "[scale]", table::backends) {
  table::check<table::scale, TestType>();
}
