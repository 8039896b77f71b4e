#pragma once
#include <auris/core/arena.hpp>
#include <auris/nn/batch_norm.hpp>
#include <auris/nn/compose/deployed.hpp>
#include <auris/nn/no_bias.hpp>
#include <auris/nn/pool.hpp>
#include <auris/nn/relu.hpp>
#include <auris/op/conv2d.hpp>

namespace auris {

namespace detail {
struct conv_options {
  bool bias = true, causal = false, same = true, mel_first = false;
  initial::kind start = initial::symmetric;
  idx stride_time = 1, stride_mel = 1, padding_time = 0, padding_mel = 0, dilation_time = 1, dilation_mel = 1;
};
}  // namespace detail

// Options of conv2d beside no_bias, in any order behind the kernel size.
template <idx Time, idx Mel = Time>
struct stride {
  static constexpr void set(detail::conv_options& o) { o.stride_time = Time, o.stride_mel = Mel; }
};
/// Zeros on both sides instead of "same".
template <idx Time, idx Mel = Time>
struct padding {
  static constexpr void set(detail::conv_options& o) { o.same = false, o.padding_time = Time, o.padding_mel = Mel; }
};
template <idx Time, idx Mel = Time>
struct dilation {
  static constexpr void set(detail::conv_options& o) { o.dilation_time = Time, o.dilation_mel = Mel; }
};
/// All padding of time in front: no frame to come is read, so the convolution can stream.
struct causal {
  static constexpr void set(detail::conv_options& o) { o.causal = true; }
};

/// In checkpoints mel stands before time: of networks whose images are (mel, time) there.
struct mel_first {
  static constexpr void set(detail::conv_options& o) { o.mel_first = true; }
};

/// Weights start uniform in +-sqrt(6 / fan), as He et al. 2015 have it, biases at zero.
struct he_uniform {
  static constexpr void set(detail::conv_options& o) { o.start = initial::he_uniform; }
};
/// Weights and biases start at zero.
struct zero_weights {
  static constexpr void set(detail::conv_options& o) { o.start = initial::zeros; }
};

/// Two-dimensional convolution (cross-correlation) over time and mel.
///
/// Shape       (time, mel, in) -> (time', mel', Out); mel and in known at compile time. Without options the sizes stay
///             ("same": dilation * (kernel - 1) zeros, the half in front rounded down); with stride s a size v becomes
///             floor((v + padding - dilation * (kernel - 1) - 1) / s) + 1.
/// Options     no_bias, stride<time, mel>, padding<time, mel>, dilation<time, mel>, causal, mel_first; how weights start: he_uniform,
///             zero_weights, else uniform in +-1 / sqrt(fan).
/// Parameters  weight (KernelTime, KernelMel, in, Out), bias (Out): PyTorch's `nn.Conv2d`, whose weight is (Out, in,
///             KernelTime, KernelMel), with mel_first (Out, in, KernelMel, KernelTime): loading and saving permute.
/// Memory      parameters Out * (KernelTime * KernelMel * in + 1); cache none beyond input and output; causal: state of
///             dilation * (KernelTime - 1) frames, and a workspace of one padded input.
/// Streaming   yes with time stride 1 if causal or with a kernel of one frame; else it needs frames to come:
///             `cannot_stream<conv2d<...>>`.
/// Errors      `rejects<conv2d<...>, ...>` where mel or channel is not known, or the kernel does not fit.
/// Source      https://pytorch.org/docs/stable/generated/torch.nn.Conv2d.html
///
///     struct block : bind<conv2d<128, 3, 3, no_bias, stride<2, 1>>, dims(dyn, 64, 1)> {};
///     static_assert(block::parameters == 9 * 128 && block::shape_of<"main"> == dims(dyn, 64, 128));
template <idx Out, idx KernelTime = 3, idx KernelMel = KernelTime, class... Option>
struct conv2d {
  using input = expects<axis::time, known<axis::mel>, known<axis::channel>>;
  using fuses = conv2d;  ///< itself, with normalisation, ReLU and pooling behind it, in a deployed network
  static constexpr detail::conv_options options = [] {
    detail::conv_options o;
    (Option::set(o), ...);
    return o;
  }();
  static constexpr bool accepts(shape s) {
    return s.rank == 3 && s[1] != dyn && s[2] != dyn && (s[0] == dyn || s[0] == 0 || time_axis(s[0]).outputs() > 0) &&
           mel_axis(s[1]).outputs() > 0;
  }
  static constexpr shape infer(shape s) {
    return dims(s[0] == dyn ? dyn : time_axis(s[0]).outputs(), s[1] == dyn ? dyn : mel_axis(s[1]).outputs(), Out);
  }
  static constexpr shape compiled_for(shape s) {
    // Frames of the state have all mel bins; weights may be prepared for few.
    return dims(dyn, options.causal || is_narrow(s[1]) ? s[1] : dyn, s[2]);
  }
  static constexpr op::conv2d::axis time_axis(idx extent) {
    constexpr idx all = options.dilation_time * (KernelTime - 1);
    constexpr idx before = options.causal ? all : options.same ? all / 2 : options.padding_time;
    constexpr idx after = options.causal ? 0 : options.same ? all - all / 2 : options.padding_time;
    return {extent, KernelTime, options.stride_time, before, after, options.dilation_time};
  }
  static constexpr bool is_narrow(idx mel) { return mel != dyn && mel_axis(mel).narrow(); }
  static constexpr op::conv2d::axis mel_axis(idx extent) {
    constexpr idx all = options.dilation_mel * (KernelMel - 1);
    constexpr idx before = options.same ? all / 2 : options.padding_mel;
    constexpr idx after = options.same ? all - all / 2 : options.padding_mel;
    return {extent, KernelMel, options.stride_mel, before, after, options.dilation_mel};
  }

