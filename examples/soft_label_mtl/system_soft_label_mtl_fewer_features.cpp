#include "system_of.hpp"

namespace soft_label {

std::unique_ptr<system> make_4_of_40_features(const system_options& o) {
  using networks::soft_label_mtl;
  if (o.time != networks::time_mode::whole || o.features != 40 || o.linear_layers != 1) return nullptr;
  if (o.reduced) return std::make_unique<system_of<soft_label_mtl<reduced_sizes.of_features(40)>>>(o);
  return std::make_unique<system_of<soft_label_mtl<networks::soft_label_sizes{}.of_features(40)>>>(o);
}

}  // namespace soft_label
