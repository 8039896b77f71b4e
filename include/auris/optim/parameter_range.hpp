#pragma once
#include <auris/core/parameter.hpp>
#include <span>
#include <vector>

namespace auris {

/// A run of parameters in their arena.
struct parameter_range {
  idx begin = 0, count = 0;
  bool operator==(const parameter_range&) const = default;
};

/// What an optimiser may change: the parameters that train, in order, neighbours joined. Frozen layers and those that
/// `only` removed are left out.
///
/// Memory      one entry for each gap.
///
///     struct net : bind<sequential<linear<4>, frozen<linear<3>>, linear<2>>, dims(dyn, 5)> {};
///     std::vector<parameter_range> r = trainable_ranges<net>();        // {0, 24}, {39, 8}
template <class Network>
std::vector<parameter_range> trainable_ranges() {
  struct collector final : table_visitor {
    std::vector<parameter_range> found;
    void operator()(const table_entry& e) override {
      if (e.is_buffer || !e.trains || !e.used) return;
      const idx size = e.stored.size();
      if (!found.empty() && found.back().begin + found.back().count == e.offset)
        found.back().count += size;
      else
        found.push_back({e.offset, size});
    }
  } visitor;
  Network::visit_parameters(visitor);
  return static_cast<std::vector<parameter_range>&&>(visitor.found);
}

}  // namespace auris
