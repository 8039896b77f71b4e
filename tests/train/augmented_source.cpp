#include <auris/train/augmented_source.hpp>
#include <numeric>

#include "support/catch.hpp"
#include "train/toy.hpp"

using namespace auris;

namespace {

/// A batch of toy items: outputs "sed" and "asc" have a row for each of the 4 frames.
struct filled {
  std::vector<float> x, sed, asc, mask, class_mask;
  bool operator==(const filled&) const = default;
};
constexpr idx frames = 4, bands = 3, classes = 2;

template <class Source, class... Epoch>
result<filled> fill(const Source& source, std::vector<idx> indices, Epoch... epoch) {
  const idx n = static_cast<idx>(indices.size());
  filled f{std::vector<float>(static_cast<std::size_t>(n * frames * bands)),
           std::vector<float>(static_cast<std::size_t>(n * frames * classes)),
           std::vector<float>(static_cast<std::size_t>(n * frames * classes)),
           std::vector<float>(static_cast<std::size_t>(n * frames), 1),
           std::vector<float>(static_cast<std::size_t>(n * classes), 1)};
  std::vector<float> all_ones(static_cast<std::size_t>(n * frames), 1), each_class = f.class_mask;
  const batch<float, 2> b{{f.x.data(), n, dims(frames, bands)},
                          {{{f.sed.data(), all_ones.data(), f.class_mask.data(), frames, classes},
                            {f.asc.data(), f.mask.data(), each_class.data(), frames, classes}}}};
  if (auto ok = source.fill(indices, b, epoch...); !ok) return ok.error();
  return f;
}
/// Toy items whose classes of "sed" have weights.
toy::source with_class_masks(idx items) {
  toy::source s = toy::make(items, 1);
  for (std::size_t i = 0; i < static_cast<std::size_t>(items * classes); ++i)
    s.terms[0].class_mask.push_back(static_cast<float>(uniform(3, i)));
  return s;
}
/// Rows later by a number of rows, around the end.
std::vector<float> turned(std::vector<float> v, idx width, idx rows) {
  const idx count = static_cast<idx>(v.size()) / width;
  std::vector<float> r(v.size());
  for (idx t = 0; t < count; ++t)
    for (idx i = 0; i < width; ++i)
      r[static_cast<std::size_t>(((t + rows) % count + count) % count * width + i)] =
          v[static_cast<std::size_t>(t * width + i)];
  return r;
}

}  // namespace

TEST_CASE("augmented source: the defaults and a fill without an epoch change nothing") {
  const auto plain = toy::make(6, 1);
  const auto expected = fill(plain, {3, 0}).value();
  CHECK(fill(augmented_source(plain, {}), {3, 0}, 1).value() == expected);
  const augmented_source changed(plain, {.mixup = 1, .largest_shift = 2});
  CHECK(fill(changed, {3, 0}).value() == expected);
  CHECK_FALSE(fill(changed, {3, 0}, 1).value() == expected);
  CHECK(changed.count() == 6);
  CHECK(changed.item() == dims(frames, bands));
}

TEST_CASE("augmented source: an item is a function of seed, epoch and item") {
  const auto plain = with_class_masks(6);
  augmentation o{.mixup = 0.7, .largest_shift = 3, .largest_gain = 2, .gain_response = {1, 2, 3}, .seed = 9};
  const augmented_source source(plain, o);
  const auto together = fill(source, {4, 2, 5}, 3).value();
  CHECK(together == fill(source, {4, 2, 5}, 3).value());
  for (std::size_t k = 0; k < 3; ++k) {
    const auto alone = fill(source, {std::vector<idx>{4, 2, 5}[k]}, 3).value();
    CHECK(std::equal(alone.x.begin(), alone.x.end(),
                     together.x.begin() + static_cast<std::ptrdiff_t>(k) * frames * bands));
    CHECK(std::equal(alone.mask.begin(), alone.mask.end(),
                     together.mask.begin() + static_cast<std::ptrdiff_t>(k) * frames));
    CHECK(std::equal(alone.class_mask.begin(), alone.class_mask.end(),
                     together.class_mask.begin() + static_cast<std::ptrdiff_t>(k) * classes));
  }
  CHECK_FALSE(together == fill(source, {4, 2, 5}, 4).value());
  o.seed = 10;
  CHECK_FALSE(together == fill(augmented_source(plain, o), {4, 2, 5}, 3).value());
}

TEST_CASE("augmented source: features, targets and masks are turned together") {
  const auto plain = with_class_masks(6);
  const augmented_source source(plain, {.largest_shift = 3});
  std::vector<idx> seen;
  for (int epoch = 1; epoch <= 40; ++epoch) {
    const auto before = fill(plain, {2}).value(), after = fill(source, {2}, epoch).value();
    idx shift = -4;
    for (idx s = -3; s <= 3; ++s)
      if (after.x == turned(before.x, bands, s)) shift = s;
    REQUIRE(shift > -4);
    seen.push_back((shift + frames) % frames);
    CHECK(after.sed == turned(before.sed, classes, shift));
    CHECK(after.asc == turned(before.asc, classes, shift));
    CHECK(after.mask == turned(before.mask, 1, shift));
    CHECK(after.class_mask == before.class_mask);
  }
  for (idx s = 0; s < frames; ++s) CHECK(std::ranges::count(seen, s) > 0);
}

