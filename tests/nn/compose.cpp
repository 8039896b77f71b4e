// Composition: taps, parallel branches, nested outputs, frozen parts, pruned and deployed forms.
#include <auris/backend/cpu.hpp>
#include <auris/nn.hpp>
#include <auris/testing/check_layer.hpp>
#include <string>

#include "support/catch.hpp"

using namespace auris;

namespace {

template <class Network>
void keeps_promises(testing::check_options options = {}) {
  const auto verdict = testing::check_layer<Network, reference>(options);
  INFO(verdict.error().text().c_str());
  CHECK(verdict);
}

template <idx C>
struct block : sequential<conv2d<C, 3, 3, no_bias>, batch_norm, relu, conv2d<C, 3, 3, no_bias>, batch_norm> {};
template <idx C>
struct scaled : parallel<product, identity, sequential<mean_mel, mean_time, linear<2>, relu, linear<C>, sigmoid>> {};

// A trunk with everything: residual with attention, two branches one of which leaves an output on the way, three heads.
struct everything_spec
    : sequential<named<"block", block<4>>, relu, avg_pool<1, 2>,
                 named<"residual", residual<sequential<block<4>, scaled<4>>>>,
                 parallel<concat<2>, named<"left", conv2d<3>>,
                          sequential<named<"right", conv2d<2>>, tap<output<"early", fold, linear<3>>>>>,
                 dropout<0.3>, mean_mel, expose<"embedding">,
                 heads<output<"sed", named<"gru_sed", bidirectional<gru<3>>>, named<"fc_sed", linear<4>>>,
                       output<"asc", mean_time, tap<output<"inner", linear<2>>>, linear<5>>>> {};
struct everything : bind<everything_spec, dims(dyn, 4, 1)> {};

struct nested_spec
    : sequential<linear<4>,
                 parallel<sum, expose<"copy">, sequential<tap<output<"outer", linear<3>, relu>>, linear<4>>>> {};
struct nested : bind<nested_spec, dims(dyn, 4)> {};

struct rows : table_visitor {
  struct row {
    std::string name;
    idx offset;
    bool is_buffer, trains, used;
    bool operator==(const row&) const = default;
  };
  std::vector<row> all;
  void operator()(const table_entry& e) override { all.push_back({e.name, e.offset, e.is_buffer, e.trains, e.used}); }
};
template <class Network>
std::vector<rows::row> table() {
  rows r;
  Network::visit_parameters(r);
  return r.all;
}

/// The pruned network gives the numbers of the full one, bit for bit: outputs, gradients and the gradient of the input.
template <class Full, class Pruned>
void same_numbers(shape item) {
  const testing::check_options options;
  testing::detail::laboratory<Full, reference> full(2, item, options);
  testing::detail::laboratory<Pruned, reference> part(2, item, options);
  part.params = full.params, part.buffers = full.buffers;
  const auto statistics = full.buffers;
  full.template forward<inference>(), part.template forward<inference>();
  const auto shapes = Pruned::outputs(item);
  for (std::size_t k = 0; k < shapes.size(); ++k) {
    const auto f = Full::find(shapes[k].name);
    for (idx i = 0; i < 2 * shapes[k].s.size(); ++i) REQUIRE(part.y[k][i] == full.y[f][i]);
  }
  full.dy = {};
  for (std::size_t k = 0; k < shapes.size(); ++k) full.dy[Full::find(shapes[k].name)] = part.dy[k];
  full.template forward<training>(), full.backward();
  part.template forward<training>(), part.backward();
  CHECK(full.gradients == part.gradients);
  CHECK(full.dx == part.dx);
  const auto a = table<Full>(), b = table<Pruned>();
  REQUIRE(a.size() == b.size());
  idx used = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    CHECK(a[i].name == b[i].name);
    CHECK(a[i].offset == b[i].offset);
    used += b[i].used;
  }
  CHECK((used < static_cast<idx>(a.size())) == (Pruned::live_parameters < Full::parameters));
}

}  // namespace

