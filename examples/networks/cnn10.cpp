#include "network_runner_of.hpp"
#include "panns.hpp"
#include "registry.hpp"

namespace auris::networks {
std::unique_ptr<network_runner> make_cnn10(const runner_options& o) {
  return make_runner<cnn10, only<cnn10, "clipwise_output">>(o);
}
}  // namespace auris::networks
