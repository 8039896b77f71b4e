#pragma once
#include <auris/core/config.hpp>
#include <auris/core/message.hpp>
#include <cstdlib>
#include <exception>
#include <new>
#include <type_traits>
#include <utility>

namespace auris {

/// What went wrong, where, what was expected there and what was found. Each part may be empty; texts may have several lines.
struct error {
  message what, where = {}, expected = {}, got = {};

  /// "what: where: expected ..., got ...", without the parts that are empty.
  message text() const {
    message m = what;
    if (!where.empty()) m = message::of(m, ": ", where);
    if (!expected.empty()) m = message::of(m, ": expected ", expected);
    if (!got.empty()) m = message::of(m, expected.empty() ? ": got " : ", got ", got);
    return m;
  }
};

/// What `result<T>::value()` throws.
class failure : public std::exception {
 public:
  explicit failure(error e) : why_(static_cast<error&&>(e)), text_(why_.text()) {}
  const char* what() const noexcept override { return text_.c_str(); }
  const error& why() const noexcept { return why_; }

 private:
  error why_;
  message text_;
};

namespace detail {
[[noreturn]] inline void raise(const error& e) {
#if AURIS_EXCEPTIONS
  throw failure(e);
#else
  std::fprintf(stderr, "%s\n", e.text().c_str());
  std::abort();
#endif
}
}  // namespace detail

/// A value, or the error that prevented it. Every checked entry of the library returns one.
///
///     result<int> r = error{"cannot read", "labels.csv", "a number", "'abc'"};
///     if (!r) std::puts(r.error().text().c_str());         // cannot read: labels.csv: expected a number, got 'abc'
///     int v = result<int>(3).value();                      // throws auris::failure where there is no value
template <class T>
class [[nodiscard]] result {
 public:
  using value_type = T;
  result(T value) : ok_(true) { ::new (static_cast<void*>(&value_)) T(static_cast<T&&>(value)); }
  result(auris::error e) : ok_(false) {
    ::new (static_cast<void*>(&error_)) auris::error(static_cast<auris::error&&>(e));
  }
  result(result&& o) noexcept : ok_(o.ok_) {
    if (ok_)
      ::new (static_cast<void*>(&value_)) T(static_cast<T&&>(o.value_));
    else
      ::new (static_cast<void*>(&error_)) auris::error(static_cast<auris::error&&>(o.error_));
  }
  result& operator=(result&& o) noexcept {
    if (this != &o) {
      this->~result();
      ::new (static_cast<void*>(this)) result(static_cast<result&&>(o));
    }
    return *this;
  }
  ~result() {
    if (ok_)
      value_.~T();
    else
      error_.~error();
  }

  explicit operator bool() const noexcept { return ok_; }
  const auris::error& error() const noexcept { return error_; }  ///< only where there is no value
  T& operator*() noexcept { return value_; }                     ///< only where there is a value
  const T& operator*() const noexcept { return value_; }
  T* operator->() noexcept { return &value_; }
  const T* operator->() const noexcept { return &value_; }

  T& value() & {
    if (!ok_) detail::raise(error_);
    return value_;
  }
  const T& value() const& {
    if (!ok_) detail::raise(error_);
    return value_;
  }
  T value() && {
    if (!ok_) detail::raise(error_);
    return static_cast<T&&>(value_);
  }

 private:
  union {
    T value_;
    auris::error error_;
  };
  bool ok_;
};

/// Success without a value.
///
///     result<void> done;                                   // success
///     result<void> failed = error{"disk full"};
template <>
class [[nodiscard]] result<void> {
 public:
  using value_type = void;
  result() = default;
  result(auris::error e) : error_(static_cast<auris::error&&>(e)), ok_(false) {}
  explicit operator bool() const noexcept { return ok_; }
  const auris::error& error() const noexcept { return error_; }
  void value() const {
    if (!ok_) detail::raise(error_);
  }

 private:
  auris::error error_{};
  bool ok_ = true;
};

}  // namespace auris
