// What loops are given besides arrays.
#pragma once
#include <auris/backend/cpu/bf16_pair.hpp>
#include <auris/backend/cpu/fft_radices.hpp>
#include <auris/backend/cpu/winograd_points.hpp>
#include <auris/backend/cpu/winograd_sides.hpp>
#include <auris/core/shape.hpp>

namespace auris::detail {

/// What all values of a step of Adam share: see op::adam.
struct adam_numbers {
  float beta1, rest1, beta2, rest2, correction1, correction2, kept, decay, rate, epsilon;
};
/// What all values of a step of gradient descent share: see op::sgd.
struct sgd_numbers {
  float momentum, rate, decay;
  bool first, nesterov;
};
/// What all terms of a loss share, and the sums of those that each lane saw.
struct loss_numbers {
  float factor, floor;  ///< of the gradient; of op::weighted_soft_label
  float sums[16];
};
/// Sixteen rows of op::cross_entropy, a lane each: what has been seen of their classes.
struct cross_entropy_rows {
  float weight[16];  ///< 0 for those that count nothing
  float most[16];    ///< the largest prediction
  float sum[16];     ///< of exp(prediction - most)
  float wanted[16];  ///< sum of weighted targets
  float below[16];   ///< sum of weighted targets times (most - prediction)
};

/// The places of a window: `rows` times `columns`, so many floats apart.
struct pool_window {
  idx rows, row, columns, column;
};

/// A sample of all frames that stand side by side, that of frame f at place + f, and its weight in the window.
struct fft_sample {
  int place;
  float weight;
};
/// What transforms of frames share, and their memory.
struct fft_task {
  idx fft;
  const fft_radices* radices;  ///< of fft / 2, or of an odd fft
  const float* roots;
  const fft_sample* samples;  ///< in the order in which the first pass reads them
  float* data;                ///< (length, 2, lanes)
  float* power;               ///< (bins, lanes)
  float* scratch;             ///< (largest radix, 2, lanes)
};

/// Sums of neighbouring bins (op::filter_bank), and what is made of them (op::logarithm).
struct band_task {
  idx bands;
  const idx *first, *offset;
  const float* weight;
  float* sums;     ///< (bands, lanes)
  bool magnitude;  ///< sums of the roots of powers
  idx begin, end;  ///< the bins that have a weight
  bool compress;   ///< take the logarithm
  float floor, low, shift, scale;
};

inline constexpr idx gru_units = 32;  ///< of a block: their gates are computed together
/// A step of one direction of a GRU for `items` items, filled up to `rows` of them (1, 2, 4 or 8).
template <class Stored>
struct gru_step_of_items {
  const Stored* weights;                     ///< [block][hidden][3 gates][gru_units], as panels are stored
  const float* candidate_bias;               ///< [block][gru_units]
  const float* before;                       ///< states: [units / 16][rows][16], zeros behind them
  float* after;                              ///< the same
  const float* gates;                        ///< W x and biases, of an item: [block][3 gates][gru_units]
  float* y;                                  ///< whole lines of the results, of an item
  float* cache;                              ///< whole lines of r, z, n, q, of an item, or null
  float* cache_rest;                         ///< their last lines: [row][4][16]
  idx gates_stride, y_stride, cache_stride;  ///< from item to item
  idx hidden, blocks, rows, items;
  bool backwards;  ///< walks the blocks from the last: what the caches kept of the step before is used first
};

// The layout of packed products (product.hpp), the same for all instruction sets.
inline constexpr int product_rows = 12;     ///< of a tile
inline constexpr int product_few_rows = 4;  ///< of the smaller one: its sums just keep the multipliers busy
inline constexpr int product_width = 32;    ///< columns of a tile
/// What a row of a panel of b is stored as: so many floats, or pairs.
template <class Stored>
inline constexpr int panel_row = product_width;
template <>
inline constexpr int panel_row<bf16_pair> = product_width / 2;
static_assert(panel_row<bf16_pair> == bf16_pair::apart);

}  // namespace auris::detail
