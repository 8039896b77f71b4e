#include "system_of.hpp"

namespace soft_label {

std::unique_ptr<system> make_whole_reduced(int blocks, const system_options& o) {
  return make_of_blocks<reduced_sizes>(blocks, o);
}

std::unique_ptr<system> make_soft_label_mtl_4_small(const system_options& o) {
  if (o.reduced || o.time != networks::time_mode::whole || o.features != 64) return nullptr;
  if (o.linear_layers == 2) return make_4_small_two_linear(o);
  return std::make_unique<system_of<networks::soft_label_mtl_4_small>>(o);
}

}  // namespace soft_label