template <class S>
constexpr bool compiled_once = std::is_same_v<bound<S, dims(dyn, 12, 4)>, bound<S, dims(7, 6, 4)>>;
TEST_CASE("layers that look alike are compiled once") {
  CHECK(compiled_once<relu>);
  CHECK(compiled_once<max_pool<1, 2>>);
  CHECK(compiled_once<linear<3>>);
  CHECK(compiled_once<batch_norm>);
  CHECK(compiled_once<conv2d<3>>);
  CHECK(compiled_once<detail::fused_conv<conv2d<3>, batch_norm, true>>);
  CHECK_FALSE(compiled_once<batch_norm_mel>);           // it has parameters for each mel bin
  CHECK_FALSE(compiled_once<conv2d<3, 3, 3, causal>>);  // it carries frames of all mel bins
  CHECK_FALSE(std::is_same_v<bound<conv2d<3>, dims(dyn, 12, 4)>, bound<conv2d<3>, dims(dyn, 12, 5)>>);
}

TEST_CASE("a network with every composition keeps its promises") {
  keeps_promises<everything>({.samples = 60});
  STATIC_REQUIRE(everything::output_count == 5);
  STATIC_REQUIRE(everything::shape_of<"embedding"> == dims(dyn, 5));
  STATIC_REQUIRE(everything::shape_of<"asc"> == dims(5));
}
TEST_CASE("outputs inside of branches and outputs keep their promises") { keeps_promises<nested>(); }

TEST_CASE("only: the pruned network gives the same bits and uses less") {
  const shape item = dims(6, 4, 1);
  same_numbers<everything, only<everything, "sed">>(item);
  same_numbers<everything, only<everything, "asc">>(item);
  same_numbers<everything, only<everything, "inner">>(item);
  same_numbers<everything, only<everything, "early">>(item);
  same_numbers<everything, only<everything, "embedding", "early">>(item);
  same_numbers<everything, only<only<everything, "sed", "asc">, "asc">>(item);
  same_numbers<nested, only<nested, "outer">>(dims(6, 4));
  same_numbers<nested, only<nested, "main">>(dims(6, 4));
  STATIC_REQUIRE(only<everything, "sed">::parameters == everything::parameters);
  STATIC_REQUIRE(only<everything, "early">::live_parameters < only<everything, "sed">::live_parameters);
}

TEST_CASE("deployed: batch normalisation and dropout are gone") {
  using C = context<reference, double, deployment>;
  constexpr workload item{1, dims(6, 4, 1), 1};
  STATIC_REQUIRE(deployed<only<everything, "sed">>::need<C>(item).prepared <
                 deployed<everything>::need<C>(item).prepared);
  struct small : bind<sequential<conv2d<8>, batch_norm, relu, dropout<0.2>>, dims(dyn, 64, 1)> {};
  STATIC_REQUIRE(deployed<small>::spec_type::definition::items::count == 1);
  STATIC_REQUIRE(deployed<small>::need<C>({1, dims(5, 64, 1), 1}).prepared == 9 * 8 + 8);
}

TEST_CASE("parameter names: named parts replace positions") {
  std::vector<std::string> names;
  for (const auto& r : table<everything>()) names.push_back(r.name);
  CHECK(names.front() == "block.0.weight");
  CHECK(std::count(names.begin(), names.end(), "gru_sed.weight_hh_l0_reverse") == 1);
  CHECK(std::count(names.begin(), names.end(), "residual.0.0.1.running_var") == 1);
  std::sort(names.begin(), names.end());
  CHECK(std::adjacent_find(names.begin(), names.end()) == names.end());
}

