#include "op/table/activation.hpp"

#include "op/backends.hpp"
#include "op/checks.hpp"

TEMPLATE_LIST_TEST_CASE("relu keeps its contract", "[relu]", table::backends) { table::check<table::relu, TestType>(); }
TEMPLATE_LIST_TEST_CASE("sigmoid keeps its contract", "[sigmoid]", table::backends) {
  table::check<table::sigmoid, TestType>();
}
TEMPLATE_LIST_TEST_CASE("tanh keeps its contract", "[tanh]", table::backends) { table::check<table::tanh, TestType>(); }
TEMPLATE_LIST_TEST_CASE("gelu keeps its contract", "[gelu]", table::backends) { table::check<table::gelu, TestType>(); }
TEMPLATE_LIST_TEST_CASE("softmax keeps its contract", "[softmax]", table::backends) {
  table::check<table::softmax, TestType>();
}
TEMPLATE_LIST_TEST_CASE("log_softmax keeps its contract", "[log_softmax]", table::backends) {
  table::check<table::log_softmax, TestType>();
}
TEMPLATE_LIST_TEST_CASE("dropout keeps its contract", "[dropout]", table::backends) {
  table::check<table::dropout, TestType>();
}
