#pragma once
#include <auris/io/file.hpp>
#include <auris/io/pickle.hpp>
#include <auris/io/safetensors.hpp>

namespace auris {

namespace detail {

/// What a storage of this class of PyTorch holds.
inline std::optional<dtype> storage_type(std::string_view name) {
  static constexpr std::pair<std::string_view, dtype> all[] = {
      {"torch FloatStorage", dtype::f32},     {"torch DoubleStorage", dtype::f64}, {"torch HalfStorage", dtype::f16},
      {"torch BFloat16Storage", dtype::bf16}, {"torch LongStorage", dtype::i64},   {"torch IntStorage", dtype::i32},
      {"torch ShortStorage", dtype::i16},     {"torch CharStorage", dtype::i8},    {"torch ByteStorage", dtype::u8},
      {"torch BoolStorage", dtype::boolean}};
  for (const auto& [known, type] : all)
    if (known == name) return type;
  return {};
}

/// The tensors of a state dict, of the values of its pickle and the bytes of its storages.
class state_dict_reader {
 public:
  using storages = std::map<std::string, std::string_view, std::less<>>;  ///< by key
  explicit state_dict_reader(const storages& s) : storages_(s) {}

  result<tensor_file> read(const pickled& root) {
    const pickled* dict = &root;
    for (const char* key : {"model", "state_dict", "model_state_dict"})
      if (dict->is == pickled::kind::dictionary)
        if (const pickled* inner = dict->find(key); inner && inner->is == pickled::kind::dictionary) dict = inner;
    tensor_file file;
    if (dict->is == pickled::kind::dictionary)
      for (std::size_t i = 0; i + 1 < dict->items.size(); i += 2) {
        const pickled &name = *dict->items[i], *value = dict->items[i + 1];
        if (const pickled* inner = arguments_of(*value, "torch._utils _rebuild_parameter"))
          value = inner->items.empty() ? value : inner->items[0];
        const pickled* arguments = arguments_of(*value, "torch._utils _rebuild_tensor_v2");
        if (name.is != pickled::kind::text || !arguments) continue;
        auto t = tensor(std::string(name.text), *arguments);
        if (!t) return t.error();
        file.tensors.push_back(std::move(*t));
      }
    if (file.tensors.empty()) return error{"the file holds no state dict", {}, "names with tensors", {}};
    constexpr std::string_view parallel = "module.";  // of training on several GPUs
    if (std::ranges::all_of(file.tensors, [&](const named_tensor& t) { return t.name.starts_with(parallel); }))
      for (named_tensor& t : file.tensors) t.name.erase(0, parallel.size());
    return file;
  }