TEST_CASE("frozen: parameters and statistics stay, gradients pass through") {
  struct loose : bind<sequential<linear<6>, relu, linear<5>, batch_norm, heads<output<"a", linear<2>>>>, dims(dyn, 4)> {
  };
  struct held : bind<sequential<frozen<sequential<linear<6>, relu>>, linear<5>, frozen<batch_norm>,
                                heads<output<"a", linear<2>>>>,
                     dims(dyn, 4)> {};
  STATIC_REQUIRE(loose::parameters == held::parameters);
  testing::detail::laboratory<held, reference> lab(3, dims(5, 4), {});
  const auto statistics = lab.buffers;
  lab.forward<training>();
  lab.backward();
  CHECK(std::equal(statistics.begin(), statistics.end() - lab.guard, lab.buffers.begin()));
  double input_gradient = 0;
  for (idx i = 0; i < 60; ++i) input_gradient += std::abs(lab.dx[static_cast<std::size_t>(i)]);
  CHECK(input_gradient > 0);
  struct expectation : table_visitor {
    testing::detail::laboratory<held, reference>& lab;
    explicit expectation(testing::detail::laboratory<held, reference>& l) : lab(l) {}
    void operator()(const table_entry& e) override {
      if (e.is_buffer) return;
      double sum = 0;
      for (idx i = 0; i < e.stored.size(); ++i) sum += std::abs(lab.gradients[static_cast<std::size_t>(e.offset + i)]);
      INFO(e.name);
      CHECK((sum > 0) == e.trains);
    }
  } expect(lab);
  held::visit_parameters(expect);
}

TEST_CASE("dropout: a split batch draws the masks of the whole, another step draws others") {
  struct net : bind<sequential<linear<8>, dropout<0.5>, relu, linear<3>, dropout<0.3>>, dims(dyn, 4)> {};
  testing::detail::laboratory<net, reference> whole(4, dims(5, 4), {}), half(2, dims(5, 4), {});
  whole.forward<training>();
  for (idx part = 0; part < 2; ++part) {
    std::copy_n(whole.x.begin() + part * 40, 40, half.x.begin());
    half.params = whole.params;
    half.random.first_item = 2 * part;
    half.forward<training>();
    CHECK(std::equal(half.y[0], half.y[0] + 30, whole.y[0] + part * 30));
  }
  const std::vector<double> before(whole.y[0], whole.y[0] + 60);
  ++whole.random.step;
  whole.forward<training>();
  CHECK_FALSE(std::equal(before.begin(), before.end(), whole.y[0]));
}

TEST_CASE("channel_major: the checkpoint's feature order") {
  struct net : bind<sequential<fold, named<"fc", channel_major<3, linear<2>>>>, dims(dyn, 3, 4)> {};
  struct finder : table_visitor {
    void operator()(const table_entry& e) override {
      if (e.checkpoint.rank != 2) return;
      CHECK(e.checkpoint == dims(2, 12));
      CHECK(e.place(0) == 0);
      CHECK(e.place(1) == 4);            // channel 0, mel 1
      CHECK(e.place(3) == 1);            // channel 1, mel 0
      CHECK(e.place(12 + 4) == 12 + 5);  // second row, channel 1, mel 1
    }
  } find;
  net::visit_parameters(find);
}

TEST_CASE("visit_layers: names, kinds, shapes and operations of what runs") {
  struct collector : layer_visitor {
    std::vector<std::string> lines;
    idx parameters = 0, multiply_adds = 0;
    void operator()(const layer_row& r) override {
      lines.push_back(std::string(r.name) + " " + std::string(r.kind, r.kind_length) + " " +
                      message::of(r.input, " -> ", r.output).c_str());
      parameters += r.parameters;
      multiply_adds += r.multiply_adds;
    }
  } all, pruned;
  struct net : bind<sequential<named<"fc", linear<3>>, relu, heads<output<"a", linear<2>>, output<"b", linear<7>>>>,
                    dims(dyn, 4)> {};
  net::visit_layers(all, dims(5, 4));
  REQUIRE(all.lines.size() == 4);
  CHECK(all.lines[0] == "fc linear<3> (5, 4) -> (5, 3)");
  CHECK(all.lines[1] == "1 relu (5, 3) -> (5, 3)");
  CHECK(all.parameters == net::parameters);
  CHECK(all.multiply_adds == 5 * (4 * 3 + 3 * 2 + 3 * 7));
  only<net, "a">::visit_layers(pruned, dims(5, 4));
  CHECK(pruned.lines.size() == 3);
  CHECK(pruned.parameters == only<net, "a">::live_parameters);
}
