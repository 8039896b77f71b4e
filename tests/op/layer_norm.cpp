#include "op/table/layer_norm.hpp"

#include "op/backends.hpp"
#include "op/checks.hpp"

TEMPLATE_LIST_TEST_CASE("layer_norm keeps its contract", "[layer_norm]", table::backends) {
  table::check<table::layer_norm, TestType>();
}
TEMPLATE_LIST_TEST_CASE("l2_normalize keeps its contract", "[l2_normalize]", table::backends) {
  table::check<table::l2_normalize, TestType>();
}
