#include <networks/soft_label_mtl.hpp>

#include "system_of.hpp"

namespace soft_label {
namespace {
using namespace auris::networks;

template <int Blocks>
struct reduced : soft_label_mtl<soft_label_sizes{.blocks = Blocks, .first_channels = 8, .hidden = 32}> {};
}  // namespace

std::unique_ptr<system> make_reduced(int blocks, const system_options& o) {
  switch (blocks) {
    case 3:
      return std::make_unique<system_of<reduced<3>>>(o);
    case 4:
      return std::make_unique<system_of<reduced<4>>>(o);
    case 5:
      return std::make_unique<system_of<reduced<5>>>(o);
    default:
      return std::make_unique<system_of<reduced<6>>>(o);
  }
}

std::unique_ptr<system> make_soft_label_mtl_4_small(const system_options& o) {
  if (o.reduced || o.time != time_mode::whole) return nullptr;
  return std::make_unique<system_of<soft_label_mtl_4_small>>(o);
}

}  // namespace soft_label
