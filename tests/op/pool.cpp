#include "op/table/pool.hpp"

#include "op/backends.hpp"
#include "op/checks.hpp"

TEMPLATE_LIST_TEST_CASE("max_pool keeps its contract", "[max_pool]", table::backends) {
  table::check<table::max_pool, TestType>();
}
TEMPLATE_LIST_TEST_CASE("avg_pool keeps its contract", "[avg_pool]", table::backends) {
  table::check<table::avg_pool, TestType>();
}
