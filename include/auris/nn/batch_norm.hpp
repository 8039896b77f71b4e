#pragma once
#include <auris/nn/compose/leaf.hpp>
#include <auris/op/batch_norm.hpp>

namespace auris {

/// Batch normalisation over all axes but one: y = (x - mean) / sqrt(variance + 1e-5) * weight + bias.
///
/// Training takes mean and biased variance of the batch and updates the running statistics with momentum 0.1 (variance:
/// unbiased); inference takes the running ones; a deployed network reads scale and shift.
///
/// Shape       unchanged; the axis must be known at compile time.
/// Parameters  weight, bias (channels); buffers running_mean, running_var (channels): PyTorch's `nn.BatchNorm2d`, same names.
/// Memory      cache 2 * channels (mean, 1 / deviation), by which backward computes y again; prepared 2 * channels.
/// Streaming   yes (running statistics).
/// Errors      `rejects<batch_norm..., ...>` where the axis is missing or not known.
/// Source      Ioffe and Szegedy 2015; https://pytorch.org/docs/stable/generated/torch.nn.BatchNorm2d.html
///
///     struct net : bind<batch_norm, dims(dyn, 64, 8)> {};    // one mean and variance for each of 8 channels
///     static_assert(net::parameters == 16 && net::buffers == 16);
template <int Axis>
struct batch_norm_over {
  using input = expects<any_axes, known<axis::channel>>;
  static constexpr bool accepts(shape s) { return s.rank > (Axis < 0 ? -Axis - 1 : Axis) && s[Axis] != dyn; }
  static constexpr shape infer(shape s) { return s; }
  static constexpr shape compiled_for(shape s) {
    for (int i = 0; i < (Axis < 0 ? s.rank + Axis : Axis); ++i) s = s.with(i, dyn);
    return s;
  }

  template <shape In>
  struct bind {
    static constexpr bool streams = true;
    static constexpr bool in_place = true, output_unread = true, recomputes = true;
    static constexpr idx channels = In[Axis];
    static constexpr idx inner = In.count(Axis < 0 ? In.rank + Axis + 1 : Axis + 1, In.rank);
    static_assert(inner > 0, "auris: axes behind the normalised one must be known");
    static constexpr std::array params{parameter{"weight", dims(channels), {initial::ones}},
                                       parameter{"bias", dims(channels)}};
    static constexpr std::array buffers{parameter{"running_mean", dims(channels)},
                                        parameter{"running_var", dims(channels), {initial::ones}}};
    static constexpr idx cache(workload) { return 2 * channels; }

    /// Scale and shift of one channel.
    template <class T>
    static void fold(const T* w, const T* statistics, idx k, T (&to)[2]) {
      const double variance = static_cast<double>(statistics[channels + k]);
      to[0] = static_cast<T>(static_cast<double>(w[k]) / __builtin_sqrt(variance + op::batch_norm::size{}.epsilon));
      to[1] = w[channels + k] - statistics[k] * to[0];
    }
    template <class C>
    static constexpr idx prepared() {
      return 2 * channels;
    }
    template <class C, class T = typename C::scalar>
    static void prepare(const T* w, const T* statistics, T* p) {
      for (idx k = 0; k < channels; ++k) {
        T folded[2];
        fold(w, statistics, k, folded);
        p[k] = folded[0];
        p[channels + k] = folded[1];
      }
    }
    template <class C>
    static constexpr idx workspace(workload w) {
      if constexpr (C::mode::reads_prepared)
        return workspace_of<op::scale_shift, C>(op::scale_shift::size{outer(w.size()), channels, inner}, w.workers);
      else
        return workspace_of<op::batch_norm, C>(size(w.size()), w.workers);
    }
    template <class C>
    static void forward(C c, in<C> x, out<C> y) {
      using T = typename C::scalar;
      const T *weight = c.params, *bias = weight + channels;
      if constexpr (C::mode::reads_prepared) {
        kernel_in<op::scale_shift, C>::forward(c.work(), {outer(x.size()), channels, inner}, x.p, weight, bias, y.p);
      } else {
        T *mean = c.buffers, *variance = mean + channels;
        T* saved = C::mode::caches ? c.cache : nullptr;
        T* scale = saved ? saved + channels : nullptr;
        if constexpr (C::mode::stochastic)
          kernel_in<op::batch_norm, C>::train(c.work(), size(x.size()), x.p, weight, bias, mean, variance, saved, scale,
                                              y.p);
        else
          kernel_in<op::batch_norm, C>::forward(c.work(), size(x.size()), x.p, weight, bias, mean, variance, saved,
                                                scale, y.p);
      }
    }
    template <class C>
    static void again(C c, in<C> x, out<C> y) {
      kernel_in<op::batch_norm, C>::again(c.work(), size(x.size()), x.p, c.params, c.params + channels, c.cache,
                                          c.cache + channels, y.p);
    }
    template <class C>
    static void backward(C c, in<C> x, in<C>, in<C> dy, out<C> dx) {
      kernel_in<op::batch_norm, C>::backward(c.work(), size(x.size()), !C::mode::stochastic, x.p, c.params, c.cache,
                                             c.cache + channels, dy.p, dx.p, c.gradients,
                                             c.gradients ? c.gradients + channels : nullptr);
    }

   private:
    static constexpr idx outer(idx size) { return size / (channels * inner); }
    static constexpr op::batch_norm::size size(idx all) { return {outer(all), channels, inner}; }
  };
};

/// Over the channels (the last axis), as behind a convolution.
struct batch_norm : batch_norm_over<-1> {};
/// Over the mel bins of (time, mel, channel): PANNs' `bn0`.
struct batch_norm_mel : batch_norm_over<1> {};

}  // namespace auris
