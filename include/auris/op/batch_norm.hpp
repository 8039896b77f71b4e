#pragma once
#include <auris/core/kernel.hpp>

namespace auris::op {

/// Batch normalisation of an array (outer, channels, inner): statistics per channel over outer and inner.
///
///     train      mean, biased variance of the batch; saved_scale = 1 / sqrt(variance + epsilon)
///                y = (x - mean) * saved_scale * weight + bias
///                running_mean += momentum * (mean - running_mean); running_variance alike, with the unbiased variance
///                (biased where there is one value per channel)
///     forward    y = (x - running_mean) / sqrt(running_variance + epsilon) * weight + bias
///     again      y once more, from saved_mean and saved_scale
///     backward   of train; or of forward with constant statistics when `constant` (then saved_* hold the running ones)
///                dweight += sum dy * (x - saved_mean) * saved_scale;  dbias += sum dy
///     fold       scale = weight / sqrt(running_variance + epsilon);  shift = bias - running_mean * scale
///
/// Statistics are as accurate as those of two passes. saved_mean, saved_scale (channels) are written by train and by
/// forward when not null. Without a single value per channel (outer * inner = 0) train writes nothing. y of forward and of
/// again may be x.
///
///     template <class T> struct kernel<op::batch_norm, Backend, T> {
///       using R = resources<Backend, T>;
///       static void train(const R&, const op::batch_norm::size&, const T* x, const T* weight, const T* bias,
///                         T* running_mean, T* running_variance, T* saved_mean, T* saved_scale, T* y) noexcept;
///       static void forward(const R&, const op::batch_norm::size&, const T* x, const T* weight, const T* bias,
///                           const T* running_mean, const T* running_variance, T* saved_mean, T* saved_scale,
///                           T* y) noexcept;
///       static void again(const R&, const op::batch_norm::size&, const T* x, const T* weight, const T* bias,
///                         const T* saved_mean, const T* saved_scale, T* y) noexcept;
///       static void backward(const R&, const op::batch_norm::size&, bool constant, const T* x, const T* weight,
///                            const T* saved_mean, const T* saved_scale, const T* dy, T* dx, T* dweight,
///                            T* dbias) noexcept;
///     };
struct batch_norm {
  struct size {
    idx outer, channels, inner;
    double epsilon = 1e-5, momentum = 0.1;
  };
};

/// Per-channel affine map of an array (outer, channels, inner): what batch normalisation becomes in a deployed network.
///
///     forward    y = x * scale + shift,   y may be x
///
///     template <class T> struct kernel<op::scale_shift, Backend, T> {
///       static void forward(const resources<Backend, T>&, const op::scale_shift::size&, const T* x, const T* scale,
///                           const T* shift, T* y) noexcept;
///     };
struct scale_shift {
  struct size {
    idx outer, channels, inner;
  };
};

}  // namespace auris::op