TEST_CASE("augmented source: targets on a coarser grid are turned by their share, those of a clip not") {
  memory_source<float, 2> plain{.items = 1, .shape_of_item = dims(8, 1)};
  plain.inputs = {0, 1, 2, 3, 4, 5, 6, 7};
  plain.terms[0].values = {0, 1, 2, 3};  // 4 rows of 1 class
  plain.terms[1].values = {5};
  const augmented_source source(plain, {.largest_shift = 4});
  for (int epoch = 1; epoch < 20; ++epoch) {
    std::vector<float> x(8), rows(4), clip(1), ones(4, 1), one(1, 1), row_class(1, 1), clip_class(1, 1);
    const std::vector<idx> first{0};
    REQUIRE(source.fill(first,
                        batch<float, 2>{{x.data(), 1, dims(8, 1)},
                                        {{{rows.data(), ones.data(), row_class.data(), 4, 1},
                                          {clip.data(), one.data(), clip_class.data(), 1, 1}}}},
                        epoch));
    const idx shift = static_cast<idx>(std::ranges::find(x, 0.0f) - x.begin()), later = shift > 4 ? shift - 8 : shift;
    const idx row = static_cast<idx>(std::ranges::find(rows, 0.0f) - rows.begin());
    // half a row is rounded away from zero; a turn by 4 of 8 frames may have gone either way
    const idx expected = (later >= 0 ? later + 1 : later - 1) / 2;
    CHECK((row == (expected + 4) % 4));
    CHECK(clip[0] == 5);
  }
}

TEST_CASE("augmented source: gain adds its response") {
  const auto plain = toy::make(6, 1);
  const augmented_source source(plain, {.largest_gain = 2, .gain_response = {1, 0, 0.5f}});
  double lowest = 0, highest = 0;
  for (int epoch = 1; epoch <= 40; ++epoch) {
    const auto before = fill(plain, {2}).value(), after = fill(source, {2}, epoch).value();
    const float gain = after.x[0] - before.x[0];
    for (std::size_t i = 0; i < before.x.size(); ++i)
      CHECK(after.x[i] - before.x[i] == Approx(gain * std::array{1.0f, 0.0f, 0.5f}[i % 3]).margin(1e-6));
    CHECK(after.sed == before.sed);
    lowest = std::min(lowest, static_cast<double>(gain)), highest = std::max(highest, static_cast<double>(gain));
  }
  CHECK((lowest >= -2 && lowest < -1 && highest <= 2 && highest > 1));
}

TEST_CASE("augmented source: mixed items have mixed features, targets and masks") {
  const auto plain = with_class_masks(6);
  const augmented_source source(plain, {.mixup = 1, .concentration = 1});
  std::vector<filled> all;
  for (idx i = 0; i < 6; ++i) all.push_back(fill(plain, {i}).value());
  double sum = 0;
  for (int epoch = 1; epoch <= 40; ++epoch) {
    const auto after = fill(source, {2}, epoch).value();
    int found = 0;
    for (std::size_t j = 0; j < 6; ++j) {
      // the share that the first feature tells, and whether it explains all others
      const float own = all[2].x[0], other = all[j].x[0], share = j == 2 ? 1 : (after.x[0] - other) / (own - other);
      const auto explains = [&](const std::vector<float>& is, const std::vector<float>& a,
                                const std::vector<float>& b) {
        for (std::size_t i = 0; i < is.size(); ++i)
          if (std::abs(is[i] - (share * a[i] + (1 - share) * b[i])) > 1e-4f) return false;
        return true;
      };
      if (!(share >= -1e-4f && share <= 1 + 1e-4f) || !explains(after.x, all[2].x, all[j].x)) continue;
      ++found;
      sum += static_cast<double>(share);
      CHECK(explains(after.sed, all[2].sed, all[j].sed));
      CHECK(explains(after.asc, all[2].asc, all[j].asc));
      CHECK(explains(after.mask, all[2].mask, all[j].mask));
      CHECK(explains(after.class_mask, all[2].class_mask, all[j].class_mask));
      break;
    }
    CHECK(found == 1);
  }
  CHECK(sum / 40 == Approx(0.55).margin(0.2));
}

TEST_CASE("augmented source: options out of range are told") {
  const auto plain = toy::make(2, 1);
  const auto refused = [&](augmentation o) { return !fill(augmented_source(plain, std::move(o)), {0}, 1); };
  CHECK_FALSE(refused({}));
  CHECK(refused({.mixup = -0.1}));
  CHECK(refused({.mixup = 1.1}));
  CHECK(refused({.mixup = NAN}));
  CHECK(refused({.concentration = 0}));
  CHECK(refused({.largest_shift = -1}));
  CHECK(refused({.largest_gain = -1}));
  CHECK(refused({.largest_gain = 1}));
  CHECK(refused({.largest_gain = 1, .gain_response = {1, 1}}));
  CHECK_FALSE(fill(augmented_source(plain, {.mixup = 1}), {2}, 1));  // no such item
}

TEST_CASE("augmented source: fit asks for the items of each epoch, a resumed training for the same ones") {
  struct watched : toy::source {
    mutable std::vector<int> epochs{};
    result<void> fill(std::span<const idx> indices, const batch<float, 2>& b) const {
      epochs.push_back(0);
      return toy::source::fill(indices, b);
    }
    result<void> fill(std::span<const idx> indices, const batch<float, 2>& b, int epoch) const {
      epochs.push_back(epoch);
      return toy::source::fill(indices, b);
    }
  };
  weights<toy::net> w(1);
  toy::trainer_of<sgd> t(w, {});
  const watched training{toy::make(4, 1)}, validation{toy::make(4, 2)};
  fit(t, training, validation, toy::options(3)).value();
  CHECK(training.epochs == std::vector<int>{1, 2, 3});
  CHECK(validation.epochs == std::vector<int>{0, 0, 0});
}
