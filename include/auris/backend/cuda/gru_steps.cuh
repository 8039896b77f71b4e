#pragma once
#include <auris/backend/cuda/dot.cuh>
#include <auris/backend/cuda/gru.hpp>
#include <cmath>

namespace auris::detail::gpu {

// The recurrent part of a GRU: a kernel computes one step in time, or all of them. In the second case its blocks run together.
// Each keeps the recurrent weights of its hidden units in shared memory for the whole run, and after each step all blocks of a
// direction wait for each other: what they tell each other goes through global memory, at another place for each step. Both
// ways compute the same bits, with any number of units to a block.

inline constexpr int gru_threads = 256;  ///< of a block, at most
/// Hidden units that a warp has at a time, for Items items: as many sums as registers hold.
template <int Items>
inline constexpr int gru_forward_units = Items == 1 ? 4 : 2;
inline constexpr int gru_backward_units = 4;

/// The hidden units [first, first + count) of a direction, which a block computes.
struct gru_units {
  int direction;
  idx first, count;

  __device__ gru_units(const op::gru::size& s, idx each)
      : direction(static_cast<int>(blockIdx.y)), first(blockIdx.x * each), count(s.hidden - first) {
    if (count > each) count = each;
  }
};

/// work(unit, item), for the units of a block and all items, Units and Items at a time, by a warp each.
template <int Units, int Items, class Work>
__device__ void for_gru_tasks(idx units, idx items, const Work& work) {
  const int across = static_cast<int>((units + Units - 1) / Units);
  const int tasks = static_cast<int>((items + Items - 1) / Items) * across;
  const int warps = static_cast<int>(blockDim.x) / warp_lanes;
  for (int task = static_cast<int>(threadIdx.x) / warp_lanes; task < tasks; task += warps)
    work(idx(task % across * Units), idx(task / across * Items));
}

template <class T, class Stored>
struct gru_forward_arrays {
  op::gru::size size;
  const Stored* recurrent[2];  ///< of each direction
  const T* bias[2];
  const T* inputs;  ///< W x + b: (directions, items, time, 3, hidden)
  const T* state;
  T *y, *cache;
};

/// One step in time of a block's units. The row of a gate and of the block's unit u starts at rows + gate * gate_stride +
/// u * hidden.
template <int Items, class T, class Stored>
__device__ void gru_forward_step(const gru_forward_arrays<T, Stored>& a, const gru_units& own, const Stored* rows,
                                 idx gate_stride, idx step) {
  constexpr int units = gru_forward_units<Items>, results = units * Items;
  const op::gru::size& s = a.size;
  const idx h = s.hidden, d = own.direction, t = d == 0 ? step : s.time - 1 - step, before = d == 0 ? t - 1 : t + 1;
  const T* const bias = d == 0 ? a.bias[0] : a.bias[1];
  const int lane = static_cast<int>(threadIdx.x) % warp_lanes, result = lane * results / warp_lanes;
  const bool starts_from_zero = step == 0 && !a.state;
  const auto last = [&](idx n) -> const T* {
    return step > 0 ? a.y + ((n * s.time + before) * s.directions + d) * h : a.state + (n * s.directions + d) * h;
  };

  for_gru_tasks<units, Items>(own.count, s.items, [&](idx unit, idx item) {
    // The lane's own unit and item; what does not depend on other blocks is on its way while the products are computed.
    const idx n = item + result % Items, u = unit + result / Items, k = own.first + u, frame = n * s.time + t;
    const bool mine = lane % (warp_lanes / results) == 0 && n < s.items && u < own.count;
    T input[3] = {}, constant[3] = {}, h_before = 0;
    if (mine) {
      AURIS_UNROLL
      for (int gate = 0; gate < 3; ++gate) {
        input[gate] = a.inputs[((d * s.items * s.time + frame) * 3 + gate) * h + k];
        constant[gate] = bias[gate * h + k];
      }
      if (!starts_from_zero) h_before = last(n)[k];
    }

    T by_state[3] = {};
    if (!starts_from_zero) {
      const Stored* row[3 * units];
      const T* column[Items];
      AURIS_UNROLL
      for (int r = 0; r < 3 * units; ++r)
        row[r] = rows + r / units * gate_stride + (unit + r % units < own.count ? unit + r % units : unit) * h;
      AURIS_UNROLL
      for (int i = 0; i < Items; ++i) column[i] = last(item + i < s.items ? item + i : item);
      T sum[3 * units][Items] = {};
      add_products(lane, h, row, column, sum);
      AURIS_UNROLL
      for (int gate = 0; gate < 3; ++gate) by_state[gate] = sum_of_lanes<results>(lane, sum[gate * units]);
    }
    if (!mine) return;

    const auto sigmoid = [](T v) { return T(1) / (T(1) + std::exp(-v)); };
    const T r = sigmoid(input[0] + (by_state[0] + constant[0])), z = sigmoid(input[1] + (by_state[1] + constant[1]));
    const T q = by_state[2] + constant[2], candidate = std::tanh(input[2] + r * q);
    a.y[(frame * s.directions + d) * h + k] = (T(1) - z) * candidate + z * h_before;
    if (!a.cache) return;
    T* const c = a.cache + (d * s.items * s.time + frame) * 4 * h + k;
    c[0] = r, c[h] = z, c[2 * h] = candidate, c[3 * h] = q;
  });
}

/// `units` hidden units to a block, directions along y: all steps if Together, else the given one.
template <int Items, bool Together, class T, class Stored>
__global__ void __launch_bounds__(gru_threads)
    gru_forward_kernel(gru_forward_arrays<T, Stored> a, idx units, idx step, unsigned* counters) {
  const idx h = a.size.hidden;
  const gru_units own(a.size, units);
  const Stored* const rows = (own.direction == 0 ? a.recurrent[0] : a.recurrent[1]) + own.first * h;
  if constexpr (Together) {
    AURIS_DYNAMIC_SHARED(kept, Stored);  // (3, units, hidden)
    for (idx gate = 0; gate < 3; ++gate)
      for (idx i = threadIdx.x; i < own.count * h; i += blockDim.x) kept[gate * units * h + i] = rows[gate * h * h + i];
    __syncthreads();
    for (step = 0; step < a.size.time; ++step) {
      if (step > 0) grid_barrier(counters + own.direction * gru_counters, static_cast<unsigned>(step), gridDim.x);
      gru_forward_step<Items>(a, own, kept, units * h, step);
    }
  } else
    gru_forward_step<Items>(a, own, rows, h * h, step);
}

template <class T>
struct gru_backward_arrays {
  op::gru::size size;
  const T* recurrent[2];  ///< of each direction
  const T *y, *cache, *dy;
  T* gates;    ///< d loss / d what r, z, n apply their functions to, and d q: (directions, items, time, 4, hidden)
  T* carried;  ///< the part of d loss / d h that passes by the gates: (directions, items, hidden)
};

/// One step back in time of a block's units; steps count from the end. The recurrent weight of row j and the block's unit u is
/// columns[u * unit_stride + j * row_stride].
template <int Items, class T>
__device__ void gru_backward_step(const gru_backward_arrays<T>& a, const gru_units& own, const T* columns,
                                  idx unit_stride, idx row_stride, idx step) {
  constexpr int units = gru_backward_units, results = units * Items;
  const op::gru::size& s = a.size;
  const idx h = s.hidden, d = own.direction, t = d == 0 ? s.time - 1 - step : step;
  const idx before = d == 0 ? t - 1 : t + 1, after = d == 0 ? t + 1 : t - 1;
  const bool first = step == 0, last = step == s.time - 1;
  const int lane = static_cast<int>(threadIdx.x) % warp_lanes, result = lane * results / warp_lanes;
  const auto gates = [&](idx n, idx time) { return a.gates + ((d * s.items + n) * s.time + time) * 4 * h; };

  for_gru_tasks<units, Items>(own.count, s.items, [&](idx unit, idx item) {
    const idx n = item + result % Items, u = unit + result / Items, k = own.first + u;
    const bool mine = lane % (warp_lanes / results) == 0 && n < s.items && u < own.count;
    T* const carried = a.carried + (d * s.items + n) * h + k;
    T r = 0, z = 0, candidate = 0, q = 0, dh = 0, h_before = 0;
    if (mine) {
      const T* const c = a.cache + ((d * s.items + n) * s.time + t) * 4 * h + k;
      r = c[0], z = c[h], candidate = c[2 * h], q = c[3 * h];
      dh = a.dy[((n * s.time + t) * s.directions + d) * h + k];
      if (!first) dh += *carried;
      if (!last) h_before = a.y[((n * s.time + before) * s.directions + d) * h + k];
    }

    if (!first) {
      const T *row[units], *column[Items];
      AURIS_UNROLL
      for (int i = 0; i < units; ++i) row[i] = columns + (unit + i < own.count ? unit + i : unit) * unit_stride;
      AURIS_UNROLL
      for (int i = 0; i < Items; ++i) column[i] = gates(item + i < s.items ? item + i : item, after);
      T sum[units][Items] = {};
      add_products(lane, 2 * h, row, column, sum, row_stride);  // r and z; then q, which stands behind n
      AURIS_UNROLL
      for (int i = 0; i < units; ++i) row[i] += 2 * h * row_stride;
      AURIS_UNROLL
      for (int i = 0; i < Items; ++i) column[i] += 3 * h;
      add_products(lane, h, row, column, sum, row_stride);
      dh += sum_of_lanes<results>(lane, sum[0]);
    }
    if (!mine) return;

    const T dn = dh * (T(1) - z) * (T(1) - candidate * candidate);
    T* const g = gates(n, t) + k;
    g[0] = dn * q * r * (T(1) - r);
    g[h] = dh * (h_before - candidate) * z * (T(1) - z);
    g[2 * h] = dn;
    g[3 * h] = dn * r;
    *carried = dh * z;
  });
}

/// As gru_forward_kernel.
template <int Items, bool Together, class T>
__global__ void __launch_bounds__(gru_threads)
    gru_backward_kernel(gru_backward_arrays<T> a, idx units, idx step, unsigned* counters) {
  const idx h = a.size.hidden;
  const gru_units own(a.size, units);
  const T* const columns = (own.direction == 0 ? a.recurrent[0] : a.recurrent[1]) + own.first;
  if constexpr (Together) {
    AURIS_DYNAMIC_SHARED(kept, T);  // (units, 3 hidden)
    const int rows = static_cast<int>(3 * h), across = static_cast<int>(own.count);
    for (int i = static_cast<int>(threadIdx.x); i < rows * across; i += static_cast<int>(blockDim.x))
      kept[i % across * rows + i / across] = columns[i / across * h + i % across];
    // The first step does not need them, and all others stand behind a barrier.
    for (step = 0; step < a.size.time; ++step) {
      if (step > 0) grid_barrier(counters + own.direction * gru_counters, static_cast<unsigned>(step), gridDim.x);
      gru_backward_step<Items>(a, own, kept, 3 * h, 1, step);
    }
  } else
    gru_backward_step<Items>(a, own, columns, 1, h, step);
}

}  // namespace auris::detail::gpu
