#include "system_of.hpp"

namespace soft_label {

std::unique_ptr<system> make_whole(int blocks, const system_options& o) {
  return make_of_blocks<networks::soft_label_sizes{}>(blocks, o);
}

}  // namespace soft_label
