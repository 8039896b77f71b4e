#include "cnn14.hpp"

#include <networks/network_runner_of.hpp>

#include "benchmark_registry.hpp"

namespace auris::networks {
std::unique_ptr<network_runner> make_cnn14(const runner_options& o) { return make_runner<cnn14>(o); }
}  // namespace auris::networks
