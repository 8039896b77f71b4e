#include "system_of.hpp"

namespace soft_label {

std::unique_ptr<system> make_stretched(int blocks, const system_options& o) {
  return make_of_blocks<networks::soft_label_sizes{.time = networks::time_mode::stretched}>(blocks, o);
}

}  // namespace soft_label
