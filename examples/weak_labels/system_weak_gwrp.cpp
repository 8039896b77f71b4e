#include "system_of.hpp"

std::unique_ptr<weak_labels::system> weak_labels::make_weak_gwrp(const system_options& o) {
  // 0.9998 of 311 x 64 values: 0.9967 gives the same share of 38 x 32 the same weight.
  return make_of_size<networks::weak_gwrp, networks::weak_vgg_with<reduced_sizes, global_weighted_rank<0.9967>>>(o);
}
