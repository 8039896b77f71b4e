#include <auris/io/checkpoint.hpp>
#include <auris/nn.hpp>
#include <limits>

#include "data/temporary_folder.hpp"
#include "support/catch.hpp"

using namespace auris;
using Catch::Matchers::Contains;

namespace {

struct network : bind<sequential<as_image, named<"conv", conv2d<2, 1, 3>>, named<"bn", batch_norm>, relu, fold,
                                 heads<output<"sed", named<"fc_sed", channel_major<4, linear<3>>>>,
                                       output<"asc", named<"fc_asc", linear<2>>>>>,
                      dims(dyn, 4)> {};

tensor_file counting() {  // every value tells where it stands
  tensor_file file = to_tensors(weights<network>(1));
  float next = 1;
  for (named_tensor& t : file.tensors) {
    std::vector<float> values(static_cast<std::size_t>(t.count()));
    for (float& v : values) v = next++;
    t = tensor_of<float>(t.name, t.shape, values);
  }
  return file;
}

named_tensor& at(tensor_file& file, std::string_view name) {
  for (named_tensor& t : file.tensors)
    if (t.name == name) return t;
  throw std::runtime_error("no such tensor");
}
void remove(tensor_file& file, std::string_view name) {
  std::erase_if(file.tensors, [&](const named_tensor& t) { return t.name == name; });
}

template <class N, class T>
std::vector<T> all(const weights<N, T>& w) {
  std::vector<T> v(w.params(), w.params() + N::parameters);
  v.insert(v.end(), w.buffers(), w.buffers() + N::buffers);
  return v;
}

// The values of a tensor in 16 bits, rounded towards zero.
template <class F>
named_tensor in_16_bits(const named_tensor& t, dtype type, F to_bits) {
  named_tensor r{t.name, type, t.shape, {}};
  for (const float v : t.floats()) {
    const std::uint16_t bits = to_bits(v);
    const auto* b = reinterpret_cast<const std::byte*>(&bits);
    r.bytes.insert(r.bytes.end(), b, b + 2);
  }
  return r;
}
std::uint16_t bfloat16_bits(float v) { return static_cast<std::uint16_t>(std::bit_cast<std::uint32_t>(v) >> 16); }
std::uint16_t half_bits(float v) {  // of positive normal numbers
  const auto bits = std::bit_cast<std::uint32_t>(v);
  return static_cast<std::uint16_t>((((bits >> 23) - 112) << 10) | (bits >> 13 & 1023));
}

}  // namespace

TEST_CASE("checkpoint: names and shapes are PyTorch's") {
  std::string table;
  for (const named_tensor& t : to_tensors(weights<network>(1)).tensors)
    table += t.name + " " + describe(t.shape) + "\n";
  CHECK(table ==
        "conv.weight (2, 1, 1, 3)\n"
        "conv.bias (2)\n"
        "bn.weight (2)\n"
        "bn.bias (2)\n"
        "bn.running_mean (2)\n"
        "bn.running_var (2)\n"
        "fc_sed.weight (3, 8)\n"
        "fc_sed.bias (3)\n"
        "fc_asc.weight (2, 8)\n"
        "fc_asc.bias (2)\n");
}

TEST_CASE("checkpoint: layouts are turned into those of the memory") {
  weights<network> w(1);
  load(w, counting()).value();
  // conv: PyTorch (out, in, time, mel), memory (time, mel, in, out); its values are 1 to 6
  CHECK(std::vector<float>(w.params(), w.params() + 8) == std::vector<float>{1, 4, 2, 5, 3, 6, 7, 8});
  CHECK(std::vector<float>(w.buffers(), w.buffers() + 4) == std::vector<float>{13, 14, 15, 16});
  // back again
  const tensor_file expected = counting(), got = to_tensors(w);
  REQUIRE(got.tensors.size() == expected.tensors.size());
  for (std::size_t i = 0; i < got.tensors.size(); ++i) {
    CHECK(got.tensors[i].name == expected.tensors[i].name);
    CHECK(got.tensors[i].bytes == expected.tensors[i].bytes);
  }
}

TEST_CASE("checkpoint: through a file, in float and double") {
  const temporary_folder folder;
  const weights<network> w(3);
  save(w, folder / "w.safetensors").value();
  weights<network> v(4);
  REQUIRE(all(v) != all(w));
  load(v, folder / "w.safetensors").value();
  CHECK(all(v) == all(w));

  weights<network, double> d(4);
  load(d, folder / "w.safetensors").value();
  for (idx i = 0; i < network::parameters; ++i) CHECK(d.params()[i] == static_cast<double>(w.params()[i]));
  save(d, folder / "d.safetensors").value();
  load(v = weights<network>(5), folder / "d.safetensors").value();
  CHECK(all(v) == all(w));

  CHECK_THAT(load(v, folder / "none").error().text().c_str(), Contains("no such file"));
  CHECK(all(v) == all(w));
}

TEST_CASE("checkpoint: half and bfloat16") {
  tensor_file file = counting();
  for (named_tensor& t : file.tensors) t = in_16_bits(t, dtype::f16, half_bits);  // 1 to 61 are exact
  weights<network> w(1), expected(1);
  load(expected, counting()).value();
  load(w, file).value();
  CHECK(all(w) == all(expected));

  file = counting();
  for (named_tensor& t : file.tensors) t = in_16_bits(t, dtype::bf16, bfloat16_bits);
  w.initialise(2);
  load(w, file).value();
  CHECK(all(w) == all(expected));
}

