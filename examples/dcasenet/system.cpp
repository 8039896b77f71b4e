#include "system.hpp"

#include <auris/data/frame_labels.hpp>
#include <auris/io/pytorch_file.hpp>

using namespace auris;

namespace dcasenet {

std::string network_name(int version) { return "dcasenet_v" + std::to_string(version); }

result<std::unique_ptr<system>> make_system(const system_options& o) {
  if (o.version < 1 || o.version > 3) return error{"no such version", "dcasenet", "1, 2 or 3", message::of(o.version)};
  auto made = o.version == 1 ? make_v1(o) : o.version == 2 ? make_v2(o) : make_v3(o);
  made->initialise(o.seed);
  return made;
}

model_description describe(const system_options& o, const data_sets& d, task_set tasks, const std::string& what) {
  model_description m;
  m.network = network_name(o.version);
  m.front_end = front_end_name;
  m.hop = 0.1;
  m.classes = d.sed.classes;
  m.scenes = d.asc.classes;
  m.thresholds.assign(m.classes.size(), 0.3f);
  std::string tags;
  for (const std::string& t : d.tag.classes) tags += t + '\n';
  m.options = {{"size", o.reduced ? "reduced" : "full"},
               {"tasks", letters_of(tasks)},
               {"tags", tags},
               {"training", what},
               {"seed", std::to_string(o.seed)}};
  return m;
}

result<trained_system> read_system(const std::filesystem::path& path, const system_options& wanted) {
  auto file = read_tensors(path);
  if (!file) return file.error();
  trained_system t;
  t.options = wanted;
  tensor_file weights;
  if (is_model_file(*file)) {
    auto model = to_model(std::move(*file));
    if (!model) return model.error();
    t.description = std::move(model->description);
    weights = std::move(model->weights);
    const std::string& name = t.description.network;
    t.options.version = name.starts_with("dcasenet_v") && name.size() == 11 ? name[10] - '0' : 0;
    if (t.options.version < 1 || t.options.version > 3)
      return error{"unknown network", path.c_str(), "dcasenet_v1, dcasenet_v2 or dcasenet_v3",
                   name.substr(0, 60).c_str()};
    t.options.reduced = t.description.options["size"] == "reduced";
    t.tags = auris::detail::names_in(t.description.options["tags"]);
  } else {
    t.options.version = 3, t.options.reduced = false;
    t.description.classes.assign(task_3_classes.begin(), task_3_classes.end());
    weights = std::move(*file);
  }
  auto made = make_system(t.options);
  if (!made) return made.error();
  t.network = std::move(*made);
  if (auto ok = t.network->load(weights); !ok) {
    error e = ok.error();
    e.where = path.c_str();
    return e;
  }
  const network_sizes n = t.network->sizes();
  if (static_cast<idx>(t.description.classes.size()) > n.events ||
      static_cast<idx>(t.description.scenes.size()) > n.scenes || static_cast<idx>(t.tags.size()) > n.tags)
    return error{"the model file names more classes than the network has outputs", path.c_str()};
  return t;
}

result<void> start_from(system& network, const std::filesystem::path& path) {
  auto file = read_tensors(path);
  if (!file) return file.error();
  tensor_file weights;
  if (is_model_file(*file)) {
    auto model = to_model(std::move(*file));
    if (!model) return model.error();
    weights = std::move(model->weights);
  } else {
    weights = std::move(*file);
  }
  auto ok = network.load(weights);
  if (!ok) {
    error e = ok.error();
    e.where = path.c_str();
    return e;
  }
  return {};
}

}  // namespace dcasenet
