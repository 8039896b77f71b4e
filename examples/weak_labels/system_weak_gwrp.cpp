#include <networks/weak_baselines.hpp>

#include "system_of.hpp"

namespace {
using namespace auris;
// 0.9998 of 311 x 64 values: 0.9967 gives the same share of 38 x 32 the same weight.
constexpr networks::weak_sizes quarter{.mels = weak_labels::reduced_resolution.bands, .channels = 8};
struct reduced : bind<networks::weak_vgg_spec<quarter, global_weighted_rank<0.9967>>, dims(dyn, quarter.mels)> {};
}  // namespace

std::unique_ptr<weak_labels::system> weak_labels::make_weak_gwrp(const system_options& o) {
  return make_of_size<networks::weak_gwrp, reduced>(o);
}
