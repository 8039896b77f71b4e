#include "system_of.hpp"

namespace dcasenet {
namespace {
using namespace auris::networks;
template <dcasenet_sizes Sizes>
using v2_with = system_of<dcasenet_v2_with<Sizes>, dcasenet_embedding<dcasenet_v2_body<Sizes>>>;
}  // namespace

std::unique_ptr<system> make_v2(const system_options& o) {
  if (o.reduced) return std::make_unique<v2_with<reduced_sizes>>(o);
  return std::make_unique<v2_with<dcasenet_sizes{}>>(o);
}

}  // namespace dcasenet
