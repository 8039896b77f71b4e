// The loops of the CPU backend (loops/*.inl), compiled for every instruction set that the program may meet.
//
// Loops work on whole lines of 16 floats and take plain pointers; what is left of a row goes through a padded copy (line.hpp).
// Packed layouts are the same for all sets, so that the sizes of arenas are.
#pragma once
#include <auris/backend/cpu/instruction_set.hpp>
#include <auris/backend/cpu/line.hpp>
#include <auris/backend/cpu/loops/arguments.hpp>
#include <cstddef>
#include <utility>

// nvcc hands "#pragma GCC unroll" on to the host's compiler, but warns that it does not know it.
#if defined(__CUDACC__)
#pragma nv_diagnostic push
#pragma nv_diag_suppress 1675
#endif

#if defined(__x86_64__)
#if AURIS_LEAST_SET < 3
#define AURIS_SET v2
#define AURIS_LANES 4
AURIS_BEGIN_SET("sse4.2")
#include <auris/backend/cpu/loops/all.inl>
AURIS_END_SET
#undef AURIS_SET
#undef AURIS_LANES
#endif
#if AURIS_LEAST_SET < 4
#define AURIS_SET v3
#define AURIS_LANES 8
AURIS_BEGIN_SET("avx2,fma,bmi2,f16c")
#include <auris/backend/cpu/loops/all.inl>
AURIS_END_SET
#undef AURIS_SET
#undef AURIS_LANES
#endif
#define AURIS_SET v4
#define AURIS_LANES 16
AURIS_BEGIN_SET("avx512f,avx512bw,avx512dq,avx512vl,avx2,fma,bmi2,f16c")
#include <auris/backend/cpu/loops/all.inl>
AURIS_END_SET
#else
#define AURIS_SET one_set
#define AURIS_LANES 4
#include <auris/backend/cpu/loops/all.inl>
#endif
#undef AURIS_SET
#undef AURIS_LANES

#if defined(__CUDACC__)
#pragma nv_diagnostic pop
#endif

/// All of them, by their names.
namespace auris::detail::loops {
#if AURIS_LEAST_SET == 4
namespace v3 = v4;
#endif
#if AURIS_LEAST_SET >= 3
namespace v2 = v3;
#endif
// loops/elementwise.inl
AURIS_LOOP(relu_forward);
AURIS_LOOP(relu_backward);
AURIS_LOOP(sigmoid_forward);
AURIS_LOOP(sigmoid_backward);
AURIS_LOOP(tanh_forward);
AURIS_LOOP(tanh_backward);
AURIS_LOOP(gelu_forward);
AURIS_LOOP(gelu_backward);
AURIS_LOOP(clamp_forward);
AURIS_LOOP(clamp_backward);
AURIS_LOOP(add_to);
AURIS_LOOP(add_product_to);
AURIS_LOOP(multiply);
AURIS_LOOP(scale_by);
AURIS_LOOP(scale);
AURIS_LOOP(add_scaled_to);
AURIS_LOOP(scale_shift);
AURIS_LOOP(standardise);
AURIS_LOOP(standardise_backward);
AURIS_LOOP(add_squares);
AURIS_LOOP(add_moments);
AURIS_LOOP(shifted_exponential);
AURIS_LOOP(scaled_logarithm);
AURIS_LOOP(adam_step);
AURIS_LOOP(sgd_step);
// loops/pool.inl
AURIS_LOOP(keep_larger);
AURIS_LOOP(max_of_window);
AURIS_LOOP(max_of_window_backward);
AURIS_LOOP(sum_of_window);
AURIS_LOOP(sum_of_window_backward);
// loops/dot.inl
AURIS_LOOP(four_dots);
AURIS_LOOP(complex_powers);
// loops/attention.inl
AURIS_LOOP(map_columns);
AURIS_LOOP(attention_columns);
AURIS_LOOP(attention_columns_backward);
AURIS_LOOP(add_outer_products);
// loops/bands.inl
AURIS_LOOP(write_bands);
AURIS_LOOP(sum_bands);
AURIS_LOOP(sum_rows);
// loops/gru.inl
AURIS_LOOP_OF_STORED(gru_step);
AURIS_LOOP_OF_STORED(gru_step_of_two);
AURIS_LOOP(gru_gate_gradients);
// loops/loss.inl
AURIS_LOOP(squared_errors);
AURIS_LOOP(weighted_squared_errors);
AURIS_LOOP(cross_entropies_of_logits);
AURIS_LOOP(cross_entropies_of_probabilities);
AURIS_LOOP(cross_entropy_largest);
AURIS_LOOP(cross_entropy_sums);
AURIS_LOOP(cross_entropy_gradient);
// loops/product.inl
AURIS_LOOP_OF_STORED(product_tile);
AURIS_LOOP_OF_STORED(product_few);
AURIS_LOOP_OF_STORED(product_eight);
AURIS_LOOP_OF_STORED(product_row);
AURIS_LOOP(product_transposed);
// loops/rows.inl
AURIS_LOOP(place_side_by_side);
// loops/scores.inl
AURIS_LOOP(shares_of_scores);
AURIS_LOOP(scale_columns);
// loops/spectrum.inl
AURIS_LOOP(write_spectra);
// loops/softmax.inl
AURIS_LOOP(softmax_columns);
AURIS_LOOP(log_softmax_columns);
AURIS_LOOP(softmax_columns_backward);
AURIS_LOOP(log_softmax_columns_backward);
// loops/vector.inl
AURIS_LOOP(transpose_square);
// loops/weighted_mean.inl
AURIS_LOOP(add_weighted_rows);
AURIS_LOOP(weighted_rows_backward);
// loops/window.inl
AURIS_LOOP(window_tile);
AURIS_LOOP(window_gradient_tile);
// loops/winograd.inl
AURIS_LOOP(winograd_input);
AURIS_LOOP(winograd_output);
AURIS_LOOP(winograd_weights);
AURIS_LOOP(winograd_output_gradient);
AURIS_LOOP(winograd_weight_gradient);
}  // namespace auris::detail::loops
