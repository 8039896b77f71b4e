#pragma once
#include <auris/core/shape.hpp>

namespace auris {

/// How much a call works on: what the sizes of caches and workspaces follow from.
struct workload {
  idx items = 1;  ///< of the batch
  shape item = {};
  int workers = 1;  ///< threads of the executor: each may need scratch of its own
  constexpr workload with(shape s) const { return {items, s, workers}; }
  constexpr idx size() const { return items * item.size(); }
};

/// How much of every arena a layer takes, in scalars. Offsets inside of a composite are running sums of this one value.
struct footprint {
  idx params = 0;          ///< trained values, in the order of the checkpoint
  idx buffers = 0;         ///< running statistics
  idx prepared = 0;        ///< what a deployed network derives from both
  idx state = 0;           ///< carried between the calls of a stream
  idx cache = 0;           ///< activations kept for backward
  idx outputs = 0;         ///< named outputs (pointers, not scalars)
  idx random_streams = 0;  ///< independent random numbers (not memory)
  idx workspace = 0;       ///< scratch: parts that follow each other share it

  constexpr footprint operator+(const footprint& o) const {
    return {params + o.params,
            buffers + o.buffers,
            prepared + o.prepared,
            state + o.state,
            cache + o.cache,
            outputs + o.outputs,
            random_streams + o.random_streams,
            workspace > o.workspace ? workspace : o.workspace};
  }
};

/// Sizes of slots in caches and workspaces are rounded up to this many scalars, so that each starts a cache line of its own.
inline constexpr idx slot_scalars = 16;
constexpr idx slot(idx size) { return (size + slot_scalars - 1) / slot_scalars * slot_scalars; }

}  // namespace auris
