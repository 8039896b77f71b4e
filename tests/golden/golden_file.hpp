// What a golden file says of a network (README.md beside it): weights and inputs by their seeds, outputs as records.
#pragma once
#include <array>
#include <auris/core/random.hpp>
#include <auris/io/tensor_file.hpp>
#include <cmath>
#include <nlohmann/json.hpp>
#include <numbers>

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

/// Images of (batch, time, mel, channel) in PyTorch's layout, (batch, channel, time, mel); the result of PANNs' `bn0` as it
/// stands there, (batch, mel, time, channel). Others as they are, and what has the expected shape already.
inline named_tensor as_in_pytorch(const named_tensor& t, const std::vector<idx>& expected) {
  if (t.shape.size() != 4 || t.shape == expected) return t;
  const std::array<std::size_t, 4> order =
      t.name == "bn0" ? std::array<std::size_t, 4>{0, 2, 1, 3} : std::array<std::size_t, 4>{0, 3, 1, 2};
  std::array<idx, 4> stride{0, 0, 0, 1};
  for (std::size_t i = 3; i-- > 0;) stride[i] = stride[i + 1] * t.shape[i + 1];
  std::vector<idx> shape;
  for (const std::size_t axis : order) shape.push_back(t.shape[axis]);
  const std::vector<float> from = t.floats();
  std::vector<float> to;
  to.reserve(from.size());
  for (idx a = 0; a < shape[0]; ++a)
    for (idx b = 0; b < shape[1]; ++b)
      for (idx c = 0; c < shape[2]; ++c)
        for (idx d = 0; d < shape[3]; ++d)
          to.push_back(from[static_cast<std::size_t>(a * stride[order[0]] + b * stride[order[1]] +
                                                     c * stride[order[2]] + d * stride[order[3]])]);
  return tensor_of<float>(t.name, shape, to);
}

/// The test signal of frontends.json.
inline std::vector<float> test_signal(int rate, int seconds) {
  std::vector<float> x;
  for (idx n = 0; n < idx(seconds) * rate; ++n) {
    const double t = 2 * std::numbers::pi * static_cast<double>(n) / rate;
    x.push_back(static_cast<float>(0.5 * std::sin(1000 * t) + 0.25 * std::sin(3333 * t + 0.3) +
                                   0.05 * std::sin(37 * t) + 0.1 * number_at(1234, n)));
  }
  return x;
}

/// What a case asks for besides its input.
struct case_options {
  std::string time_mode = "A";
  idx frames = 200;
  std::string unknown;  ///< why the case is not for this program; empty: it is

  explicit case_options(const json& c) {
    const json options = c.value("options", json::object());
    for (const auto& [name, value] : options.items())
      if (name == "time_mode")
        time_mode = value.get<std::string>();
      else if (name == "length")
        frames = value.get<idx>();
      else
        unknown = "option " + name + " " + value.dump();
    const json& inputs = c.at("inputs");
    if (inputs.size() != 1 || !(inputs.contains("x") || inputs.contains("waveform")))
      unknown = "inputs other than x or a waveform";
  }
};

}  // namespace golden
