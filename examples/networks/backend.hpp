// Backends by name, for programs that let their user choose.
#pragma once
#include <auris/backend/cpu.hpp>
#include <auris/core/result.hpp>
#include <map>
#include <string>
#include <type_traits>
#if defined(AURIS_WITH_CUDA)
#include <auris/backend/cuda.hpp>
#endif

namespace auris::networks {

/// `cuda` works in programs that are built with the kernels for GPUs.
enum class backend_kind { cpu, reference, cuda };
inline const std::map<std::string, backend_kind> backend_names{
    {"cpu", backend_kind::cpu}, {"reference", backend_kind::reference}, {"cuda", backend_kind::cuda}};

/// use(std::type_identity<Backend>) for the backend of a kind. Throws where the program does not have it, or `use` does not
/// take it.
template <class Use>
auto with_backend(backend_kind kind, const Use& use) {
  switch (kind) {
    case backend_kind::cpu:
      return use(std::type_identity<cpu>{});
    case backend_kind::reference:
      if constexpr (std::is_invocable_v<Use, std::type_identity<reference>>)
        return use(std::type_identity<reference>{});
      else
        break;
    case backend_kind::cuda:
#if defined(AURIS_WITH_CUDA)
      return use(std::type_identity<cuda>{});
#else
      break;
#endif
  }
  throw failure({"this program does not have the backend", {}, "for cuda, a program built with -DAURIS_CUDA=ON"});
}

/// Where the work of a backend goes: on the CPU to a pool, else where it goes by itself.
template <class Backend>
typename Backend::queue queue_of([[maybe_unused]] executor& pool) {
  if constexpr (std::is_same_v<Backend, cpu>)
    return &pool;
  else
    return Backend::default_queue();
}

}  // namespace auris::networks
