#include "batches.hpp"

#include <algorithm>
#include <auris/core/distributions.hpp>
#include <numeric>

using namespace auris;

namespace dcasenet {

namespace {
/// Writes a row of labels, 0 beyond the classes.
void put(std::span<const unsigned char> labels, float* to) { std::copy(labels.begin(), labels.end(), to); }

std::span<const unsigned char> row(const std::vector<unsigned char>& labels, idx i, std::size_t classes) {
  return std::span(labels).subspan(static_cast<std::size_t>(i) * classes, classes);
}
}  // namespace

task_batch mixed(const task_batch& b, float share, const std::vector<idx>& partner) {
  task_batch m = b;
  const auto mix = [&](const std::vector<float>& from, std::vector<float>& to, idx item) {
    for (idx i = 0; i < b.items; ++i)
      for (idx k = 0; k < item; ++k) {
        const auto at = [&](idx of) { return static_cast<std::size_t>(of * item + k); };
        to[at(i)] = share * from[at(i)] + (1 - share) * from[at(partner[static_cast<std::size_t>(i)])];
      }
  };
  mix(b.x, m.x, b.frames * bands);
  mix(b.y, m.y, b.target);
  return m;
}

result<batch_maker> batch_maker::create(const data_sets& d, task_set tasks, const training_settings& s, network_sizes n,
                                        std::uint64_t seed) {
  auto features = feature_maker::create();
  if (!features) return features.error();
  batch_maker maker(d, s, n, seed, std::move(*features));
  for (const idx r : d.sed.train)
    for (std::size_t c = 0; c < d.sed.recordings[static_cast<std::size_t>(r)].channels.size(); ++c)
      maker.channels_.emplace_back(r, c);
  for (const task t : all_tasks) {
    if (!tasks[t]) continue;
    const std::vector<std::string>& classes = t == task::asc   ? d.asc.classes
                                              : t == task::sed ? d.sed.classes
                                                               : d.tag.classes;
    if (static_cast<idx>(classes.size()) > n.classes(t))
      return error{"more classes than the network has outputs", name_of(t), message::of("at most ", n.classes(t)),
                   message::of(classes.size())};
    const std::size_t items = t == task::asc   ? d.asc.train.size()
                              : t == task::sed ? maker.channels_.size()
                                               : d.tag.train.size();
    auto order = endless_batches::create(static_cast<idx>(items), s.batch[static_cast<std::size_t>(t)],
                                         random_key{seed, 0, static_cast<std::uint64_t>(t), 0}.bits(0));
    if (!order) {
      error e = order.error();
      e.where = message::of(name_of(t), ", training");
      return e;
    }
    maker.orders_[static_cast<std::size_t>(t)] = std::move(*order);
  }
  for (const event_recording& r : d.sed.recordings)
    for (const frame_matrix& channel : r.channels)
      if (channel.frames < s.event_frames)
        return error{"the recording is shorter than a training crop", r.file.c_str(),
                     message::of(s.event_frames, " frames of 20 ms"), message::of(channel.frames)};
  return maker;
}

result<frame_matrix> batch_maker::crop(std::span<const float> x) {
  const idx start = random_.below(static_cast<idx>(x.size()) - crop_samples + 1);
  return features_(x.subspan(static_cast<std::size_t>(start), static_cast<std::size_t>(crop_samples)));
}

result<task_batch> batch_maker::next(task t) {
  const std::span<const idx> items = orders_[static_cast<std::size_t>(t)]->next();
  task_batch b;
  b.items = static_cast<idx>(items.size());
  const idx outputs = sizes_.classes(t);
  if (t == task::sed) {
    const event_set& set = data_->sed;
    b.frames = settings_.event_frames;
    const idx rows = std::min(network_sizes::event_rows(b.frames), b.frames / frames_of_label);
    b.target = network_sizes::event_rows(b.frames) * outputs;
    b.y.resize(static_cast<std::size_t>(b.items * b.target));
    for (std::size_t i = 0; i < items.size(); ++i) {
      const auto [at, channel] = channels_[static_cast<std::size_t>(items[i])];
      const event_recording& r = set.recordings[static_cast<std::size_t>(at)];
      const frame_matrix& m = r.channels[channel];
      const idx room = std::min(m.frames / frames_of_label, r.label_frames) * frames_of_label - b.frames;
      const idx label = room > 0 ? random_.below(room) / frames_of_label : 0;
      const float* x = m.row(label * frames_of_label).data();
      b.x.insert(b.x.end(), x, x + b.frames * bands);
      for (idx k = 0; k < rows; ++k)
        put(row(r.labels, label + k, set.classes.size()), b.y.data() + (static_cast<idx>(i) * b.target + k * outputs));
    }
    return b;
  }
  const sound_set& set = t == task::asc ? data_->asc : data_->tag;
  const std::vector<idx>& train = set.train;
  b.frames = crop_frames, b.target = outputs;
  b.y.resize(static_cast<std::size_t>(b.items * b.target));
  sound scratch;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const idx at = train[static_cast<std::size_t>(items[i])];
    const auto whole = set.sounds.get(static_cast<std::size_t>(at), scratch);
    if (!whole) return whole.error();
    const bool is_short = static_cast<idx>(whole->size()) < crop_samples;
    const auto made = is_short ? crop(doubled(*whole, crop_samples)) : crop(*whole);
    if (!made) {
      error e = made.error();
      e.where = message::of(set.sounds.files()[static_cast<std::size_t>(at)], ", ", e.where);
      return e;
    }
    b.x.insert(b.x.end(), made->values.begin(), made->values.end());
    put(row(set.labels, at, set.classes.size()), b.y.data() + static_cast<idx>(i) * b.target);
  }
  return b;
}

task_batch batch_maker::mix(const task_batch& b) {
  const auto share = static_cast<float>(draw_beta(settings_.mixup, settings_.mixup, random_));
  std::vector<idx> partner(static_cast<std::size_t>(b.items));
  std::iota(partner.begin(), partner.end(), idx{0});
  shuffle(partner.data(), b.items, random_);
  return mixed(b, share, partner);
}

}  // namespace dcasenet