 private:
  static const pickled* arguments_of(const pickled& v, std::string_view name) {
    return v.is == pickled::kind::call && v.items[0]->text == name ? v.items[1] : nullptr;
  }
  // (storage, offset, size, stride, ...), the storage ("storage", type, key, device, count).
  result<named_tensor> tensor(std::string name, const pickled& arguments) const {
    const auto bad = [&](const char* what) { return error{"broken tensor", in_quotes(name).c_str(), {}, what}; };
    const auto& a = arguments.items;
    using kind = pickled::kind;
    if (a.size() < 4 || a[0]->is != kind::persistent || a[0]->items.size() < 3 || a[1]->is != kind::integer ||
        a[2]->is != kind::tuple || a[3]->is != kind::tuple || a[2]->items.size() != a[3]->items.size())
      return bad("its description is not that of a tensor");
    const auto type = storage_type(a[0]->items[1]->text);
    if (!type) return bad("its storage has no type that is known");
    const auto at = storages_.find(a[0]->items[2]->text);
    if (at == storages_.end()) return bad("its storage is not in the file");
    const auto element = static_cast<std::uint64_t>(size_of(*type));
    const std::uint64_t there = at->second.size() / element;

    named_tensor t{std::move(name), *type, {}, {}};
    std::vector<std::uint64_t> stride;
    std::uint64_t count = 1, last = 0;  // how many numbers, and where the last one stands
    for (std::size_t k = 0; k < a[2]->items.size(); ++k) {
      const pickled &n = *a[2]->items[k], &s = *a[3]->items[k];
      if (n.is != kind::integer || s.is != kind::integer || n.integer < 0 || s.integer < 0)
        return error{"broken tensor", in_quotes(t.name).c_str(), {}, "an extent that is no count"};
      t.shape.push_back(n.integer);
      stride.push_back(static_cast<std::uint64_t>(s.integer));
    }
    for (const idx n : t.shape) count = n == 0 ? 0 : count;
    const auto outside = [&] {
      return error{"broken tensor", in_quotes(t.name).c_str(), {}, "it is larger than its storage"};
    };
    for (std::size_t k = 0; count > 0 && k < stride.size(); ++k) {
      const auto n = static_cast<std::uint64_t>(t.shape[k]);
      if (n > there / count) return outside();  // a number of the storage for each: nothing is spread
      count *= n;
      if (n > 1 && stride[k] > there / (n - 1)) return outside();
      last += (n - 1) * stride[k];
      if (last > there) return outside();
    }
    if (count > 0 && (a[1]->integer < 0 || static_cast<std::uint64_t>(a[1]->integer) >= there - std::min(last, there)))
      return outside();
    t.bytes.resize(static_cast<std::size_t>(count * element));
    if (count > 0) copy(at->second.data() + static_cast<std::uint64_t>(a[1]->integer) * element, element, stride, t);
    return t;
  }
  static void copy(const char* from, std::uint64_t element, const std::vector<std::uint64_t>& stride,
                   named_tensor& to) {
    std::vector<idx> place(stride.size());
    const std::uint64_t count = to.bytes.size() / element;
    std::uint64_t at = 0;
    for (std::uint64_t i = 0; i < count; ++i) {
      std::memcpy(to.bytes.data() + i * element, from + at * element, element);
      for (std::size_t k = stride.size(); k-- > 0;) {
        at += stride[k];
        if (++place[k] < to.shape[k]) break;
        at -= stride[k] * static_cast<std::uint64_t>(to.shape[k]);
        place[k] = 0;
      }
    }
  }

