#pragma once
#include <algorithm>
#include <auris/core/result.hpp>
#include <auris/core/shape.hpp>
#include <cmath>
#include <limits>
#include <span>
#include <utility>
#include <vector>

namespace auris {

struct retrieval_result {
  double map;                  ///< mean average precision at `map_cut`; NaN without queries
  std::vector<double> recall;  ///< R@k for each of the cuts
  idx queries = 0;
};

/// Retrieval: each query ranks all items by similarity, the highest first (equal ones in the order of items).
///
/// R@k is the share of queries that have a relevant item among the first k. With one relevant item at rank r (from 1) of
/// query q the average precision is AP@10 = 1/r, 0 beyond 10; with several
///
///     AP@10 = (sum over relevant items at rank r <= 10 of (relevant items at ranks 1 to r)/r) / min(relevant items, 10)
///
/// and mAP@10 is its mean over queries. A query without a relevant item counts 0.
///
/// An accumulator: `add` queries in any order, `merge` what others have counted, then ask for `result`. A query of n
/// items costs O(n log n).
///
/// Memory  a number per cut.
/// Errors  similarities that are NaN, an item that does not exist or is named twice: then nothing is added.
/// Source  DCASE 2022 task 6B.
///
///     retrieval metric;
///     const std::vector<float> similarity{.2f, .8f, .5f};              // of one caption to three recordings
///     const std::vector<idx> relevant{2};
///     metric.add(similarity, relevant).value();
///     const double map = metric.result().map;                          // rank 2: 0.5
class retrieval {
 public:
  /// The cuts k of R@k, and that of mAP.
  explicit retrieval(std::vector<idx> recall_cuts = {1, 5, 10}, idx map_cut = 10)
      : cuts_(std::move(recall_cuts)), map_cut_(map_cut), hits_(cuts_.size()) {}

  /// One query: its similarity to every item, the items that are relevant.
  auris::result<void> add(std::span<const float> similarity, std::span<const idx> relevant) {
    const idx items = static_cast<idx>(similarity.size());
    for (std::size_t i = 0; i < similarity.size(); ++i)
      if (std::isnan(similarity[i])) return error{"bad similarity", message::of("item ", i), "a number", "nan"};
    std::vector<unsigned char> wanted(similarity.size());
    for (idx item : relevant) {
      if (item < 0 || item >= items)
        return error{"no such item", "retrieval", message::of("0 to ", items - 1), message::of(item)};
      if (std::exchange(wanted[static_cast<std::size_t>(item)], 1))
        return error{"item named twice", "retrieval", "distinct relevant items", message::of(item)};
    }
    const auto before = [&](idx a, idx b) {
      const float x = similarity[static_cast<std::size_t>(a)], y = similarity[static_cast<std::size_t>(b)];
      return x > y || (x == y && a < b);
    };
    std::vector<idx> ranked(relevant.begin(), relevant.end());
    std::sort(ranked.begin(), ranked.end(), before);
    std::vector<idx> others(ranked.size() + 1);  // [i]: items between relevant items i - 1 and i
    for (idx item = 0; item < items; ++item)
      if (!wanted[static_cast<std::size_t>(item)])
        ++others[static_cast<std::size_t>(std::lower_bound(ranked.begin(), ranked.end(), item, before) -
                                          ranked.begin())];
    double sum = 0;
    idx best = std::numeric_limits<idx>::max(), rank = 0;
    for (std::size_t i = 0; i < ranked.size(); ++i) {
      rank += others[i] + 1;
      if (i == 0) best = rank;
      if (rank <= map_cut_) sum += static_cast<double>(i + 1) / static_cast<double>(rank);
    }
    const idx count = static_cast<idx>(relevant.size());
    if (count > 0 && map_cut_ > 0) precision_ += sum / static_cast<double>(count < map_cut_ ? count : map_cut_);
    for (std::size_t i = 0; i < cuts_.size(); ++i) hits_[i] += best <= cuts_[i];
    ++queries_;
    return {};
  }

  /// Adds what another accumulator of the same cuts has counted.
  auris::result<void> merge(const retrieval& other) {
    if (cuts_ != other.cuts_ || map_cut_ != other.map_cut_) return error{"cannot merge", "retrieval", "the same cuts"};
    for (std::size_t i = 0; i < hits_.size(); ++i) hits_[i] += other.hits_[i];
    precision_ += other.precision_, queries_ += other.queries_;
    return {};
  }

  retrieval_result result() const {
    const double n = queries_ ? static_cast<double>(queries_) : std::numeric_limits<double>::quiet_NaN();
    retrieval_result r{precision_ / n, {}, queries_};
    for (idx hits : hits_) r.recall.push_back(static_cast<double>(hits) / n);
    return r;
  }

 private:
  std::vector<idx> cuts_;
  idx map_cut_;
  std::vector<idx> hits_;
  double precision_ = 0;
  idx queries_ = 0;
};

}  // namespace auris
