#include <cstdio>

#include "commands.hpp"

using namespace auris;

namespace soft_label {

result<void> info(const std::string& network, const system_options& o, idx frames) {
  const auto made = make_system(network, o);
  if (!made) return made.error();
  idx parameters = 0, multiply_adds = 0;
  std::printf("%s, a clip of %td frames\n\n", network.c_str(), frames);
  std::printf("%-30s %-36s %-16s %-16s %11s %14s\n", "layer", "kind", "input", "output", "parameters", "multiply-adds");
  for (const layer_line& l : (*made)->layers(frames)) {
    std::printf("%-30s %-36s %-16s %-16s %11td %14td\n", l.name.c_str(), l.kind.c_str(), l.input.c_str(),
                l.output.c_str(), l.parameters, l.multiply_adds);
    parameters += l.parameters, multiply_adds += l.multiply_adds;
  }
  std::printf("%-30s %-36s %-16s %-16s %11td %14td\n\n", "all", "", "", "", parameters, multiply_adds);
  for (const memory_line& m : (*made)->memory(frames))
    std::printf("%-42s %9.2f MiB\n", m.what.c_str(), static_cast<double>(m.bytes) / (1 << 20));
  return {};
}

}  // namespace soft_label
