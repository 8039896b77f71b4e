#include <networks/network_runner_of.hpp>
#include <networks/weak_baselines.hpp>

#include "golden/sized_networks.hpp"

namespace golden {
using namespace auris;
using namespace auris::networks;

namespace {
constexpr weak_sizes small_baseline{.classes = 5, .mels = 8};
struct gmp_small : weak_vgg_with<small_baseline, global_max> {};
struct gap_small : weak_vgg_with<small_baseline, global_average> {};
struct gwrp_small : weak_vgg_with<small_baseline, global_weighted_rank<0.9998>> {};
struct atrous_small : weak_atrous_with<small_baseline> {};
}  // namespace

std::unique_ptr<network_runner> make_weak_gmp_small(const runner_options& o) { return make_runner<gmp_small>(o); }
std::unique_ptr<network_runner> make_weak_gap_small(const runner_options& o) { return make_runner<gap_small>(o); }
std::unique_ptr<network_runner> make_weak_gwrp_small(const runner_options& o) { return make_runner<gwrp_small>(o); }
std::unique_ptr<network_runner> make_weak_atrous_small(const runner_options& o) { return make_runner<atrous_small>(o); }

}  // namespace golden
