// The only header that includes the JSON library.
#pragma once
#include <algorithm>
#include <auris/io/file.hpp>
#include <auris/io/problems.hpp>
#include <auris/io/tensor_file.hpp>
#include <memory>
#include <nlohmann/json.hpp>

namespace auris {

namespace detail {

inline constexpr std::uint64_t largest_safetensors_header = 100'000'000;

/// The header of a safetensors file, read event by event: nothing is built that the format does not have, so that no
/// header takes more memory than its own size times a small constant, and no nesting goes deep.
class safetensors_header {
 public:
  struct entry {
    named_tensor tensor;  // without its bytes
    std::uint64_t begin = 0, end = 0;
  };
  std::vector<entry> entries;  ///< in the order of the data
  std::map<std::string, std::string> metadata;

  /// Errors      what is wrong with the text, or with how the ranges cover a buffer of this size.
  static result<safetensors_header> parse(std::string_view text, std::uint64_t buffer_size) {
    safetensors_header h;
    if (text.empty() || text.front() != '{') return auris::error{"the header is no JSON object"};
    if (text.find('\0') != text.npos)  // where the parser would stop and call it the end
      return auris::error{"the header is broken JSON", {}, {}, "a zero byte"};
    if (!nlohmann::json::sax_parse(text, &h)) return auris::error{h.problem_.c_str()};
    if (auto ok = h.check(buffer_size); !ok) return ok.error();
    return h;
  }

  // What the parser calls; false ends it.
  bool null() { return unexpected(); }
  bool boolean(bool) { return unexpected(); }
  bool number_float(double, const std::string&) { return unexpected(); }
  bool number_integer(std::int64_t) { return unexpected(); }  // negative ones
  bool number_unsigned(std::uint64_t v) {
    if (place_ == place::shape) {
      if (v > largest_extent) return problem(in_tensor("an extent of the shape is too large"));
      if (entries.back().tensor.shape.size() == most_axes) return problem(in_tensor("the shape has too many axes"));
      entries.back().tensor.shape.push_back(static_cast<idx>(v));
      return true;
    }
    if (place_ != place::offsets || offsets_ == 2) return unexpected();
    (offsets_++ == 0 ? entries.back().begin : entries.back().end) = v;
    return true;
  }
  bool string(std::string& s) {
    if (place_ == place::metadata) return metadata[key_] = s, true;
    if (place_ != place::tensor || key_ != "dtype") return unexpected();
    const auto type = find_dtype(s);
    if (!type) return problem(in_tensor("unknown dtype " + in_quotes(s)));
    entries.back().tensor.type = *type;
    return true;
  }
  template <class Binary>
  bool binary(Binary&) {
    return unexpected();
  }
  bool start_object(std::size_t) {
    if (place_ == place::outside)
      place_ = place::names;
    else if (place_ != place::names)
      return unexpected();
    else if (key_ == "__metadata__") {
      if (seen_metadata_) return problem("'__metadata__' stands there twice");
      seen_metadata_ = true;
      place_ = place::metadata;
    } else {
      place_ = place::tensor;
      seen_.clear();
      entries.push_back({{key_, {}, {}, {}}, 0, 0});
    }
    return true;
  }
  bool key(std::string& s) {
    key_ = s;
    if (place_ == place::metadata && metadata.contains(s))
      return problem("metadata " + in_quotes(s) + " stands there twice");
    if (place_ == place::tensor) {
      if (s != "dtype" && s != "shape" && s != "data_offsets")
        return problem(in_tensor("unknown field " + in_quotes(s)));
      if (std::ranges::find(seen_, s) != seen_.end()) return problem(in_tensor("'" + s + "' stands there twice"));
      seen_.push_back(s);
    }
    return true;
  }
  bool end_object() {
    if (place_ == place::tensor && seen_.size() != 3)
      return problem(in_tensor("dtype, shape or data_offsets is missing"));
    place_ = place_ == place::names ? place::outside : place::names;
    return true;
  }
  bool start_array(std::size_t) {
    if (place_ != place::tensor || key_ == "dtype") return unexpected();
    place_ = key_ == "shape" ? place::shape : place::offsets;
    offsets_ = 0;
    return true;
  }
  bool end_array() {
    if (place_ == place::offsets && offsets_ != 2) return unexpected();
    place_ = place::tensor;
    return true;
  }
  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) {
    return problem("the header is broken JSON at byte " + std::to_string(position));
  }

