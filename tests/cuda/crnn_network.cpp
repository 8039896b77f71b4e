#include <networks/crnn_4b.hpp>

#include "cuda/golden_network.hpp"

TEST_CASE("crnn_4b on cuda gives the golden outputs", "[cuda]") {
  golden::check_network<auris::networks::crnn_4b>("crnn_4b.json");
}
