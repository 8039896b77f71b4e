// How the items of a chain hang together, and which of their results training keeps.
#pragma once
#include <auris/nn/compose/parts.hpp>

namespace auris::detail {

/// What is known of an item's place in its chain, whatever the sizes.
///
/// Training keeps results in the cache, but for those that are cheap to compute again from what is kept (normalisation, ReLU, pooling):
/// they lie in the workspace until the next item has read them, and backward computes them again, all that stand one behind the other
/// at once.
struct chain_link {
  int source = -1;     ///< which item wrote what this one reads; -1: the input of the chain
  bool below = false;  ///< whether an item before it trains
  bool stays = false;  ///< in training it takes the place of its input, which nothing reads any more
  bool kept = true;    ///< in training its result stays where it is
  // Of results that are not kept, and of the chain's own:
  int start = -1;  ///< the first of the items that have to run again
  int area = 0;    ///< of the two parts of the workspace that hold such results in turn
  int read = -1;   ///< with the first item: the last one whose result backward reads
};

/// The links of `count` items, and of what follows them. Returns which item writes the result of the chain; -1: none, it
/// is a copy of the input; -2: the chain has no result.
constexpr int link_chain(const part* items, std::size_t count, chain_link* links) {
  bool ended = false;
  for (std::size_t i = 0; i != count; ++i) {
    links[i + 1].source = items[i].writes() ? static_cast<int>(i) : links[i].source;
    links[i + 1].below = links[i].below || items[i].trains;
    ended = ended || items[i].ends();
  }
  const int last = ended ? -2 : links[count].source;
  for (std::size_t i = 0; i != count; ++i) {
    const part& p = items[i];
    chain_link& l = links[i];
    if (!p.writes()) continue;
    const int at = static_cast<int>(i);
    const chain_link* const from = l.source < 0 ? nullptr : links + l.source;
    const bool kept_input = !from || from->kept;
    l.stays = at != last && from && l.source == at - 1 && p.in_place && p.input_unread && items[i - 1].output_unread &&
              (from->kept || p.recomputes);
    l.kept = at == last || (l.stays ? from->kept : !p.recomputes);
    if (!p.recomputes || (l.kept && at != last)) continue;
    const bool starts = kept_input || p.recomputes_alone;
    l.start = starts ? at : from->start;
    l.area = kept_input ? 0 : starts ? 1 - from->area : from->area;
  }
  return last;
}

/// Whether backward reads what item i of a chain wrote.
constexpr bool is_read(const part* items, std::size_t count, const chain_link* links, std::size_t i) {
  bool read = !items[i].output_unread;
  for (std::size_t k = i + 1; k != count; ++k)
    read = read ||
           (links[k].source == static_cast<int>(i) && items[k].live && !items[k].reshapes && !items[k].input_unread);
  return read;
}

/// The links of a chain of `Count` items.
template <std::size_t Count>
struct chain_links {
  std::array<chain_link, Count + 1> of{};
  int last_writer = -1;  ///< as link_chain returns it

  constexpr explicit chain_links(const std::array<part, Count>& items) {
    last_writer = link_chain(items.data(), Count, of.data());
    for (std::size_t i = 0; i != Count; ++i)
      if (items[i].writes() && !of[i].kept && is_read(items.data(), Count, of.data(), i))
        of[static_cast<std::size_t>(of[i].start)].read = static_cast<int>(i);
  }
};

}  // namespace auris::detail
