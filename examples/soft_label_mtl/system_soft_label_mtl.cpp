#include "system_of.hpp"

std::unique_ptr<soft_label::system> soft_label::make_whole(int blocks, const system_options& o) {
  return make_of_blocks<networks::soft_label_sizes{}>(blocks, o);
}
