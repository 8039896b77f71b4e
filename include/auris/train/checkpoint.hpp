#pragma once
#include <auris/io/safetensors.hpp>
#include <auris/optim/method.hpp>
#include <auris/train/fit_state.hpp>
#include <auris/train/training_identity.hpp>
#include <cmath>
#include <cstring>
#include <span>
#include <type_traits>

namespace auris::detail {

// A checkpoint is one safetensors file: parameters, running statistics, the optimiser's state, the best weights so far,
// the numbers of schedule and history (float64, so that they come back exactly), and the identity as metadata.

inline constexpr const char* checkpoint_format = "auris training checkpoint 1";

/// The values of a tensor that must be there, of this type and shape.
template <class T>
result<std::vector<T>> take_tensor(const tensor_file& file, const std::string& name, const std::vector<idx>& shape) {
  const dtype type = std::is_same_v<T, float> ? dtype::f32 : dtype::f64;
  const auto text = [](dtype d, const std::vector<idx>& s) { return message::of(name_of(d), " ", describe(s)); };
  const named_tensor* t = file.find(name);
  if (!t || t->type != type || t->shape != shape)
    return error{"the checkpoint is damaged", message::of("tensor '", name, "'"), text(type, shape),
                 t ? text(t->type, t->shape) : message("none")};
  std::vector<T> values(static_cast<std::size_t>(t->count()));
  t->copy_to(values.data());
  return values;
}

/// Everything of a checkpoint by name, for both directions.
template <class Trainer, class Visit>
void visit_arenas(Trainer& t, Visit visit) {
  visit("params", t.params());
  visit("buffers", t.buffers());
  for (std::size_t s = 0; s < t.optimiser.slots; ++s) visit("optimiser." + std::to_string(s), t.optimiser.state(s));
}

template <class Trainer, class T>
result<void> save_checkpoint(const std::filesystem::path& path, Trainer& t, const fit_state<T>& state,
                             const training_identity& identity) {
  tensor_file file;
  file.metadata["format"] = checkpoint_format;
  for (const auto& [name, text] : identity) file.metadata[name] = text;
  const auto put = [&](const std::string& name, std::span<const T> values) {
    if (!values.empty()) file.tensors.push_back(tensor_of<T>(name, {static_cast<idx>(values.size())}, values));
  };
  t.download();
  visit_arenas(t, put);
  put("best.params", state.best_params);
  put("best.buffers", state.best_buffers);
  const plateau_schedule& s = state.schedule;
  const std::vector<double> numbers{s.rate,
                                    s.best,
                                    static_cast<double>(s.since_best),
                                    static_cast<double>(s.since_change),
                                    static_cast<double>(s.epochs),
                                    static_cast<double>(t.optimiser.steps())};
  file.tensors.push_back(tensor_of<double>("schedule", {static_cast<idx>(numbers.size())}, numbers));
  std::vector<double> rows;
  for (const epoch_record& e : state.history) {
    rows.insert(rows.end(), {e.loss, e.validation_loss, e.rate, e.seconds, e.best ? 1.0 : 0.0});
    rows.insert(rows.end(), e.terms.begin(), e.terms.end());
    rows.insert(rows.end(), e.validation_terms.begin(), e.validation_terms.end());
  }
  const auto epochs = static_cast<idx>(state.history.size());
  file.tensors.push_back(
      tensor_of<double>("history", {epochs, epochs ? static_cast<idx>(rows.size()) / epochs : 0}, rows));
  return write_safetensors(path, file);
}

/// Reads a checkpoint into trainer and state; false where there is none. All is checked before anything is changed.
template <class Trainer, class T>
result<bool> load_checkpoint(const std::filesystem::path& path, Trainer& t, fit_state<T>& state,
                             const training_identity& identity) {
  constexpr std::size_t terms = Trainer::objective_type::count;
  std::error_code problem;
  if (!std::filesystem::exists(path, problem) && !problem) return false;
  auto file = read_safetensors(path);
  if (!file) return file.error();
  const auto in_file = [&](error e) {
    e.where = e.where.empty() ? message(path.c_str()) : message::of(path, ", ", e.where);
    return e;
  };
  const auto metadata = [&](const std::string& name) {
    const auto found = file->metadata.find(name);
    return found == file->metadata.end() ? std::string() : found->second;
  };
  if (metadata("format") != checkpoint_format)
    return in_file({"not a checkpoint of a training", {}, checkpoint_format, metadata("format").c_str()});
  for (const auto& [name, text] : identity)
    if (metadata(name) != text)
      return in_file({"the checkpoint is of another training", name.c_str(), text.c_str(), metadata(name).c_str()});

  // Arenas, whose sizes the trainer knows.
  t.download();
  std::vector<std::pair<std::span<T>, std::vector<T>>> arenas;
  result<void> all;
  const auto take = [&](const std::string& name, std::span<T> to) {
    if (!all || to.empty()) return;
    auto values = take_tensor<T>(*file, name, {static_cast<idx>(to.size())});
    if (values)
      arenas.emplace_back(to, std::move(*values));
    else
      static_cast<void>(all = values.error());  // nvcc takes the reference for a result that nobody looks at
  };
  visit_arenas(t, take);
  fit_state<T> read{state.schedule, {}, std::vector<T>(t.params().size()), std::vector<T>(t.buffers().size())};
  take("best.params", read.best_params);
  take("best.buffers", read.best_buffers);
  if (!all) return in_file(all.error());

  // Numbers.
  auto numbers = take_tensor<double>(*file, "schedule", {6});
  if (!numbers) return in_file(numbers.error());
  const auto is_count = [](double v) { return v >= 0 && v <= 1e15 && v == std::floor(v); };
  const std::vector<double>& n = *numbers;
  bool sound = n[0] >= 0 && is_finite(n[0]) && is_finite(n[1]);
  for (std::size_t i = 2; i < 5; ++i) sound = sound && is_count(n[i]) && n[i] <= 1e9;
  if (!sound || n[4] < 1 || !is_count(n[5])) return in_file({"the checkpoint is damaged", "tensor 'schedule'"});
  read.schedule.rate = n[0], read.schedule.best = n[1];
  read.schedule.since_best = static_cast<int>(n[2]), read.schedule.since_change = static_cast<int>(n[3]);
  read.schedule.epochs = static_cast<int>(n[4]);

  constexpr idx columns = 5 + 2 * static_cast<idx>(terms);
  auto rows = take_tensor<double>(*file, "history", {static_cast<idx>(n[4]), columns});
  if (!rows) return in_file(rows.error());
  const double* v = rows->data();
  for (int e = 1; e <= read.schedule.epochs; ++e, v += columns) {
    epoch_record r;
    r.epoch = e, r.loss = v[0], r.validation_loss = v[1], r.rate = v[2], r.seconds = v[3], r.best = v[4] != 0;
    r.terms.assign(v + 5, v + 5 + terms);
    r.validation_terms.assign(v + 5 + terms, v + columns);
    read.history.push_back(std::move(r));
  }

  for (auto& [to, values] : arenas) std::ranges::copy(values, to.begin());
  t.upload();
  t.optimiser.set_steps(static_cast<idx>(n[5]));
  state = std::move(read);
  return true;
}

}  // namespace auris::detail