TEST_CASE("checkpoint: all problems in one message, and the weights stay as they are") {
  tensor_file file = counting();
  remove(file, "conv.bias");
  at(file, "bn.weight").shape = {1, 2};
  at(file, "bn.bias").type = dtype::i32;
  at(file, "bn.running_mean") = tensor_of<float>("bn.running_mean", {2}, std::vector<float>{0, NAN});
  at(file, "fc_sed.bias") =
      tensor_of<double>("fc_sed.bias", {3}, std::vector<double>{1e300, 0, 0});  // no float is that large
  at(file, "fc_asc.bias").bytes.resize(4);
  file.tensors.push_back(tensor_of<float>("fc_aec.\n", {1}, std::vector<float>{1}));
  file.tensors.push_back({"bn.num_batches_tracked", dtype::i64, {}, std::vector<std::byte>(8)});

  weights<network> w(1);
  const auto before = all(w);
  const auto done = load(w, file);
  REQUIRE_FALSE(done);
  CHECK(done.error().text() ==
        "the weights do not fit the network: got 7 problems:\n"
        "  conv.bias: missing, expected (2)\n"
        "  bn.weight: wrong shape, expected (2), got (1, 2)\n"
        "  bn.bias: wrong type, expected F64, F32, F16 or BF16, got I32\n"
        "  bn.running_mean: value 1 is not a number\n"
        "  fc_sed.bias: value 0 is infinite\n"
        "  fc_asc.bias: its data do not fill its shape\n"
        "  unexpected: 'fc_aec.?' (1)");
  CHECK(all(w) == before);

  const temporary_folder folder;
  tensor_file small;
  small.tensors.push_back(counting().tensors[0]);
  write_safetensors(folder / "small.safetensors", small).value();
  const auto from_file = load(w, folder / "small.safetensors");
  REQUIRE_FALSE(from_file);
  CHECK_THAT(from_file.error().text().c_str(), Contains("small.safetensors: got 9 problems"));
  CHECK(all(w) == before);
}

TEST_CASE("checkpoint: a prefix before every name") {
  tensor_file file = counting();
  for (named_tensor& t : file.tensors) t.name = "module." + t.name;
  file.tensors.push_back({"module.bn.num_batches_tracked", dtype::i64, {}, std::vector<std::byte>(8)});
  weights<network> w(1), expected(1);
  load(expected, counting()).value();
  CHECK_THAT(load(w, file).error().text().c_str(), Contains("20 problems"));
  load(w, file, {.prefix = "module."}).value();
  CHECK(all(w) == all(expected));
  file.tensors.push_back(tensor_of<float>("epoch", {1}, std::vector<float>{1}));
  CHECK_THAT(load(w, file, {.prefix = "module."}).error().text().c_str(), Contains("unexpected: 'epoch' (1)"));
}

TEST_CASE("checkpoint: tensors that are not the network's are ignored where they are named") {
  tensor_file file = counting();
  file.tensors.push_back(tensor_of<float>("logmel_extractor.melW", {1}, std::vector<float>{1}));
  weights<network> w(1);
  CHECK_THAT(load(w, file).error().text().c_str(), Contains("unexpected: 'logmel_extractor.melW'"));
  const std::string_view ignored[] = {"logmel_extractor."};
  CHECK(load(w, file, {.ignored = ignored}));
}

TEST_CASE("checkpoint: a partial load takes what is there") {
  tensor_file file = counting();
  const auto kept = file.tensors[0];
  file.tensors = {kept, tensor_of<float>("other.weight", {1}, std::vector<float>{1})};
  weights<network> w(1), expected(1);
  load(w, file, {.partial = true}).value();
  CHECK(all(w) != all(expected));
  tensor_file one = to_tensors(expected);
  for (named_tensor& t : one.tensors)
    if (t.name == kept.name) t = kept;
  load(expected, one).value();
  CHECK(all(w) == all(expected));

  const auto before = all(w);
  file.tensors.erase(file.tensors.begin());
  CHECK_THAT(load(w, file, {.partial = true}).error().text().c_str(), Contains("none of its tensors"));
  file.tensors = {tensor_of<float>(kept.name, {1}, std::vector<float>{1})};
  CHECK_THAT(load(w, file, {.partial = true}).error().text().c_str(), Contains("wrong shape"));
  CHECK(all(w) == before);
}

TEST_CASE("checkpoint: a pruned network takes the full file, and one without what it does not use") {
  using detector = only<network, "sed">;
  weights<network> full(1);
  weights<detector> w(1);
  load(full, counting()).value();
  load(w, counting()).value();
  CHECK(all(w) == all(full));

  tensor_file file = counting();
  remove(file, "fc_asc.weight");
  remove(file, "fc_asc.bias");
  w.initialise(2);
  const auto before = all(w);
  load(w, file).value();
  const auto after = all(w);
  constexpr std::size_t used = detector::live_parameters;
  static_assert(used + 2 * 8 + 2 == network::parameters);  // the head that is gone stands last
  const auto expected = all(full);
  for (std::size_t i = 0; i < used; ++i) CHECK(after[i] == expected[i]);
  for (std::size_t i = used; i < network::parameters; ++i) CHECK(after[i] == before[i]);

  remove(file, "fc_sed.bias");
  CHECK(load(w, file).error().text() ==
        "the weights do not fit the network: got 1 problem:\n"
        "  fc_sed.bias: missing, expected (3)");
}
