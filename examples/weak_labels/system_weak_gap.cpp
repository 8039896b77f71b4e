#include "system_of.hpp"

std::unique_ptr<weak_labels::system> weak_labels::make_weak_gap(const system_options& o) {
  return make_of_size<networks::weak_gap, networks::weak_vgg_with<reduced_sizes, global_average>>(o);
}
