// Weights of cnn10 as they are before any training: random_cnn10 FILE
#include <auris/io/checkpoint.hpp>
#include <cstdio>
#include <networks/panns.hpp>

int main(int count, char* arguments[]) {
  if (count != 2) return 2;
  const auto ok = auris::save(auris::weights<auris::networks::cnn10>(1), arguments[1]);
  if (!ok) std::fprintf(stderr, "%s\n", ok.error().text().c_str());
  return ok ? 0 : 1;
}
