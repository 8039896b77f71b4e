#pragma once
#include <auris/io/zip.hpp>
#include <deque>
#include <unordered_map>
#include <vector>

namespace auris::detail {

/// A value of a pickle: plain data, a name of Python's, or what a call of such a name would give, which is never made.
struct pickled {
  enum class kind {
    none,
    boolean,
    integer,
    real,
    text,
    tuple,
    list,
    dictionary,  ///< items: key, value, key, value, ...
    name,        ///< text: "module name"
    persistent,  ///< items: the tuple that stands for a storage
    call         ///< items: a name and its arguments
  } is = kind::none;
  std::int64_t integer = 0;
  double real = 0;
  std::string_view text = {};
  std::vector<const pickled*> items = {};

  /// The value of a key in a dictionary; null: there is none.
  const pickled* find(std::string_view key) const {
    for (std::size_t i = 0; i + 1 < items.size(); i += 2)
      if (items[i]->is == kind::text && items[i]->text == key) return items[i + 1];
    return nullptr;
  }
};

/// Reads pickles as PyTorch writes them (protocols 2 to 5), and nothing else of what a pickle may do: names are looked up in a
/// list of those that state dicts have, any other one is an error, and nothing is ever imported or called.
///
/// Memory  in proportion to the pickle; at most a million values, which state dicts are far from.
/// Source  CPython's Lib/pickletools.py, which describes the opcodes
class pickle_reader {
 public:
  /// One pickle from the front of `input`, which then starts behind it. Values are views into the input, and live as long as the
  /// reader does.
  result<const pickled*> read(std::string_view& input) {
    input_ = input;
    at_ = 0;
    stack_.clear();
    marks_.clear();
    memo_.clear();
    problem_ = {};
    while (problem_.empty()) {
      if (at_ == input_.size()) {
        problem_ = "it ends in the middle";
        break;
      }
      const auto opcode = static_cast<unsigned char>(input_[at_++]);
      if (opcode == '.') {
        const pickled* top = pop();
        if (!problem_.empty()) break;
        input.remove_prefix(at_);
        return top;
      }
      step(opcode);
    }
    return error{"cannot read the pickle", message::of("byte ", at_), {}, problem_.c_str()};
  }
  /// work(value) for all values that were read.
  template <class Work>
  void for_each(const Work& work) const {
    for (const pickled& v : values_) work(v);
  }

 private:
  using kind = pickled::kind;

  void step(unsigned char opcode) {
    switch (opcode) {
      case 0x80:  // PROTO
        if (number<1>() > 5) problem_ = "a protocol after 5";
        return;
      case 0x95:  // FRAME
        number<8>();
        return;
      case '(':
        return marks_.push_back(stack_.size());
      case '0':
        pop();
        return;
      case 'N':
        return push({});
      case 0x88:
      case 0x89:
        return push({.is = kind::boolean, .integer = opcode == 0x88});
      case 'J':
        return push({.is = kind::integer, .integer = static_cast<std::int32_t>(number<4>())});
      case 'K':
        return push({.is = kind::integer, .integer = static_cast<std::int64_t>(number<1>())});
      case 'M':
        return push({.is = kind::integer, .integer = static_cast<std::int64_t>(number<2>())});
      case 0x8a:
        return long_integer(number<1>());
      case 'G':
        return real();
      case 'X':
      case 'T':
      case 'B':
        return push_text(number<4>());
      case 'U':
      case 0x8c:
      case 'C':
        return push_text(number<1>());
      case '}':
        return push({.is = kind::dictionary});
      case ']':
        return push({.is = kind::list});
      case ')':
        return push({.is = kind::tuple});
      case 0x85:
      case 0x86:
      case 0x87:
        return tuple(opcode - 0x84u);
      case 't':
        return tuple(since_mark());
      case 'a':
        return append(1, kind::list);
      case 'e':
        return append(since_mark(), kind::list);
      case 's':
        return append(2, kind::dictionary);
      case 'u':
        return append(since_mark(), kind::dictionary);
      case 'c': {
        const std::string_view module = line();
        return name(module, line());
      }
      case 0x93: {  // STACK_GLOBAL
        const pickled *n = pop(), *module = pop();
        return name(module->text, n->text);
      }
      case 'Q': {
        const pickled* id = pop();
        if (id->is != kind::tuple) return fail("a persistent id that is no tuple");
        return push({.is = kind::persistent, .items = id->items});
      }
      case 'R':
      case 0x81:  // NEWOBJ
        return call();
      case 'b':  // what an object keeps beside its items, such as the versions of modules
        pop();
        return;
      case 'q':
        return keep(number<1>());
      case 'r':
        return keep(number<4>());
      case 0x94:
        return keep(memo_.size());
      case 'h':
        return recall(number<1>());
      case 'j':
        return recall(number<4>());
      default:
        return fail("an opcode that state dicts do not have");
    }
  }

