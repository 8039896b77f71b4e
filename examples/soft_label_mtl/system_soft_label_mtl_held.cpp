#include <networks/soft_label_mtl.hpp>

#include "system_of.hpp"

namespace soft_label {
namespace {
using namespace auris::networks;

template <int Blocks>
struct network : soft_label_mtl<soft_label_sizes{.blocks = Blocks}.with(time_mode::held)> {};
}  // namespace

std::unique_ptr<system> make_held(int blocks, const system_options& o) { return make_of_blocks<network>(blocks, o); }

}  // namespace soft_label
