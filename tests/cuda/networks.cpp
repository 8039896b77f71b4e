// Whole networks through kernels for GPUs that run on the host: golden files, and training beside the CPU's.
#include <auris/backend/cuda.cuh>
#include <auris/io/file.hpp>
#include <filesystem>
#include <networks/crnn_4b.hpp>
#include <networks/network_runner_of.hpp>
#include <networks/soft_label_mtl.hpp>

#include "golden/golden_file.hpp"
#include "support/catch.hpp"

using namespace auris;

namespace {
template <class Network>
void check_golden(const char* name) {
  const auto text = read_file(std::filesystem::path("tests/golden") / name).value();
  const auto file = golden::json::parse(text);
  networks::network_runner_of<Network, cuda> network({.backend = networks::backend_kind::cuda});
  network.load(golden::weights_of(file)).value();
  for (const auto& c : file.at("cases")) {
    if (!golden::unknown_part(c).empty()) continue;
    for (const auto form : {networks::form::full, networks::form::deployed}) {
      const auto outputs = network.apply(form, golden::input_of(c.at("inputs").at("x"))).value();
      for (const auto& [output, record] : c.at("outputs").items()) {
        const auto found = std::ranges::find(outputs, output, &named_tensor::name);
        REQUIRE(found != outputs.end());
        CHECK(golden::worst_error(*found, record) < golden::tolerance);
      }
    }
  }
}
}  // namespace

TEST_CASE("crnn_4b on cuda gives the golden outputs", "[cuda]") { check_golden<networks::crnn_4b>("crnn_4b.json"); }
TEST_CASE("soft_label_mtl_3 on cuda gives the golden outputs", "[cuda]") {
  check_golden<networks::soft_label_mtl_3>("panns_mtl_3blocks.json");
}
