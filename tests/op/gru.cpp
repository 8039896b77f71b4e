#include "op/table/gru.hpp"

#include "op/backends.hpp"
#include "op/checks.hpp"

TEMPLATE_LIST_TEST_CASE("gru keeps its contract", "[gru]", table::backends) { table::check<table::gru, TestType>(); }
