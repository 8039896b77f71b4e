// Networks whose deployed form keeps weights as bf16 (the backend cpu_bf16), beside those that the programs' user may choose a
// backend for: one backend more for each of those would take a third more of their time to compile.
#pragma once
#include <networks/network_runner_of.hpp>

namespace auris::networks {

template <class Network, class Product = Network>
std::unique_ptr<network_runner> make_bf16_runner(const runner_options& o) {
  if (o.backend != backend_kind::cpu || o.time != time_mode_of<Network>() || !o.options.empty())
    throw failure({"a network stored as bf16 has one backend, cpu_bf16, and no options", "network_runner"});
  return std::make_unique<network_runner_of<Network, cpu_bf16, Product, session_pair>>(o);
}

}  // namespace auris::networks
