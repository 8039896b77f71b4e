#pragma once
#include <auris/backend/cuda.cuh>
#include <auris/io/checkpoint.hpp>
#include <auris/io/file.hpp>
#include <auris/nn.hpp>
#include <filesystem>

#include "golden/golden_file.hpp"
#include "support/catch.hpp"

namespace golden {

template <class Form, class Network>
void check_form(const weights<Network>& w, const json& golden_case) {
  const named_tensor x = input_of(golden_case.at("inputs").at("x"));
  const std::vector<float> values = x.floats();
  const shape item = dims(x.shape.at(1), x.shape.at(2));
  session<Form, cuda> run(w);
  const auto y = run({values.data(), x.shape.at(0), item}).value();
  REQUIRE_FALSE(golden_case.at("outputs").empty());
  for (const auto& [name, record] : golden_case.at("outputs").items()) {
    std::size_t i = 0;
    while (i < Network::output_count && Network::outputs()[i].name.text != name) ++i;
    REQUIRE(i < Network::output_count);
    const view<const float> v = y.at(i);
    std::vector<idx> sizes{v.n};
    sizes.insert(sizes.end(), v.s.extent, v.s.extent + v.s.rank);
    const named_tensor found = tensor_of<float>(name, sizes, {v.p, std::size_t(v.size())});
    INFO(name);
    CHECK(worst_error(as_in_pytorch(found, shape_in(record.at("shape"))), record) < tolerance);
  }
}

/// Both forms of a network of (time, mel), through kernels for GPUs that run on the host,
/// give what the golden file says of this time mode and number of frames.
template <class Network>
void check_network(const char* name, const char* time_mode = "A", idx frames = 200) {
  const auto text = read_file(std::filesystem::path("tests/golden") / name).value();
  const auto file = json::parse(text);
  weights<Network> w;
  load(w, weights_of(file)).value();
  int checked = 0;
  for (const auto& c : file.at("cases")) {
    const case_options asked(c);
    if (!asked.unknown.empty() || asked.time_mode != time_mode || asked.frames != frames) continue;
    check_form<Network>(w, c);
    check_form<deployed<Network>>(w, c);
    ++checked;
  }
  CHECK(checked > 0);
}

}  // namespace golden
