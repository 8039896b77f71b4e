#include "system_of.hpp"

namespace soft_label {

std::unique_ptr<system> make_4_two_linear(const system_options& o) {
  using networks::soft_label_mtl;
  if (o.time != networks::time_mode::whole) return nullptr;
  if (o.reduced) return std::make_unique<system_of<soft_label_mtl<reduced_sizes.two_linear()>>>(o);
  return std::make_unique<system_of<soft_label_mtl<networks::soft_label_sizes{}.two_linear()>>>(o);
}

std::unique_ptr<system> make_4_small_two_linear(const system_options& o) {
  return std::make_unique<system_of<networks::soft_label_mtl<networks::soft_label_mtl_4_small::sizes.two_linear()>>>(o);
}

}  // namespace soft_label
