#include "op/table/batch_norm.hpp"

#include "op/backends.hpp"
#include "op/checks.hpp"

TEMPLATE_LIST_TEST_CASE("batch_norm keeps its contract", "[batch_norm]", table::backends) {
  table::check<table::batch_norm, TestType>();
}
TEMPLATE_LIST_TEST_CASE("scale_shift keeps its contract", "[scale_shift]", table::backends) {
  table::check<table::scale_shift, TestType>();
}