  /// A call of OrderedDict gives a dictionary, perhaps of a list of pairs; all other calls stay what they are.
  void call() {
    const pickled *arguments = pop(), *callee = pop();
    if (!problem_.empty()) return;
    if (callee->is != kind::name || arguments->is != kind::tuple) return fail("a call of what is no name");
    if (callee->text == "collections OrderedDict") {
      pickled dictionary{.is = kind::dictionary};
      if (!arguments->items.empty())
        for (const pickled* pair : arguments->items[0]->items) {
          if (pair->items.size() != 2) return fail("a dictionary of what are no pairs");
          dictionary.items.insert(dictionary.items.end(), pair->items.begin(), pair->items.end());
        }
      return push(std::move(dictionary));
    }
    push({.is = kind::call, .items = {callee, arguments}});
  }
  void name(std::string_view module, std::string_view name) {
    static constexpr std::string_view known[] = {
        "collections OrderedDict", "torch._utils _rebuild_tensor_v2", "torch._utils _rebuild_parameter", "torch Size",
        "torch FloatStorage", "torch DoubleStorage", "torch HalfStorage", "torch BFloat16Storage", "torch LongStorage",
        "torch IntStorage", "torch ShortStorage", "torch CharStorage", "torch ByteStorage", "torch BoolStorage",
        // what samplers and schedulers leave beside a state dict
        "numpy.core.multiarray _reconstruct", "numpy.core.multiarray scalar", "numpy._core.multiarray _reconstruct",
        "numpy._core.multiarray scalar", "numpy ndarray", "numpy dtype", "_codecs encode"};
    if (!problem_.empty()) return;
    for (const std::string_view k : known)
      if (k.size() == module.size() + 1 + name.size() && k.starts_with(module) && k[module.size()] == ' ' &&
          k.ends_with(name))
        return push({.is = kind::name, .text = k});
    fail("the name " + in_quotes(std::string(module) + "." + std::string(name)) +
         ", which no state dict has: nothing of a pickle is executed here");
  }

  void fail(std::string what) {
    if (problem_.empty()) problem_ = std::move(what);
  }
  bool has(std::uint64_t bytes) {
    if (bytes <= input_.size() - at_) return true;
    fail("it ends in the middle");
    return false;
  }
  template <int Bytes>
  std::uint64_t number() {
    if (!has(Bytes)) return 0;
    at_ += Bytes;
    return number_at<Bytes>(input_, at_ - Bytes);
  }
  std::string_view line() {
    const std::size_t end = input_.find('\n', at_);
    if (end == input_.npos) return fail("it ends in the middle"), std::string_view();
    const std::string_view s = input_.substr(at_, end - at_);
    at_ = end + 1;
    return s;
  }
  void push(pickled v) {
    if (!problem_.empty()) return;
    constexpr std::size_t most = 1'000'000;
    if (values_.size() == most) return fail("more than a million values");
    values_.push_back(std::move(v));
    stack_.push_back(&values_.back());
  }
  const pickled* pop() {
    static const pickled nothing;
    if (stack_.size() <= (marks_.empty() ? 0 : marks_.back())) return fail("a value that is not there"), &nothing;
    const pickled* top = stack_.back();
    stack_.pop_back();
    return top;
  }
  std::size_t since_mark() {
    if (marks_.empty()) return fail("a mark that is not there"), 0;
    const std::size_t n = stack_.size() - marks_.back();
    marks_.pop_back();
    return n;
  }
  void push_text(std::uint64_t length) {
    if (!has(length)) return;
    at_ += length;
    push({.is = kind::text, .text = input_.substr(at_ - length, length)});
  }
  void long_integer(std::uint64_t bytes) {
    if (!has(bytes)) return;
    std::uint64_t v = bytes > 0 && (static_cast<unsigned char>(input_[at_ + bytes - 1]) & 0x80) ? ~std::uint64_t{0} : 0;
    for (std::uint64_t i = std::min<std::uint64_t>(bytes, 8); i-- > 0;)
      v = v << 8 | static_cast<unsigned char>(input_[at_ + i]);
    at_ += bytes;  // of longer ones, such as the magic number of a file, the last 64 bits
    push({.is = kind::integer, .integer = static_cast<std::int64_t>(v)});
  }
  void real() {
    if (!has(8)) return;
    std::uint64_t bits = 0;
    for (int i = 0; i < 8; ++i) bits = bits << 8 | static_cast<unsigned char>(input_[at_++]);
    push({.is = kind::real, .real = __builtin_bit_cast(double, bits)});
  }
  std::vector<const pickled*> pop_many(std::size_t n) {
    const std::size_t floor = marks_.empty() ? 0 : marks_.back();
    if (stack_.size() < floor || stack_.size() - floor < n)
      return fail("a value that is not there"), std::vector<const pickled*>();
    std::vector<const pickled*> items(stack_.end() - static_cast<std::ptrdiff_t>(n), stack_.end());
    stack_.resize(stack_.size() - n);
    return items;
  }
  void tuple(std::size_t n) {
    std::vector<const pickled*> items = pop_many(n);
    push({.is = kind::tuple, .items = std::move(items)});
  }
  void append(std::size_t n, kind wanted) {
    const std::vector<const pickled*> items = pop_many(n);
    if (!problem_.empty() || stack_.empty()) return fail("a value that is not there");
    auto* to = const_cast<pickled*>(stack_.back());  // all are this reader's own
    if (to->is == kind::call) return;                // of an object that stays what it is
    if (to->is != wanted || (wanted == kind::dictionary && n % 2 != 0)) return fail("items for what holds none");
    to->items.insert(to->items.end(), items.begin(), items.end());
  }
  void keep(std::uint64_t key) {
    if (stack_.empty()) return fail("a value that is not there");
    memo_[key] = stack_.back();
  }
  void recall(std::uint64_t key) {
    const auto at = memo_.find(key);
    if (at == memo_.end()) return fail("a value that is not there");
    if (problem_.empty()) stack_.push_back(at->second);
  }

  std::string_view input_;
  std::size_t at_ = 0;
  std::deque<pickled> values_;  // the addresses stay
  std::vector<const pickled*> stack_;
  std::vector<std::size_t> marks_;
  std::unordered_map<std::uint64_t, const pickled*> memo_;
  std::string problem_;
};

}  // namespace auris::detail