  template <shape In>
  struct bind {
    static constexpr idx depth = KernelTime * KernelMel * In[2], weights = depth * Out;
    static constexpr bool output_unread = true;
    static constexpr bool streams =
        time_axis(1).after == 0 && (options.causal || KernelTime == 1) && options.stride_time == 1;
    static constexpr auto params = [] {
      constexpr std::array<int, 4> order =
          options.mel_first ? std::array<int, 4>{3, 2, 1, 0} : std::array<int, 4>{3, 2, 0, 1};
      constexpr initial bias_start =
          options.start == initial::symmetric ? initial{initial::symmetric, depth} : initial{};
      const parameter weight{"weight", dims(KernelTime, KernelMel, In[2], Out), {options.start, depth}, order};
      if constexpr (options.bias)
        return std::array{weight, parameter{"bias", dims(Out), bias_start}};
      else
        return std::array{weight};
    }();
    using pooling = op::conv2d::pooling;
    static constexpr op::conv2d::size size(idx n, shape s, bool rectify = false, pooling pool = {}) {
      return {n, s[2], Out, time_axis(s[0]), mel_axis(s[1]), rectify, pool};
    }
    /// For preparing weights, and for what else is the same for all of them.
    static constexpr op::conv2d::size any_size() {
      constexpr idx wide = 64 * (options.stride_mel + options.dilation_mel * KernelMel);
      return size(0, dims(1, is_narrow(In[1]) ? In[1] : wide, In[2]));
    }
    static constexpr idx history = streams ? time_axis(1).before : 0;  // frames carried between calls
    static constexpr idx state(idx items) { return items * history * In[1] * In[2]; }

    static constexpr idx multiply_adds(workload w) { return size(w.items, w.item).multiply_adds(); }
    template <class C>
    static constexpr idx workspace(workload w, pooling pool = {}) {
      const idx plain = workspace_of<op::conv2d, C>(size(w.items, w.item, false, pool), w.workers);
      if constexpr (history == 0 || C::mode::caches)
        return plain;
      else {
        const shape longer = w.item.with(0, w.item[0] + history);
        const idx streamed = workspace_of<op::conv2d, C>(stream_size(w.items, longer, false, pool), w.workers);
        return slot(w.items * longer.size()) + (plain > streamed ? plain : streamed);
      }
    }
    /// Of the weights alone.
    template <class C>
    static constexpr idx prepared_weights() {
      if constexpr (reads_prepared_weights<op::conv2d, C>)
        return slot(kernel_in<op::conv2d, C>::prepared(any_size()));
      else
        return weights;
    }
    template <class C, class T = typename C::scalar>
    static void prepare_weights(const T* w, T* to) {
      if constexpr (reads_prepared_weights<op::conv2d, C>)
        kernel_in<op::conv2d, C>::prepare(any_size(), w, to);
      else
        __builtin_memcpy(to, w, sizeof(T) * weights);
    }
    template <class C>
    static constexpr idx prepared() {
      return prepared_weights<C>() + (options.bias ? Out : 0);
    }
    template <class C, class T = typename C::scalar>
    static void prepare(const T* w, const T*, T* to) {
      prepare_weights<C>(w, to);
      if constexpr (options.bias) __builtin_memcpy(to + prepared_weights<C>(), w + weights, sizeof(T) * Out);
    }
    template <class C>
    static void forward(C c, in<C> x, out<C> y) {
      constexpr idx before_bias = C::mode::reads_prepared ? prepared_weights<C>() : weights;
      forward(c, x, y, options.bias ? c.params + before_bias : nullptr, false);
    }
    template <class C>
    static void backward(C c, in<C> x, in<C>, in<C> dy, out<C> dx) {
      kernel_in<op::conv2d, C>::backward(c.work(), size(x.n, x.s), x.p, c.params, dy.p, dx.p, c.gradients,
                                         bias(c.gradients));
    }

