#pragma once
#include <auris/core/bf16.hpp>
#include <auris/core/result.hpp>
#include <auris/core/shape.hpp>
#include <bit>
#include <cstdint>
#include <cstring>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace auris {

static_assert(std::endian::native == std::endian::little,
              "auris: tensor files are read on little-endian machines only");

/// How the numbers of a tensor are stored.
enum class dtype { f64, f32, f16, bf16, i64, i32, i16, i8, u64, u32, u16, u8, boolean };

namespace detail {
struct dtype_row {
  const char* name;
  idx size;
};
inline constexpr dtype_row dtypes[] = {{"F64", 8}, {"F32", 4}, {"F16", 2}, {"BF16", 2}, {"I64", 8},
                                       {"I32", 4}, {"I16", 2}, {"I8", 1},  {"U64", 8},  {"U32", 4},
                                       {"U16", 2}, {"U8", 1},  {"BOOL", 1}};
}  // namespace detail

constexpr const char* name_of(dtype t) { return detail::dtypes[static_cast<std::size_t>(t)].name; }
/// Bytes of one number.
constexpr idx size_of(dtype t) { return detail::dtypes[static_cast<std::size_t>(t)].size; }
constexpr bool is_real(dtype t) { return t <= dtype::bf16; }

/// The type of this name: "F32", "BF16", "I64", "BOOL", ...
inline std::optional<dtype> find_dtype(std::string_view name) {
  for (std::size_t i = 0; i < std::size(detail::dtypes); ++i)
    if (name == detail::dtypes[i].name) return static_cast<dtype>(i);
  return std::nullopt;
}

/// The number that 16 bits spell as IEEE half precision, with subnormals.
///
///     static_assert(from_half(0x3C00) == 1.0f && from_half(0x0001) == 0x1p-24f);
constexpr float from_half(std::uint16_t h) {
  const std::uint32_t sign = std::uint32_t(h >> 15) << 31, exponent = (h >> 10) & 31u, fraction = h & 1023u;
  if (exponent == 0) {
    const float size = static_cast<float>(fraction) * 0x1p-24f;
    return sign ? -size : size;
  }
  return std::bit_cast<float>(sign | (exponent == 31 ? 255u : exponent + 112) << 23 | fraction << 13);
}

/// An array with a name, as it lies in a file: row-major, little-endian.
struct named_tensor {
  std::string name;
  dtype type = dtype::f32;
  std::vector<idx> shape;  ///< empty: a single number
  std::vector<std::byte> bytes;

  /// Numbers in the tensor.
  idx count() const { return static_cast<idx>(bytes.size()) / size_of(type); }

  /// All numbers, converted; `to` has room for `count()`.
  template <class T>
  void copy_to(T* to) const {
    switch (type) {
      case dtype::f64:
        return convert<double>(to);
      case dtype::f32:
        return convert<float>(to);
      case dtype::f16:
        return convert<std::uint16_t>(to, from_half);
      case dtype::bf16:
        return convert<bf16>(to, [](bf16 v) { return static_cast<float>(v); });
      case dtype::i64:
        return convert<std::int64_t>(to);
      case dtype::i32:
        return convert<std::int32_t>(to);
      case dtype::i16:
        return convert<std::int16_t>(to);
      case dtype::i8:
        return convert<std::int8_t>(to);
      case dtype::u64:
        return convert<std::uint64_t>(to);
      case dtype::u32:
        return convert<std::uint32_t>(to);
      case dtype::u16:
        return convert<std::uint16_t>(to);
      case dtype::u8:
      case dtype::boolean:
        return convert<std::uint8_t>(to);
    }
  }
  std::vector<float> floats() const {
    std::vector<float> v(static_cast<std::size_t>(count()));
    copy_to(v.data());
    return v;
  }

 private:
  struct as_it_is {
    template <class S>
    S operator()(S s) const {
      return s;
    }
  };
  template <class Stored, class T, class Change = as_it_is>
  void convert(T* to, Change change = {}) const {
    for (std::size_t i = 0; i < bytes.size() / sizeof(Stored); ++i) {
      Stored s;
      std::memcpy(&s, bytes.data() + i * sizeof s, sizeof s);
      to[i] = static_cast<T>(change(s));
    }
  }
};

/// A tensor of floats or doubles; the shape's product is the number of values.
///
///     const float values[] = {1, 2, 3};
///     const named_tensor t = tensor_of<float>("standardise.mean", {3}, values);
template <class T>
requires(std::is_same_v<T, float> || std::is_same_v<T, double>) named_tensor
    tensor_of(std::string name, std::vector<idx> shape, std::span<const T> values) {
  named_tensor t{std::move(name), std::is_same_v<T, float> ? dtype::f32 : dtype::f64, std::move(shape), {}};
  t.bytes.resize(values.size_bytes());
  if (!values.empty()) std::memcpy(t.bytes.data(), values.data(), values.size_bytes());
  return t;
}

/// What a tensor file holds: named arrays, and texts by key.
///
///     tensor_file file;
///     file.metadata["network"] = "crnn_4b";
///     const named_tensor* x = file.find("x");               // null: there is none
struct tensor_file {
  std::vector<named_tensor> tensors;
  std::map<std::string, std::string> metadata;

  const named_tensor* find(std::string_view name) const {
    for (const named_tensor& t : tensors)
      if (t.name == name) return &t;
    return nullptr;
  }
};

/// "(2, 20, 64)", for messages.
inline std::string describe(const std::vector<idx>& shape) {
  std::string s = "(";
  for (std::size_t i = 0; i < shape.size(); ++i) s += (i ? ", " : "") + std::to_string(shape[i]);
  return s + ")";
}

}  // namespace auris