  const storages& storages_;
};

/// Of the zip archives that PyTorch writes from 1.6 on: one folder with data.pkl and data/<key>.
inline result<tensor_file> read_pytorch_archive(std::string_view content) {
  const auto archive = zip_archive::parse(content);
  if (!archive) return archive.error();
  constexpr std::string_view pickle = "/data.pkl";
  state_dict_reader::storages storages;
  const std::string_view* root = nullptr;
  for (const auto& [name, file] : archive->files()) {
    if (name.ends_with("/byteorder") && file != "little") return error{"the file is not little-endian"};
    if (name.ends_with(pickle)) root = &file;
    if (const std::size_t at = name.find("/data/"); at != name.npos)
      storages.emplace(std::string(name.substr(at + 6)), file);
  }
  if (!root) return error{"not a file of PyTorch", {}, "a zip archive with data.pkl", "a zip archive without"};
  std::string_view rest = *root;
  pickle_reader reader;
  const auto value = reader.read(rest);
  return value ? state_dict_reader(storages).read(**value) : value.error();
}

/// Of older files: pickles one behind the other (a magic number, a version, what the machine was like, the state dict, the keys of
/// the storages), then the storages, each behind its count.
inline result<tensor_file> read_old_pytorch_file(std::string_view content) {
  std::deque<pickle_reader> readers;  // values live as long as they do
  const pickled* values[5];
  for (const pickled*& v : values) {
    const auto one = readers.emplace_back().read(content);
    if (!one) return one.error();
    v = *one;
  }
  constexpr std::int64_t magic = static_cast<std::int64_t>(0xa86a20f9469cfc6cull);  // its last 64 bits
  if (values[0]->integer != magic || values[1]->integer != 1001)
    return error{"not a file of PyTorch", {}, "its magic number and version 1001", "others"};
  const pickled* order = values[2]->find("little_endian");
  if (!order || order->integer != 1) return error{"the file is not little-endian"};

  // The state dict names the type of each storage.
  std::map<std::string_view, std::uint64_t> elements;
  readers[3].for_each([&](const pickled& v) {
    if (v.is == pickled::kind::persistent && v.items.size() >= 3)
      if (const auto type = storage_type(v.items[1]->text))
        elements[v.items[2]->text] = static_cast<std::uint64_t>(size_of(*type));
  });
  state_dict_reader::storages storages;
  for (const pickled* key : values[4]->items) {
    const auto element = elements.find(key->text);
    const std::string where = "storage " + in_quotes(key->text);
    if (element == elements.end())
      return error{"broken file of PyTorch", where.c_str(), {}, "a type that is not known"};
    if (content.size() < 8 || number_at<8>(content, 0) > (content.size() - 8) / element->second)
      return error{"the file is truncated", where.c_str()};
    const std::size_t bytes = number_at<8>(content, 0) * element->second;
    storages.emplace(std::string(key->text), content.substr(8, bytes));
    content.remove_prefix(8 + bytes);
  }
  return state_dict_reader(storages).read(*values[3]);
}

/// How files of PyTorch begin, new and old ones. What is 67 or 176 MB as the length of a safetensors header is followed by that.
inline bool begins_as_archive(std::string_view s) { return s.starts_with("PK\3\4") && !(s.size() > 8 && s[8] == '{'); }
inline bool begins_as_old_pytorch_file(std::string_view s) { return s.starts_with("\x80\x02\x8a\x0a"); }

}  // namespace detail

/// Reads a state dict as `torch.save` writes it (.pth, .pt, .ckpt): what PyTorch has written since 1.6, and older files. Python is
/// not needed, and nothing of the file is executed: names that no state dict has are an error.
///
/// The state dict may stand under the key `model`, `state_dict` or `model_state_dict`; what is no tensor is left out; the prefix
/// `module.` of training on several GPUs is cut. Tensors keep names, shapes and types.
///
/// Memory      twice the file's size.
/// Errors      a file that is missing, truncated or no file of PyTorch; a pickle with other opcodes or names; storages that are not
///             there, tensors that are larger than theirs; compressed archives, big-endian files; no tensor at all.
/// Source      torch/serialization.py of PyTorch 2
///
///     const tensor_file file = read_pytorch("Cnn14.pth").value();
inline result<tensor_file> read_pytorch(const std::filesystem::path& path) {
  const auto content = read_file(path);
  if (!content) return content.error();
  result<tensor_file> file = detail::begins_as_archive(*content)            ? detail::read_pytorch_archive(*content)
                             : detail::begins_as_old_pytorch_file(*content) ? detail::read_old_pytorch_file(*content)
                                                                            : error{"not a file of PyTorch"};
  if (file) return file;
  error e = file.error();
  e.where = e.where.empty() ? message(path.c_str()) : message::of(path, ", ", e.where);
  return e;
}

/// The tensors of a file that is either: safetensors, or a state dict of PyTorch. What it is says its content.
///
/// Errors      those of `read_safetensors` and `read_pytorch`.
///
///     const tensor_file file = read_tensors("weights.safetensors").value();
inline result<tensor_file> read_tensors(const std::filesystem::path& path) {
  std::string begin(9, '\0');
  std::error_code problem;
  if (std::filesystem::is_regular_file(path, problem))
    if (const detail::file_handle file(std::fopen(path.c_str(), "rb")); file)
      begin.resize(std::fread(begin.data(), 1, begin.size(), file.get()));
  return detail::begins_as_archive(begin) || detail::begins_as_old_pytorch_file(begin) ? read_pytorch(path)
                                                                                       : read_safetensors(path);
}

}  // namespace auris
