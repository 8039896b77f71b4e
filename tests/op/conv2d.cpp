#include "op/table/conv2d.hpp"

#include "op/backends.hpp"
#include "op/checks.hpp"

TEMPLATE_LIST_TEST_CASE("conv2d keeps its contract", "[conv2d]", table::backends) {
  table::check<table::conv2d, TestType>();
}
