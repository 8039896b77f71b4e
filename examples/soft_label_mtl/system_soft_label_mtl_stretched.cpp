#include <networks/soft_label_mtl.hpp>

#include "system_of.hpp"

namespace soft_label {
namespace {
using namespace auris::networks;
}

std::unique_ptr<system> make_stretched(int blocks, const system_options& o) {
  switch (blocks) {
    case 3:
      return std::make_unique<system_of<stretched<soft_label_mtl_3>>>(o);
    case 4:
      return std::make_unique<system_of<stretched<soft_label_mtl_4>>>(o);
    case 5:
      return std::make_unique<system_of<stretched<soft_label_mtl_5>>>(o);
    default:
      return std::make_unique<system_of<stretched<soft_label_mtl_6>>>(o);
  }
}

}  // namespace soft_label
