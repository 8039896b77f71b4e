#include <networks/weak_baselines.hpp>

#include "system_of.hpp"

namespace {
using namespace auris;
constexpr networks::weak_sizes quarter{.mels = weak_labels::reduced_resolution.bands, .channels = 8};
struct reduced : bind<networks::weak_vgg_spec<quarter, global_average>, dims(dyn, quarter.mels)> {};
}  // namespace

std::unique_ptr<weak_labels::system> weak_labels::make_weak_gap(const system_options& o) {
  return make_of_size<networks::weak_gap, reduced>(o);
}
