#include <auris/io/safetensors.hpp>

#include "data/temporary_folder.hpp"
#include "support/catch.hpp"

using namespace auris;
using Catch::Matchers::Contains;

namespace {

std::string bytes_of(const std::string& header, const std::string& data) {
  const std::uint64_t length = header.size();
  return std::string(reinterpret_cast<const char*>(&length), sizeof length) + header + data;
}

struct reading {
  temporary_folder folder;
  result<tensor_file> of(const std::string& content) const {
    folder.write("file.safetensors", content);
    return read_safetensors(folder / "file.safetensors");
  }
  std::string error_of(const std::string& content) const {
    const auto r = of(content);
    return r ? "no error" : r.error().text().c_str();
  }
  std::string error_of(const std::string& header, const std::string& data) const {
    return error_of(bytes_of(header, data));
  }
};

std::string data(std::initializer_list<unsigned> bytes) {
  std::string s;
  for (unsigned b : bytes) s += static_cast<char>(b);
  return s;
}

}  // namespace

TEST_CASE("safetensors: a file written by hand is read") {
  const reading read;
  const auto file = read.of(bytes_of(R"({"__metadata__":{"network":"crnn_4b"},)"
                                     R"("b":{"dtype":"I16","shape":[2],"data_offsets":[8,12]},)"
                                     R"("a":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},)"
                                     R"("empty":{"dtype":"F64","shape":[3,0],"data_offsets":[8,8]},)"
                                     R"("scalar":{"dtype":"BOOL","shape":[],"data_offsets":[12,13]}}   )",
                                     data({0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0, 7, 0, 0xFF, 0xFF, 1})));
  REQUIRE(file);
  CHECK(file->metadata == std::map<std::string, std::string>{{"network", "crnn_4b"}});
  REQUIRE(file->tensors.size() == 4);
  const named_tensor* a = file->find("a");
  REQUIRE(a);
  CHECK(a->type == dtype::f32);
  CHECK(a->shape == std::vector<idx>{1, 2});
  CHECK(a->floats() == std::vector<float>{1, -2});
  CHECK(file->find("b")->floats() == std::vector<float>{7, -1});
  CHECK(file->find("empty")->floats().empty());
  CHECK(file->find("empty")->shape == std::vector<idx>{3, 0});
  CHECK(file->find("scalar")->shape.empty());
  CHECK(file->find("scalar")->floats() == std::vector<float>{1});
  CHECK(file->find("c") == nullptr);
}

TEST_CASE("safetensors: every type becomes floats") {
  const auto floats = [](dtype type, std::initializer_list<unsigned> bytes) {
    named_tensor t{"t", type, {}, {}};
    for (unsigned b : bytes) t.bytes.push_back(static_cast<std::byte>(b));
    return t.floats();
  };
  using list = std::vector<float>;
  CHECK(floats(dtype::f64, {0, 0, 0, 0, 0, 0, 0xF8, 0x3F}) == list{1.5f});
  CHECK(floats(dtype::f32, {0, 0, 0xC0, 0xBF}) == list{-1.5f});
  // 1, -2, the largest, the smallest normal, the smallest subnormal, -0
  CHECK(floats(dtype::f16, {0, 0x3C, 0, 0xC0, 0xFF, 0x7B, 0, 4, 1, 0, 0, 0x80}) ==
        list{1, -2, 65504, 0x1p-14f, 0x1p-24f, -0.0f});
  CHECK(std::signbit(from_half(0x8000)));
  CHECK(std::isinf(from_half(0x7C00)));
  CHECK(std::isnan(from_half(0x7C01)));
  CHECK(floats(dtype::bf16, {0x80, 0x3F, 0x49, 0xC0}) == list{1, -3.140625f});
  CHECK(floats(dtype::i64, {0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF}) == list{-2});
  CHECK(floats(dtype::i32, {1, 1, 0, 0}) == list{257});
  CHECK(floats(dtype::i16, {0xFF, 0xFF}) == list{-1});
  CHECK(floats(dtype::i8, {0x80, 0x7F}) == list{-128, 127});
  CHECK(floats(dtype::u64, {1, 0, 0, 0, 1, 0, 0, 0}) == list{4294967297.0f});
  CHECK(floats(dtype::u32, {0xFF, 0xFF, 0, 0}) == list{65535});
  CHECK(floats(dtype::u16, {0xFF, 0xFF}) == list{65535});
  CHECK(floats(dtype::u8, {0x80}) == list{128});
  CHECK(floats(dtype::boolean, {0, 1}) == list{0, 1});
}

