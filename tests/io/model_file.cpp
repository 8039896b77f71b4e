#include <auris/io/model_file.hpp>
#include <auris/nn.hpp>

#include "data/temporary_folder.hpp"
#include "support/catch.hpp"

namespace model_file_test {

using namespace auris;
using Catch::Matchers::Contains;

namespace {

struct network : bind<sequential<gru<2>, linear<2>>, dims(dyn, 3)> {};

model_description example() {
  model_description d;
  d.network = "own";
  d.options = {{"loss", "wsl"}, {"seed", "1"}};
  d.classes = {"car", "birds singing"};
  d.scenes = {"café, \"restaurant\""};
  d.front_end = "maestro_log_mel";
  d.hop = 0.2;
  d.mean = {0.1, -2, 1e-9};
  d.deviation = {1, 0.3, 2};
  d.thresholds = {0.25f, 0.5f};
  return d;
}

}  // namespace

TEST_CASE("model file: everything comes back exactly") {
  const temporary_folder folder;
  const auto path = folder / "model.safetensors";
  const weights<network> w(1);
  save_model(path, w, example()).value();

  weights<network> v(2);
  CHECK(load_model(path, v).value() == example());
  CHECK(std::equal(w.params(), w.params() + network::parameters, v.params()));

  const model_file m = read_model(path).value();
  CHECK(m.description == example());
  CHECK(m.weights.find("thresholds") == nullptr);
  load(v, m.weights).value();

  const model_description least{.network = "own", .front_end = "x", .hop = 1.0 / 3};
  save_model(path, w, least).value();
  CHECK(load_model(path, v).value() == least);
}

TEST_CASE("model file: a description that contradicts itself is not written") {
  const temporary_folder folder;
  const weights<network> w(1);
  const auto error_of = [&](auto change) {
    model_description d = example();
    change(d);
    const auto done = save_model(folder / "model.safetensors", w, d);
    CHECK_FALSE(std::filesystem::exists(folder / "model.safetensors"));
    return std::string(done ? "no error" : done.error().text().c_str());
  };
  using description = model_description;
  CHECK_THAT(error_of([](description& d) { d.network.clear(); }), Contains("network: expected a name"));
  CHECK_THAT(error_of([](description& d) { d.front_end.clear(); }), Contains("front_end: expected a name"));
  CHECK_THAT(error_of([](description& d) { d.hop = 0; }), Contains("hop: expected seconds above 0, got 0"));
  CHECK_THAT(error_of([](description& d) { d.hop = INFINITY; }), Contains("hop"));
  CHECK_THAT(error_of([](description& d) { d.classes[1] = "car"; }), Contains("classes: expected different names"));
  CHECK_THAT(error_of([](description& d) { d.scenes[0] = "a\nb"; }), Contains("scenes"));
  CHECK_THAT(error_of([](description& d) { d.mean.pop_back(); }),
             Contains("standardisation: expected 2 deviations, got 3"));
  CHECK_THAT(error_of([](description& d) { d.deviation[0] = 0; }), Contains("deviations above 0"));
  CHECK_THAT(error_of([](description& d) { d.thresholds.pop_back(); }),
             Contains("thresholds: expected 2, one per class, got 1"));
  CHECK_THAT(error_of([](description& d) { d.thresholds[0] = NAN; }), Contains("thresholds"));
}

TEST_CASE("model file: wrong files leave the weights as they are") {
  const temporary_folder folder;
  const auto path = folder / "model.safetensors";
  weights<network> w(1);
  const std::vector<float> before(w.params(), w.params() + network::parameters);
  const auto error_of = [&](auto change) {
    save_model(path, weights<network>(2), example()).value();
    tensor_file file = read_safetensors(path).value();
    change(file);
    write_safetensors(path, file).value();
    const auto d = load_model(path, w);
    CHECK(std::equal(before.begin(), before.end(), w.params()));
    return std::string(d ? "no error" : d.error().text().c_str());
  };
  const auto drop = [](tensor_file& f, const char* name) {
    std::erase_if(f.tensors, [&](const named_tensor& t) { return t.name == name; });
  };
  CHECK_THAT(error_of([](tensor_file& f) { f.metadata.clear(); }), Contains("not a model file"));
  CHECK_THAT(error_of([](tensor_file& f) { f.metadata["format"] = "auris model 2"; }),
             Contains("expected auris model 1, got 'auris model 2'"));
  CHECK_THAT(error_of([](tensor_file& f) { f.metadata.erase("hop_seconds"); }), Contains("hop"));
  CHECK_THAT(error_of([](tensor_file& f) { f.metadata["hop_seconds"] = "fast"; }), Contains("hop"));
  CHECK_THAT(error_of([](tensor_file& f) { f.metadata["classes"] = "car\ncar\n"; }), Contains("classes"));
  CHECK_THAT(error_of([&](tensor_file& f) { drop(f, "standardise.mean"); }), Contains("standardisation"));
  CHECK_THAT(error_of([&](tensor_file& f) { drop(f, "0.bias_hh_l0"); }), Contains("0.bias_hh_l0: missing"));
  CHECK_THAT(error_of([&](tensor_file& f) {
               drop(f, "thresholds");
               f.tensors.push_back({"thresholds", dtype::i32, {2}, std::vector<std::byte>(8)});
             }),
             Contains("thresholds: expected a list of reals, got I32 (2)"));
  write_file(path, "x").value();
  CHECK_THAT(load_model(path, w).error().text().c_str(), Contains("not a safetensors file"));
}

}  // namespace model_file_test
