#include "op/checks.hpp"

#include <algorithm>
#include <auris/backend/cpu/thread_pool.hpp>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <numeric>
#include <set>

#include "op/shuffled.hpp"
#include "op/values.hpp"

namespace table {
namespace {

using names = std::set<std::string>;

/// Collects faults, with the circumstances under which they show.
struct report {
  std::string circumstances;
  faults all;

  template <class... Part>
  void expect(bool right, const Part&... wrong) {
    if (!right) all += circumstances + ": " + text(wrong...) + "\n";
  }
};

/// What a call finds in its inputs and updated arrays: made up, or what the forward call has read and written.
arrays<double> data_for(const std::vector<call<double>>& calls, std::size_t index) {
  const call<double>& c = calls[index];
  arrays<double> data;
  if (c.gradient_of >= 0 && c.gradient_of != static_cast<int>(index)) {
    const auto forward = static_cast<std::size_t>(c.gradient_of);
    data = data_for(calls, forward);
    data.erase("state");  // backward belongs to a start from zero
    for (auto& [name, written] : run(calls[forward], data)) data[name] = written;
    for (auto& [name, x] : data)
      for (double& v : x) v = static_cast<float>(v);
  }
  std::uint64_t seed = 100 * index;
  for (const argument& a : c.arguments)
    if (++seed; a.how != role::output && !data.count(a.name)) data[a.name] = made(a, seed);
  return data;
}

/// Where arrays begin: at a scalar that is aligned to no more than itself, or at a multiple of 64 bytes.
enum class place { odd, aligned };

/// An array between two guards of NaN with a payload: reading them spoils results, writing them shows.
template <class T>
class guarded {
 public:
  guarded(idx count, place at) : memory_(static_cast<std::size_t>(count + 2 * guard + line), spoiled()), count_(count) {
    const auto behind = static_cast<idx>(reinterpret_cast<std::uintptr_t>(memory_.data()) / sizeof(T)) % line;
    first_ = line - behind + (at == place::odd ? 37 : guard);
  }
  guarded(const std::vector<double>& x, place at) : guarded(static_cast<idx>(x.size()), at) {
    for (std::size_t i = 0; i < x.size(); ++i) data()[i] = static_cast<T>(x[i]);
  }
  T* data() { return memory_.data() + first_; }
  idx first() const { return first_; }
  /// All of it, where kernels find it.
  placed<T> in(const device_memory* m) { return {m, memory_.data(), memory_.size()}; }
  std::vector<T> values() { return {data(), data() + count_}; }
  bool intact() { return spoiled(memory_.data(), data()) && spoiled(data() + count_, memory_.data() + memory_.size()); }

 private:
  static constexpr idx guard = 48, line = 64 / static_cast<idx>(sizeof(T));
  static T spoiled() { return std::numeric_limits<T>::quiet_NaN(); }
  static bool spoiled(const T* p, const T* end) {
    const T value = spoiled();
    for (; p != end; ++p)
      if (std::memcmp(p, &value, sizeof value) != 0) return false;
    return true;
  }
  std::vector<T> memory_;
  idx count_, first_;
};

/// Runs a call with guards around everything; checks them and the inputs; gives back what was written.
template <class T>
arrays<T> run_guarded(report& found, const call<T>& c, const arrays<double>& data, const names& null, executor& e,
                      place at, bool in_place = false) {
  std::vector<guarded<T>> all;
  for (const argument& a : c.arguments) {
    if (a.how == role::output)
      all.emplace_back(a.count, at);
    else
      all.emplace_back(data.at(a.name), at);
  }
  const auto place_of = [&](const std::string& name) {
    return static_cast<std::size_t>(
        std::find_if(c.arguments.begin(), c.arguments.end(), [&](const argument& a) { return a.name == name; }) -
        c.arguments.begin());
  };
  guarded<T> workspace(c.workspace(e.workers()), at);
  std::vector<placed<T>> where;
  for (guarded<T>& a : all) where.push_back(a.in(c.memory));
  where.push_back(workspace.in(c.memory));
  std::vector<T*> p;
  for (std::size_t i = 0; i < all.size(); ++i)
    p.push_back(null.count(c.arguments[i].name) ? nullptr : where[i].data() + all[i].first());
  if (in_place) p[place_of(c.in_place[1])] = p[place_of(c.in_place[0])];
  if (c.prepare) c.prepare(p.data());
  c.run(e, where.back().data() + workspace.first(), p.data());
  for (const placed<T>& a : where) a.fetch();

  if (const std::string failure = failure_of_device(); !failure.empty()) found.expect(false, failure);
  found.expect(workspace.intact(), "wrote outside of the workspace");
  arrays<T> written;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const argument& a = c.arguments[i];
    const auto unchanged = [&] { return all[i].values() == guarded<T>(data.at(a.name), at).values(); };
    found.expect(all[i].intact(), "wrote outside of ", a.name);
    if (a.how != role::input) {
      if (in_place && a.name == c.in_place[1])
        written[a.name] = all[place_of(c.in_place[0])].values();
      else if (p[i])
        written[a.name] = all[i].values();
      else if (a.how == role::updated)
        found.expect(unchanged(), "wrote to ", a.name, ", which was not given");
    } else if (!in_place || c.in_place[0] != a.name)
      found.expect(unchanged(), "changed the input ", a.name);
  }
  return written;
}

std::string show(const names& n) {
  std::string all;
  for (const std::string& s : n) all += " " + s;
  return all;
}

template <class T>
bool same_bits(const arrays<T>& a, const arrays<T>& b) {
  for (const auto& [name, x] : a)
    if (!x.empty() && std::memcmp(x.data(), b.at(name).data(), x.size() * sizeof(T)) != 0) return false;
  return true;
}

/// The largest difference; NaN where there is one.
class difference {
 public:
  void add(double got, double expected) {
    const double d = std::abs(got - expected);
    if (std::isnan(d) || d > worst_) worst_ = std::isnan(worst_) ? worst_ : d;
    largest_ = std::max(largest_, std::abs(expected));
  }
  bool within(double tolerance) const { return worst_ <= tolerance * largest_; }
  double worst() const { return worst_; }