TEST_CASE("safetensors: what is written is read, largest numbers first, and always the same bytes") {
  const temporary_folder folder;
  const auto path = folder / "new" / "file.safetensors";
  tensor_file file;
  file.metadata = {{"class names", "car\nbirds \"singing\"\\"}, {"straße", "überall"}};
  file.tensors.push_back({"mask", dtype::boolean, {3}, std::vector<std::byte>(3, std::byte{1})});
  file.tensors.push_back(tensor_of<float>("b", {2}, std::vector<float>{1, 2}));
  file.tensors.push_back(tensor_of<float>("a", {}, std::vector<float>{3}));
  file.tensors.push_back(tensor_of<double>("c", {1}, std::vector<double>{0.1}));
  REQUIRE(write_safetensors(path, file));
  const std::string content = read_file(path).value();
  std::uint64_t length = 0;
  std::memcpy(&length, content.data(), 8);
  CHECK(length % 8 == 0);
  CHECK(content.size() == 8 + length + 8 + 3 * 4 + 3);

  const tensor_file back = read_safetensors(path).value();
  CHECK(back.metadata == file.metadata);
  std::string names;
  for (const named_tensor& t : back.tensors) names += t.name + " ";
  CHECK(names == "c a b mask ");
  for (const named_tensor& t : file.tensors) {
    const named_tensor* b = back.find(t.name);
    REQUIRE(b);
    CHECK(b->type == t.type);
    CHECK(b->shape == t.shape);
    CHECK(b->bytes == t.bytes);
  }
  std::ranges::reverse(file.tensors);
  REQUIRE(write_safetensors(path, file));
  CHECK(read_file(path).value() == content);

  REQUIRE(write_safetensors(path, tensor_file{}));
  CHECK(read_safetensors(path)->tensors.empty());
}

TEST_CASE("safetensors: what could not be read again is not written, and the old file stays") {
  const temporary_folder folder;
  folder.write("file.safetensors", "old");
  const auto error_of = [&](std::vector<named_tensor> tensors, std::map<std::string, std::string> metadata = {}) {
    const auto done = write_safetensors(folder / "file.safetensors", {std::move(tensors), std::move(metadata)});
    CHECK(read_file(folder / "file.safetensors").value() == "old");
    return std::string(done ? "no error" : done.error().text().c_str());
  };
  const named_tensor one = tensor_of<float>("a", {1}, std::vector<float>{1});
  CHECK_THAT(error_of({one, one}), Contains("'a': the name stands there twice"));
  CHECK_THAT(error_of({{"a", dtype::f32, {2}, std::vector<std::byte>(4)}}),
             Contains("expected 8 bytes for F32 (2), got 4"));
  CHECK_THAT(error_of({{"a", dtype::f32, {-1}, std::vector<std::byte>(4)}}), Contains("no list of counts"));
  CHECK_THAT(error_of({{"__metadata__", dtype::f32, {1}, std::vector<std::byte>(4)}}), Contains("cannot be written"));
  CHECK_THAT(error_of({{"\xFF", dtype::u8, {1}, std::vector<std::byte>(1)}}), Contains("not UTF-8"));
  CHECK_THAT(error_of({}, {{"a", "\xC3"}}), Contains("not UTF-8"));
}

