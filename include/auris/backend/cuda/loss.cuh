#pragma once
#include <auris/backend/cuda/block_sums.cuh>
#include <auris/backend/cuda/divisor.cuh>
#include <auris/backend/cuda/loss.hpp>
#include <cmath>

namespace auris {

namespace detail::gpu {

// What a loss costs at one place; slope becomes its derivative there.
template <class Operation, class T>
struct loss_term;

template <class T>
struct loss_term<op::mean_squared_error, T> {
  explicit loss_term(const op::mean_squared_error::size&) noexcept {}
  __device__ T operator()(T p, T y, T& slope) const {
    slope = 2 * (p - y);
    return (p - y) * (p - y);
  }
};

template <class T>
struct loss_term<op::weighted_soft_label, T> {
  T floor;
  explicit loss_term(const op::weighted_soft_label::size& s) noexcept : floor(static_cast<T>(s.floor)) {}
  __device__ T operator()(T p, T y, T& slope) const {
    const T weight = y + floor;
    slope = 2 * weight * (p - y);
    return weight * (p - y) * (p - y);
  }
};

template <class T>
struct loss_term<op::binary_cross_entropy, T> {
  bool logits;
  explicit loss_term(const op::binary_cross_entropy::size& s) noexcept : logits(s.logits) {}
  __device__ T operator()(T p, T y, T& slope) const {
    return logits ? of_logit(p, y, slope) : of_probability(p, y, slope);
  }

