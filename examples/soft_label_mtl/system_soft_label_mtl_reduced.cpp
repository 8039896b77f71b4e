#include <networks/soft_label_mtl.hpp>

#include "system_of.hpp"

namespace soft_label {
namespace {
using namespace auris::networks;

template <int Blocks>
struct reduced : soft_label_mtl<soft_label_sizes{.blocks = Blocks, .first_channels = 8, .hidden = 32}> {};
}  // namespace

std::unique_ptr<system> make_reduced(int blocks, const system_options& o) { return make_of_blocks<reduced>(blocks, o); }

std::unique_ptr<system> make_soft_label_mtl_4_small(const system_options& o) {
  if (o.reduced || o.time != time_mode::whole) return nullptr;
  return std::make_unique<system_of<soft_label_mtl_4_small>>(o);
}

}  // namespace soft_label
