// The loops of distance_kernel.hpp over a machine's own vectors. Included by one source file for
// each instruction set, between that file's target pragmas; so it includes nothing itself, and
// calls nothing that another build could be linked in for.
//
// A Machine has: lane, a vector of 64-bit parts; any(lane); and count(lane), the bits of each part.

template <class Machine, int parts>
struct distance_loops {
  using lane = typename Machine::lane;
  static constexpr int lanes = parts * 8 / static_cast<int>(sizeof(lane));

  struct word {
    lane at[lanes];

    VALUENET_INLINE void operator|=(const word& other) {
      for (int i = 0; i < lanes; ++i) at[i] |= other.at[i];
    }
    VALUENET_INLINE word operator&(const word& other) const {
      word result;
      for (int i = 0; i < lanes; ++i) result.at[i] = at[i] & other.at[i];
      return result;
    }
    VALUENET_INLINE word without(const word& other) const {
      word result;
      for (int i = 0; i < lanes; ++i) result.at[i] = at[i] & ~other.at[i];
      return result;
    }
    VALUENET_INLINE bool any() const {
      lane all = at[0];
      for (int i = 1; i < lanes; ++i) all |= at[i];
      return Machine::any(all);
    }
    VALUENET_INLINE bool differs(const word& other) const {
      lane apart = at[0] ^ other.at[0];
      for (int i = 1; i < lanes; ++i) apart |= at[i] ^ other.at[i];
      return Machine::any(apart);
    }
    VALUENET_INLINE lane count() const {
      lane total = Machine::count(at[0]);
      for (int i = 1; i < lanes; ++i) total += Machine::count(at[i]);
      return total;
    }
    static VALUENET_INLINE word zero() {
      word result;
      for (int i = 0; i < lanes; ++i) result.at[i] = lane{};
      return result;
    }
  };

  static VALUENET_INLINE std::uint64_t sum(lane x) {
    std::uint64_t total = 0;
    for (std::size_t i = 0; i < sizeof(lane) / sizeof(word_part); ++i) total += x[i];
    return total;
  }

  static VALUENET_INLINE const word* words(const word_part* data) {
    return reinterpret_cast<const word*>(data);
  }
  static VALUENET_INLINE word* words(word_part* data) { return reinterpret_cast<word*>(data); }

  static void push(push_step& step) {
    word* const pending = words(step.pending);
    std::uint32_t touched = 0;
    for (std::size_t i = 0; i < step.frontier_size; ++i) {
      const word fresh = words(step.fresh)[i];
      const vertex_id u = step.frontier[i];
      const arc_id end = step.after.offsets[u + 1];
      for (arc_id arc = step.after.offsets[u]; arc < end; ++arc) {
        const vertex_id t = step.after.targets[arc];
        const std::uint32_t slot = step.slots[t];
        if (slot != 0) {
          pending[slot - 1] |= fresh;
          continue;
        }
        step.touched[touched] = t;
        pending[touched] = fresh;
        step.slots[t] = ++touched;
      }
    }
    step.touched_size = touched;
  }

  static void settle(settle_step& step) {
    word* const met = words(step.met);
    word* const fresh = words(step.fresh);
    std::size_t found = 0;
    for (std::size_t i = 0; i < step.touched_size; ++i) {
      const vertex_id t = step.touched[i];
      word known = met[t];
      const word now = words(step.pending)[i].without(known);
      known |= now;
      met[t] = known;
      step.slots[t] = 0;
      fresh[found] = now;
      step.frontier[found] = t;
      found += now.any() ? 1 : 0;
    }
    step.frontier_size = found;
  }

  /// The union of what the rows before t have met, with `reached`.
  template <int row_length>
  static VALUENET_INLINE word gather(const pull_step& step, vertex_id t, word reached) {
    const word* const met = words(step.met);
    const vertex_id* before = step.before.targets + step.before.offsets[t];
    if constexpr (row_length > 0) {
      for (int i = 0; i < row_length; ++i) reached |= met[before[i]];
      return reached;
    }
    const word all = words(step.all)[0];
    const vertex_id* const end = step.before.targets + step.before.offsets[t + 1];
    // A short row is read to its end: guessing where it fills up costs more than reading on.
    for (; end - before > 16; before += 8) {
      for (int i = 0; i < 8; ++i) reached |= met[before[i]];
      if (!reached.differs(all)) return reached;
    }
    for (; before != end; ++before) reached |= met[*before];
    return reached;
  }

