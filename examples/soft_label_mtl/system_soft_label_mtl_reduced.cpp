#include "system_of.hpp"

namespace soft_label {

std::unique_ptr<system> make_reduced(int blocks, const system_options& o) {
  return make_of_blocks<networks::soft_label_sizes{.first_channels = 8, .hidden = 32}>(blocks, o);
}

std::unique_ptr<system> make_soft_label_mtl_4_small(const system_options& o) {
  if (o.reduced || o.time != networks::time_mode::whole) return nullptr;
  return std::make_unique<system_of<networks::soft_label_mtl_4_small>>(o);
}

}  // namespace soft_label
