#pragma once
#include <auris/core/shape.hpp>
#include <span>
#include <utility>
#include <vector>

namespace auris {

/// A possible pair of a bipartite graph.
struct matching_edge {
  idx left, right;
};

/// A largest set of edges no two of which share a vertex: for each right vertex its left one, -1 for none.
///
/// Of several largest sets it is the one that sed_eval and mir_eval find: left vertices in the order of their first
/// edge take the first right vertex that is free, then shortest alternating paths are swapped until there is none.
///
/// Cost    Hopcroft-Karp: O(edges sqrt(vertices)).
/// Memory  a few numbers per vertex and edge; no recursion, so that a long path is no danger to the stack.
/// Source  Hopcroft & Karp 1973; the order is that of D. Eppstein's implementation in mir_eval.
///
///     const std::vector<matching_edge> edges{{0, 0}, {0, 1}, {1, 0}};
///     const std::vector<idx> left_of = maximum_matching(2, 2, edges);  // 1, 0: both are matched
inline std::vector<idx> maximum_matching(idx left, idx right, std::span<const matching_edge> edges) {
  constexpr idx none = -1, root = -1;
  const auto at = [](idx i) { return static_cast<std::size_t>(i); };
  std::vector<std::vector<idx>> graph(at(left));
  std::vector<idx> order;  // left vertices that have edges
  for (const matching_edge& e : edges) {
    if (graph[at(e.left)].empty()) order.push_back(e.left);
    graph[at(e.left)].push_back(e.right);
  }
  std::vector<idx> left_of(at(right), none);
  for (idx u : order)
    for (idx v : graph[at(u)])
      if (left_of[at(v)] == none) {
        left_of[at(v)] = u;
        break;
      }

  std::vector<std::vector<idx>> before(at(right));  // left vertices of the layer before
  std::vector<unsigned char> layered(at(right)), in_layers(at(left));
  std::vector<idx> towards(at(left));  // the right vertex of the layer before, or root
  struct step {
    idx vertex;
    std::vector<idx> from;
    std::size_t next;
  };
  std::vector<step> path;
  const auto enter = [&](idx v) {
    if (!layered[at(v)]) return false;
    layered[at(v)] = 0;
    path.push_back({v, std::move(before[at(v)]), 0});
    return true;
  };
  const auto augment = [&](idx end) {
    path.clear();
    enter(end);
    while (!path.empty()) {
      step& s = path.back();
      if (s.next == s.from.size()) {
        path.pop_back();
        continue;
      }
      const idx u = s.from[s.next++];
      if (!in_layers[at(u)]) continue;
      in_layers[at(u)] = 0;
      if (towards[at(u)] != root) {
        enter(towards[at(u)]);
        continue;
      }
      for (const step& swapped : path) left_of[at(swapped.vertex)] = swapped.from[swapped.next - 1];
      return;
    }
  };

  for (;;) {
    for (idx v = 0; v < right; ++v) layered[at(v)] = 0;
    for (idx u : order) in_layers[at(u)] = 1, towards[at(u)] = root;
    for (idx u : left_of)
      if (u != none) in_layers[at(u)] = 0;
    std::vector<idx> layer, unmatched;
    for (idx u : order)
      if (in_layers[at(u)]) layer.push_back(u);
    while (!layer.empty() && unmatched.empty()) {
      std::vector<idx> reached;
      for (idx u : layer)
        for (idx v : graph[at(u)]) {
          if (layered[at(v)] == 1) continue;
          if (layered[at(v)] == 0) layered[at(v)] = 2, before[at(v)].clear(), reached.push_back(v);
          before[at(v)].push_back(u);
        }
      layer.clear();
      for (idx v : reached) {
        layered[at(v)] = 1;
        const idx u = left_of[at(v)];
        if (u == none) {
          unmatched.push_back(v);
        } else {
          layer.push_back(u);
          in_layers[at(u)] = 1, towards[at(u)] = v;
        }
      }
    }
    if (unmatched.empty()) return left_of;
    for (idx v : unmatched) augment(v);
  }
}

}  // namespace auris
