#include "op/table/merge.hpp"

#include "op/backends.hpp"
#include "op/checks.hpp"

TEMPLATE_LIST_TEST_CASE("copy keeps its contract", "[copy]", table::backends) { table::check<table::copy, TestType>(); }
TEMPLATE_LIST_TEST_CASE("add keeps its contract", "[add]", table::backends) { table::check<table::add, TestType>(); }
TEMPLATE_LIST_TEST_CASE("multiply keeps its contract", "[multiply]", table::backends) {
  table::check<table::multiply, TestType>();
}
