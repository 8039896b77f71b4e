#include "op/table/loss.hpp"

#include "op/backends.hpp"
#include "op/checks.hpp"

TEMPLATE_LIST_TEST_CASE("mean_squared_error keeps its contract", "[mean_squared_error]", table::backends) {
  table::check<table::mean_squared_error, TestType>();
}
TEMPLATE_LIST_TEST_CASE("weighted_soft_label keeps its contract", "[weighted_soft_label]", table::backends) {
  table::check<table::weighted_soft_label, TestType>();
}
TEMPLATE_LIST_TEST_CASE("cross_entropy keeps its contract", "[cross_entropy]", table::backends) {
  table::check<table::cross_entropy, TestType>();
}
TEMPLATE_LIST_TEST_CASE("binary_cross_entropy keeps its contract", "[binary_cross_entropy]", table::backends) {
  table::check<table::binary_cross_entropy, TestType>();
}
TEMPLATE_LIST_TEST_CASE("nt_xent keeps its contract", "[nt_xent]", table::backends) {
  table::check<table::nt_xent, TestType>();
}
