// Whether new relations seek those who already have many: the attachment kernel.
#pragma once

#include "valuenet/execution.hpp"
#include "valuenet/metrics/degree.hpp"
#include "valuenet/network/selection.hpp"
#include "valuenet/network/value_network.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace valuenet {

struct attachment_options {
  /// Conditions beside the years. from_year and until_year bound the years whose new edges are
  /// looked at; what came before counts towards the degrees. keep_undated: relations without a year
  /// are there from the start, else they are left out. all_actors is not looked at.
  selection_options selection{};
  /// Which degree attracts, and which new ends it attracts: in: arcs that end at an actor, by
  /// in-degree; out: arcs that start there, by out-degree; total: both ends, by total degree.
  degree_kind kind = degree_kind::total;
};

enum class attachment_status : std::uint8_t {
  fitted,
  no_years,     ///< no edge has a year
  no_arrivals,  ///< no new edge reaches an actor that had one the year before
  no_choice,    ///< every actor had the same degree whenever an edge arrived
  unbounded,  ///< the likelihood grows without bound: every end went to the largest (or the least)
};

/// One sentence for people.
[[nodiscard]] std::string explain(attachment_status status);

/// Actors whose degree is in [from, to].
struct kernel_bin {
  std::uint64_t from = 0;
  std::uint64_t to = 0;
  /// Mean degree of the actors, each weighed by the ends that arrived in its years.
  double degree = 0.0;
  /// New ends that arrived at them.
  std::uint64_t arrivals = 0;
  /// How often an end goes to such an actor, relative to an average one.
  double attractiveness = 0.0;
  /// attractiveness / sqrt(arrivals); nothing without arrivals.
  std::optional<double> standard_error{};
};

struct attachment_result {
  attachment_status status = attachment_status::no_years;
  /// b of the kernel k^b: 0 no preference, 1 linear (Barabasi & Albert), above 1 winner takes all.
  /// There exactly when status is `fitted`.
  std::optional<double> exponent{};
  /// From the information: as if every end chose for itself.
  double standard_error = 0.0;
  /// Actors differ in more than their degree: the same with each actor's ends over all years taken
  /// as one observation (sandwich estimator). The one to judge by.
  double robust_standard_error = 0.0;
  /// ln likelihood less that of the kernel with b = 0, and with b = 1.
  double gain_over_uniform = 0.0;
  double gain_over_linear = 0.0;
  /// The kernel without a form, in bins that widen with the degree.
  std::vector<kernel_bin> kernel{};
  /// New ends that reached an actor with a degree, and those that reached one that had none the
  /// year before.
  std::uint64_t arrivals = 0;
  std::uint64_t first_ends = 0;
  /// Years with arrivals.
  std::uint64_t years = 0;
  /// Edges left out for want of a year.
  std::uint64_t undated = 0;
  bool converged = false;
  int iterations = 0;
};

/// Estimates how the chance that a new relation's end goes to an actor grows with its degree k:
/// P(actor i | year t) = k_i^b / sum over j of k_j^b, degrees at the end of the year before, over
/// all actors that have one then.
///
/// b by maximum likelihood over all ends of all years (concave in b: Newton). Beside it the kernel
/// A(k) as a step function, by maximum likelihood too: A = arrivals / sum over t of m(t) n_k(t) /
/// sum of A n(t), m(t) the ends of year t, n_k(t) the actors in the bin. With A = 1 on the right it
/// is Newman's estimate, from which the iteration starts. Where A(k) is not a straight line on
/// log-log axes, b is only its mean slope.
///
/// Conventions: an edge (rows of one giver, taker and kind, merged as selection_options says)
/// arrives in the first year of its rows. Loops of a directed graph count one end each way, of an
/// undirected one two. Within a year degrees stand still, so that coarse years blur the kernel. An
/// actor's first end is no choice among those present and is counted apart. In and out are the
/// total where the graph is undirected.
///
/// Cost: O(edges log edges + years x (actors + distinct degrees)). Throws std::invalid_argument for
/// over 10,000 years with relations, and what select() throws. Same bits at any thread count.
///
/// Source: Newman 2001, doi:10.1103/PhysRevE.64.025102; Pham, Sheridan & Shimodaira 2015,
/// doi:10.1371/journal.pone.0137796; Barabasi & Albert 1999, doi:10.1126/science.286.5439.509.
[[nodiscard]] attachment_result preferential_attachment(const value_network& network,
                                                        const attachment_options& options = {},
                                                        const execution& exec = {});

}  // namespace valuenet
