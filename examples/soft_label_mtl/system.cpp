#include "system.hpp"

#include <auris/audio/presets.hpp>

using namespace auris;
using auris::networks::time_mode;

namespace soft_label {

result<std::unique_ptr<system>> make_system(std::string_view name, const system_options& o) {
  message names;
  for (const registered_system& s : systems) {
    if (name == s.name) {
      auto made = s.make(o);
      if (!made)
        return error{"the network does not exist in this time mode, size, with such heads or of so many features",
                     s.name, s.there_is};
      return made;
    }
    names = message::of(names, names.empty() ? "" : ", ", s.name);
  }
  return error{"unknown network", {}, names, std::string(name.substr(0, 60)).c_str()};
}

result<trained_system> read_system(const std::filesystem::path& file, backend_kind backend) {
  auto model = read_model(file);
  if (!model) return model.error();
  model_description& d = model->description;
  const auto time = networks::time_mode_names.find(d.options["time mode"]);
  const auto features = find_preset(d.front_end);
  if (!features) return features.error();
  auto made = make_system(d.network, {.time = time == networks::time_mode_names.end() ? time_mode::whole : time->second,
                                      .reduced = d.options["reduced"] == "yes",
                                      .features = features->columns(),
                                      .linear_layers = d.options["linear layers"] == "2" ? 2 : 1,
                                      .backend = backend});
  if (!made) return made.error();
  if (auto ok = (*made)->load(model->weights); !ok) {
    error e = ok.error();
    if (e.where.empty()) e.where = file.c_str();
    return e;
  }
  if (static_cast<idx>(d.classes.size()) != (*made)->events())
    return error{"the model file does not name its classes", file.c_str()};
  return trained_system{std::move(d), std::move(*made)};
}

}  // namespace soft_label
