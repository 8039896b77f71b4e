#pragma once
#include <auris/core/result.hpp>
#include <auris/core/shape.hpp>
#include <new>

namespace auris {

/// Memory for a number of scalars: aligned to 64 bytes, zero at first, owned.
///
///     result<arena<float>> memory = arena<float>::make(1000);
///     memory->data()[999] = 1;
template <class T>
class arena {
 public:
  arena() noexcept = default;
  arena(arena&& o) noexcept : data_(o.data_), size_(o.size_) { o.data_ = nullptr, o.size_ = 0; }
  arena& operator=(arena&& o) noexcept {
    if (this != &o) {
      release();
      data_ = o.data_, size_ = o.size_;
      o.data_ = nullptr, o.size_ = 0;
    }
    return *this;
  }
  ~arena() { release(); }

  /// Errors      a negative size, or one that the system cannot give.
  static result<arena> make(idx size) {
    constexpr idx largest = idx{1} << 46;
    arena a;
    if (size > 0 && size < largest)
      a.data_ = static_cast<T*>(
          ::operator new (static_cast<std::size_t>(size) * sizeof(T), std::align_val_t{alignment}, std::nothrow));
    if (size < 0 || (size > 0 && !a.data_)) return error{"out of memory", "arena", {}, message::of(size, " scalars")};
    for (idx i = 0; i < size; ++i) a.data_[i] = T(0);
    a.size_ = size;
    return a;
  }

  /// At least `size` scalars: where there are fewer, new ones take their place, all zero.
  /// Errors      as `make`: then the old ones stay.
  result<void> reserve(idx size) {
    if (size_ >= size) return {};
    auto larger = make(size);
    if (!larger) return larger.error();
    *this = static_cast<arena&&>(*larger);
    return {};
  }

  T* data() noexcept { return data_; }
  const T* data() const noexcept { return data_; }
  idx size() const noexcept { return size_; }

 private:
  static constexpr std::size_t alignment = 64;
  void release() noexcept { ::operator delete (data_, std::align_val_t{alignment}); }

  T* data_ = nullptr;
  idx size_ = 0;
};

}  // namespace auris
