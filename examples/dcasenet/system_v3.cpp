#include "system_of.hpp"

namespace {
using namespace auris::networks;
template <dcasenet_sizes Sizes>
using system_with = dcasenet::system_of<dcasenet_v3_with<Sizes>, dcasenet_embedding<dcasenet_v3_body<Sizes>>>;
}  // namespace

std::unique_ptr<dcasenet::system> dcasenet::make_v3(const system_options& o) {
  if (o.reduced) return std::make_unique<system_with<reduced_sizes>>(o);
  return std::make_unique<system_with<dcasenet_sizes{}>>(o);
}
