// Programs that must not compile, one a number: misuse.cmake compiles this file once as it is,
// which must pass, and once for each number, which must fail with the error named beside it.
#include <string>
#include <vector>

#include <valuenet/graph/builder.hpp>
#include <valuenet/graph/convention.hpp>

#if MISUSE == 1  // error: detail/parallel.hpp
// What is under src/ is nobody's business.
#include <detail/parallel.hpp>
#endif

namespace vn = valuenet;

vn::graph use(const vn::edge_columns& columns, const std::vector<vn::edge>& edges) {
  vn::build_options options{.direction = vn::direction::undirected};
#if MISUSE == 2  // error: could not convert|cannot convert|no viable conversion|cannot initialize
  // A bool does not say which direction.
  options = vn::build_options{.direction = true};
#elif MISUSE == 3  // error: no matching function|could not convert|cannot convert
  // Options come by name.
  return vn::build_graph(columns, true);
#elif MISUSE == 4  // error: no matching function|constraints not satisfied
  // A range of anything else than edges.
  return vn::build_graph(std::vector<std::string>{"a", "b"});
#endif
  vn::graph g = vn::build_graph(columns, options);
#if MISUSE == 5  // error: read-only|cannot assign
  // A graph does not change under those who read it.
  g.out_neighbors(0)[0] = 1;
#elif MISUSE == 6  // error: could not convert|cannot convert|no viable conversion|cannot initialize
  // A convention is not its name; parse_convention may find none.
  const vn::convention convention = "gephi";
#elif MISUSE == 7  // error: could not convert|cannot convert|no viable conversion|cannot initialize
  const vn::convention convention = vn::parse_convention("gephi");
#elif MISUSE == 8  // error: ignoring return value|nodiscard
  // A result that nobody looks at is a mistake.
  vn::build_graph(edges);
#endif
  return edges.empty() ? g : vn::build_graph(edges);
}
