#include "system_of.hpp"

std::unique_ptr<weak_labels::system> weak_labels::make_weak_gmp(const system_options& o) {
  return make_of_size<networks::weak_gmp, networks::weak_vgg_with<reduced_sizes, global_max>>(o);
}
