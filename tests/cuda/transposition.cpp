// Matrices that are transposed, or added transposed, at sizes around a tile.
#include <auris/backend/cuda.cuh>

#include "op/checks.hpp"

namespace transposition_test {

using namespace auris;

namespace {
struct transposition {
  struct test {
    idx rows, columns;
  };
  static constexpr const char* name = "transposition";
  static std::string describe(const test& s) { return table::text(s.rows, " x ", s.columns); }
  static std::vector<test> tests() {
    return {{0, 3}, {3, 0}, {1, 1}, {31, 33}, {32, 32}, {70, 65}, {1, 100}, {100, 1}};
  }
  /// The loops that the kernel stands for.
  template <class T>
  static void run(std::type_identity<reference>, bool adds, const test& s, const T* from, T* to) {
    for (idx r = 0; r < s.rows; ++r)
      for (idx c = 0; c < s.columns; ++c)
        to[c * s.rows + r] = (adds ? to[c * s.rows + r] : T(0)) + from[r * s.columns + c];
  }
  template <class T>
  static void run(std::type_identity<cuda>, bool adds, const test& s, const T* from, T* to) {
    using kernel = detail::gpu::transposition<T>;
    (adds ? kernel::add : kernel::write)("transposition", nullptr, s.rows, s.columns, from, to);
  }

  template <class Backend, class T>
  static std::vector<table::call<T>> calls(const test& s) {
    const idx count = s.rows * s.columns;
    std::vector<table::call<T>> all(2);
    for (const bool adds : {false, true}) {
      table::call<T>& c = all[adds ? 1 : 0];
      c.name = adds ? "add" : "write";
      c.arguments = {table::input("from", count), adds ? table::updated("to", count) : table::output("to", count)};
      c.run = [s, adds](executor& e, T* workspace, T* const* p) {
        static_cast<void>(table::on<Backend>(e, workspace));  // for the order of threads
        run(std::type_identity<Backend>{}, adds, s, p[0], p[1]);
      };
    }
    return all;
  }
};
}  // namespace

TEST_CASE("Transposition of matrices", "[transposition]") { table::check<transposition, cuda>(); }

}  // namespace transposition_test
