#include <networks/soft_label_mtl.hpp>

#include "system_of.hpp"

std::unique_ptr<soft_label::system> soft_label::make_soft_label_mtl_4(std::uint64_t seed, backend_kind backend) {
  return std::make_unique<system_of<auris::networks::soft_label_mtl_4>>(seed, backend);
}
