#include "png.hpp"

#include <algorithm>

namespace page {

namespace {

std::string big_endian(std::uint32_t v) {
  std::string s;
  for (int shift = 24; shift >= 0; shift -= 8) s += static_cast<char>(v >> shift & 0xFF);
  return s;
}

// Length, name and content, checksum of name and content.
std::string chunk(const char* name, const std::string& content) {
  const std::string body = name + content;
  return big_endian(static_cast<std::uint32_t>(content.size())) + body + big_endian(crc32(body));
}

// A zlib stream of blocks that are stored: each with its length and the complement of it, low byte first.
std::string stored(const std::string& bytes) {
  constexpr std::size_t longest = 65535;
  std::string out = "\x78\x01";
  for (std::size_t at = 0; at < bytes.size(); at += longest) {
    const std::size_t count = std::min(longest, bytes.size() - at);
    out += at + count == bytes.size() ? '\1' : '\0';
    for (const std::size_t v : {count, ~count}) {
      out += static_cast<char>(v & 0xFF);
      out += static_cast<char>(v >> 8 & 0xFF);
    }
    out.append(bytes, at, count);
  }
  return out + big_endian(adler32(bytes));
}

}  // namespace

std::uint32_t crc32(std::string_view bytes) {
  static const auto table = [] {
    std::array<std::uint32_t, 256> t{};
    for (std::uint32_t n = 0; n < 256; ++n) {
      std::uint32_t c = n;
      for (int k = 0; k < 8; ++k) c = c & 1 ? 0xEDB88320u ^ c >> 1 : c >> 1;
      t[n] = c;
    }
    return t;
  }();
  std::uint32_t c = 0xFFFFFFFFu;
  for (const char b : bytes) c = table[(c ^ static_cast<unsigned char>(b)) & 0xFF] ^ c >> 8;
  return ~c;
}

std::uint32_t adler32(std::string_view bytes) {
  std::uint32_t a = 1, b = 0;
  for (const char c : bytes) {
    a = (a + static_cast<unsigned char>(c)) % 65521;
    b = (b + a) % 65521;
  }
  return b << 16 | a;
}

std::string encode_png(const indexed_image& image, const palette& colours) {
  if (image.width == 0 || image.height == 0 || image.pixels.size() != image.width * image.height) return {};
  std::string rows;
  rows.reserve((image.width + 1) * image.height);
  for (std::size_t y = 0; y < image.height; ++y) {
    rows += '\0';  // no filter
    for (std::size_t x = 0; x < image.width; ++x) rows += static_cast<char>(image.pixels[y * image.width + x]);
  }
  std::string shades;
  for (const colour& c : colours)
    for (const std::uint8_t v : {c.red, c.green, c.blue}) shades += static_cast<char>(v);
  const std::string header = big_endian(static_cast<std::uint32_t>(image.width)) +
                             big_endian(static_cast<std::uint32_t>(image.height)) +
                             std::string("\x08\x03\0\0\0", 5);  // 8 bits, palette; deflate, filters, not interlaced
  return "\x89PNG\r\n\x1A\n" + chunk("IHDR", header) + chunk("PLTE", shades) + chunk("IDAT", stored(rows)) +
         chunk("IEND", {});
}

}  // namespace page
