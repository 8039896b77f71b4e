#include "system_of.hpp"

std::unique_ptr<weak_labels::system> weak_labels::make_weak_atrous(const system_options& o) {
  return make_of_size<networks::weak_atrous, networks::weak_atrous_with<reduced_sizes>>(o);
}
