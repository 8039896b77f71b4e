#pragma once
#include <auris/nn/conv2d.hpp>

namespace auris {

namespace detail {
/// What options say of the mel axis does not matter where there is none.
struct along_time {
  static constexpr void set(conv_options& o) { o.stride_mel = 1, o.padding_mel = 0, o.dilation_mel = 1; }
};
}  // namespace detail

/// One-dimensional convolution (cross-correlation) over time: `conv2d` of an image with one mel bin.
///
/// Shape       (time, in) -> (time', Out); in known at compile time. Without options the length stays ("same"); with stride s a
///             length v becomes floor((v + padding - dilation * (Kernel - 1) - 1) / s) + 1.
/// Options     no_bias, stride<time>, padding<time>, dilation<time>, causal.
/// Parameters  weight (Kernel, in, Out), bias (Out): PyTorch's `nn.Conv1d`, whose weight is (Out, in, Kernel): loading and saving
///             permute.
/// Memory      parameters Out * (Kernel * in + 1); cache none beyond input and output; causal: state of dilation * (Kernel - 1)
///             frames, and a workspace of one padded input.
/// Streaming   yes with stride 1 if causal or with a kernel of one frame; else `cannot_stream<conv1d<...>>`.
/// Errors      `rejects<conv1d<...>, ...>` where the input is not (time, known features), or the kernel does not fit.
/// Source      https://pytorch.org/docs/stable/generated/torch.nn.Conv1d.html
///
///     struct block : bind<conv1d<256, 3, no_bias, stride<2>>, dims(dyn, 512)> {};
///     static_assert(block::parameters == 3 * 512 * 256 && block::shape_of<"main"> == dims(dyn, 256));
template <idx Out, idx Kernel = 3, class... Option>
struct conv1d {
  using input = expects<axis::time, known<axis::feature>>;
  using fuses = conv1d;  ///< as conv2d
  using image = conv2d<Out, Kernel, 1, Option..., detail::along_time>;
  static constexpr shape as_image(shape s) { return dims(s[0], 1, s[1]); }
  static constexpr bool accepts(shape s) { return s.rank == 2 && s[1] != dyn && image::accepts(as_image(s)); }
  static constexpr shape infer(shape s) { return dims(image::infer(as_image(s))[0], Out); }
  static constexpr shape compiled_for(shape s) { return dims(dyn, s[1]); }

  template <shape In>
  struct bind : image::template bind<as_image(In)> {
    using base = typename image::template bind<as_image(In)>;
    static constexpr auto params = [] {
      auto list = base::params;
      list[0].stored = dims(Kernel, In[1], Out);
      list[0].order = {2, 1, 0, 3};
      return list;
    }();
    static constexpr workload of_image(workload w) { return w.with(as_image(w.item)); }
    static constexpr idx multiply_adds(workload w) { return base::multiply_adds(of_image(w)); }
    template <class C>
    static constexpr idx workspace(workload w) {
      return base::template workspace<C>(of_image(w));
    }
    template <class C>
    static void forward(C c, in<C> x, out<C> y) {
      base::forward(c, image_of(x), image_of(y));
    }
    template <class C, class T = typename C::scalar>
    static void forward(C c, in<C> x, out<C> y, const T* shift, bool rectify) {
      base::forward(c, image_of(x), image_of(y), shift, rectify);
    }
    template <class C>
    static void backward(C c, in<C> x, in<C> y, in<C> dy, out<C> dx) {
      base::backward(c, image_of(x), image_of(y), image_of(dy), image_of(dx));
    }

   private:
    template <class T>
    static view<T> image_of(const view<T>& v) {
      return {v.p, v.n, as_image(v.s)};
    }
  };
};

}  // namespace auris
