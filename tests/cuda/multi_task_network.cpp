#include <networks/soft_label_mtl.hpp>

#include "cuda/golden_network.hpp"

namespace multi_task_network_test {

namespace {
using namespace auris::networks;
template <auris::idx Frames>
struct stretched_to : soft_label_mtl<soft_label_sizes{.blocks = 3, .time = time_mode::stretched, .frames = Frames}> {};
}  // namespace

TEST_CASE("soft_label_mtl_3 on cuda gives the golden outputs", "[cuda]") {
  golden::check_network<soft_label_mtl_3>("panns_mtl_3blocks.json");
}
TEST_CASE("soft_label_mtl_3 that pools in time gives the golden outputs on cuda", "[cuda]") {
  golden::check_network<held<soft_label_mtl_3>>("soft_label_mtl_3_modes.json", "B");
  golden::check_network<stretched_to<8>>("soft_label_mtl_3_modes.json", "C", 8);
  golden::check_network<stretched_to<11>>("soft_label_mtl_3_modes.json", "C", 11);
}

}  // namespace multi_task_network_test
