// Two translation units include everything and run the same network: a definition that is not inline would not link.
#include <auris/auris.hpp>

struct network
    : auris::bind<auris::sequential<auris::linear<4>, auris::relu, auris::gru<3>>, auris::dims(auris::dyn, 2)> {};

float second(auris::idx frames);

int main() {
  auris::weights<network> w(1);
  auris::session<network, auris::cpu> run(w);
  const float x[8] = {1, 2, 3, 4, 5, 6, 7, 8};
  const auto y = run({x, 1, auris::dims(4, 2)});
  return y && y->get<"main">().p[0] == second(4) ? 0 : 1;
}
