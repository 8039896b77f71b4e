// Which kernels of the CUDA backend are our own and which are NVIDIA's libraries': a choice of types.
#pragma once
#include <auris/backend/cuda.hpp>
#include <type_traits>

namespace auris {

/// Who computes convolutions: our own kernels, or cuDNN (<auris/backend/cudnn.hpp>).
enum class convolution { own, cudnn };
/// Who computes the matrix products of linear layers: our own kernels, or cuBLAS (<auris/backend/cublas.hpp>).
enum class matrix_product { own, cublas };
/// Who computes recurrent layers: our own kernels, or cuDNN (<auris/backend/cudnn.hpp>).
enum class recurrence { own, cudnn };
/// Who computes the Fourier transforms of op::stft: our own kernels, or cuFFT (<auris/backend/cufft.hpp>).
enum class fourier_transform { own, cufft };
/// The least precise multiplication that a library may use for floats: as floats are; with 10 bits behind the binary
/// point (TensorFloat-32); with 7 (bfloat16). Sums are floats in any case. A library takes the next more precise one
/// where it has no such kernel.
enum class precision { full, tf32, bf16 };
/// How a `deployed` network keeps weights for our own kernels of linear, conv2d and gru: as floats, or as bf16 in half the
/// memory, each rounded to the nearest. What is computed with, and all else, are floats.
enum class storage { full, bf16 };

namespace detail {

/// Complete where the kernels of a choice are declared. If files of a program could choose what they have not included,
/// two of them might see different kernels for one backend, which C++ forbids without telling.
template <auto Choice>
struct kernels_of;
template <>
struct kernels_of<convolution::own> {};
template <>
struct kernels_of<matrix_product::own> {};
template <>
struct kernels_of<recurrence::own> {};
template <>
struct kernels_of<fourier_transform::own> {};
template <auto Choice>
inline constexpr bool declared = requires {
  sizeof(kernels_of<Choice>);
};

}  // namespace detail

/// What `cuda_backend` stands for: the CUDA backend with every choice made. What a library is not chosen for, and what
/// it does not take, runs on the kernels of `cuda`.
template <convolution Convolution, matrix_product Product, recurrence Recurrence, fourier_transform Transform,
          precision Precision, storage Storage>
struct cuda_with : cuda {
  static_assert(detail::declared<Convolution>, "auris: convolution::cudnn needs #include <auris/backend/cudnn.hpp>");
  static_assert(detail::declared<Product>, "auris: matrix_product::cublas needs #include <auris/backend/cublas.hpp>");
  static_assert(detail::declared<Recurrence>, "auris: recurrence::cudnn needs #include <auris/backend/cudnn.hpp>");
  static_assert(detail::declared<Transform>,
                "auris: fourier_transform::cufft needs #include <auris/backend/cufft.hpp>");
  static_assert(Precision == precision::full || Convolution != convolution::own || Product != matrix_product::own ||
                    Recurrence != recurrence::own,
                "auris: our own kernels and cuFFT's compute in full precision; tf32 and bf16 are for cuBLAS and cuDNN");
  using fallback = std::conditional_t<Storage == storage::bf16, detail::cuda_bf16, cuda>;
};

namespace detail {

template <auto... Choice>
struct chosen_cuda {
  template <class Kind, class Other>
  static constexpr Kind picked(Kind before, Other choice) {
    if constexpr (std::is_same_v<Kind, Other>)
      return choice;
    else
      return before;
  }
  template <class Kind>
  static constexpr Kind of(Kind chosen) {
    ((chosen = picked(chosen, Choice)), ...);
    return chosen;
  }
  template <class Kind>
  static constexpr bool agrees([[maybe_unused]] Kind chosen) {
    return ((picked(of(chosen), Choice) == of(chosen)) && ...);
  }
  template <class Kind>
  static constexpr bool known =
      std::is_same_v<Kind, convolution> || std::is_same_v<Kind, matrix_product> || std::is_same_v<Kind, recurrence> ||
      std::is_same_v<Kind, fourier_transform> || std::is_same_v<Kind, precision> || std::is_same_v<Kind, storage>;

  static_assert(
      (known<decltype(Choice)> && ...),
      "auris: choices are values of convolution, matrix_product, recurrence, fourier_transform, precision and storage");
  static_assert(agrees(convolution::own), "auris: two contradicting choices of convolution");
  static_assert(agrees(matrix_product::own), "auris: two contradicting choices of matrix_product");
  static_assert(agrees(recurrence::own), "auris: two contradicting choices of recurrence");
  static_assert(agrees(fourier_transform::own), "auris: two contradicting choices of fourier_transform");
  static_assert(agrees(precision::full), "auris: two contradicting choices of precision");
  static_assert(agrees(storage::full), "auris: two contradicting choices of storage");
  using type = cuda_with<of(convolution::own), of(matrix_product::own), of(recurrence::own), of(fourier_transform::own),
                         of(precision::full), of(storage::full)>;
};

}  // namespace detail

/// The CUDA backend with kernels of NVIDIA's libraries where they are chosen, in any order: the same choices are the
/// same type. What is not chosen is our own, in full precision. `session<network, cuda_backend<convolution::cudnn>>` is
/// all that a program changes: memory, streams and errors are those of `cuda`. What differs:
///
/// * A library gets ready at the first call with a new size, thread, GPU or stream: it makes handles, chooses kernels
///   and allocates scratch memory of its own, which stays until the thread ends. Make that call before a CUDA graph is
///   captured: while one is, it is an error. The graph holds that memory: launch it while the thread that captured it
///   lives.
/// * Kernels of libraries are chosen for sizes and alignment, and differ between versions and GPUs: so do the last bits
///   of results. Those that differ from run to run are not taken. cuFFT gets the same size for any number of frames.
/// * For `double` everything runs on our own kernels.
///
/// No library has been called on a GPU yet: the tests check what the libraries are asked for, and compute it on the
/// host.
///
///     using one = cuda_backend<convolution::cudnn, precision::tf32>;               // with <auris/backend/cudnn.hpp>
///     using other = cuda_backend<precision::tf32, convolution::cudnn>;
///     static_assert(std::is_same_v<one, other>);
template <auto... Choice>
using cuda_backend = typename detail::chosen_cuda<Choice...>::type;

}  // namespace auris
