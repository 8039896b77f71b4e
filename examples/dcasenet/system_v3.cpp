#include "system_of.hpp"

namespace dcasenet {
namespace {
using namespace auris::networks;
template <dcasenet_sizes Sizes>
using v3_with = system_of<dcasenet_v3_with<Sizes>, dcasenet_embedding<dcasenet_v3_body<Sizes>>>;
}  // namespace

std::unique_ptr<system> make_v3(const system_options& o) {
  if (o.reduced) return std::make_unique<v3_with<reduced_sizes>>(o);
  return std::make_unique<v3_with<dcasenet_sizes{}>>(o);
}

}  // namespace dcasenet
