#include <networks/weak_baselines.hpp>

#include "system_of.hpp"

namespace {
using namespace auris;
constexpr networks::weak_sizes quarter{.mels = weak_labels::reduced_resolution.bands, .channels = 8};
struct reduced : bind<networks::weak_atrous_spec<quarter>, dims(dyn, quarter.mels)> {};
}  // namespace

std::unique_ptr<weak_labels::system> weak_labels::make_weak_atrous(const system_options& o) {
  return make_of_size<networks::weak_atrous, reduced>(o);
}
