#include <networks/apae.hpp>
#include <networks/network_runner_of.hpp>

#include "golden/sized_networks.hpp"

namespace golden {
using namespace auris::networks;

namespace {
constexpr apae_sizes small_apae{.classes = 5, .frames = 16, .mels = 8};
constexpr apae_sizes paper{.classes = 5, .frames = 16, .mels = 8, .attention = auris::attention_form::paper};
constexpr apae_sizes no_final_pool{.classes = 5, .frames = 16, .mels = 8, .decoder_final_pool = false};
struct apae_small : apae_with<small_apae> {};
struct apae_small_paper : apae_with<paper> {};
struct apae_small_no_final_pool : apae_with<no_final_pool> {};
}  // namespace

std::unique_ptr<network_runner> make_apae_small(const runner_options& o) { return make_runner<apae_small>(o); }
std::unique_ptr<network_runner> make_apae_small_paper(const runner_options& o) {
  return make_runner<apae_small_paper>(o);
}
std::unique_ptr<network_runner> make_apae_small_no_final_pool(const runner_options& o) {
  return make_runner<apae_small_no_final_pool>(o);
}

}  // namespace golden
