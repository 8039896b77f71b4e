#pragma once
#include <algorithm>
#include <auris/io/problems.hpp>
#include <cstdint>
#include <map>

namespace auris::detail {

/// A little-endian number of `Bytes` bytes, from a place that is known to be inside.
template <int Bytes>
constexpr std::uint64_t number_at(std::string_view s, std::size_t at) {
  std::uint64_t v = 0;
  for (int i = 0; i < Bytes; ++i)
    v |= static_cast<std::uint64_t>(static_cast<unsigned char>(s[at + static_cast<std::size_t>(i)])) << (8 * i);
  return v;
}

/// The files of a zip archive that stores them as they are, by name: views into the archive. Sizes and places are those of
/// its directory at the end, with 64 bits where it says so.
///
/// Errors  no directory; entries that are outside of the archive, compressed or encrypted; a name twice.
/// Source  https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
class zip_archive {
 public:
  static result<zip_archive> parse(std::string_view all) {
    zip_archive z;
    constexpr std::size_t tail = 22, longest_comment = 65535, row = 46;
    std::size_t end = all.npos;
    for (std::size_t i = tail; i <= std::min(all.size(), tail + longest_comment) && end == all.npos; ++i)
      if (all.substr(all.size() - i, 4) == "PK\5\6") end = all.size() - i;
    if (end == all.npos) return bad("it has no directory at its end: perhaps it is truncated");
    std::uint64_t count = number_at<2>(all, end + 10), size = number_at<4>(all, end + 12),
                  at = number_at<4>(all, end + 16);
    if (end >= 20 && all.substr(end - 20, 4) == "PK\6\7") {
      const std::uint64_t wide = number_at<8>(all, end - 12);
      if (wide > all.size() || all.size() - wide < 56 || all.substr(wide, 4) != "PK\6\6")
        return bad("its directory lies outside of the file");
      count = number_at<8>(all, wide + 32), size = number_at<8>(all, wide + 40), at = number_at<8>(all, wide + 48);
    }
    if (at > all.size() || size > all.size() - at) return bad("its directory lies outside of the file");
    const std::string_view directory = all.substr(at, size);
    std::size_t p = 0;
    for (std::uint64_t i = 0; i < count; ++i) {
      if (directory.size() - p < row || directory.substr(p, 4) != "PK\1\2") return bad("its directory is broken");
      const std::size_t name = number_at<2>(directory, p + 28), extra = number_at<2>(directory, p + 30),
                        comment = number_at<2>(directory, p + 32);
      if (directory.size() - p - row < name + extra + comment) return bad("its directory is broken");
      if (auto ok = z.add(all, directory.substr(p, row), directory.substr(p + row, name),
                          directory.substr(p + row + name, extra));
          !ok)
        return ok.error();
      p += row + name + extra + comment;
    }
    return z;
  }

  const std::map<std::string_view, std::string_view>& files() const { return files_; }

 private:
  static error bad(const char* what) { return {"broken zip archive", {}, {}, what}; }

  result<void> add(std::string_view all, std::string_view row, std::string_view name, std::string_view extra) {
    const auto wrong = [&](const char* what) { return error{"broken zip archive", in_quotes(name).c_str(), {}, what}; };
    constexpr std::uint64_t saturated = 0xffffffff;
    std::uint64_t stored = number_at<4>(row, 20), size = number_at<4>(row, 24), at = number_at<4>(row, 42);
    while (extra.size() >= 4) {  // of 64 bits are those that do not fit 32, in this order
      const std::size_t length = number_at<2>(extra, 2);
      if (length > extra.size() - 4) break;
      if (number_at<2>(extra, 0) == 1) {
        std::string_view wide = extra.substr(4, length);
        for (std::uint64_t* v : {&size, &stored, &at})
          if (*v == saturated && wide.size() >= 8) *v = number_at<8>(wide, 0), wide.remove_prefix(8);
      }
      extra.remove_prefix(4 + length);
    }
    if (number_at<2>(row, 8) & 1) return wrong("it is encrypted");
    if (number_at<2>(row, 10) != 0) return wrong("it is compressed");
    constexpr std::size_t header = 30;
    if (at > all.size() || all.size() - at < header || all.substr(at, 4) != "PK\3\4")
      return wrong("it lies outside of the file");
    const std::uint64_t begin = at + header + number_at<2>(all, at + 26) + number_at<2>(all, at + 28);
    if (size != stored || begin > all.size() || size > all.size() - begin) return wrong("it lies outside of the file");
    if (!files_.emplace(name, all.substr(begin, size)).second) return wrong("the name stands there twice");
    return {};
  }

  std::map<std::string_view, std::string_view> files_;
};

}  // namespace auris::detail
