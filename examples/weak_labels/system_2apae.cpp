#include <networks/apae.hpp>
#include <networks/apae_objective.hpp>

#include "system_of.hpp"

namespace {
using namespace auris::networks;
struct reduced_2apae : apae_with<apae_sizes{.frames = weak_labels::reduced_resolution.frames,
                                            .mels = weak_labels::reduced_resolution.bands,
                                            .channels = 8}> {};
template <class Network>
using system_with_decoder = weak_labels::system_of<Network, auris::only<Network, "y_pred", "x_rec">, apae_objective<>>;
}  // namespace

std::unique_ptr<weak_labels::system> weak_labels::make_2apae(const system_options& o) {
  if (o.reduced) return std::make_unique<system_with_decoder<reduced_2apae>>(o);
  return std::make_unique<system_with_decoder<apae>>(o);
}
