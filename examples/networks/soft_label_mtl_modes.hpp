// The soft-label networks whose blocks pool in time: what `make_soft_label_mtl_3` and its like return for these time modes.
#pragma once
#include "network_runner.hpp"

namespace auris::networks {

std::unique_ptr<network_runner> make_soft_label_mtl_3_held(const runner_options&);
std::unique_ptr<network_runner> make_soft_label_mtl_3_stretched(const runner_options&);
std::unique_ptr<network_runner> make_soft_label_mtl_4_held(const runner_options&);
std::unique_ptr<network_runner> make_soft_label_mtl_4_stretched(const runner_options&);
std::unique_ptr<network_runner> make_soft_label_mtl_5_held(const runner_options&);
std::unique_ptr<network_runner> make_soft_label_mtl_5_stretched(const runner_options&);
std::unique_ptr<network_runner> make_soft_label_mtl_6_held(const runner_options&);
std::unique_ptr<network_runner> make_soft_label_mtl_6_stretched(const runner_options&);

}  // namespace auris::networks
