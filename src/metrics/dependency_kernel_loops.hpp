// The loops of dependency_kernel.hpp over a machine's own vectors. Included by one source file for
// each instruction set, between that file's target pragmas; so it includes nothing itself, and
// calls nothing that another build could be linked in for.
//
// A Machine has: lane, a vector of doubles; where(x, bits), x where the bit is set and 0 elsewhere;
// add_where(to, x, bits); choose(bits, x, y), x where the bit is set and y elsewhere.

template <class Machine>
struct dependency_loops {
  using lane = typename Machine::lane;
  static constexpr int width = static_cast<int>(sizeof(lane) / sizeof(double));
  static constexpr int lanes = static_cast<int>(lane_count) / width;

  struct word {
    lane at[lanes];
  };

  static VALUENET_INLINE unsigned part(unsigned mask, int i) { return mask >> (i * width); }

  static VALUENET_INLINE word* words(double* data) { return reinterpret_cast<word*>(data); }
  static VALUENET_INLINE const word* words(const double* data) {
    return reinterpret_cast<const word*>(data);
  }

  static VALUENET_INLINE word zero() {
    word result;
    for (int i = 0; i < lanes; ++i) result.at[i] = lane{};
    return result;
  }

  static VALUENET_INLINE word times(const word& x, double factor) {
    word result;
    for (int i = 0; i < lanes; ++i) result.at[i] = x.at[i] * factor;
    return result;
  }

  static VALUENET_INLINE word times(const word& x, const word& y) {
    word result;
    for (int i = 0; i < lanes; ++i) result.at[i] = x.at[i] * y.at[i];
    return result;
  }

  static VALUENET_INLINE void add_where(word& to, const word& x, unsigned mask) {
    for (int i = 0; i < lanes; ++i) Machine::add_where(to.at[i], x.at[i], part(mask, i));
  }

  static VALUENET_INLINE word where(const word& x, unsigned mask) {
    word result;
    for (int i = 0; i < lanes; ++i) result.at[i] = Machine::where(x.at[i], part(mask, i));
    return result;
  }

  /// Halves on halves, whatever the width: every build adds in the same order.
  static VALUENET_INLINE double sum(const word& x) {
    lane left[lanes];
    for (int i = 0; i < lanes; ++i) left[i] = x.at[i];
    for (int half = lanes / 2; half > 0; half /= 2) {
      for (int i = 0; i < half; ++i) left[i] += left[i + half];
    }
    double values[width];
    for (int i = 0; i < width; ++i) values[i] = left[0][i];
    for (int half = width / 2; half > 0; half /= 2) {
      for (int i = 0; i < half; ++i) values[i] += values[i + half];
    }
    return values[0];
  }

  /// The source weights for one target.
  template <class Step>
  static VALUENET_INLINE word weights_for(const Step& step, vertex_id v) {
    word weights = words(step.source_weights)[0];
    if (step.excluded_lanes == nullptr || step.excluded_lanes[v] >= lane_count) return weights;
    const int excluded = step.excluded_lanes[v];
    weights.at[excluded / width][excluded % width] -= step.excluded_weights[v];
    return weights;
  }

  template <bool keep_arcs, bool parallel>
  static void expand_level(expand_step& step) {
    word* const paths = words(step.paths);
    std::size_t recorded = step.record_size;
    std::size_t found = 0;
    for (std::size_t i = step.first; i < step.last; ++i) {
      const vertex_id v = step.order[i];
      const unsigned here = step.masks[i];
      const std::size_t begin = recorded;
      step.record_starts[i] = begin;
      // Every arc is written down and the next overwrites it if it led nowhere new: whether it does
      // cannot be guessed.
      const arc_id end = step.after.offsets[v + 1];
      for (arc_id arc = step.after.offsets[v]; arc < end; ++arc) {
        const vertex_id u = step.after.targets[arc];
        const unsigned fresh = here & ~unsigned{step.seen[u]};
        step.record.targets[recorded] = u;
        step.record.masks[recorded] = static_cast<lane_mask>(fresh);
        if constexpr (keep_arcs) step.record.arcs[recorded] = arc;
        recorded += fresh != 0 ? 1 : 0;
      }
      const word own = paths[v];
      for (std::size_t k = begin; k < recorded; ++k) {
        const vertex_id u = step.record.targets[k];
        const unsigned fresh = step.record.masks[k];
        const unsigned pending = step.pending[u];
        step.next[found] = u;
        found += pending == 0 ? 1 : 0;
        step.pending[u] = static_cast<lane_mask>(pending | fresh);
        if constexpr (parallel) {
          add_where(paths[u], times(own, step.multiplicity[step.record.arcs[k]]), fresh);
        } else {
          add_where(paths[u], own, fresh);
        }
      }
    }
    step.record_size = recorded;
    step.next_size = found;
  }