    /// With a bias that stands elsewhere, and perhaps a ReLU and a pool that the kernel takes: for fused layers.
    template <class C, class T = typename C::scalar>
    static void forward(C c, in<C> x, out<C> y, const T* shift, bool rectify, pooling pool = {}) {
      if constexpr (history > 0 && !C::mode::caches) {
        if (c.state) return stream(c, x, y, shift, rectify, pool);
      }
      convolve(c, size(x.n, x.s, rectify, pool), x.p, shift, y.p);
    }

   private:
    template <class C, class T = typename C::scalar>
    static void convolve(const C& c, const op::conv2d::size& s, const T* x, const T* shift, T* y) {
      if constexpr (reads_prepared_weights<op::conv2d, C>)
        kernel_in<op::conv2d, C>::forward_prepared(c.work(), s, x, c.params, shift, y);
      else
        kernel_in<op::conv2d, C>::forward(c.work(), s, x, c.params, shift, y);
    }
    template <class T>
    static T* bias(T* p) {
      if constexpr (options.bias)
        return p ? p + weights : nullptr;
      else
        return nullptr;
    }
    static constexpr op::conv2d::size stream_size(idx n, shape longer, bool rectify, pooling pool) {
      op::conv2d::size s = size(n, longer, rectify, pool);
      s.time.before = 0;
      return s;
    }
    // The frames of the last calls stand in front of the new ones; both are copied behind each other, since a kernel
    // reads one array.
    template <class C, class T = typename C::scalar>
    static void stream(C c, in<C> x, out<C> y, const T* shift, bool rectify, pooling pool) {
      const idx frame = In[1] * In[2], old = history * frame, fresh = x.s.size(), whole = old + fresh;
      T* joined = c.workspace;
      kernel_in<op::copy, C>::forward(c.work(), {x.n, old, old, whole}, c.state, joined);
      kernel_in<op::copy, C>::forward(c.work(), {x.n, fresh, fresh, whole}, x.p, joined + old);
      kernel_in<op::copy, C>::forward(c.work(), {x.n, old, whole, old}, joined + fresh, c.state);
      const shape longer = x.s.with(0, x.s[0] + history);
      c.workspace += slot(x.n * whole);
      convolve(c, stream_size(x.n, longer, rectify, pool), joined, shift, y.p);
    }
  };
};

namespace detail {
/// A convolution, batch normalisation unless `Norm` is void, ReLU if `Rectify` and pooling unless `Pool` is void, as one
/// operation; a pooling that the kernel does not take is a second one.
template <class Conv, class Norm, bool Rectify, class Pool = void>
struct fused_conv {
  static constexpr bool pools = !std::is_void_v<Pool>;
  static constexpr bool accepts(shape s) {
    if constexpr (pools)
      return Conv::accepts(s) && Pool::accepts(Conv::infer(s));
    else
      return Conv::accepts(s);
  }
  static constexpr shape infer(shape s) {
    const shape map = Conv::infer(s);
    if constexpr (pools)
      return map[1] == dyn ? map : Pool::infer(map);  // without mel bins where it is compiled for any number of them
    else
      return map;
  }
  static constexpr shape compiled_for(shape s) { return Conv::compiled_for(s); }

  template <shape In>
  struct bind {
    using conv = leaf<Conv, In>;
    static constexpr bool folds = !std::is_void_v<Norm>;
    using norm = leaf<std::conditional_t<folds, Norm, batch_norm>, Conv::infer(In)>;
    static constexpr idx channels = infer(In)[-1], weights = conv::weights, conv_params = total(conv::param_list());
    static constexpr bool biased = conv_params > weights;
    static constexpr bool streams = conv::streams;
    static constexpr auto params = [] {
      if constexpr (folds)
        return join(conv::param_list(), norm::param_list());
      else
        return conv::param_list();
    }();
    static constexpr auto buffers = [] {
      if constexpr (folds)
        return norm::buffer_list();
      else
        return std::array<parameter, 0>{};
    }();
    static constexpr idx state(idx items) { return conv::state(items); }

