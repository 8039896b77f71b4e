#include <networks/soft_label_mtl.hpp>

#include "cuda/golden_network.hpp"

TEST_CASE("soft_label_mtl_3 on cuda gives the golden outputs", "[cuda]") {
  golden::check_network<auris::networks::soft_label_mtl_3>("panns_mtl_3blocks.json");
}
