#include "system_of.hpp"

namespace soft_label {

std::unique_ptr<system> make_stretched_reduced(int blocks, const system_options& o) {
  return make_of_blocks<reduced_sizes.with(networks::time_mode::stretched)>(blocks, o);
}

}  // namespace soft_label
