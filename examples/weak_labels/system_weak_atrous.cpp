#include <networks/weak_baselines.hpp>

#include "system_of.hpp"

namespace {
using namespace auris;
struct reduced : bind<networks::weak_atrous_spec<networks::weak_sizes{.channels = 8}>, dims(dyn, 64)> {};
}  // namespace

std::unique_ptr<weak_labels::system> weak_labels::make_weak_atrous(const system_options& o) {
  return make_of_size<networks::weak_atrous, reduced>(o);
}
