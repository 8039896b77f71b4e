#include <networks/network_runner_of.hpp>
#include <networks/weak_baselines.hpp>

#include "golden/sized_networks.hpp"

namespace golden {
using namespace auris;
using namespace auris::networks;

namespace {
constexpr weak_sizes small{.classes = 5, .mels = 8};
struct gmp_small : bind<weak_vgg_spec<small, global_max>, dims(dyn, 8)> {};
struct gap_small : bind<weak_vgg_spec<small, global_average>, dims(dyn, 8)> {};
struct gwrp_small : bind<weak_vgg_spec<small, global_weighted_rank<0.9998>>, dims(dyn, 8)> {};
struct atrous_small : bind<weak_atrous_spec<small>, dims(dyn, 8)> {};
}  // namespace

std::unique_ptr<network_runner> make_weak_gmp_small(const runner_options& o) { return make_runner<gmp_small>(o); }
std::unique_ptr<network_runner> make_weak_gap_small(const runner_options& o) { return make_runner<gap_small>(o); }
std::unique_ptr<network_runner> make_weak_gwrp_small(const runner_options& o) { return make_runner<gwrp_small>(o); }
std::unique_ptr<network_runner> make_weak_atrous_small(const runner_options& o) { return make_runner<atrous_small>(o); }

}  // namespace golden
