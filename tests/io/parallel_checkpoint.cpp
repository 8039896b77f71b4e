// A checkpoint in the form in which the weights of 2APAE are published: best.pth, a dictionary with "model", whose names begin with
// "module." since the network was trained on several GPUs.
#include <auris/io/checkpoint.hpp>
#include <networks/apae.hpp>

#include "data/temporary_folder.hpp"
#include "support/catch.hpp"

namespace parallel_checkpoint_test {

using namespace auris;
using Catch::Matchers::Contains;

namespace {

struct network
    : bind<networks::apae_spec<networks::apae_sizes{.classes = 3, .frames = 4, .mels = 4, .channels = 1}>, dims(4, 4)> {
};

template <class N>
std::string bytes(N n) {
  return std::string(reinterpret_cast<const char*>(&n), sizeof n);
}

/// A zip archive that stores its files as they are.
std::string zip_of(const std::vector<std::pair<std::string, std::string>>& files) {
  std::string all, directory;
  const auto u16 = [](std::size_t n) { return bytes(static_cast<std::uint16_t>(n)); };
  const auto u32 = [](std::size_t n) { return bytes(static_cast<std::uint32_t>(n)); };
  for (const auto& [name, content] : files) {
    const std::string common = u16(0) + u16(0) + u16(0) + u16(0) + u32(0) + u32(content.size()) + u32(content.size()) +
                               u16(name.size()) + u16(0);
    directory += "PK\1\2" + u16(20) + u16(20) + common + u16(0) + u16(0) + u16(0) + u32(0) + u32(all.size()) + name;
    all += "PK\3\4" + u16(20) + common + name + content;
  }
  return all + directory + "PK\5\6" + u32(0) + u16(files.size()) + u16(files.size()) + u32(directory.size()) +
         u32(all.size()) + u16(0);
}

/// What torch.save writes of {"epoch": 7, "model": {"module." + name: tensor, ...}}.
std::string best_pth(const tensor_file& weights) {
  std::vector<std::pair<std::string, std::string>> files{{"best/data.pkl", ""}, {"best/version", "3\n"}};
  const auto text = [](const std::string& s) { return "X" + bytes(static_cast<std::uint32_t>(s.size())) + s; };
  const auto number = [](idx n) { return "J" + bytes(static_cast<std::int32_t>(n)); };
  std::string pickle = "\x80\2}(" + text("epoch") + number(7) + text("model") + "ccollections\nOrderedDict\n)R(";
  for (const named_tensor& t : weights.tensors) {
    const std::string key = std::to_string(files.size() - 2);
    files.push_back({"best/data/" + key, std::string(reinterpret_cast<const char*>(t.bytes.data()), t.bytes.size())});
    std::string shape, strides;
    idx stride = t.count();
    for (const idx extent : t.shape) {
      stride /= extent;
      shape += number(extent), strides += number(stride);
    }
    pickle += text("module." + t.name) + "ctorch._utils\n_rebuild_tensor_v2\n((" + text("storage") +
              "ctorch\nFloatStorage\n" + text(key) + text("cpu") + number(t.count()) + "tQ" + number(0) + "(" + shape +
              "t(" + strides + "t\x89" + "ccollections\nOrderedDict\n)RtR";
  }
  files[0].second = pickle + "uu.";
  return zip_of(files);
}

}  // namespace

TEST_CASE("best.pth: weights of 2APAE under the key model, with the prefix of several GPUs") {
  const temporary_folder folder;
  const weights<network> trained(1);
  folder.write("best.pth", best_pth(to_tensors(trained)));
  weights<network> w(2);
  REQUIRE(load(w, folder / "best.pth"));
  CHECK(std::equal(w.params(), w.params() + network::parameters, trained.params()));
  CHECK(std::equal(w.buffers(), w.buffers() + network::buffers, trained.buffers()));
}

TEST_CASE("best.pth: a checkpoint that lacks a tensor loads nothing") {
  const temporary_folder folder;
  tensor_file file = to_tensors(weights<network>(1));
  std::erase_if(file.tensors, [](const named_tensor& t) { return t.name == "dsa.fc_time_att.weight"; });
  folder.write("best.pth", best_pth(file));
  weights<network> w(2);
  const weights<network> before(2);
  const auto loaded = load(w, folder / "best.pth");
  REQUIRE_FALSE(loaded);
  CHECK_THAT(std::string(loaded.error().text().c_str()), Contains("dsa.fc_time_att.weight: missing"));
  CHECK(std::equal(w.params(), w.params() + network::parameters, before.params()));
}

}  // namespace parallel_checkpoint_test
