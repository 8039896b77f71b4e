// What a golden file says of a network (README.md beside it): weights and inputs by their seeds, outputs as records.
#pragma once
#include <auris/core/random.hpp>
#include <auris/io/tensor_file.hpp>
#include <cmath>
#include <nlohmann/json.hpp>

namespace golden {

using namespace auris;
using nlohmann::json;

inline constexpr double tolerance = 1e-4;  // absolute or relative, whichever is larger

inline double number_at(std::uint64_t seed, idx i) { return 2 * uniform(seed, static_cast<std::uint64_t>(i)) - 1; }

inline std::vector<idx> shape_in(const json& j) { return j.get<std::vector<idx>>(); }
inline idx product(const std::vector<idx>& shape) {
  idx n = 1;
  for (idx e : shape) n *= e;
  return n;
}

/// The i-th value of a weight tensor, by the first rule that fits its name and shape.
struct weight_rule {
  double base, scale;
  weight_rule(const std::string& name, const std::vector<idx>& shape) : base(0), scale(0.1) {
    const auto has = [&](const char* part) { return name.find(part) != name.npos; };
    if (name.ends_with("running_var"))
      base = 1, scale = 0.5;
    else if (name.ends_with("running_mean") || (has("token") && !has("embeddings")) || has("pos_embed"))
      scale = 0.1;
    else if (shape.size() == 1)
      base = name.ends_with("weight") ? 1 : 0;
    else
      scale = std::sqrt(3 / (static_cast<double>(product(shape)) / static_cast<double>(shape.at(0))));
  }
};

inline tensor_file weights_of(const json& file) {
  tensor_file weights;
  std::uint64_t seed = 1000 * file.at("model_id").get<std::uint64_t>();
  for (const json& t : file.at("tensors")) {
    const std::string name = t.at(0);
    const std::vector<idx> shape = shape_in(t.at(1));
    const weight_rule rule(name, shape);
    std::vector<float> values(static_cast<std::size_t>(product(shape)));
    for (std::size_t i = 0; i < values.size(); ++i)
      values[i] = static_cast<float>(rule.base + rule.scale * number_at(seed, static_cast<idx>(i)));
    weights.tensors.push_back(tensor_of<float>(name, shape, values));
    ++seed;
  }
  return weights;
}

inline named_tensor input_of(const json& x) {
  const std::vector<idx> shape = shape_in(x.at("shape"));
  const double scale = x.value("scale", 1.0);
  std::vector<float> values(static_cast<std::size_t>(product(shape)));
  for (std::size_t i = 0; i < values.size(); ++i)
    values[i] = static_cast<float>(number_at(x.at("seed").get<std::uint64_t>(), static_cast<idx>(i)) * scale);
  return tensor_of<float>("x", shape, values);
}

/// The largest error of an output: of its first values, each relative to max(1, |expected|), and of both sums, relative
/// to the sum of magnitudes (the plain sum may cancel out). Infinite where the shape is another one.
inline double worst_error(const named_tensor& got, const json& record) {
  const std::vector<float> values = got.floats();
  const json& first = record.at("values");
  if (got.shape != shape_in(record.at("shape")) || first.size() > values.size()) return INFINITY;
  double sum = 0, abs_sum = 0, worst = 0;
  for (const float v : values) sum += static_cast<double>(v), abs_sum += std::abs(static_cast<double>(v));
  const auto compare = [&](double is, double expected, double scale) {
    const double e = std::abs(is - expected) / std::max(1.0, std::abs(scale));
    worst = e <= worst ? worst : e;  // NaN wins
  };
  for (std::size_t i = 0; i < first.size(); ++i) compare(values[i], first[i], first[i]);
  compare(sum, record.at("sum"), record.at("abs_sum"));
  compare(abs_sum, record.at("abs_sum"), record.at("abs_sum"));
  return worst;
}

/// Why a case is not for this program; empty: it is.
inline std::string unknown_part(const json& c) {
  const json options = c.value("options", json::object());
  for (const auto& [name, value] : options.items())
    if (name != "time_mode" || value != "A") return "option " + name + " " + value.dump();
  if (c.at("inputs").size() != 1 || !c.at("inputs").contains("x")) return "inputs other than x";
  return {};
}

}  // namespace golden