 private:
  enum class place { outside, names, metadata, tensor, shape, offsets };
  static constexpr std::uint64_t largest_extent = std::uint64_t{1} << 62;
  static constexpr std::size_t most_axes = 64;

  static std::string in_tensor(const entry& e, const std::string& what) {
    return "tensor " + in_quotes(e.tensor.name) + ": " + what;
  }
  std::string in_tensor(const std::string& what) const { return in_tensor(entries.back(), what); }
  bool problem(std::string text) {
    problem_ = std::move(text);
    return false;
  }
  bool unexpected() {
    switch (place_) {
      case place::outside:
        return problem("the header is no JSON object");
      case place::names:
        return problem(in_quotes(key_) + " is neither a tensor nor metadata");
      case place::metadata:
        return problem("metadata " + in_quotes(key_) + " is no text");
      case place::tensor:
        return problem(in_tensor("'" + key_ + "' has the wrong type"));
      case place::shape:
        return problem(in_tensor("the shape is no list of counts"));
      case place::offsets:
        break;
    }
    return problem(in_tensor("data_offsets are not two counts"));
  }

  result<void> check(std::uint64_t buffer_size) {
    const auto bad = [](const entry& e, const char* what) { return auris::error{in_tensor(e, what).c_str()}; };
    for (const entry& e : entries) {
      if (e.begin > e.end || e.end > buffer_size)
        return auris::error{in_tensor(e, "its data lie outside of the file").c_str(),
                            {},
                            message::of("offsets up to ", buffer_size),
                            message::of(e.begin, " to ", e.end)};
      std::uint64_t bytes = static_cast<std::uint64_t>(size_of(e.tensor.type));
      bool empty = false, overflow = false;
      for (const idx n : e.tensor.shape) {
        empty = empty || n == 0;
        overflow = overflow || (n > 0 && bytes > largest_extent / static_cast<std::uint64_t>(n));
        if (!overflow && n > 0) bytes *= static_cast<std::uint64_t>(n);
      }
      if (empty)
        bytes = 0;
      else if (overflow)
        return bad(e, "the shape is too large");
      if (e.end - e.begin != bytes)
        return auris::error{in_tensor(e, "its data have not the size of its shape").c_str(),
                            {},
                            message::of(bytes, " bytes for ", name_of(e.tensor.type), " ", describe(e.tensor.shape)),
                            message::of(e.end - e.begin)};
    }
    std::ranges::sort(entries, {}, [](const entry& e) -> std::string_view { return e.tensor.name; });
    for (std::size_t i = 1; i < entries.size(); ++i)
      if (entries[i].tensor.name == entries[i - 1].tensor.name) return bad(entries[i], "the name stands there twice");
    std::ranges::stable_sort(entries, {}, [](const entry& e) { return std::pair(e.begin, e.end); });
    std::uint64_t at = 0;
    for (const entry& e : entries) {
      if (e.begin < at) return bad(e, "its data overlap another's");
      if (e.begin > at) return bad(e, "there is a hole before its data");
      at = e.end;
    }
    if (at != buffer_size)
      return auris::error{
          "there are data behind the last tensor", {}, message::of(at, " bytes"), message::of(buffer_size)};
    return {};
  }

  place place_ = place::outside;
  std::string key_, problem_;
  std::vector<std::string> seen_;  // fields of the tensor at hand
  bool seen_metadata_ = false;
  int offsets_ = 0;
};

}  // namespace detail

