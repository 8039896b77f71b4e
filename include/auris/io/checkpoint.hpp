#pragma once
#include <auris/io/problems.hpp>
#include <auris/io/pytorch_file.hpp>
#include <auris/nn/weights.hpp>
#include <cmath>
#include <span>
#include <unordered_map>

namespace auris {

struct load_options {
  std::string_view prefix = {};                    ///< what stands before every name in the file: "audio_model."
  std::span<const std::string_view> ignored = {};  ///< how names begin, behind the prefix, that are not the network's
  bool partial = false;  ///< what either side lacks is left as it is; at least one tensor has to be there
};

namespace detail {

/// A row of a network's table that may be kept.
struct checkpoint_row {
  std::string name;
  table_entry entry;
  std::vector<idx> shape;  // in the checkpoint
};

template <class Network>
std::vector<checkpoint_row> checkpoint_rows() {
  struct collector : table_visitor {
    std::vector<checkpoint_row> rows;
    void operator()(const table_entry& e) override {
      const shape s = e.checkpoint;
      rows.push_back({e.name, e, std::vector<idx>(s.extent, s.extent + s.rank)});
    }
  } all;
  Network::visit_parameters(all);
  return std::move(all.rows);
}

/// The tensors for all rows, null where there is none and none is needed; or all that is wrong.
template <class T>
result<std::vector<const named_tensor*>> match_checkpoint(const std::vector<checkpoint_row>& rows,
                                                          const tensor_file& file, const load_options& options) {
  const std::string_view prefix = options.prefix;
  const auto belongs = [&](std::string_view name) {
    return !name.ends_with("num_batches_tracked") &&
           std::ranges::none_of(options.ignored, [&](std::string_view i) { return name.starts_with(i); });
  };
  std::unordered_map<std::string_view, const named_tensor*> left;
  problem_list problems;
  for (const named_tensor& t : file.tensors) {
    const std::string_view name = t.name;
    if (name.starts_with(prefix) && belongs(name.substr(prefix.size()))) left[name.substr(prefix.size())] = &t;
  }
  std::vector<const named_tensor*> found;
  std::vector<T> values;
  for (const checkpoint_row& row : rows) {
    const auto at = left.find(row.name);
    const named_tensor* t = at == left.end() ? nullptr : at->second;
    found.push_back(t);
    if (!t) {
      if (row.entry.used && !options.partial) problems.add(row.name + ": missing, expected " + describe(row.shape));
      continue;
    }
    left.erase(at);
    if (t->shape != row.shape) {
      problems.add(row.name + ": wrong shape, expected " + describe(row.shape) + ", got " + describe(t->shape));
    } else if (!is_real(t->type)) {
      problems.add(row.name + ": wrong type, expected F64, F32, F16 or BF16, got " + name_of(t->type));
    } else if (t->count() != row.entry.stored.size()) {
      problems.add(row.name + ": its data do not fill its shape");
    } else {
      values.resize(static_cast<std::size_t>(t->count()));
      t->copy_to(values.data());
      const auto bad = std::ranges::find_if(values, [](T v) { return !std::isfinite(v); });
      if (bad != values.end())
        problems.add(row.name + ": value " + std::to_string(bad - values.begin()) + " is " +
                     (std::isnan(*bad) ? "not a number" : "infinite"));
    }
  }
  if (options.partial) {
    if (std::ranges::all_of(found, [](const named_tensor* t) { return !t; }))
      problems.add("none of its tensors is one of the network's");
  } else
    for (const named_tensor& t : file.tensors) {
      const std::string_view name = t.name;
      if (!name.starts_with(prefix) ? !name.ends_with("num_batches_tracked")
                                    : left.contains(name.substr(prefix.size())))
        problems.add("unexpected: " + in_quotes(t.name) + " " + describe(t.shape));
    }
  if (!problems.empty()) return problems.error("the weights do not fit the network", {});
  return found;
}

}  // namespace detail

/// Takes over the weights of a checkpoint with PyTorch's names and layouts: all of them, or, with an error, none.
///
/// What a pruned network does not use may be missing, and then stays as it is. `num_batches_tracked` is ignored, as is what the
/// options name. A `partial` load takes what is there: the trunk of a network whose heads are others.
///
/// Errors      one, which lists every problem: tensors that are missing or unexpected, have another shape, are no reals
///             (F64, F32, F16, BF16), or hold a value that is not finite.
///
///     struct network : bind<sequential<linear<32>, relu, linear<17>>, dims(dyn, 64)> {};
///     weights<network> w, v;
///     load(w, to_tensors(v)).value();
template <class Network, class T>
result<void> load(weights<Network, T>& w, const tensor_file& file, const load_options& options = {}) {
  const auto rows = detail::checkpoint_rows<Network>();
  const auto found = detail::match_checkpoint<T>(rows, file, options);
  if (!found) return found.error();
  std::vector<T> values;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    const named_tensor* t = (*found)[r];
    if (!t) continue;
    const table_entry& e = rows[r].entry;
    T* to = (e.is_buffer ? w.buffers() : w.params()) + e.offset;
    values.resize(static_cast<std::size_t>(t->count()));
    t->copy_to(values.data());
    for (idx i = 0; i < t->count(); ++i) to[e.place(i)] = values[static_cast<std::size_t>(i)];
  }
  return {};
}

/// The same from a file: safetensors, or a state dict of PyTorch.
///
///     struct network : bind<linear<17>, dims(dyn, 64)> {};
///     weights<network> w;
///     load(w, "linear.safetensors").value();
template <class Network, class T>
result<void> load(weights<Network, T>& w, const std::filesystem::path& path, const load_options& options = {}) {
  const auto file = read_tensors(path);
  if (!file) return file.error();
  if (auto ok = load(w, *file, options); !ok) {
    error e = ok.error();
    e.where = path.c_str();
    return e;
  }
  return {};
}

/// All weights with PyTorch's names and layouts.
///
///     struct network : bind<linear<17>, dims(dyn, 64)> {};
///     const weights<network> w(1);
///     const tensor_file file = to_tensors(w);                // "weight" (17, 64), "bias" (17)
template <class Network, class T>
tensor_file to_tensors(const weights<Network, T>& w) {
  tensor_file file;
  std::vector<T> values;
  for (const auto& [name, e, shape] : detail::checkpoint_rows<Network>()) {
    const T* from = (e.is_buffer ? w.buffers() : w.params()) + e.offset;
    values.resize(static_cast<std::size_t>(e.stored.size()));
    for (idx i = 0; i < e.stored.size(); ++i) values[static_cast<std::size_t>(i)] = from[e.place(i)];
    file.tensors.push_back(tensor_of<T>(name, shape, values));
  }
  return file;
}

/// Writes all weights to a safetensors file, which PyTorch's `load_state_dict` takes.
///
///     struct network : bind<linear<17>, dims(dyn, 64)> {};
///     const weights<network> w(1);
///     save(w, "out/linear.safetensors").value();
template <class Network, class T>
result<void> save(const weights<Network, T>& w, const std::filesystem::path& path) {
  return write_safetensors(path, to_tensors(w));
}

}  // namespace auris
