// auris in a program of one's own: a model file and a sound file go in, events come out.
#include <auris/auris.hpp>
#include <cstdio>
#include <networks/crnn_4b.hpp>

using namespace auris;
using detector = deployed<only<networks::crnn_4b, "sed">>;

static result<std::vector<event>> detect(const char* model_path, const char* sound_path) {
  const auto model = read_model(model_path);
  if (!model) return model.error();
  const model_description& d = model->description;
  weights<networks::crnn_4b> w;
  if (auto ok = load(w, model->weights); !ok) return ok.error();
  const auto options = find_preset(d.front_end);
  if (!options) return options.error();
  const auto sound = read_sound_file(sound_path, {.rate = options->rate});
  if (!sound) return sound.error();
  auto x = front_end<cpu>::create(*options).value().run(sound->samples);
  if (!x) return x.error();
  if (auto ok = standardisation{d.mean, d.deviation}.apply(x->values); !ok) return ok.error();
  session<detector, cpu> network(w);
  const auto y = network({x->values.data(), 1, dims(x->frames, x->bands)});
  if (!y) return y.error();
  const view<const float> sed = y->get<"sed">();
  return events_from_scores({sed.p, static_cast<std::size_t>(sed.size())}, x->frames, d.classes,
                            {.threshold = d.thresholds, .hop = d.hop, .duration = sound->seconds()});
}

int main(int count, char* arguments[]) {
  if (count != 3) return std::fprintf(stderr, "usage: embedding MODEL.safetensors SOUND\n"), 2;
  const auto events = detect(arguments[1], arguments[2]);
  if (!events) return std::fprintf(stderr, "%s\n", events.error().text().c_str()), 1;
  for (const event& e : *events) std::printf("%6.1f %6.1f %s\n", e.onset, e.offset, e.label.c_str());
}
