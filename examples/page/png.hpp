// Images of up to 256 colours as PNG files.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace page {

struct colour {
  std::uint8_t red, green, blue;
  bool operator==(const colour&) const = default;
};
using palette = std::array<colour, 256>;

/// One index into a palette for each pixel, row by row from the top.
struct indexed_image {
  std::size_t width = 0, height = 0;
  std::vector<std::uint8_t> pixels;  ///< width * height
};

/// A PNG file, not compressed (blocks of deflate that only store): what is shown is small, and nothing has to be linked.
/// An image without pixels has no PNG: the result is empty then.
std::string encode_png(const indexed_image&, const palette&);

/// Checksums of PNG's chunks and of zlib's streams.
std::uint32_t crc32(std::string_view bytes);
std::uint32_t adler32(std::string_view bytes);

}  // namespace page
