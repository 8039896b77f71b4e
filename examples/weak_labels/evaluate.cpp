#include <auris/io/file.hpp>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <optional>

#include "commands.hpp"
#include "scoring.hpp"

using namespace auris;

namespace weak_labels {

namespace {

struct row {
  std::string network;
  int fold;
  scores s;
};

/// null where a figure is undefined.
std::string json_number(double v) {
  char digits[32] = "null";
  if (std::isfinite(v)) std::snprintf(digits, sizeof digits, "%.6f", v);
  return digits;
}

std::string to_json(const std::vector<row>& rows) {
  std::string s = "{\"systems\":[";
  for (std::size_t i = 0; i < rows.size(); ++i)
    s += (i ? ",\n " : "\n ") + std::string("{\"name\":\"") + rows[i].network +
         "\",\"fold\":" + std::to_string(rows[i].fold) +
         ",\"micro_precision\":" + json_number(rows[i].s.micro_precision) +
         ",\"macro_precision\":" + json_number(rows[i].s.macro_precision) +
         ",\"roc_auc\":" + json_number(rows[i].s.roc_auc) + "}";
  return s + "\n]}\n";
}

void print(const char* network, const char* fold, const scores& s) {
  std::printf("%-14s %6s %10.4f %10.4f %10.4f\n", network, fold, s.micro_precision, s.macro_precision, s.roc_auc);
}

/// The fold that a model was not trained on.
result<int> fold_of(const model_description& d, const std::filesystem::path& file) {
  const auto at = d.options.find("fold");
  int fold = 0;
  if (at != d.options.end()) std::from_chars(at->second.data(), at->second.data() + at->second.size(), fold);
  if (fold < 1 || fold > folds)
    return error{"the model file does not say which fold was held out", file.c_str(), message::of("1 to ", folds)};
  return fold;
}

}  // namespace

result<void> evaluate(const evaluate_command& o) {
  std::optional<weak_set> set;
  std::vector<row> rows;
  for (const auto& file : o.weights) {
    const auto model = read_model(file);
    if (!model) return model.error();
    const model_description& d = model->description;
    const auto size = d.options.find("size");
    system_options options = o.system;
    options.reduced = size != d.options.end() && size->second == "reduced";
    auto network = make_system(d.network, options);
    if (!network) return network.error();
    if (auto ok = (*network)->load(model->weights); !ok) return ok.error();
    const auto fold = fold_of(d, file);
    if (!fold) return fold.error();
    if (!set) {
      auto read = read_set(o.data, o.features, options.threads);
      if (!read) return read.error();
      set = std::move(*read);
    }
    if (d.front_end != front_end_name || d.classes != set->classes)
      return error{"the model knows other classes or features than the data set", file.c_str()};
    const auto clips = clips_of(*set, *fold, true, {d.mean, d.deviation});
    if (!clips) return clips.error();
    const auto predicted = (*network)->predict(*clips);
    if (!predicted) return predicted.error();
    const auto s = score(*clips, *predicted);
    if (!s) return s.error();
    rows.push_back({d.network, *fold, *s});
  }
  std::printf("%-14s %6s %10s %10s %10s\n", "network", "fold", "micro-P", "macro-P", "AUC");
  scores mean{0, 0, 0};
  for (const row& r : rows) {
    print(r.network.c_str(), std::to_string(r.fold).c_str(), r.s);
    const double n = static_cast<double>(rows.size());
    mean.micro_precision += r.s.micro_precision / n, mean.macro_precision += r.s.macro_precision / n;
    mean.roc_auc += r.s.roc_auc / n;
  }
  if (rows.size() > 1) print("mean", "", mean);
  if (!o.results.empty()) return write_file(o.results, to_json(rows));
  return {};
}

}  // namespace weak_labels