TEST_CASE("safetensors: hostile files") {
  const reading read;
  const std::string four(4, '\0');
  const std::string good = R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})";
  REQUIRE(read.of(bytes_of(good, four)));

  SECTION("truncated at every byte") {
    const std::string whole = bytes_of(good, four);
    for (std::size_t n = 0; n < whole.size(); ++n) CHECK_FALSE(read.of(whole.substr(0, n)));
    CHECK_THAT(read.error_of(""), Contains("not a safetensors file"));
    CHECK_THAT(read.error_of(whole.substr(0, 20)), Contains("truncated"));
  }
  SECTION("any byte changed gives a tensor of one number, or an error") {
    for (std::size_t i = 0; i < good.size(); ++i)
      for (char c : {'\0', '0', '9', '"', '{', '}', '[', ',', '-', '\xFF'}) {
        std::string header = good;
        header[i] = c;
        const auto file = read.of(bytes_of(header, four));
        if (file) CHECK((file->tensors.size() == 1 && file->tensors[0].bytes.size() == 4));
      }
  }
  SECTION("lengths of the header") {
    const auto with_length = [&](std::uint64_t n) {
      return read.error_of(std::string(reinterpret_cast<const char*>(&n), 8) + good + four);
    };
    CHECK_THAT(with_length(~std::uint64_t{0}), Contains("100 MB or less"));
    CHECK_THAT(with_length(100'000'001), Contains("100 MB or less"));
    CHECK_THAT(with_length(100'000'000), Contains("truncated"));
    CHECK_THAT(with_length(good.size() + 5), Contains("truncated"));
    CHECK_THAT(with_length(good.size() + 1), Contains("broken JSON"));
    CHECK_THAT(with_length(good.size() - 1), Contains("broken JSON"));
    CHECK_THAT(with_length(0), Contains("no JSON object"));
  }
  SECTION("the JSON") {
    CHECK_THAT(read.error_of("[]", ""), Contains("no JSON object"));
    CHECK_THAT(read.error_of(" {}", ""), Contains("no JSON object"));
    CHECK_THAT(read.error_of("{", ""), Contains("broken JSON"));
    CHECK_THAT(read.error_of("{} x", ""), Contains("broken JSON"));
    CHECK_THAT(read.error_of("{\"\xFF\":1}", ""), Contains("broken JSON"));
    CHECK_THAT(read.error_of("{\"a\":" + std::string(100'000, '[') + std::string(100'000, ']') + "}", ""),
               Contains("neither a tensor nor metadata"));
    std::string deep;
    for (int i = 0; i < 100'000; ++i) deep += "{\"a\":";
    CHECK_THAT(read.error_of(deep, ""), Contains("'a'"));
    CHECK_THAT(read.error_of(R"({"a":{"shape":[[)", ""), Contains("no list of counts"));
    CHECK_THAT(read.error_of(R"({"a":7})", ""), Contains("'a' is neither a tensor nor metadata"));
    CHECK_THAT(read.error_of(R"({"a":null})", ""), Contains("'a' is neither a tensor nor metadata"));
    CHECK_THAT(read.error_of(R"({"__metadata__":[]})", ""), Contains("neither"));
    CHECK_THAT(read.error_of(R"({"__metadata__":{"a":1}})", ""), Contains("metadata 'a' is no text"));
    CHECK_THAT(read.error_of(R"({"__metadata__":{"a":{}}})", ""), Contains("metadata 'a' is no text"));
    CHECK_THAT(read.error_of(R"({"__metadata__":{"a":"1","a":"1"}})", ""), Contains("twice"));
    CHECK_THAT(read.error_of(R"({"__metadata__":{},"__metadata__":{}})", ""), Contains("twice"));
  }
  SECTION("fields of a tensor") {
    const auto tensor = [&](const std::string& fields) { return read.error_of("{\"a\":{" + fields + "}}", four); };
    CHECK_THAT(tensor(R"("dtype":"F32","shape":[1])"), Contains("tensor 'a': dtype, shape or data_offsets is missing"));
    CHECK_THAT(tensor(R"("dtype":"F33","shape":[1],"data_offsets":[0,4])"), Contains("unknown dtype 'F33'"));
    CHECK_THAT(tensor(R"("dtype":32,"shape":[1],"data_offsets":[0,4])"), Contains("'dtype' has the wrong type"));
    CHECK_THAT(tensor(R"("dtype":["F32"],"shape":[1],"data_offsets":[0,4])"), Contains("'dtype' has the wrong type"));
    CHECK_THAT(tensor(R"("dtype":"F32","shape":1,"data_offsets":[0,4])"), Contains("'shape' has the wrong type"));
    CHECK_THAT(tensor(R"("dtype":"F32","shape":[-1],"data_offsets":[0,4])"), Contains("no list of counts"));
    CHECK_THAT(tensor(R"("dtype":"F32","shape":[1.0],"data_offsets":[0,4])"), Contains("no list of counts"));
    CHECK_THAT(tensor(R"("dtype":"F32","shape":["1"],"data_offsets":[0,4])"), Contains("no list of counts"));
    CHECK_THAT(tensor(R"("dtype":"F32","shape":[18446744073709551616],"data_offsets":[0,4])"),
               Contains("no list of counts"));
    CHECK_THAT(tensor(R"("dtype":"F32","shape":[18446744073709551615],"data_offsets":[0,4])"), Contains("too large"));
    // the product wraps around to 1 in 64 bits
    CHECK_THAT(tensor(R"("dtype":"F32","shape":[4294967297,4294967297,4294967297],"data_offsets":[0,4])"),
               Contains("the shape is too large"));
    CHECK_THAT(tensor(R"("dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,4])"), Contains("too large"));
    CHECK_THAT(tensor(R"("dtype":"F32","shape":[2],"data_offsets":[0,4])"),
               Contains("expected 8 bytes for F32 (2), got 4"));
    CHECK_THAT(tensor(R"("dtype":"F64","shape":[1],"data_offsets":[0,4])"),
               Contains("expected 8 bytes for F64 (1), got 4"));
    CHECK_THAT(tensor(R"("dtype":"F32","shape":[1],"data_offsets":[0])"), Contains("not two counts"));
    CHECK_THAT(tensor(R"("dtype":"F32","shape":[1],"data_offsets":[0,4,8])"), Contains("not two counts"));
    CHECK_THAT(tensor(R"("dtype":"F32","shape":[1],"data_offsets":[-4,0])"), Contains("not two counts"));
    CHECK_THAT(tensor(R"("dtype":"F32","shape":[1],"data_offsets":[4,0])"), Contains("outside of the file"));
    CHECK_THAT(tensor(R"("dtype":"F32","shape":[1],"data_offsets":[4,8])"), Contains("outside of the file"));
    CHECK_THAT(tensor(R"("dtype":"U8","shape":[18000000000000],"data_offsets":[0,18000000000000])"),
               Contains("outside"));
    CHECK_THAT(tensor(R"("dtype":"F32","shape":[1],"data_offsets":[0,4],"x":1)"), Contains("unknown field 'x'"));
    CHECK_THAT(tensor(R"("dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4])"),
               Contains("'dtype' stands there twice"));
    std::string ones = "1";
    for (int i = 0; i < 100; ++i) ones += ",1";
    CHECK_THAT(tensor("\"dtype\":\"F32\",\"shape\":[" + ones + "],\"data_offsets\":[0,4]"), Contains("too many axes"));
  }
  SECTION("ranges") {
    const auto two = [&](const std::string& first, const std::string& second, std::size_t size) {
      return read.error_of("{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":" + first +
                               "},\"b\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":" + second + "}}",
                           std::string(size, 'x'));
    };
    CHECK(two("[4,8]", "[0,4]", 8) == "no error");
    CHECK_THAT(two("[0,4]", "[3,7]", 8), Contains("'b': its data overlap"));
    CHECK_THAT(two("[0,4]", "[0,4]", 4), Contains("overlap"));
    CHECK_THAT(two("[0,4]", "[5,9]", 9), Contains("'b': there is a hole"));
    CHECK_THAT(two("[1,5]", "[5,9]", 9), Contains("'a': there is a hole"));
    CHECK_THAT(two("[0,4]", "[4,8]", 9), Contains("behind the last tensor") && Contains("expected 8 bytes, got 9"));
    CHECK_THAT(read.error_of("{}", "x"), Contains("behind the last tensor"));
    CHECK_THAT(
        read.error_of(
            R"({"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}})",
            "xy"),
        Contains("'a': the name stands there twice"));
  }
  SECTION("no file") {
    CHECK_THAT(read_safetensors(read.folder / "none").error().text().c_str(), Contains("no such file"));
    CHECK_THAT(read_safetensors(read.folder.path()).error().text().c_str(), Contains("no such file"));
  }
}