/// Reads a safetensors file. Nothing in a file is trusted: its header is checked as a whole before the data are read.
///
/// Memory      the file's size; never more because of what the file says about itself.
/// Errors      a file that is missing, unreadable, too short for what its first bytes say, or breaks a rule of the
///             format: header at most 100 MB and a JSON object, each name once, known dtypes, data of the size of the
///             shape, ranges that cover the buffer without hole or overlap.
/// Source      https://github.com/huggingface/safetensors#format
///
///     const tensor_file file = read_safetensors("weights.safetensors").value();
inline result<tensor_file> read_safetensors(const std::filesystem::path& path) {
  const auto bad = [&](error e) {
    e.where = e.where.empty() ? message(path.c_str()) : message::of(path, ", ", e.where);
    return e;
  };
  std::error_code problem;
  if (!std::filesystem::is_regular_file(path, problem)) return error{"no such file", path.c_str()};
  const std::uint64_t size = std::filesystem::file_size(path, problem);
  const detail::file_handle file(problem ? nullptr : std::fopen(path.c_str(), "rb"));
  if (!file) return error{"cannot open the file", path.c_str()};
  const auto read = [&](void* to, std::size_t n) { return n == 0 || std::fread(to, 1, n, file.get()) == n; };

  std::uint64_t length = 0;
  if (size < sizeof length || !read(&length, sizeof length))
    return bad({"not a safetensors file", {}, "8 bytes or more", message::of(size)});
  if (length > detail::largest_safetensors_header)
    return bad({"not a safetensors file", "length of the header", "100 MB or less", message::of(length, " bytes")});
  if (length > size - sizeof length)
    return bad({"the file is truncated", "header", message::of(length, " bytes"), message::of(size - sizeof length)});
  std::string text(static_cast<std::size_t>(length), '\0');
  if (!read(text.data(), text.size())) return error{"cannot read the whole file", path.c_str()};
  auto header = detail::safetensors_header::parse(text, size - sizeof length - length);
  if (!header) return bad(header.error());

  tensor_file r;
  r.metadata = std::move(header->metadata);
  for (auto& e : header->entries) {
    e.tensor.bytes.resize(static_cast<std::size_t>(e.end - e.begin));
    if (!read(e.tensor.bytes.data(), e.tensor.bytes.size())) return error{"cannot read the whole file", path.c_str()};
    r.tensors.push_back(std::move(e.tensor));
  }
  return r;
}

/// Writes a safetensors file: beside its target first, then renamed (io/file.hpp). Tensors with the largest numbers come
/// first, equal ones by name, so that data are aligned and the same content gives the same file.
///
/// Memory      a copy of all data.
/// Errors      what `read_safetensors` would not read (a name twice, bytes that do not fit the shape, texts that are not
///             UTF-8, ...); a file that cannot be written.
///
///     tensor_file file;
///     file.tensors.push_back(tensor_of<float>("x", {2, 3}, std::vector<float>(6)));
///     write_safetensors("x.safetensors", file).value();
inline result<void> write_safetensors(const std::filesystem::path& path, const tensor_file& file) {
  std::vector<const named_tensor*> order;
  for (const named_tensor& t : file.tensors) order.push_back(&t);
  std::ranges::sort(order, {},
                    [](const named_tensor* t) { return std::pair(-size_of(t->type), std::string_view(t->name)); });

  std::string text = "{";
  const auto quoted = [](const std::string& s) {  // bytes that are no UTF-8 are replaced; then the name is another one
    return nlohmann::json(s).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  };
  if (!file.metadata.empty()) {
    text += "\"__metadata__\":{";
    for (const auto& [key, value] : file.metadata) text += quoted(key) + ":" + quoted(value) + ",";
    text.back() = '}';
  }
  std::size_t size = 0;
  for (const named_tensor* t : order) {
    if (text.size() > 1) text += ',';
    text += quoted(t->name) + ":{\"dtype\":\"" + name_of(t->type) + "\",\"shape\":[";
    for (std::size_t i = 0; i < t->shape.size(); ++i) {
      if (i) text += ',';
      text += std::to_string(t->shape[i]);
    }
    text += "],\"data_offsets\":[" + std::to_string(size) + "," + std::to_string(size + t->bytes.size()) + "]}";
    size += t->bytes.size();
  }
  text += '}';
  text.append((8 - text.size() % 8) % 8, ' ');

  const auto bad = [&](const error& e) { return error{"such tensors cannot be written", path.c_str(), {}, e.text()}; };
  if (text.size() > detail::largest_safetensors_header) return bad({"the header is larger than 100 MB"});
  const auto check = detail::safetensors_header::parse(text, size);
  if (!check) return bad(check.error());
  bool same = check->metadata == file.metadata;
  for (std::size_t i = 0; i < order.size(); ++i) same = same && file.find(check->entries[i].tensor.name);
  if (!same) return bad({"a name or text is not UTF-8"});

  const std::uint64_t length = text.size();
  std::string content(sizeof length, '\0');
  std::memcpy(content.data(), &length, sizeof length);
  content.reserve(sizeof length + text.size() + size);
  content += text;
  for (const named_tensor* t : order) content.append(reinterpret_cast<const char*>(t->bytes.data()), t->bytes.size());
  return write_file(path, content);
}

}  // namespace auris
