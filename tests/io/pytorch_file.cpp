// Files that PyTorch has written: tests/io/pytorch/make.py.
#include <auris/io/checkpoint.hpp>
#include <auris/nn.hpp>

#include "data/temporary_folder.hpp"
#include "support/catch.hpp"

namespace pytorch_file_test {

using namespace auris;
using Catch::Matchers::Contains;

namespace {

const std::filesystem::path files = "tests/io/pytorch";

std::vector<float> values(const tensor_file& file, const char* name) {
  const named_tensor* t = file.find(name);
  REQUIRE(t);
  return t->floats();
}
std::string error_of(const std::filesystem::path& path) {
  const auto r = read_pytorch(path);
  return r ? "no error" : r.error().text().c_str();
}
struct altered {
  temporary_folder folder;
  std::string error_of(const std::string& content) const {
    folder.write("altered.pth", content);
    return pytorch_file_test::error_of(folder / "altered.pth");
  }
};

struct network : bind<sequential<linear<2>, batch_norm>, dims(dyn, 3)> {};

}  // namespace

TEST_CASE("pytorch: a state dict is loaded, from new files and old ones") {
  for (const char* name : {"state_dict.pth", "state_dict_old.pth"}) {
    INFO(name);
    weights<network> w(1);
    REQUIRE(load(w, files / name));
    for (int i = 0; i < 6; ++i) CHECK(w.params()[i] == static_cast<float>(i - 3));
    CHECK(w.params()[6] == -3);
    CHECK(w.buffers()[1] == -2);
    CHECK(w.buffers()[2] == 1);
    const tensor_file file = read_pytorch(files / name).value();
    CHECK(file.tensors.size() == 7);  // num_batches_tracked, too
    CHECK(file.find("0.weight")->shape == std::vector<idx>{2, 3});
  }
}

TEST_CASE("pytorch: a checkpoint's model, its views, and the prefix of several GPUs") {
  for (const char* name : {"checkpoint.pth", "checkpoint_old.pth"}) {
    INFO(name);
    const tensor_file file = read_pytorch(files / name).value();
    CHECK(file.tensors.size() == 7);
    CHECK(values(file, "whole") == std::vector<float>{-3, -2, -1, 0, 1, 2, 3, 4, 5, 6, 7, 8});
    CHECK(values(file, "transposed") == std::vector<float>{-3, 0, 3, 6, -2, 1, 4, 7, -1, 2, 5, 8});
    CHECK(file.find("transposed")->shape == std::vector<idx>{3, 4});
    CHECK(values(file, "row") == std::vector<float>{0, 1, 2});
    CHECK(values(file, "column") == std::vector<float>{-2, 1, 4, 7});
    CHECK(values(file, "part") == std::vector<float>{1, 2, 4, 5});
    CHECK(values(file, "scalar") == std::vector<float>{2.5f});
    CHECK(file.find("scalar")->shape.empty());
    CHECK(values(file, "empty").empty());
    CHECK(file.find("empty")->shape == std::vector<idx>{0, 3});
  }
}

TEST_CASE("pytorch: all types of numbers, and parameters") {
  const tensor_file file = read_pytorch(files / "types.pth").value();
  for (const char* name : {"float64", "float32", "float16", "bfloat16", "int64", "int32", "int16", "int8"}) {
    INFO(name);
    CHECK(values(file, name) == std::vector<float>{-3, -2, -1});
  }
  CHECK(file.find("float16")->type == dtype::f16);
  CHECK(file.find("bfloat16")->type == dtype::bf16);
  CHECK(values(file, "uint8") == std::vector<float>{0, 1, 255});
  CHECK(values(file, "bool") == std::vector<float>{1, 0});
  CHECK(values(read_pytorch(files / "parameter.pth").value(), "w") == std::vector<float>{-3, -2});
}

TEST_CASE("pytorch: what a file is says its content, not its name") {
  const altered a;
  a.folder.write("weights.pth", read_file(files / "parameter.pth").value());
  CHECK(read_tensors(a.folder / "weights.pth")->tensors.size() == 1);
  tensor_file file;
  file.tensors.push_back(tensor_of<float>("x", {1}, std::vector<float>{1}));
  write_safetensors(a.folder / "weights.pth", file).value();
  CHECK(read_tensors(a.folder / "weights.pth")->tensors[0].name == "x");
  CHECK_FALSE(read_tensors(a.folder / "none.pth"));
  CHECK_THAT(error_of(a.folder / "weights.pth"), Contains("not a file of PyTorch"));
}

TEST_CASE("pytorch: another class is an error, and nothing of it runs") {
  const std::string text = error_of(files / "other_class.pth");
  CHECK_THAT(text, Contains("system'"));
  CHECK_THAT(text, Contains("which no state dict has"));
  CHECK_THAT(text, Contains("other_class.pth"));
}

TEST_CASE("pytorch: files without tensors, empty ones and such that are cut") {
  CHECK_THAT(error_of(files / "no_tensor.pth"), Contains("holds no state dict"));
  CHECK_THAT(error_of(files / "none.pth"), Contains("no such file"));
  const altered a;
  CHECK_THAT(a.error_of(""), Contains("not a file of PyTorch"));
  for (const char* name : {"checkpoint.pth", "checkpoint_old.pth", "types.pth"}) {
    const std::string content = read_file(files / name).value();
    for (std::size_t length = 0; length < content.size(); length += 7) {
      INFO(name << " cut to " << length);
      CHECK(a.error_of(content.substr(0, length)) != "no error");
    }
  }
}

TEST_CASE("pytorch: a byte that is another one is an error or another number, never more") {
  const altered a;
  for (const char* name : {"state_dict.pth", "state_dict_old.pth", "checkpoint_old.pth"}) {
    const std::string content = read_file(files / name).value();
    for (std::size_t i = 0; i < content.size(); i += 3)
      for (const int flip : {0x01, 0x80, 0xff}) {
        std::string other = content;
        other[i] = static_cast<char>(other[i] ^ flip);
        a.folder.write("altered.pth", other);
        if (const auto file = read_pytorch(a.folder / "altered.pth"))
          for (const named_tensor& t : file->tensors) CHECK(t.bytes.size() <= content.size());
      }
  }
}

}  // namespace pytorch_file_test