  template <int row_length, bool keep_fresh>
  static void pull_rows(pull_step& step) {
    const word* const met = words(step.met);
    word* const next = words(step.next);
    const word all = words(step.all)[0];
    word fresh_union = word::zero();
    lane fresh_bits{};
    std::size_t kept = 0;
    std::size_t filled = 0;
    for (std::size_t i = 0; i < step.active_size; ++i) {
      const vertex_id t = step.active[i];
      const word known = met[t];
      const word reached = gather<row_length>(step, t, known);
      const word fresh = reached.without(known);
      next[t] = reached;
      if constexpr (keep_fresh) {
        words(step.fresh)[i] = fresh;
      } else {
        fresh_bits += fresh.count();
        fresh_union |= fresh;
      }
      // Both lists get the row; their sizes say which keeps it: no branch to guess wrong.
      const bool full = !reached.differs(all);
      step.kept[kept] = t;
      kept += full ? 0 : 1;
      step.filled[filled] = t;
      filled += full ? 1 : 0;
    }
    step.kept_size = kept;
    step.filled_size = filled;
    if constexpr (!keep_fresh) {
      step.fresh_bits += sum(fresh_bits);
      words(step.fresh_union)[0] |= fresh_union;
    }
  }

  template <bool keep_fresh>
  static void pull_kind(pull_step& step) {
    switch (step.row_length) {
      case 1:
        return pull_rows<1, keep_fresh>(step);
      case 2:
        return pull_rows<2, keep_fresh>(step);
      case 3:
        return pull_rows<3, keep_fresh>(step);
      case 4:
        return pull_rows<4, keep_fresh>(step);
      default:
        return pull_rows<0, keep_fresh>(step);
    }
  }

  static void pull(pull_step& step) {
    if (step.fresh != nullptr) {
      pull_kind<true>(step);
    } else {
      pull_kind<false>(step);
    }
  }

  /// sum and carry of sum + a + b, for every column.
  static VALUENET_INLINE word add_two(word& sum, const word& a, const word& b) {
    word carry;
    for (int i = 0; i < lanes; ++i) {
      const lane half = sum.at[i] ^ a.at[i];
      carry.at[i] = (sum.at[i] & a.at[i]) | (half & b.at[i]);
      sum.at[i] = half ^ b.at[i];
    }
    return carry;
  }

  static VALUENET_INLINE void add_carry(word carry, word* counters) {
    for (; carry.any(); ++counters) {
      const word above = *counters & carry;
      for (int i = 0; i < lanes; ++i) counters->at[i] ^= carry.at[i];
      carry = above;
    }
  }

  /// Carry-save adders, eight words at a time (Harley and Seal; in Warren, Hacker's Delight, 5-1).
  static void add_columns(const word_part* data, std::size_t size, word_part* counters_data) {
    const word* x = words(data);
    word* const counters = words(counters_data);
    word ones = counters[0];
    word twos = counters[1];
    word fours = counters[2];
    for (; size >= 8; size -= 8, x += 8) {
      const word twos_a = add_two(ones, x[0], x[1]);
      const word twos_b = add_two(ones, x[2], x[3]);
      const word fours_a = add_two(twos, twos_a, twos_b);
      const word twos_c = add_two(ones, x[4], x[5]);
      const word twos_d = add_two(ones, x[6], x[7]);
      const word fours_b = add_two(twos, twos_c, twos_d);
      add_carry(add_two(fours, fours_a, fours_b), counters + 3);
    }
    counters[0] = ones;
    counters[1] = twos;
    counters[2] = fours;
    for (std::size_t i = 0; i < size; ++i) add_carry(x[i], counters);
  }

  static void fill(const vertex_id* rows, std::size_t size, const word_part* value,
                   word_part* data) {
    const word all = words(value)[0];
    for (std::size_t i = 0; i < size; ++i) words(data)[rows[i]] = all;
  }

  static void unite(const word_part* data, std::size_t size, word_part* into) {
    word all = words(into)[0];
    for (std::size_t i = 0; i < size; ++i) all |= words(data)[i];
    words(into)[0] = all;
  }

  static void count(const word_part* data, std::size_t size, const word_part* mask,
                    std::uint32_t* counts) {
    const word wanted = words(mask)[0];
    for (std::size_t i = 0; i < size; ++i) {
      counts[i] = static_cast<std::uint32_t>(sum((words(data)[i] & wanted).count()));
    }
  }

  static distance_kernel table() {
    return {static_cast<std::size_t>(parts), push, settle, pull, add_columns, fill, unite, count};
  }
};
