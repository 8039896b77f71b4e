#pragma once
#include <auris/core/label.hpp>
#include <auris/core/shape.hpp>
#include <concepts>
#include <cstdio>
#include <cstring>

namespace auris {

/// A text that owns its memory: what errors are made of (core headers do without <string>).
///
///     const message m = message::of("item ", 3, " has shape ", dims(5, 64));      // "item 3 has shape (5, 64)"
class message {
 public:
  message() noexcept = default;
  message(const char* s) : text_(copy(s, std::strlen(s))) {}
  message(const message& o) : message(o.c_str()) {}
  message(message&& o) noexcept : text_(o.text_) { o.text_ = nullptr; }
  message& operator=(message o) noexcept {
    char* t = text_;
    text_ = o.text_;
    o.text_ = t;
    return *this;
  }
  ~message() { delete[] text_; }

  const char* c_str() const noexcept { return text_ ? text_ : ""; }
  bool empty() const noexcept { return !*c_str(); }
  bool operator==(const message& o) const noexcept { return std::strcmp(c_str(), o.c_str()) == 0; }

  /// The parts one behind the other: texts, labels, integers, reals, shapes.
  template <class... Part>
  static message of(const Part&... part) {
    message m;
    (m.append(part), ...);
    return m;
  }

 private:
  static char* copy(const char* s, std::size_t n) {
    char* t = new char[n + 1];
    std::memcpy(t, s, n);
    t[n] = 0;
    return t;
  }
  void append(const char* s) {
    const std::size_t a = std::strlen(c_str()), b = std::strlen(s);
    char* t = new char[a + b + 1];
    std::memcpy(t, c_str(), a);
    std::memcpy(t + a, s, b + 1);
    delete[] text_;
    text_ = t;
  }
  void append(const message& m) { append(m.c_str()); }
  void append(const label& l) { append(l.text); }
  template <std::integral I>
  void append(I v) {
    char digits[24];
    std::snprintf(digits, sizeof digits, "%lld", static_cast<long long>(v));
    append(digits);
  }
  template <std::floating_point F>
  void append(F v) {
    char digits[40];
    std::snprintf(digits, sizeof digits, "%.9g", static_cast<double>(v));
    append(digits);
  }
  void append(const shape& s) {
    append("(");
    for (int i = 0; i < s.rank; ++i) {
      if (i) append(", ");
      if (s[i] == dyn)
        append("any");
      else
        append(s[i]);
    }
    append(")");
  }
  template <class S>
  requires requires(const S& s) {
    { s.c_str() } -> std::convertible_to<const char*>;
  }
  void append(const S& s) { append(static_cast<const char*>(s.c_str())); }

  char* text_ = nullptr;
};

}  // namespace auris
