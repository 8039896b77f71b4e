#include <networks/apae.hpp>
#include <networks/weak_baselines.hpp>

#include "cuda/golden_network.hpp"

namespace weak_label_networks_test {

namespace {
using namespace auris;
using namespace auris::networks;
constexpr apae_sizes small{.classes = 5, .frames = 16, .mels = 8};
struct small_apae : apae_with<small> {};
struct small_gwrp : weak_vgg_with<weak_sizes{5, 8}, global_weighted_rank<0.9998>> {};
}  // namespace

TEST_CASE("2apae on cuda gives the golden outputs", "[cuda]") { golden::check_network<small_apae>("apae_small.json"); }
TEST_CASE("weak_gwrp on cuda gives the golden outputs", "[cuda]") {
  golden::check_network<small_gwrp>("baseline_gwrp_small.json");
}

}  // namespace weak_label_networks_test
