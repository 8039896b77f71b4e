#pragma once
#include <auris/backend/cuda/choice.hpp>
#include <auris/backend/nvidia/cudnn_descriptor.hpp>
#include <initializer_list>
#include <vector>

namespace auris::detail::cudnn {

/// Operations on tensors: what cuDNN is asked to do as a whole. Descriptors that others refer to are kept.
struct graph {
  std::vector<descriptor> parts;
  descriptor all{CUDNN_BACKEND_OPERATIONGRAPH_DESCRIPTOR};
};

/// A kernel of cuDNN for a graph, ready to run.
struct plan {
  graph operations;
  descriptor execution{CUDNN_BACKEND_EXECUTION_PLAN_DESCRIPTOR};
  std::size_t workspace = 0;  ///< in bytes
  bool found = false;
};

/// Whether a kernel multiplies as precisely as is wanted, and gives the same bits in every run.
inline bool is_wanted(const descriptor& engine, precision least) {
  cudnnBackendNumericalNote_t notes[CUDNN_NUMERICAL_NOTE_TYPE_COUNT];
  const std::int64_t count = engine.get(CUDNN_ATTR_ENGINE_NUMERICAL_NOTE, CUDNN_NUMERICAL_NOTE_TYPE_COUNT, notes);
  for (std::int64_t i = 0; i < count; ++i) {
    const cudnnBackendNumericalNote_t note = notes[i];
    if (note == CUDNN_NUMERICAL_NOTE_NONDETERMINISTIC || note == CUDNN_NUMERICAL_NOTE_DOWN_CONVERT_INPUTS ||
        note == CUDNN_NUMERICAL_NOTE_REDUCED_PRECISION_REDUCTION)
      return false;
    if (note == CUDNN_NUMERICAL_NOTE_TENSOR_CORE && least == precision::full)
      return false;  // for floats: TensorFloat-32
  }
  return true;
}

/// The kernels that cuDNN proposes for a graph on a device, the fastest first by its own estimate.
inline std::vector<descriptor> proposals(const descriptor& device, const graph& g, cudnnBackendHeurMode_t mode) {
  std::vector<descriptor> all;
  descriptor heuristics(CUDNN_BACKEND_ENGINEHEUR_DESCRIPTOR);
  heuristics.set(CUDNN_ATTR_ENGINEHEUR_OPERATION_GRAPH, g.all)
      .set(CUDNN_ATTR_ENGINEHEUR_MODE, mode)
      .set(CUDNN_ATTR_ENGINEHEUR_DEVICEPROP, device);
  if (!heuristics.finish()) return all;
  cudnnBackendDescriptor_t* const none = nullptr;
  const std::int64_t most = heuristics.get(CUDNN_ATTR_ENGINEHEUR_RESULTS, 0, none);
  std::vector<cudnnBackendDescriptor_t> to;
  for (std::int64_t i = 0; i < most; ++i) to.push_back(all.emplace_back(CUDNN_BACKEND_ENGINECFG_DESCRIPTOR).get());
  const std::int64_t count = heuristics.get(CUDNN_ATTR_ENGINEHEUR_RESULTS, most, to.data());
  all.erase(all.begin() + count, all.end());
  return all;
}

/// The first kernel of cuDNN's choice that is wanted, runs on the device and needs no more scratch memory than `most`
/// bytes.
inline plan make_plan(const descriptor& device, graph g, precision least, std::size_t most) {
  plan chosen{std::move(g)};
  if (!chosen.operations.all.good()) return chosen;
  for (const auto mode : {CUDNN_HEUR_MODE_A, CUDNN_HEUR_MODE_FALLBACK})
    for (descriptor& proposal : proposals(device, chosen.operations, mode)) {
      descriptor engine(CUDNN_BACKEND_ENGINE_DESCRIPTOR);
      cudnnBackendDescriptor_t to = engine.get();
      if (proposal.get(CUDNN_ATTR_ENGINECFG_ENGINE, 1, &to) != 1 || !is_wanted(engine, least)) continue;
      descriptor execution(CUDNN_BACKEND_EXECUTION_PLAN_DESCRIPTOR);
      execution.set(CUDNN_ATTR_EXECUTION_PLAN_ENGINE_CONFIG, proposal)
          .set(CUDNN_ATTR_EXECUTION_PLAN_DEVICEPROP, device);
      std::int64_t bytes = 0;
      if (!execution.finish() || execution.get(CUDNN_ATTR_EXECUTION_PLAN_WORKSPACE_SIZE, 1, &bytes) != 1 || bytes < 0 ||
          static_cast<std::size_t>(bytes) > most)
        continue;
      chosen.execution = std::move(execution);
      chosen.operations.parts.push_back(std::move(proposal));
      chosen.workspace = static_cast<std::size_t>(bytes);
      chosen.found = true;
      return chosen;
    }
  return chosen;
}

/// Where a tensor of the graph lies; null for one that the graph does not have.
struct bound {
  std::int64_t tensor;
  const void* p;
};

/// Queues the plan's kernel on the stream of the handle.
inline cudnnStatus_t run(cudnnHandle_t handle, const plan& p, std::initializer_list<bound> tensors,
                         const void* scratch) {
  constexpr std::size_t most = 8;
  std::int64_t names[most], count = 0;
  const void* places[most];
  for (const bound& t : tensors)
    if (t.p) {
      names[count] = t.tensor;
      places[count++] = t.p;
    }
  descriptor arrays(CUDNN_BACKEND_VARIANT_PACK_DESCRIPTOR);
  arrays.set(CUDNN_ATTR_VARIANT_PACK_UNIQUE_IDS, count, names)
      .set(CUDNN_ATTR_VARIANT_PACK_DATA_POINTERS, count, places)
      .set(CUDNN_ATTR_VARIANT_PACK_WORKSPACE, scratch);
  if (!arrays.finish()) return arrays.status();
  return cudnnBackendExecute(handle, p.execution.get(), arrays.get());
}

}  // namespace auris::detail::cudnn
