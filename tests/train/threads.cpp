#include <auris/backend/cpu.hpp>
#include <auris/backend/cpu/thread_pool.hpp>
#include <auris/loss.hpp>
#include <auris/nn.hpp>
#include <auris/optim.hpp>
#include <auris/train.hpp>

#include "support/allocations.hpp"
#include "support/catch.hpp"

namespace threads_test {

using namespace auris;

namespace {
struct net : bind<sequential<as_image, conv2d<8, 3, 3>, batch_norm, relu, max_pool<1, 2>, dropout<0.2>, fold,
                             bidirectional<gru<8>>, heads<output<"sed", linear<5>>, output<"asc", linear<3>>>>,
                  dims(dyn, 8)> {};
using objective = weighted_sum<term<"sed", weighted_soft_label, 0.85>, term<"asc", cross_entropy, 0.15>>;
constexpr idx items = 5, frames = 21;

memory_source<float, 2> made_up(std::uint64_t seed) {
  memory_source<float, 2> s{.items = items, .shape_of_item = dims(frames, 8)};
  for (std::size_t i = 0; i < items * frames * 8; ++i) s.inputs.push_back(static_cast<float>(2 * uniform(seed, i) - 1));
  for (std::size_t i = 0; i < items * frames * 5; ++i)
    s.terms[0].values.push_back(static_cast<float>(uniform(seed + 1, i)));
  for (std::size_t i = 0; i < items * frames; ++i)
    for (std::size_t k = 0; k < 3; ++k) s.terms[1].values.push_back(i % 3 == k ? 1.0f : 0.0f);
  return s;
}

// All numbers after five steps.
template <class Backend, class Method>
std::vector<float> after_five_steps(executor& e) {
  weights<net> w(1);
  trainer<net, objective, Method, Backend> t(w, {.largest_norm = 1, .seed = 3}, &e);
  const auto s = made_up(1);
  for (int i = 0; i < 5; ++i)
    t.step({s.inputs.data(), items, s.item()}, {{{s.terms[0].values.data()}, {s.terms[1].values.data()}}}).value();
  std::vector<float> all(w.params(), w.params() + net::parameters);
  all.insert(all.end(), w.buffers(), w.buffers() + net::buffers);
  return all;
}
}  // namespace

TEST_CASE("trainer: the same bits after five steps with 1, 2 and 3 threads") {
  const auto alone = after_five_steps<cpu, adamw>(calling_thread);
  for (const int threads : {1, 2, 3}) {
    thread_pool pool(threads);
    CHECK(after_five_steps<cpu, adamw>(pool) == alone);
  }
}

TEST_CASE("trainer: the backends agree up to rounding") {
  // With plain steps: Adam blows up the rounding of gradients that are 0, like those of a bias before batch normalisation.
  const auto one = after_five_steps<cpu, sgd>(calling_thread), other = after_five_steps<reference, sgd>(calling_thread);
  for (std::size_t i = 0; i < one.size(); ++i) CHECK(one[i] == Approx(other[i]).margin(1e-6));
}

TEST_CASE("fit: the same bits with 1 and 3 threads") {
  const auto trained = [](executor& e) {
    weights<net> w(1);
    trainer<net, objective, adamw, cpu> t(w, {.seed = 3}, &e);
    fit_options o;
    o.batch = 2;
    o.schedule.epochs = 3;
    const fit_report r = fit(t, made_up(1), made_up(7), o).value();
    std::vector<double> all(w.params(), w.params() + net::parameters);
    for (const epoch_record& epoch : r.epochs) all.push_back(epoch.loss), all.push_back(epoch.validation_loss);
    return all;
  };
  thread_pool pool(3);
  CHECK(trained(pool) == trained(calling_thread));
}

TEST_CASE("trainer: on the CPU backend steps within what is reserved allocate nothing, with several threads as well") {
  thread_pool pool(2);
  weights<net> w(1);
  trainer<net, objective, adamw, cpu> t(w, {.largest_norm = 1}, &pool);
  const auto s = made_up(1);
  const view<const float> x{s.inputs.data(), items, s.item()};
  t.reserve(items, s.item()).value();
  const long before = testing::allocation_count();
  bool fine = true;
  for (int i = 0; i < 2; ++i) {
    fine = fine && t.step(x, {{{s.terms[0].values.data()}, {s.terms[1].values.data()}}});
    fine = fine && t.evaluate(x, {{{s.terms[0].values.data()}, {s.terms[1].values.data()}}});
  }
  const long after = testing::allocation_count();
  CHECK(fine);
  CHECK(after == before);
}

}  // namespace threads_test
