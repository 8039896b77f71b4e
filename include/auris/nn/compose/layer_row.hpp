#pragma once
#include <auris/core/shape.hpp>
#include <cstddef>

namespace auris {

/// One layer of a network for reports: where it stands, what it is, what it makes of what.
struct layer_row {
  const char* name;  ///< as in the checkpoint, or its position; valid during the visit
  const char* kind;  ///< the spec as it is written, `kind_length` characters
  std::size_t kind_length;
  shape input, output;
  idx parameters;
  idx multiply_adds;  ///< of one item, forward
};

struct layer_visitor {
  virtual void operator()(const layer_row&) = 0;

 protected:
  ~layer_visitor() = default;
};

namespace detail {

struct spelled_type {
  const char* text;
  std::size_t length;
};

/// The name of a type as the compiler spells it, without "auris::" in front.
template <class S>
spelled_type type_name() {
  const char* s = __PRETTY_FUNCTION__;  // "... [with S = auris::linear<17>]", or "[S = ...]"
  const char* from = s;
  for (const char* p = s; *p; ++p)
    if (p[0] == 'S' && p[1] == ' ' && p[2] == '=' && p[3] == ' ') {
      from = p + 4;
      break;
    }
  constexpr char scope[] = "auris::";
  std::size_t n = 0;
  while (n < 7 && from[n] == scope[n]) ++n;
  if (n == 7) from += 7;
  std::size_t length = 0;
  int depth = 0;
  for (; from[length]; ++length) {
    const char c = from[length];
    if (c == '<') ++depth;
    if (c == '>') --depth;
    if (depth == 0 && (c == ']' || c == ';')) break;
  }
  return {from, length};
}

}  // namespace detail
}  // namespace auris
