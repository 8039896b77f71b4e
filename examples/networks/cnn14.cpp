#include "network_runner_of.hpp"
#include "panns.hpp"
#include "registry.hpp"

namespace auris::networks {
std::unique_ptr<network_runner> make_cnn14(const runner_options& o) {
  return make_runner<cnn14, only<cnn14, "clipwise_output">>(o);
}
}  // namespace auris::networks
