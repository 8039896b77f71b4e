#pragma once
#include <auris/backend/cuda/nt_xent.hpp>
#include <auris/backend/cuda/product.cuh>
#include <auris/backend/cuda/warp.cuh>
#include <cmath>

namespace auris {

namespace detail::gpu {

inline constexpr int nt_xent_threads = 256, nt_xent_warps = nt_xent_threads / warp_lanes;

/// The scores (items, items) times the temperature, and what is known of their lines: rows, and behind them columns.
template <class T>
struct nt_xent_scores {
  idx items;
  T temperature;
  const int* group;
  T* score;
  T* log_sum;    ///< (2 items) logarithms of the sums of exponentials
  T* part;       ///< (2 items) of the loss; later (items) of d loss / d temperature
  T* positives;  ///< (items) in the line; behind them one, in all

  __device__ bool positive(idx i, idx j) const { return group[i] == group[j]; }
  __device__ T& all_positives() const { return positives[items]; }
  /// Element k of a line.
  __device__ T at(idx line, idx k) const {
    return (line < items ? score[line * items + k] : score[k * items + line - items]) / temperature;
  }
};

/// The line of this warp.
__device__ inline idx nt_xent_line() { return static_cast<idx>(blockIdx.x) * nt_xent_warps + threadIdx.x / warp_lanes; }

/// A warp for each line: the logarithm of the sum of exponentials, the count of positives, and their part of the loss.
template <class T>
__global__ void __launch_bounds__(nt_xent_threads) nt_xent_lines_kernel(nt_xent_scores<T> s) {
  const int lane = static_cast<int>(threadIdx.x) % warp_lanes;
  const idx line = nt_xent_line(), item = line < s.items ? line : line - s.items;
  if (line >= 2 * s.items) return;
  T most = -static_cast<T>(INFINITY);
  for (idx k = lane; k < s.items; k += warp_lanes) most = larger{}(most, s.at(line, k));
  most = warp_reduce(most, 1, warp_lanes, larger{});
  several<T, 2> sums{};  // of exponentials, of positives
  for (idx k = lane; k < s.items; k += warp_lanes)
    sums = sums + several<T, 2>{{std::exp(s.at(line, k) - most), s.positive(item, k) ? T(1) : T(0)}};
  sums = warp_reduce(sums, 1, warp_lanes, add{});
  const T log_sum = most + std::log(sums.v[0]);
  T part = 0;
  for (idx k = lane; k < s.items; k += warp_lanes)
    if (s.positive(item, k)) part += log_sum - s.at(line, k);
  part = warp_reduce(part, 1, warp_lanes, add{});
  if (lane != 0) return;
  s.log_sum[line] = log_sum;
  s.part[line] = part;
  if (line < s.items) s.positives[line] = sums.v[1];
}

/// One block: the loss, and how many positives there are.
template <class T>
__global__ void __launch_bounds__(nt_xent_threads) nt_xent_value_kernel(nt_xent_scores<T> s, T* value) {
  several<double, 2> sums{};  // of the loss, of positives
  for (idx line = threadIdx.x; line < 2 * s.items; line += nt_xent_threads)
    sums = sums + several<double, 2>{{static_cast<double>(s.part[line]),
                                      line < s.items ? static_cast<double>(s.positives[line]) : 0.0}};
  sums = block_reduce<nt_xent_threads>(sums, add{});
  if (threadIdx.x != 0) return;
  s.all_positives() = static_cast<T>(sums.v[1]);
  if (value) value[0] = s.items > 0 ? static_cast<T>(sums.v[0] / (2 * sums.v[1])) : T(0);
}

/// A warp for each row: the scores become d loss / d (audio, text).
template <class T>
__global__ void __launch_bounds__(nt_xent_threads) nt_xent_slopes_kernel(nt_xent_scores<T> s) {
  const int lane = static_cast<int>(threadIdx.x) % warp_lanes;
  const idx i = nt_xent_line();
  if (i >= s.items) return;
  const T twice = 2 * s.all_positives();
  T part = 0;
  for (idx j = lane; j < s.items; j += warp_lanes) {
    const T c = s.at(i, j), in_row = s.positives[i], in_column = s.positives[j];
    const T both = in_row * std::exp(c - s.log_sum[i]) + in_column * std::exp(c - s.log_sum[s.items + j]);
    const T slope = (both - (s.positive(i, j) ? T(2) : T(0))) / twice;  // d loss / d score
    part += slope * c;
    s.score[i * s.items + j] = slope / s.temperature;
  }
  part = warp_reduce(part, 1, warp_lanes, add{});
  if (lane == 0) s.part[i] = part;
}

/// One block: dtau[0] = - the sum of all parts / tau.
template <class T>
__global__ void __launch_bounds__(nt_xent_threads) nt_xent_tau_kernel(idx items, const T* part, T tau, T* dtau) {
  double sum = 0;
  for (idx i = threadIdx.x; i < items; i += nt_xent_threads) sum += static_cast<double>(part[i]);
  sum = block_reduce<nt_xent_threads>(sum, add{});
  if (threadIdx.x == 0) dtau[0] = static_cast<T>(-sum / static_cast<double>(tau));
}

}  // namespace detail::gpu

template <class T>
void kernel<op::nt_xent, cuda, T>::evaluate(const resources<cuda, T>& r, const op::nt_xent::size& s, const T* audio,
                                            const T* text, T tau, const int* group, T* value, T* daudio, T* dtext,
                                            T* dtau) noexcept {
  namespace gpu = detail::gpu;
  using along = gpu::matrix_lines<T, true>;
  using across = gpu::matrix_lines<T, false>;
  const char* const operation = "nt_xent";
  const idx n = s.items;
  T *const score = r.workspace + product_workspace(s), *const log_sum = score + n * n;
  const gpu::nt_xent_scores<T> scores{n,       tau < T(0) ? -tau : tau, group,          score,
                                      log_sum, log_sum + 2 * n,         log_sum + 4 * n};
  const auto warps_for = [&](idx lines) {
    return gpu::launch_options{operation, static_cast<unsigned>((lines + gpu::nt_xent_warps - 1) / gpu::nt_xent_warps),
                               gpu::nt_xent_threads, r.queue};
  };
  const gpu::launch_options one_block{operation, 1, gpu::nt_xent_threads, r.queue};

  gpu::multiply<T>(operation, r.queue, n, n, s.length, along{audio, s.length}, along{text, s.length}, {score, n},
                   r.workspace);
  gpu::launch(warps_for(2 * n), gpu::nt_xent_lines_kernel<T>, scores);
  gpu::launch(one_block, gpu::nt_xent_value_kernel<T>, scores, value);
  if (!daudio && !dtext && !dtau) return;
  gpu::launch(warps_for(n), gpu::nt_xent_slopes_kernel<T>, scores);
  if (dtau) gpu::launch(one_block, gpu::nt_xent_tau_kernel<T>, n, scores.part, tau, dtau);
  if (daudio)
    gpu::multiply<T>(operation, r.queue, n, s.length, n, along{score, n}, across{text, s.length}, {daudio, s.length},
                     r.workspace);
  if (dtext)
    gpu::multiply<T>(operation, r.queue, n, s.length, n, across{score, n}, across{audio, s.length}, {dtext, s.length},
                     r.workspace);
}

}  // namespace auris