    template <class C>
    static constexpr idx prepared() {
      return conv::template prepared_weights<C>() + channels;
    }
    template <class C, class T = typename C::scalar>
    static void prepare(const T* w, const T* statistics, T* to) {
      auto folded_weights = arena<T>::make(weights).value();
      T *const p = folded_weights.data(), *const shift = to + conv::template prepared_weights<C>();
      for (idx o = 0; o < channels; ++o) {
        const T bias = biased ? w[weights + o] : T(0);
        T scale = 1;
        if constexpr (folds) {
          T folded[2];
          norm::fold(w + conv_params, statistics, o, folded);
          scale = folded[0];
          shift[o] = folded[1] + bias * scale;
        } else
          shift[o] = bias;
        for (idx i = o; i < weights; i += channels) p[i] = w[i] * scale;
      }
      conv::template prepare_weights<C>(p, to);
    }
    static constexpr idx multiply_adds(workload w) { return conv::multiply_adds(w); }
    template <class C>
    static constexpr idx workspace(workload w) {
      if constexpr (!pools)
        return conv::template workspace<C>(w);
      else if constexpr (at_once<C>())
        return conv::template workspace<C>(w, window());
      else {
        const shape map = Conv::infer(w.item);
        const idx by_conv = conv::template workspace<C>(w);
        const idx by_pool = workspace_of<typename Pool::operation, C>(pool_size(w.items, map), w.workers);
        return slot(w.items * map.size()) + (by_conv > by_pool ? by_conv : by_pool);
      }
    }
    template <class C>
    static void forward(C c, in<C> x, out<C> y) {
      const auto* const shift = c.params + conv::template prepared_weights<C>();
      if constexpr (!pools)
        conv::forward(c, x, y, shift, Rectify);
      else if constexpr (at_once<C>())
        conv::forward(c, x, y, shift, Rectify, window());
      else {
        const out<C> map{c.workspace, x.n, Conv::infer(x.s)};
        c.workspace += slot(map.size());
        conv::forward(c, x, map, shift, Rectify);
        kernel_in<typename Pool::operation, C>::forward(c.work(), pool_size(map.n, map.s), map.p, y.p);
      }
    }

   private:
    static constexpr op::conv2d::pooling window() {
      return {Pool::time_axis(1).kernel, Pool::mel_axis(1).kernel,
              std::is_same_v<typename Pool::operation, op::avg_pool>};
    }
    static constexpr op::pool::size pool_size(idx n, shape map) {
      return {n, map[2], Pool::time_axis(map[0]), Pool::mel_axis(map[1])};
    }
    /// Whether the kernel of the convolution pools, too.
    template <class C>
    static constexpr bool at_once() {
      using k = kernel_in<op::conv2d, C>;
      constexpr auto size = [] {
        op::conv2d::size s = conv::any_size();
        s.rectify = Rectify;
        s.pool = window();
        return s;
      }();
      if constexpr (requires { k::pools(size); })
        return k::pools(size);
      else
        return false;
    }
  };
};
}  // namespace detail

namespace detail {
template <class S>
concept fusable_convolution = requires {
  requires std::is_same_v<typename S::fuses, S>;  // what is derived may compute otherwise
};
template <class S>
concept fusable_pooling = S::side_by_side && std::is_same_v<typename S::pools, S>;
}  // namespace detail

template <detail::fusable_convolution Conv>
struct deployment_rule<Conv, batch_norm, relu> {
  using type = specs<detail::fused_conv<Conv, batch_norm, true>>;
};
template <detail::fusable_convolution Conv>
struct deployment_rule<Conv, batch_norm> {
  using type = specs<detail::fused_conv<Conv, batch_norm, false>>;
};
template <detail::fusable_convolution Conv>
struct deployment_rule<Conv, relu> {
  using type = specs<detail::fused_conv<Conv, void, true>>;
};
template <detail::fusable_convolution Conv, detail::fusable_pooling Pool>
struct deployment_rule<Conv, batch_norm, relu, Pool> {
  using type = specs<detail::fused_conv<Conv, batch_norm, true, Pool>>;
};
template <detail::fusable_convolution Conv, detail::fusable_pooling Pool>
struct deployment_rule<Conv, batch_norm, Pool> {
  using type = specs<detail::fused_conv<Conv, batch_norm, false, Pool>>;
};
template <detail::fusable_convolution Conv, detail::fusable_pooling Pool>
struct deployment_rule<Conv, relu, Pool> {
  using type = specs<detail::fused_conv<Conv, void, true, Pool>>;
};
template <detail::fusable_convolution Conv, detail::fusable_pooling Pool>
struct deployment_rule<Conv, Pool> {
  using type = specs<detail::fused_conv<Conv, void, false, Pool>>;
};

}  // namespace auris
