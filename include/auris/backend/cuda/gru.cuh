#pragma once
#include <auris/backend/cuda/column_sum.cuh>
#include <auris/backend/cuda/gru.hpp>
#include <auris/backend/cuda/gru_steps.cuh>
#include <auris/backend/cuda/product.cuh>

namespace auris {

namespace detail::gpu {

template <class Arrays>
using gru_kernel = void (*)(Arrays, idx units, idx step, unsigned* counters);

/// Queues all steps: with blocks that run together, as few units to each as let all of them fit onto the device; where they do
/// not, or where there is one step only, a launch for each step. A warp has `units` hidden units and `items` items at a time.
/// What stands in shared memory is Stored.
template <class Stored, class T, class Arrays>
void launch_gru(const char* operation, cuda_stream stream, int units, int items, gru_kernel<Arrays> together,
                gru_kernel<Arrays> one_step, const Arrays& a, T* counters) noexcept {
  const op::gru::size& s = a.size;
  const auto divided = [](idx n, idx by) { return (n + by - 1) / by; };
  const auto shape = [&](idx each, std::size_t shared) {
    constexpr idx most = gru_threads / warp_lanes;
    const idx tasks = divided(each, units) * divided(s.items, items), warps = tasks < most ? tasks : most;
    return launch_options{operation,
                          dim3(static_cast<unsigned>(divided(s.hidden, each)), static_cast<unsigned>(s.directions)),
                          static_cast<unsigned>(warps * warp_lanes), stream, shared};
  };
  constexpr idx least = 4;
  constexpr std::size_t most_shared = 96 * 1024;  // of a block, on every GPU from compute capability 8.0 on
  for (idx each = least; s.time > 1; each *= 2) {
    const std::size_t shared = static_cast<std::size_t>(each * 3 * s.hidden) * sizeof(Stored);
    if (shared > most_shared) break;
    const launch_options o = shape(each, shared);
    if (static_cast<int>(o.grid.x * o.grid.y) <= resident_blocks(together, static_cast<int>(o.block.x), shared)) {
      unsigned* const c = reinterpret_cast<unsigned*>(counters);
      cuda_memory::clear(stream, s.directions * gru_counters, c);
      return launch_together(o, together, a, each, idx(0), c);
    }
    if (each >= s.hidden) break;
  }
  for (idx step = 0; step < s.time; ++step)
    launch(shape(least, 0), one_step, a, least, step, static_cast<unsigned*>(nullptr));
}

/// state = what y has at the frame that each direction comes to last.
template <class T>
__global__ void gru_keep_state_kernel(op::gru::size s, const T* __restrict__ y, T* __restrict__ state) {
  const idx across = s.directions * s.hidden;
  for_packs<1>(s.items * across, [&](idx i, auto) {
    const idx t = i % across < s.hidden ? s.time - 1 : 0;
    state[i] = y[(i / across * s.time + t) * across + i % across];
  });
}

/// Clears the gradients of gates (items, time, 4, hidden) at the frame where the direction starts.
template <class T>
__global__ void gru_clear_start_kernel(op::gru::size s, idx start, T* gates) {
  const idx across = 4 * s.hidden;
  for_packs<1>(s.items * across,
               [&](idx i, auto) { gates[(i / across * s.time + start) * across + i % across] = T(0); });
}

/// Adds sums over (frames, 4, hidden) to the gradients of both biases: r, z, n belong to the input's, r, z, q to the other.
template <class T>
struct add_to_gru_biases {
  T *input, *recurrent;
  idx hidden;
  __device__ void operator()(idx c, const several<T, 1>& sum) const {
    const idx gate = c / hidden;
    if (input && gate < 3) input[c] += sum.v[0];
    if (recurrent && gate != 2) recurrent[gate == 3 ? c - hidden : c] += sum.v[0];
  }
};

/// What forward reads of one direction.
template <class T, class Stored>
struct gru_forward_weights {
  const Stored *input, *recurrent;
  const T *input_bias, *recurrent_bias;
};

/// direction(d) says where the weights are.
template <class T, class Direction>
void gru_forward(cuda_stream queue, const op::gru::size& s, const T* x, const Direction& direction, T* state, T* y,
                 T* cache, T* workspace) noexcept {
  using stored = std::remove_cv_t<std::remove_pointer_t<decltype(direction(0).input)>>;
  constexpr const char* operation = "gru forward";
  const idx h = s.hidden, frames = s.items * s.time;
  if (frames * h == 0) return;
  T* const inputs = workspace;
  T* const counters = inputs + s.directions * frames * 3 * h;
  T* const scratch = counters + s.directions * gru_counters;

  gru_forward_arrays<T, stored> a{s, {}, {}, inputs, state, y, cache};
  for (int d = 0; d < s.directions; ++d) {
    const gru_forward_weights<T, stored> w = direction(d);
    a.recurrent[d] = w.recurrent;
    a.bias[d] = w.recurrent_bias;
    multiply<T>(operation, queue, frames, 3 * h, s.in, matrix_lines<T, true>{x, s.in},
                matrix_lines<stored, true>{w.input, s.in}, {inputs + d * frames * 3 * h, 3 * h, w.input_bias}, scratch);
  }
  const auto run = [&](auto items) {
    constexpr int together = decltype(items)::value;
    launch_gru<stored>(operation, queue, gru_forward_units<together>, together,
                       gru_forward_kernel<together, true, T, stored>, gru_forward_kernel<together, false, T, stored>, a,
                       counters);
  };
  if (s.items == 1)
    run(std::integral_constant<int, 1>{});
  else
    run(std::integral_constant<int, 8>{});
  if (state)
    launch({operation, blocks_for(s.items * s.directions * h, element_threads), element_threads, queue},
           gru_keep_state_kernel<T>, s, y, state);
}

}  // namespace detail::gpu

template <class T>
void kernel<op::gru, cuda, T>::forward(const R& r, const op::gru::size& s, const T* x,
                                       const op::gru::weights<const T>* w, T* state, T* y, T* cache) noexcept {
  const auto direction = [&](int d) {
    return detail::gpu::gru_forward_weights<T, T>{w[d].input, w[d].recurrent, w[d].input_bias, w[d].recurrent_bias};
  };
  detail::gpu::gru_forward(r.queue, s, x, direction, state, y, cache, r.workspace);
}

template <std::same_as<float> T>
void kernel<op::gru, detail::cuda_bf16, T>::forward_prepared(const R& r, const op::gru::size& s, const T* x,
                                                             const T* prepared, T* state, T* y) noexcept {
  const auto direction = [&](int d) {
    const auto w = parts(s, prepared + d * of_direction(s));
    return detail::gpu::gru_forward_weights<T, bf16>{array::stored(w.input), array::stored(w.recurrent), w.input_bias,
                                                     w.recurrent_bias};
  };
  detail::gpu::gru_forward(r.queue, s, x, direction, state, y, static_cast<T*>(nullptr), r.workspace);
}

template <class T>
void kernel<op::gru, cuda, T>::backward(const R& r, const op::gru::size& s, const T* x,
                                        const op::gru::weights<const T>* w, const T* y, const T* cache, const T* dy,
                                        T* dx, const op::gru::weights<T>* gradients) noexcept {
  using namespace detail::gpu;
  using along = matrix_lines<T, true>;
  using across = matrix_lines<T, false>;
  constexpr const char* operation = "gru backward";
  const idx h = s.hidden, frames = s.items * s.time;
  if (frames * h == 0) return;
  T* const gates = r.workspace;
  T* const carried = gates + s.directions * frames * 4 * h;
  T* const counters = carried + s.directions * s.items * h;
  T* const scratch = counters + s.directions * gru_counters;

  gru_backward_arrays<T> a{s, {}, y, cache, dy, gates, carried};
  for (int d = 0; d < s.directions; ++d) a.recurrent[d] = w[d].recurrent;
  const auto run = [&](auto items) {
    constexpr int together = decltype(items)::value;
    detail::gpu::launch_gru<T>(operation, r.queue, detail::gpu::gru_backward_units, together,
                               detail::gpu::gru_backward_kernel<together, true, T>,
                               detail::gpu::gru_backward_kernel<together, false, T>, a, counters);
  };
  if (s.items == 1)
    run(std::integral_constant<int, 1>{});
  else
    run(std::integral_constant<int, 8>{});

  for (int d = 0; d < s.directions; ++d) {
    T* const g = gates + d * frames * 4 * h;
    if (dx)
      multiply<T>(operation, r.queue, frames, s.in, 3 * h, along{g, 4 * h}, across{w[d].input, s.in},
                  d == 0 ? destination<T>{dx, s.in} : destination<T>::add_to(dx, s.in), scratch);
    if (!gradients) continue;
    const op::gru::weights<T>& to = gradients[d];
    if (to.input)
      multiply<T>(operation, r.queue, 3 * h, s.in, frames, across{g, 4 * h}, across{x, s.in},
                  destination<T>::add_to(to.input, s.in), scratch);
    sum_columns(operation, r.queue, column_layout{frames, 4 * h, 1, 4 * h}, plain_sums<T, 1>{},
                add_to_gru_biases<T>{to.input_bias, to.recurrent_bias, h}, several<const T*, 1>{{g}}, scratch);
    if (!to.recurrent || s.time < 2) continue;
    // All items as one sequence: each frame's gates meet the h of the frame before, which at an item's start is not its own.
    launch({operation, blocks_for(s.items * 4 * h, element_threads), element_threads, r.queue},
           gru_clear_start_kernel<T>, s, d == 0 ? idx(0) : s.time - 1, g);
    const T* const of_gates = d == 0 ? g + 4 * h : g;
    const T* const states = (d == 0 ? y : y + s.directions * h) + d * h;
    const across last{states, s.directions * h};
    multiply<T>(operation, r.queue, 2 * h, h, frames - 1, across{of_gates, 4 * h}, last,
                destination<T>::add_to(to.recurrent, h), scratch);
    multiply<T>(operation, r.queue, h, h, frames - 1, across{of_gates + 3 * h, 4 * h}, last,
                destination<T>::add_to(to.recurrent + 2 * h * h, h), scratch);
  }
}

}  // namespace auris
