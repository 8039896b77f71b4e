#include <limits>
#include <page/data_uri.hpp>
#include <page/png.hpp>
#include <page/wav.hpp>
#include <string>

#include "support/catch.hpp"

namespace {

std::string bytes_of(const std::string& hexadecimal) {
  std::string s;
  for (std::size_t i = 0; i + 1 < hexadecimal.size(); i += 2)
    s += static_cast<char>(std::stoi(hexadecimal.substr(i, 2), nullptr, 16));
  return s;
}
page::palette colours() {
  page::palette p{};
  for (std::size_t i = 0; i < p.size(); ++i)
    p[i] = {static_cast<std::uint8_t>(i), static_cast<std::uint8_t>(255 - i), 7};
  return p;
}
std::size_t number_at(const std::string& s, std::size_t at) {
  std::size_t v = 0;
  for (std::size_t i = 0; i < 4; ++i) v = v << 8 | static_cast<unsigned char>(s[at + i]);
  return v;
}

}  // namespace

TEST_CASE("base64: the examples of RFC 4648") {
  CHECK(page::base64("").empty());
  CHECK(page::base64("f") == "Zg==");
  CHECK(page::base64("fo") == "Zm8=");
  CHECK(page::base64("foo") == "Zm9v");
  CHECK(page::base64("foobar") == "Zm9vYmFy");
  CHECK(page::base64("\xFB\xFF\xFE") == "+//+");
  CHECK(page::data_uri("image/png", "fo") == "data:image/png;base64,Zm8=");
}

TEST_CASE("png: the checksums' published values") {
  CHECK(page::crc32("123456789") == 0xCBF43926u);
  CHECK(page::adler32("Wikipedia") == 0x11E60398u);
}

TEST_CASE("png: the bytes of zlib without compression") {  // Python: zlib.compress(rows, 0), zlib.crc32
  const std::string png = page::encode_png({2, 2, {0, 1, 255, 7}}, colours());
  REQUIRE(png.size() == 854);
  CHECK(png.substr(0, 41) ==
        bytes_of("89504e470d0a1a0a0000000d49484452000000020000000208030000004568fd1600000300504c5445"));
  CHECK(number_at(png, 41 + 768) == 0x3A8A05CDu);
  CHECK(png.substr(813) ==
        bytes_of("00000011494441547801010600f9ff00000100ff07020f0108f38558590000000049454e44ae426082"));
}

TEST_CASE("png: an image of more than one block is put together again") {
  page::indexed_image image{300, 500, {}};
  for (std::size_t i = 0; i < 300 * 500; ++i) image.pixels.push_back(static_cast<std::uint8_t>(i * 7 % 251));
  const std::string png = page::encode_png(image, colours());
  std::string rows;
  const std::size_t data = 41 + 768 + 4 + 8;
  std::size_t at = data + 2;  // behind the head of zlib
  for (bool last = false; !last;) {
    REQUIRE(at + 5 < png.size());
    last = png[at] == 1;
    const auto byte = [&](std::size_t i) { return static_cast<std::size_t>(static_cast<unsigned char>(png[at + i])); };
    const std::size_t count = byte(1) | byte(2) << 8;
    CHECK((count ^ (byte(3) | byte(4) << 8)) == 0xFFFF);
    rows += png.substr(at + 5, count);
    at += 5 + count;
  }
  CHECK(number_at(png, at) == page::adler32(rows));
  CHECK(number_at(png, data - 8) == at + 4 - data);
  REQUIRE(rows.size() == 301 * 500);
  bool same = true;
  for (std::size_t y = 0; y < 500; ++y) {
    same = same && rows[y * 301] == 0;
    for (std::size_t x = 0; x < 300; ++x)
      same = same && static_cast<std::uint8_t>(rows[y * 301 + 1 + x]) == image.pixels[y * 300 + x];
  }
  CHECK(same);
}

TEST_CASE("png: there is none of no pixels, nor of a wrong number of them") {
  CHECK(page::encode_png({0, 5, {}}, colours()).empty());
  CHECK(page::encode_png({5, 0, {}}, colours()).empty());
  CHECK(page::encode_png({2, 2, {1, 2, 3}}, colours()).empty());
}

TEST_CASE("wav: header and samples of 16 bits") {
  const float nan = std::numeric_limits<float>::quiet_NaN(), infinite = std::numeric_limits<float>::infinity();
  const std::string wav = page::encode_wav({{0, 0.5f, -1, 1, 3, -3, nan, infinite}, 16000});
  CHECK(wav == bytes_of("52494646340000005741564"
                        "5666d74201000000001000100803e0000007d00000200100064617461100000000000004000"
                        "80ff7fff7f008000000000"));
  CHECK(page::encode_wav({{}, 8000}).size() == 44);
}
