// The one header that includes cuFFT.
#pragma once
#include <cufft.h>

#include <auris/backend/nvidia/library.hpp>

namespace auris::detail::cufft {

/// Real frames that are transformed at once, in place: fft floats at the start of a row become as many complex numbers as
/// the row has room for. How many frames there are follows from their length alone. So a program needs one plan for a
/// length, and the bits of a frame do not depend on how many others a call has.
struct frame_batch {
  idx fft;

  constexpr idx bins() const { return fft / 2 + 1; }
  constexpr idx row() const { return 2 * bins(); }  ///< in floats
  /// Enough to fill a GPU, and no more than its cache holds.
  constexpr idx frames() const {
    constexpr idx most = idx(1) << 20;  // floats
    return row() < most ? most / row() : 1;
  }
  constexpr idx size() const { return frames() * row(); }  ///< in floats
};

/// The name of a failure: cuFFT itself has no text for it.
inline const char* name_of(cufftResult r) {
  switch (r) {
    case CUFFT_INVALID_PLAN:
      return "CUFFT_INVALID_PLAN";
    case CUFFT_ALLOC_FAILED:
      return "CUFFT_ALLOC_FAILED";
    case CUFFT_INVALID_VALUE:
      return "CUFFT_INVALID_VALUE";
    case CUFFT_INTERNAL_ERROR:
      return "CUFFT_INTERNAL_ERROR";
    case CUFFT_EXEC_FAILED:
      return "CUFFT_EXEC_FAILED";
    case CUFFT_SETUP_FAILED:
      return "CUFFT_SETUP_FAILED";
    case CUFFT_INVALID_DEVICE:
      return "CUFFT_INVALID_DEVICE";
    case CUFFT_NO_WORKSPACE:
      return "CUFFT_NO_WORKSPACE";
    default:
      return "a failure of cuFFT";
  }
}
inline bool failed(const char* operation, cufftResult r) {
  if (r != CUFFT_SUCCESS) cuda_device<>::keep(operation, name_of(r));
  return r != CUFFT_SUCCESS;
}

/// cuFFT's kernels for frames of a length, with its tables. Their scratch memory is given with the stream.
class plan {
 public:
  explicit plan(const frame_batch& b) : status_(cufftCreate(&handle_)) {
    created_ = status_ == CUFFT_SUCCESS;
    long long fft = b.fft, row = b.row(), bins = b.bins();
    if (good()) status_ = cufftSetAutoAllocation(handle_, 0);
    if (good())
      status_ = cufftMakePlanMany64(handle_, 1, &fft, &row, 1, row, &bins, 1, bins, CUFFT_R2C, b.frames(), &bytes_);
  }
  plan(const plan&) = delete;
  plan& operator=(const plan&) = delete;
  ~plan() {
    if (created_) cufftDestroy(handle_);
  }

  /// Whether cuFFT takes the length.
  bool found() const { return good(); }
  /// What kept it from being made, other than that cuFFT does not take the length.
  cufftResult failure() const {
    const bool refused =
        status_ == CUFFT_INVALID_SIZE || status_ == CUFFT_NOT_SUPPORTED || status_ == CUFFT_NOT_IMPLEMENTED;
    return refused ? CUFFT_SUCCESS : status_;
  }
  /// Of scratch memory; never 0, since cuFFT is to be given an address.
  std::size_t bytes() const { return bytes_ > 0 ? bytes_ : 1; }

  cufftResult use(cuda_stream stream, void* scratch) {
    const cufftResult r = cufftSetStream(handle_, stream);
    return r == CUFFT_SUCCESS ? cufftSetWorkArea(handle_, scratch) : r;
  }
  /// Queues the transform of a batch; frames are aligned to complex numbers.
  cufftResult run(float* frames) const {
    return cufftExecR2C(handle_, frames, reinterpret_cast<cufftComplex*>(frames));
  }

 private:
  bool good() const { return status_ == CUFFT_SUCCESS; }

  cufftHandle handle_ = 0;
  cufftResult status_;
  bool created_ = false;
  std::size_t bytes_ = 0;
};

/// The plans so far, and scratch memory: of one thread and one GPU.
class instance {
 public:
  library_memory& memory() { return memory_; }
  /// Null while the library may not get ready, and where that fails: then `status` tells.
  plan* plan_of(const char* operation, cuda_stream s, const frame_batch& b) {
    plan* const p = known_or_made(plans_, b.fft, operation, s, [&] { return plans_.try_emplace(b.fft, b).first; });
    if (!p || !failed(operation, p->failure())) return p;
    plans_.erase(b.fft);  // to be tried again
    return nullptr;
  }

 private:
  std::map<idx, plan> plans_;
  library_memory memory_;
};

/// The plan for a batch, with scratch memory for work on a stream if cuFFT takes it. Null where that fails: then `status`
/// tells.
inline plan* plan_on(const char* operation, cuda_stream s, const frame_batch& b) noexcept {
  instance* const library = library_of_thread<instance>(operation, s);
  plan* const p = library ? library->plan_of(operation, s, b) : nullptr;
  if (!p || !p->found()) return p;
  void* const scratch = library->memory().reserve(operation, s, p->bytes());
  return scratch && !failed(operation, p->use(s, scratch)) ? p : nullptr;
}

}  // namespace auris::detail::cufft
