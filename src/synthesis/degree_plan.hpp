// Who has how many relations of which kind in which stage: exactly where it was printed, by a heavy
// tail below the printed lists elsewhere.
#pragma once

#include "valuenet/synthesis/profile.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "detail/random.hpp"

namespace valuenet::detail {

/// The ends of one kind's new relations, one entry an end, in no order yet.
struct kind_ends {
  std::vector<actor_id> surveyed;
  std::vector<actor_id> partners;
};

/// What a stage adds.
struct stage_plan {
  std::vector<kind_ends> kinds;
  /// Degrees by group (see degree_plan) and row when the stage is over.
  std::vector<std::vector<std::uint32_t>> degrees;
  /// Unnamed relation actors by kind that have arrived.
  std::vector<std::vector<actor_id>> members;
};

/// Sample actors come first, named ones first among their role, the others in the order in which
/// they arrive; then relation actors likewise.
class degree_plan {
 public:
  /// Throws std::invalid_argument naming targets that contradict each other.
  degree_plan(const surrogate_profile& profile, std::uint64_t seed);

  /// The next stage, with the share of relations between sample actors multiplied by
  /// `inner_factor`. Does not advance.
  [[nodiscard]] stage_plan next(double inner_factor) const;
  void advance(stage_plan plan);

  [[nodiscard]] std::size_t stage() const noexcept { return stage_; }
  [[nodiscard]] const surrogate_profile& profile() const noexcept { return profile_; }
  [[nodiscard]] const named_target* named(actor_id a) const { return named_[a]; }
  /// The stage in which the actor arrives, and for a sample actor the first in which it is none any
  /// more (the number of stages: never).
  [[nodiscard]] std::size_t arrival(actor_id a) const { return arrival_[a]; }
  [[nodiscard]] std::size_t end_of_role(actor_id a) const { return end_of_role_[a]; }
  /// Sample actors ever.
  [[nodiscard]] actor_id sample_count() const noexcept { return sample_count_; }
  [[nodiscard]] actor_id actor_count() const noexcept { return profile_.actor_count(); }
  /// Rows of the kind that repeat one of its relations.
  [[nodiscard]] std::uint32_t repeats(std::size_t kind) const { return repeats_[kind]; }

 private:
  enum class end_of_kind : std::uint8_t { surveyed, inner, partner };
  struct slot {
    std::size_t kind;
    end_of_kind end;
  };
  /// Ends of which a printed degree counts the sum. Arrays by group have a row for each actor of
  /// its role.
  struct group {
    valuenet::role role;
    std::string of;
    degree_side side;
    std::vector<slot> slots;
    std::size_t opposite;  // same role and word, other side; or itself
  };

  [[nodiscard]] actor_id first_actor(valuenet::role who) const {
    return who == role::sample ? 0 : sample_count_;
  }
  [[nodiscard]] std::size_t row_count(valuenet::role who) const {
    return who == role::sample ? sample_count_ : actor_count() - sample_count_;
  }
  void place_actors();
  void make_groups();
  void settle_named();
  void choose_members();
  void draw_weights();
  void plan_edges();
  [[nodiscard]] std::uint32_t inner_edges(std::size_t kind, double factor) const;
  /// `inner_counts`: by kind, relations between sample actors.
  void share_group(std::size_t g, const std::vector<std::uint32_t>& inner_counts,
                   stage_plan& plan) const;
  void weigh_by_top_shares();
  [[nodiscard]] std::uint32_t cap_of(std::size_t g, std::size_t row, const stage_plan& plan) const;
  [[nodiscard]] std::vector<std::uint32_t> fixed_degrees(std::size_t g) const;

  const surrogate_profile& profile_;
  std::uint64_t seed_;
  std::size_t stage_ = 0;
  actor_id sample_count_ = 0;
  std::vector<const named_target*> named_;
  std::vector<std::uint32_t> arrival_;
  std::vector<std::uint32_t> end_of_role_;
  std::vector<std::uint32_t> repeats_;
  /// By kind and stage: distinct relations that the stage adds.
  std::vector<std::vector<std::uint32_t>> edges_;
  std::vector<group> groups_;
  /// By group: the printed caps of unnamed actors, of this side and of both sides together.
  std::vector<std::uint32_t> side_caps_;
  std::vector<std::uint32_t> total_caps_;
  /// By group and row: the printed degree, or `open`.
  static constexpr std::uint32_t open = 0xFFFFFFFFU;
  std::vector<std::vector<std::uint32_t>> printed_;
  std::vector<std::vector<double>> weights_;
  /// By kind: unnamed relation actors that are to have it, by arrival.
  std::vector<std::vector<actor_id>> all_members_;
  std::vector<std::vector<std::uint32_t>> degrees_;
  std::vector<std::vector<actor_id>> members_;
};

}  // namespace valuenet::detail