 private:
  double worst_ = 0, largest_ = 1;
};

void compare(report& found, const arrays<double>& expected, const arrays<float>& got, idx depth) {
  for (const auto& [name, x] : expected) {
    difference d;
    for (std::size_t i = 0; i < x.size(); ++i) d.add(static_cast<double>(got.at(name)[i]), x[i]);
    found.expect(d.within(static_cast<double>(8 + depth) * std::numeric_limits<float>::epsilon()), name, " is off by ",
                 d.worst());
  }
}

}  // namespace

faults faults_of_values(const std::vector<call<double>>& oracle, const std::vector<call<float>>& tested) {
  report found;
  for (std::size_t i = 0; i < tested.size(); ++i) {
    const call<float>& c = tested[i];
    const arrays<double> data = data_for(oracle, i);
    std::vector<names> variants{{}};
    for (const argument& a : c.arguments)
      if (a.optional) variants.push_back({a.name});
    names every;
    for (const names& one : variants) every.insert(one.begin(), one.end());
    if (every.size() > 1) variants.push_back(every);

    for (const names& null : variants) {
      const std::string variant = c.name + (null.empty() ? "" : ", null:" + show(null));
      found.circumstances = variant;
      const auto expected = run_guarded(found, oracle[i], data, null, calling_thread, place::odd);
      const auto got = run_guarded(found, c, data, null, calling_thread, place::odd);
      compare(found, expected, got, c.depth);
      found.circumstances = variant + ", aligned";
      found.expect(same_bits(got, run_guarded(found, c, data, null, calling_thread, place::aligned)), "other bits");
    }

    report quiet;  // what goes wrong with any executor has been said
    const auto serial = run_guarded(quiet, c, data, {}, calling_thread, place::odd);
    shuffled shuffled_1(1), shuffled_2(2), shuffled_3(3);
    static thread_pool pool_2(2), pool_3(3);
    executor* const others[] = {&shuffled_3, &pool_3, &shuffled_1, &shuffled_2, &pool_2};
    for (std::size_t other = 0; other < std::min(repeated.executors, std::size(others)); ++other)
      for (const place at : {place::odd, place::aligned}) {
        executor& e = *others[other];
        found.circumstances = text(c.name, ", ", e.workers(), " workers", at == place::odd ? "" : ", aligned");
        found.expect(same_bits(serial, run_guarded(found, c, data, {}, e, at)), "other bits");
      }
    if (c.in_place[0])
      for (const place at : {place::odd, place::aligned}) {
        found.circumstances = text(c.name, ", in place", at == place::odd ? "" : ", aligned");
        found.expect(same_bits(serial, run_guarded(found, c, data, {}, calling_thread, at, true)), "other bits");
      }
  }
  return found.all;
}

faults faults_of_gradients(const std::vector<call<double>>& calls) {
  report found;
  for (std::size_t i = 0; i < calls.size(); ++i) {
    const call<double>& backward = calls[i];
    if (backward.gradient_of < 0) continue;
    const call<double>& forward = calls[static_cast<std::size_t>(backward.gradient_of)];
    arrays<double> data = data_for(calls, i);
    for (const argument& a : backward.arguments)
      if (a.how == role::updated) std::fill(data[a.name].begin(), data[a.name].end(), 0);  // what is added, alone

    // The inputs of forward, as they were before it ran.
    const auto start = &forward == &backward ? data : data_for(calls, static_cast<std::size_t>(backward.gradient_of));
    arrays<double> at;
    for (const argument& a : forward.arguments)
      if (a.how != role::output && a.name != "state") at[a.name] = start.at(a.name);
    if (&forward != &backward) {
      // What backward reads of forward in full precision.
      for (auto& [name, written] : run(forward, at))
        if (data.count(name) && !at.count(name)) data[name] = written;
    }
    const auto objective = [&](const arrays<double>& x) {
      double sum = 0;
      for (const auto& [name, written] : run(forward, x)) {
        const auto weight = data.find("d" + name);
        if (weight != data.end() && &forward != &backward)
          sum += std::inner_product(written.begin(), written.end(), weight->second.begin(), 0.0);
        else if (&forward == &backward && name == "value")
          sum += written[0];
      }
      return sum;
    };
    const auto gradients = run(backward, data);
    for (const auto& [name, x] : at) {
      const auto gradient = gradients.find("d" + name);
      if (gradient == gradients.end()) continue;
      const std::size_t samples = x.size() > 1000 ? std::min<std::size_t>(3, repeated.gradients) : repeated.gradients;
      difference d;
      for (std::size_t s = 0; s < std::min(samples, x.size()); ++s) {
        const std::size_t k = x.size() <= samples ? s : mix(s) % x.size();
        const double step = 1e-5;
        arrays<double> up = at, down = at;
        up[name][k] += step;
        down[name][k] -= step;
        d.add(gradient->second[k], (objective(up) - objective(down)) / (2 * step));
      }
      found.circumstances = backward.name;
      found.expect(d.within(1e-6), "gradient of ", name, " is off by ", d.worst());
    }
  }
  return found.all;
}

}  // namespace table
