#include "apae.hpp"

#include "network_runner_of.hpp"

namespace auris::networks {
/// What make_apae hands on.
std::unique_ptr<network_runner> make_apae_paper(const runner_options& o) {
  return make_runner<apae_paper, only<apae_paper, "y_pred", "x_rec">>(o);
}
}  // namespace auris::networks
