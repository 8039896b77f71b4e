#include "crnn_4b.hpp"

#include "network_runner_of.hpp"
#include "registry.hpp"

namespace auris::networks {
std::unique_ptr<network_runner> make_crnn_4b(const runner_options& o) { return make_runner<crnn_4b>(o); }
}  // namespace auris::networks
