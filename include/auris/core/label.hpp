#pragma once
#include <cstddef>
#include <utility>

namespace auris {

/// A short name that may be a template argument: `output<"sed", ...>`, `named<"conv1", ...>`.
struct label {
  char text[32];

  template <std::size_t N>
  requires(N <= 32) constexpr label(const char (&s)[N]) : text{} {
    for (std::size_t i = 0; i < N; ++i) text[i] = s[i];
  }
  constexpr std::size_t length() const {
    std::size_t n = 0;
    while (text[n]) ++n;
    return n;
  }
  constexpr bool operator==(const label&) const = default;
};

/// A real number that may be a template argument in every supported compiler: `dropout<0.2>`, `term<"sed", loss, 0.85>`.
struct real {
  double value;
  constexpr real(double v) : value(v) {}
  constexpr bool operator==(const real&) const = default;
};

/// A label spelled as characters: compilers print it readably in an error.
template <char...>
struct text;

template <label L, class Index>
struct spelled_by;
template <label L, std::size_t... I>
struct spelled_by<L, std::index_sequence<I...>> {
  using type = text<L.text[I]...>;
};
template <label L>
struct spelled {  // not an alias, and no default argument: both crash g++ 12
  using type = typename spelled_by<L, std::make_index_sequence<L.length()>>::type;
};

}  // namespace auris
