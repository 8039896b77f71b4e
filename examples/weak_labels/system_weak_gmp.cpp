#include <networks/weak_baselines.hpp>

#include "system_of.hpp"

namespace {
using namespace auris;
struct reduced : bind<networks::weak_vgg_spec<networks::weak_sizes{.channels = 8}, global_max>, dims(dyn, 64)> {};
}  // namespace

std::unique_ptr<weak_labels::system> weak_labels::make_weak_gmp(const system_options& o) {
  return make_of_size<networks::weak_gmp, reduced>(o);
}
