#include <algorithm>
#include <auris/audio/sound_files.hpp>
#include <auris/io/file.hpp>
#include <auris/io/folder.hpp>
#include <auris/loss.hpp>
#include <auris/metric/accuracy.hpp>
#include <auris/nn.hpp>
#include <auris/optim.hpp>
#include <auris/train/trainer.hpp>
#include <cstdio>

#include "commands.hpp"

using namespace auris;

namespace dcasenet {

namespace {

constexpr idx most_classes = 64;

/// A new head on embeddings. It is as large as a frozen trunk leaves it: embeddings are computed once, and it is trained on them.
template <idx Width>
struct head : bind<sequential<batch_norm, heads<output<"class", linear<most_classes>>>>, dims(Width)> {};

struct embedded_set {
  std::vector<std::string> classes;
  std::vector<std::filesystem::path> files;
  std::vector<float> x;  ///< (file, width)
  std::vector<idx> labels;
  idx width = 0;
  bool is_test(std::size_t i) const { return of_class[i] % 4 == 0; }
  std::vector<idx> of_class;  ///< number of the file within its class
};

result<embedded_set> list_files(const std::filesystem::path& folder) {
  const auto folders = folders_in(folder);
  if (!folders) return folders.error();
  embedded_set set;
  for (const auto& each : *folders) {
    const auto files = sound_files_in(each, true);
    if (!files) return files.error();
    if (files->size() < 4) return error{"too few recordings", each.c_str(), "4 or more", message::of(files->size())};
    for (std::size_t i = 0; i < files->size(); ++i) {
      set.files.push_back((*files)[i]);
      set.labels.push_back(static_cast<idx>(set.classes.size()));
      set.of_class.push_back(static_cast<idx>(i));
    }
    set.classes.push_back(each.filename().string());
  }
  if (set.classes.size() < 2 || static_cast<idx>(set.classes.size()) > most_classes)
    return error{"bad number of classes", folder.c_str(), message::of("folders of 2 to ", most_classes, " classes"),
                 message::of(set.classes.size())};
  return set;
}

result<void> embed(system& network, embedded_set& set) {
  const auto features = feature_maker::create();
  if (!features) return features.error();
  set.width = network.embedding_size();
  set.x.clear();
  for (const auto& file : set.files) {
    const auto in_file = [&](error e) {
      e.where = message::of(file, e.where.empty() ? "" : ", ", e.where);
      return e;
    };
    const auto whole = read_sound(file);
    if (!whole) return whole.error();
    auto x = (*features)(*whole);
    if (!x) return in_file(x.error());
    const frame_matrix m = doubled(std::move(*x), fewest_frames);
    const auto e = network.embed({m.values.data(), 1, dims(m.frames, bands)});
    if (!e) return in_file(e.error());
    set.x.insert(set.x.end(), e->begin(), e->end());
  }
  return {};
}

/// Trains a head on three quarters of the files; the share of the rest that it tells right.
template <idx Width>
result<double> accuracy_of_head(const embedded_set& set) {
  using network = head<Width>;
  constexpr int steps = 200;
  std::vector<float> x, y;
  for (std::size_t i = 0; i < set.files.size(); ++i) {
    if (set.is_test(i)) continue;
    const auto first = set.x.begin() + static_cast<idx>(i) * Width;
    x.insert(x.end(), first, first + Width);
    y.resize(y.size() + most_classes);
    y[y.size() - most_classes + static_cast<std::size_t>(set.labels[i])] = 1;
  }
  weights<network> w(1);
  trainer<network, weighted_sum<term<"class", cross_entropy>>, adam, cpu> t(w, {.method = {.rate = 0.01}});
  const view<const float> batch{x.data(), static_cast<idx>(x.size()) / Width, dims(Width)};
  for (int k = 0; k < steps; ++k)
    if (const auto loss = t.step(batch, {{{y.data()}}}); !loss) return loss.error();
  session<network, cpu> run(w);
  accuracy metric(most_classes);
  for (std::size_t i = 0; i < set.files.size(); ++i) {
    if (!set.is_test(i)) continue;
    const auto out = run({set.x.data() + static_cast<idx>(i) * Width, 1, dims(Width)});
    if (!out) return out.error();
    const view<const float> logits = out->template get<"class">();
    if (auto ok = metric.add(std::span<const float>(logits.p, most_classes), set.labels[i]); !ok) return ok.error();
  }
  return metric.result().value;
}
result<double> accuracy_of_head(const embedded_set& set) {
  return set.width == 512 ? accuracy_of_head<512>(set) : accuracy_of_head<128>(set);
}

result<void> write_embeddings(const std::filesystem::path& path, const embedded_set& set) {
  std::string text = "filename,class";
  for (idx k = 0; k < set.width; ++k) text += ",e" + std::to_string(k);
  text += '\n';
  for (std::size_t i = 0; i < set.files.size(); ++i) {
    text += set.files[i].string() + ',' + set.classes[static_cast<std::size_t>(set.labels[i])];
    for (idx k = 0; k < set.width; ++k) {
      char number[32];
      std::snprintf(number, sizeof number, ",%.9g",
                    static_cast<double>(set.x[i * static_cast<std::size_t>(set.width) + static_cast<std::size_t>(k)]));
      text += number;
    }
    text += '\n';
  }
  return write_file(path, text);
}

}  // namespace

result<void> transfer(const transfer_command& o) {
  const auto t = read_system(o.weights, o.system);
  if (!t) return t.error();
  auto set = list_files(o.data);
  if (!set) return set.error();
  if (auto ok = embed(*t->network, *set); !ok) return ok;
  if (!o.embeddings.empty())
    if (auto ok = write_embeddings(o.embeddings, *set); !ok) return ok;
  const auto trained = accuracy_of_head(*set);
  if (!trained) return trained.error();
  auto fresh = make_system(t->options);
  if (!fresh) return fresh.error();
  if (auto ok = embed(**fresh, *set); !ok) return ok;
  const auto untrained = accuracy_of_head(*set);
  if (!untrained) return untrained.error();
  std::printf(
      "%zu classes, %zu recordings, every fourth of a class to test with; a head of %td numbers on a frozen trunk\n",
      set->classes.size(), set->files.size(), set->width);
  std::printf("  trunk of %s: accuracy %.2f %%\n  the same network untrained: accuracy %.2f %%\n", o.weights.c_str(),
              100 * *trained, 100 * *untrained);
  return {};
}

}  // namespace dcasenet
