#pragma once
#include <auris/core/memory.hpp>
#include <auris/core/result.hpp>

namespace auris {

/// Memory for a number of scalars: aligned to 64 bytes, zero at first, owned. `Memory` says where it lies.
///
///     result<arena<float>> memory = arena<float>::make(1000);
///     memory->data()[999] = 1;
template <class T, class Memory = host_memory>
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
      a.data_ = static_cast<T*>(Memory::allocate(static_cast<std::size_t>(size) * sizeof(T)));
    if (size < 0 || (size > 0 && !a.data_))
      return error{message::of("out of ", Memory::name), "arena", {}, message::of(size, " scalars")};
    a.size_ = size;
    return static_cast<arena&&>(a);  // nvcc would copy
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
  void release() noexcept { Memory::release(data_); }

  T* data_ = nullptr;
  idx size_ = 0;
};

}  // namespace auris
