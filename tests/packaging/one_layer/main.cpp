// Uses the core and one layer on the reference backend: needs no other library, no exceptions.
#include <auris/backend/reference.hpp>
#include <auris/backend/reference/linear.hpp>
#include <auris/nn/linear.hpp>
#include <auris/nn/session.hpp>

struct network : auris::bind<auris::linear<2>, auris::dims(auris::dyn, 3)> {};

int main() {
  auris::weights<network> w;
  const float values[8] = {1, 0, -1, 0.5f, 0.5f, 0.5f, 10, 20};
  for (int i = 0; i < 8; ++i) w.params()[i] = values[i];
  auris::session<network, auris::reference> run(w);
  const float x[3] = {1, 2, 3};
  const auto y = run({x, 1, auris::dims(1, 3)});
  return y && y->get<"main">().p[0] == 8 && y->get<"main">().p[1] == 23 ? 0 : 1;
}