  static void expand(expand_step& step) {
    if (step.multiplicity != nullptr) {
      expand_level<true, true>(step);
    } else if (step.record.arcs != nullptr) {
      expand_level<true, false>(step);
    } else {
      expand_level<false, false>(step);
    }
  }

  template <bool arcs_wanted, bool parallel>
  static void collect_level(const collect_step& step) {
    word* const paths = words(step.paths);
    for (std::size_t i = step.last; i-- > step.first;) {
      const vertex_id v = step.order[i];
      const unsigned here = step.masks[i];
      const word own = paths[v];
      word ratio = zero();
      for (std::size_t k = step.record_starts[i]; k < step.record_starts[i + 1]; ++k) {
        const unsigned mask = step.record.masks[k];
        word next = paths[step.record.targets[k]];
        if constexpr (parallel) next = times(next, step.multiplicity[step.record.arcs[k]]);
        add_where(ratio, next, mask);
        if constexpr (arcs_wanted) {
          word on_arc = where(times(own, next), mask);
          if (step.next_scales != nullptr) on_arc = times(on_arc, words(step.next_scales)[0]);
          step.arc_dependencies[step.record.arcs[k]] += sum(on_arc);
          if (step.arc_squares != nullptr) {
            step.arc_squares[step.record.arcs[k]] += sum(times(on_arc, on_arc));
          }
        }
      }
      if (step.next_scales != nullptr) ratio = times(ratio, words(step.next_scales)[0]);
      if (step.dependencies != nullptr) {
        const word dependency = where(times(own, ratio), here);
        step.dependencies[v] += sum(dependency);
        if (step.squares != nullptr) step.squares[v] += sum(times(dependency, dependency));
      }
      // Lanes that are not here may divide by zero paths, and are not chosen.
      const double weight = step.target_weights[v];
      const word source_weights = weights_for(step, v);
      for (int part_of = 0; part_of < lanes; ++part_of) {
        const lane to_here = source_weights.at[part_of] * weight / own.at[part_of];
        paths[v].at[part_of] =
            Machine::choose(part(here, part_of), to_here + ratio.at[part_of], own.at[part_of]);
      }
    }
  }

  static void collect(const collect_step& step) {
    const bool arcs_wanted = step.arc_dependencies != nullptr;
    if (step.multiplicity != nullptr) {
      arcs_wanted ? collect_level<true, true>(step) : collect_level<false, true>(step);
    } else {
      arcs_wanted ? collect_level<true, false>(step) : collect_level<false, false>(step);
    }
  }

  static void reach(const reach_step& step) {
    word reaches = words(step.reaches)[0];
    for (std::size_t i = 0; i < step.size; ++i) {
      const vertex_id v = step.order[i];
      const unsigned here = step.masks[i];
      step.reached_by[v] += sum(where(weights_for(step, v), here));
      word target;
      for (int part_of = 0; part_of < lanes; ++part_of) {
        target.at[part_of] = lane{} + step.target_weights[v];
      }
      add_where(reaches, target, here);
    }
    words(step.reaches)[0] = reaches;
  }

  static dependency_kernel table() { return {expand, collect, reach}; }
};