 private:
  __device__ static T of_logit(T p, T y, T& slope) {
    const T e = std::exp(-std::fabs(p));
    slope = (p < T(0) ? e : T(1)) / (T(1) + e) - y;
    return (p < T(0) ? T(0) : p) - p * y + std::log1p(e);
  }
  __device__ static T of_probability(T q, T y, T& slope) {
    const T least = static_cast<T>(1e-12), width = q * (T(1) - q), yes = std::log(q), no = std::log1p(-q);
    slope = (q - y) / (width < least ? least : width);
    return -y * (yes < T(-100) ? T(-100) : yes) - (T(1) - y) * (no < T(-100) ? T(-100) : no);
  }
};

/// The weight of value i: of its row times that of its class in its item. Either may be null.
template <class T>
__device__ T loss_weight(idx i, const divisor& classes, const divisor& rows_of_item, const T* __restrict__ mask,
                         const T* __restrict__ class_mask) {
  if (!mask && !class_mask) return T(1);
  const idx row = i / classes;
  const T weight = mask ? mask[row] : T(1);
  return class_mask ? weight * class_mask[(row / rows_of_item - row) * classes.value() + i] : weight;
}

/// `each` consecutive values to a block.
template <class T, class Term>
__global__ void __launch_bounds__(block_sums::threads)
    loss_kernel(idx count, idx each, divisor classes, divisor rows_of_item, const T* __restrict__ prediction,
                const T* __restrict__ target, const T* __restrict__ mask, const T* __restrict__ class_mask, T factor,
                Term term, sum_destination<T> to, T* __restrict__ gradient) {
  const idx begin = blockIdx.x * each, end = count - begin < each ? count : begin + each;
  double sum = 0;
  for (idx i = begin + threadIdx.x; i < end; i += block_sums::threads) {
    const T weight = loss_weight(i, classes, rows_of_item, mask, class_mask);
    if (weight == T(0)) continue;
    T slope;
    sum += static_cast<double>(weight * term(prediction[i], target[i], slope));
    if (gradient) gradient[i] += factor * weight * slope;
  }
  to.put(sum);
}

template <class T>
__global__ void __launch_bounds__(block_sums::threads)
    mask_sum_kernel(idx rows, idx each, const T* mask, double* parts) {
  const idx begin = blockIdx.x * each, end = rows - begin < each ? rows : begin + each;
  double share = 0;
  for (idx i = begin + threadIdx.x; i < end; i += block_sums::threads) share += static_cast<double>(mask[i]);
  const double sum = block_reduce<block_sums::threads>(share, add{});
  if (threadIdx.x == 0) parts[blockIdx.x] = sum;
}

/// A target times the weight of its class, which may be null; 0 where that is 0, whatever the target is.
template <class T>
__device__ T weighted_target(const T* __restrict__ weights, const T* __restrict__ y, idx c) {
  const T weight = weights ? weights[c] : T(1);
  return weight == T(0) ? T(0) : weight * y[c];
}

/// The loss of a row, by a warp; adds factor times its derivative to the gradient.
template <class T>
__device__ T cross_entropy_row(idx classes, const T* __restrict__ p, const T* __restrict__ y,
                               const T* __restrict__ weights, T factor, T* __restrict__ gradient) {
  const int lane = static_cast<int>(threadIdx.x) % warp_lanes;
  if (weights) {
    int used = 0;
    for (idx c = lane; c < classes; c += warp_lanes) used += weights[c] != T(0);
    if (warp_reduce(used, 1, warp_lanes, add{}) == 0) return T(0);
  }
  T most = -static_cast<T>(INFINITY);
  for (idx c = lane; c < classes; c += warp_lanes) most = p[c] > most ? p[c] : most;
  most = warp_reduce(most, 1, warp_lanes, larger{});
  several<T, 2> sums{};  // of exponentials, of weighted targets
  for (idx c = lane; c < classes; c += warp_lanes)
    sums = sums + several<T, 2>{{std::exp(p[c] - most), weighted_target(weights, y, c)}};
  sums = warp_reduce(sums, 1, warp_lanes, add{});
  const T sum = sums.v[0], whole = sums.v[1], log = std::log(sum);
  T loss = 0;
  for (idx c = lane; c < classes; c += warp_lanes) {
    const T wanted = weighted_target(weights, y, c);
    if (wanted != T(0)) loss -= wanted * (p[c] - most - log);
    if (gradient) gradient[c] += factor * (whole * std::exp(p[c] - most) / sum - wanted);
  }
  return loss;
}

/// A warp takes every eighth row of its block; `rows_of_item` have the same weights of classes. The weight of all rows is
/// the sum of `mask_parts` sums, or the count of rows.
template <class T>
__global__ void __launch_bounds__(block_sums::threads)
    cross_entropy_kernel(idx rows, idx classes, divisor rows_of_item, idx each, const T* prediction, const T* target,
                         const T* mask, const T* class_mask, idx mask_parts, const double* mask_sums, T scale,
                         sum_destination<T> to, T* gradient) {
  constexpr int warps = block_sums::threads / warp_lanes;
  const int thread = static_cast<int>(threadIdx.x);
  double all = static_cast<double>(rows);
  if (mask) all = block_reduce<block_sums::threads>(thread < mask_parts ? mask_sums[thread] : 0.0, add{});
  const double factor = all == 0 ? 0.0 : static_cast<double>(scale) / all;
  const idx begin = blockIdx.x * each, end = rows - begin < each ? rows : begin + each;
  double sum = 0;
  for (idx r = begin + thread / warp_lanes; r < end; r += warps) {
    const T weight = mask ? mask[r] : T(1);
    if (weight == T(0) || all == 0) continue;
    sum += static_cast<double>(
        weight * cross_entropy_row(classes, prediction + r * classes, target + r * classes,
                                   class_mask ? class_mask + r / rows_of_item * classes : nullptr,
                                   static_cast<T>(factor) * weight, gradient ? gradient + r * classes : nullptr));
  }
  to.put(factor * sum);
}

}  // namespace detail::gpu

template <class Operation, class T>
void detail::cuda_loss<Operation, T>::evaluate(const resources<cuda, T>& r, const typename Operation::size& s,
                                               const T* prediction, const T* target, const T* mask, const T* class_mask,
                                               T scale, T* value, T* gradient) noexcept {
  const idx count = s.rows * s.classes;
  if (count <= 0) return;
  const gpu::block_sums cut{count};
  const T factor = scale / static_cast<T>(s.per_row ? s.rows : count);
  const gpu::sum_destination<T> to(cut, gpu::doubles_in(r.workspace), value, static_cast<double>(factor));
  using term = gpu::loss_term<Operation, T>;
  gpu::launch({"loss", static_cast<unsigned>(cut.blocks()), gpu::block_sums::threads, r.queue},
              gpu::loss_kernel<T, term>, count, cut.each(), gpu::divisor(s.classes), gpu::divisor(s.rows / s.items),
              prediction, target, mask, class_mask, factor, term(s), to, gradient);
  gpu::add_parts("loss", r.queue, cut, to);
}

template <class T>
void kernel<op::cross_entropy, cuda, T>::evaluate(const resources<cuda, T>& r, const op::cross_entropy::size& s,
                                                  const T* prediction, const T* target, const T* mask,
                                                  const T* class_mask, T scale, T* value, T* gradient) noexcept {
  namespace gpu = detail::gpu;
  if (s.rows <= 0 || s.classes <= 0) return;
  constexpr int threads = gpu::block_sums::threads;
  const gpu::block_sums mask_cut = mask_sums(s), cut = row_sums(s);
  double* const weights = gpu::doubles_in(r.workspace);
  if (mask)
    gpu::launch({"cross_entropy", static_cast<unsigned>(mask_cut.blocks()), threads, r.queue}, gpu::mask_sum_kernel<T>,
                s.rows, mask_cut.each(), mask, weights);
  const gpu::sum_destination<T> to(cut, weights + mask_cut.blocks(), value, 1);
  gpu::launch({"cross_entropy", static_cast<unsigned>(cut.blocks()), threads, r.queue}, gpu::cross_entropy_kernel<T>,
              s.rows, s.classes, gpu::divisor(s.rows / s.items), cut.each(), prediction, target, mask, class_mask,
              mask_cut.blocks(), weights, scale, to, gradient);
  gpu::add_parts("cross_entropy", r.queue, cut, to);
}

}  // namespace auris
