#include "trained.hpp"

#include <charconv>

using namespace auris;

namespace weak_labels {

result<trained_system> read_trained(const std::filesystem::path& file, const system_options& o) {
  auto model = read_model(file);
  if (!model) return model.error();
  trained_system t{nullptr, std::move(model->description), false, 0};
  const auto option = [&](const char* name) {
    const auto at = t.description.options.find(name);
    return at == t.description.options.end() ? std::string() : at->second;
  };
  t.reduced = option("size") == "reduced";
  const std::string fold = option("fold");
  std::from_chars(fold.data(), fold.data() + fold.size(), t.fold);
  system_options options = o;
  options.reduced = t.reduced;
  auto network = make_system(t.description.network, options);
  if (!network) return network.error();
  if (auto ok = (*network)->load(model->weights); !ok) {
    error e = ok.error();
    e.where = file.c_str();
    return e;
  }
  if (t.description.front_end != front_end_name)
    return error{"a model of other features", file.c_str(), front_end_name, t.description.front_end.c_str()};
  t.network = std::move(*network);
  return t;
}

result<clip_batch> clip_of_file(const std::filesystem::path& file, const trained_system& t) {
  auto x = read_features(file, t.features());
  if (!x) return x.error();
  if (x->frames != t.features().frames)
    return error{"not as long as the clips of the model", file.c_str(), message::of(t.features().frames, " frames"),
                 message::of(x->frames)};
  if (auto ok = standardisation{t.description.mean, t.description.deviation}.apply(*x); !ok) return ok.error();
  const idx classes = static_cast<idx>(t.description.classes.size());
  return clip_batch{1,
                    x->frames,
                    x->width,
                    classes,
                    std::move(x->values),
                    std::vector<unsigned char>(static_cast<std::size_t>(classes))};
}

}  // namespace weak_labels
