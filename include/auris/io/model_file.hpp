#pragma once
#include <auris/io/checkpoint.hpp>
#include <charconv>

namespace auris {

/// What a trained model is, besides its weights: all that detecting events in a sound file needs.
struct model_description {
  std::string network = {};                         ///< its name in a registry of networks
  std::map<std::string, std::string> options = {};  ///< of the network or its training, as the program likes
  std::vector<std::string> classes = {};            ///< of events, in the order of the output
  std::vector<std::string> scenes = {}, environments = {};
  std::string front_end = {};                     ///< name of a front-end preset
  double hop = 0;                                 ///< seconds between the network's output frames
  std::vector<double> mean = {}, deviation = {};  ///< of the features, per band; empty: not standardised
  std::vector<float> thresholds = {};             ///< best one per class on the validation data; empty: not known

  bool operator==(const model_description&) const = default;
};

/// A model file taken apart.
struct model_file {
  model_description description;
  tensor_file weights;  ///< with PyTorch's names, nothing else
};

namespace detail {

inline constexpr const char* model_format = "auris model 1";
inline constexpr std::string_view model_option = "option.";

// Lists of names stand in metadata one name a line.
inline std::string lines_of(const std::vector<std::string>& names) {
  std::string s;
  for (const std::string& n : names) s += n + "\n";
  return s;
}
inline std::vector<std::string> names_in(std::string_view lines) {
  std::vector<std::string> names;
  while (!lines.empty()) {
    const auto end = std::min(lines.find('\n'), lines.size());
    names.emplace_back(lines.substr(0, end));
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
  return names;
}

inline result<void> check_description(const model_description& d) {
  const auto bad = [](const char* part, const message& expected, const message& got) {
    return error{"bad description of a model", part, expected, got};
  };
  for (const auto& [part, names] :
       {std::pair("classes", &d.classes), std::pair("scenes", &d.scenes), std::pair("environments", &d.environments)})
    for (const std::string& n : *names)
      if (n.empty() || n.find('\n') != n.npos || std::ranges::count(*names, n) > 1)
        return bad(part, "different names of one line each", in_quotes(n).c_str());
  if (d.network.empty()) return bad("network", "a name", "none");
  if (d.front_end.empty()) return bad("front_end", "a name", "none");
  if (!(d.hop > 0 && std::isfinite(d.hop))) return bad("hop", "seconds above 0", message::of(d.hop));
  if (d.mean.size() != d.deviation.size())
    return bad("standardisation", message::of(d.mean.size(), " deviations"), message::of(d.deviation.size()));
  for (std::size_t i = 0; i < d.mean.size(); ++i)
    if (!std::isfinite(d.mean[i]) || !std::isfinite(d.deviation[i]) || d.deviation[i] <= 0)
      return bad("standardisation", "finite means, deviations above 0",
                 message::of(d.mean[i], " and ", d.deviation[i]));
  if (!d.thresholds.empty() && d.thresholds.size() != d.classes.size())
    return bad("thresholds", message::of(d.classes.size(), ", one per class"), message::of(d.thresholds.size()));
  for (const float t : d.thresholds)
    if (std::isnan(t)) return bad("thresholds", "numbers", "NaN");
  return {};
}

/// Takes a vector out of a file; an empty one where the file has none.
template <class T>
result<std::vector<T>> take_vector(tensor_file& file, const char* name) {
  std::vector<T> values;
  const auto t = std::ranges::find(file.tensors, name, &named_tensor::name);
  if (t == file.tensors.end()) return values;
  if (t->shape.size() != 1 || !is_real(t->type))
    return error{"bad description of a model", name, "a list of reals",
                 message::of(name_of(t->type), " ", describe(t->shape))};
  values.resize(static_cast<std::size_t>(t->count()));
  t->copy_to(values.data());
  file.tensors.erase(t);
  return values;
}

}  // namespace detail

/// Whether a tensor file says that it is a model file.
inline bool is_model_file(const tensor_file& file) {
  const auto at = file.metadata.find("format");
  return at != file.metadata.end() && at->second == detail::model_format;
}

/// Takes a model file apart.
///
/// Errors      another format; a description that is incomplete or contradicts itself.
inline result<model_file> to_model(tensor_file file) {
  const auto text = [&](const char* key) {
    const auto at = file.metadata.find(key);
    return at == file.metadata.end() ? std::string() : at->second;
  };
  if (!is_model_file(file))
    return error{"not a model file", "format", detail::model_format, detail::in_quotes(text("format")).c_str()};
  model_file m;
  model_description& d = m.description;
  d.network = text("network");
  d.front_end = text("front_end");
  d.classes = detail::names_in(text("classes"));
  d.scenes = detail::names_in(text("scenes"));
  d.environments = detail::names_in(text("environments"));
  const std::string hop = text("hop_seconds");
  std::from_chars(hop.data(), hop.data() + hop.size(), d.hop);  // 0 if there is none: an error below
  for (const auto& [key, value] : file.metadata)
    if (key.starts_with(detail::model_option)) d.options[key.substr(detail::model_option.size())] = value;
  auto mean = detail::take_vector<double>(file, "standardise.mean");
  if (!mean) return mean.error();
  auto deviation = detail::take_vector<double>(file, "standardise.deviation");
  if (!deviation) return deviation.error();
  auto thresholds = detail::take_vector<float>(file, "thresholds");
  if (!thresholds) return thresholds.error();
  d.mean = std::move(*mean), d.deviation = std::move(*deviation), d.thresholds = std::move(*thresholds);
  if (auto ok = detail::check_description(d); !ok) return ok.error();
  m.weights = std::move(file);
  return m;
}

/// Reads a model file: what it is, and its weights, which `load` then puts into the network of that name.
///
/// Errors      as `read_safetensors`; another format; a description that is incomplete or contradicts itself.
///
///     const model_file m = read_model("out/model.safetensors").value();
///     std::puts(m.description.network.c_str());              // "crnn_4b"
inline result<model_file> read_model(const std::filesystem::path& path) {
  auto file = read_safetensors(path);
  if (!file) return file.error();
  auto m = to_model(std::move(*file));
  if (!m) {
    error e = m.error();
    e.where = message::of(path, ": ", e.where);
    return e;
  }
  return m;
}

/// Writes weights and description into one safetensors file: metadata `format`, `network`, `front_end`, `classes`,
/// `scenes`, `environments` (a name a line), `hop_seconds`, `option.<name>`; tensors `standardise.mean`,
/// `standardise.deviation`, `thresholds`, and the weights with PyTorch's names.
///
/// Errors      a description that `read_model` would not take; a file that cannot be written.
///
///     struct network : bind<linear<1>, dims(dyn, 64)> {};
///     const weights<network> w(1);
///     const model_description d{.network = "linear", .classes = {"car"}, .front_end = "maestro_mel", .hop = 0.2};
///     save_model("out/model.safetensors", w, d).value();
template <class Network, class T>
result<void> save_model(const std::filesystem::path& path, const weights<Network, T>& w, const model_description& d) {
  if (auto ok = detail::check_description(d); !ok) return ok;
  tensor_file file = to_tensors(w);
  file.metadata = {{"format", detail::model_format},
                   {"network", d.network},
                   {"front_end", d.front_end},
                   {"classes", detail::lines_of(d.classes)},
                   {"scenes", detail::lines_of(d.scenes)},
                   {"environments", detail::lines_of(d.environments)}};
  char digits[32];
  file.metadata["hop_seconds"] = std::string(digits, std::to_chars(digits, digits + sizeof digits, d.hop).ptr);
  for (const auto& [name, value] : d.options) file.metadata[std::string(detail::model_option) + name] = value;
  const auto put = [&]<class V>(const char* name, const std::vector<V>& v) {
    if (!v.empty()) file.tensors.push_back(tensor_of<V>(name, {static_cast<idx>(v.size())}, v));
  };
  put("standardise.mean", d.mean);
  put("standardise.deviation", d.deviation);
  put("thresholds", d.thresholds);
  return write_safetensors(path, file);
}

/// Reads a model file whose network is known: its weights go into `w`, what it is comes back.
///
/// Errors      as `read_model` and `load`; then `w` stays as it is.
///
///     struct network : bind<linear<1>, dims(dyn, 64)> {};
///     weights<network> w;
///     const model_description d = load_model("out/model.safetensors", w).value();
template <class Network, class T>
result<model_description> load_model(const std::filesystem::path& path, weights<Network, T>& w) {
  auto m = read_model(path);
  if (!m) return m.error();
  if (auto ok = load(w, m->weights); !ok) {
    error e = ok.error();
    e.where = path.c_str();
    return e;
  }
  return std::move(m->description);
}

}  // namespace auris
