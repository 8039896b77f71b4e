#include <auris/data/hard_labels.hpp>
#include <auris/data/maestro_labels.hpp>

#include "support/catch.hpp"

using namespace auris;

TEST_CASE("hard_labels: above one half, of the hard classes alone") {
  const std::vector<soft_label> soft{{0, 1, 2, 0.5}, {1, 2, 2, 0.500001}, {1, 2, 9, 0.9}, {2, 3, 12, 1}};
  CHECK(hard_labels(soft, maestro_hard_classes) == std::vector<hard_label>{{1, 2, 2}, {2, 3, 12}});
  CHECK(hard_labels({}, maestro_hard_classes).empty());
}
