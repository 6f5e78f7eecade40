// Graphs and networks to a file and back: what a snapshot costs to write, to open and to check.
#include "valuenet/io/csv.hpp"
#include "valuenet/io/read.hpp"
#include "valuenet/io/snapshot.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <unistd.h>

#include "suite.hpp"

namespace bench {

namespace vn = valuenet;

namespace {

/// Gone with the program.
class temporary_file {
 public:
  explicit temporary_file(const char* ending) {
    static int count = 0;
    name_ = (std::filesystem::temp_directory_path() /
             fmt::format("valuenet-bench-snapshot-{}-{}{}", ::getpid(), count++, ending))
                .string();
  }
  ~temporary_file() { std::filesystem::remove(name_); }
  temporary_file(const temporary_file&) = delete;
  temporary_file& operator=(const temporary_file&) = delete;

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] bool exists() const { return std::filesystem::exists(name_); }
  [[nodiscard]] double bytes() const {
    return static_cast<double>(std::filesystem::file_size(name_));
  }

 private:
  std::string name_;
};

std::string compare_graphs(const vn::graph& ours, const vn::graph& expected) {
  const bool same = ours.vertex_count() == expected.vertex_count() &&
                    ours.is_directed() == expected.is_directed() &&
                    std::ranges::equal(ours.out_offsets(), expected.out_offsets()) &&
                    std::ranges::equal(ours.out_targets(), expected.out_targets()) &&
                    std::ranges::equal(ours.in_offsets(), expected.in_offsets()) &&
                    std::ranges::equal(ours.in_sources(), expected.in_sources());
  return same ? "" : "the graph that was read is not the one that was written";
}

/// Every 8 bytes of the file, read as a program without a map would.
double sum_plainly(const std::string& name) {
  std::FILE* const file = std::fopen(name.c_str(), "rb");
  std::vector<std::uint64_t> block(std::size_t{1} << 15);
  std::uint64_t sum = 0;
  while (const std::size_t words = std::fread(block.data(), 8, block.size(), file)) {
    for (std::size_t i = 0; i < words; ++i) sum += block[i];
  }
  std::fclose(file);
  return static_cast<double>(sum);
}

void add_graph(suite& benches, graph_name name) {
  const auto file = std::make_shared<temporary_file>(".vnet");
  const auto written = [file, name](inputs& in) -> const temporary_file& {
    if (!file->exists()) vn::write_snapshot(in.graph(name), file->name());
    return *file;
  };

  struct level {
    const char* name;
    vn::snapshot_check check;
  };
  for (const level each : {level{"open snapshot, header", vn::snapshot_check::header},
                           level{"open snapshot, damage", vn::snapshot_check::damage},
                           level{"open snapshot, everything", vn::snapshot_check::everything}}) {
    kernel k{.name = each.name, .graph = name};
    k.verify = [written, name, each](inputs& in) -> std::string {
      const temporary_file& good = written(in);
      const std::string verdict = compare_graphs(
          vn::read_graph_snapshot(good.name(), {.check = each.check}), in.graph(name));
      if (!verdict.empty() || each.check == vn::snapshot_check::header) return verdict;
      // One bit in the middle must be found.
      const temporary_file altered(".vnet");
      std::filesystem::copy_file(good.name(), altered.name());
      std::fstream stream(altered.name(), std::ios::binary | std::ios::in | std::ios::out);
      const auto middle = static_cast<std::streamoff>(good.bytes() / 2);
      stream.seekg(middle);
      const auto byte = static_cast<char>(stream.get() ^ 16);
      stream.seekp(middle);
      stream.put(byte);
      stream.close();
      try {
        (void)vn::read_graph_snapshot(altered.name(), {.check = each.check});
      } catch (const std::exception&) {
        return {};
      }
      return "a changed bit was not found";
    };
    k.run = [written, each](inputs& in, const vn::execution& exec) {
      const vn::graph g = vn::read_graph_snapshot(written(in).name(), {.check = each.check}, exec);
      return static_cast<double>(g.out_targets()[g.arc_count() / 2]);
    };
    if (each.check != vn::snapshot_check::header) {
      k.plain = [written](inputs& in) { return sum_plainly(written(in).name()); };
      k.work = [written](inputs& in, const machine& m) {
        const double bytes = written(in).bytes();
        return work{.items = bytes, .unit = "bytes", .limit_seconds = m.seconds(bytes)};
      };
    } else {
      k.work = [](inputs&, const machine&) { return work{.items = 1, .unit = "graphs"}; };
    }
    benches.add(std::move(k));
  }

  // What the disk takes is part of it: write_snapshot returns when it has it all.
  const auto target = std::make_shared<temporary_file>(".vnet");
  kernel k{.name = "write snapshot", .graph = name};
  k.verify = [target, name](inputs& in) -> std::string {
    vn::write_snapshot(in.graph(name), target->name(), {.threads = in.threads()});
    return compare_graphs(vn::read_graph_snapshot(target->name()), in.graph(name));
  };
  k.run = [target, name](inputs& in, const vn::execution& exec) {
    vn::write_snapshot(in.graph(name), target->name(), exec);
    return target->bytes();
  };
  k.work = [target](inputs&, const machine&) {
    return work{.items = target->bytes(), .unit = "bytes"};
  };
  benches.add(std::move(k));
}

/// The network of a graph's rows from a snapshot; the peer reads the same rows as numbers.
void add_network(suite& benches, graph_name name) {
  struct files {
    temporary_file table{".csv"};
    temporary_file numbers{".txt"};
    temporary_file snapshot{".vnet"};
  };
  const auto made = std::make_shared<files>();
  const auto of = [made, name](inputs& in) -> const files& {
    if (made->snapshot.exists()) return *made;
    const vn::edge_list& edges = in.edges(name);
    std::ofstream table(made->table.name());
    std::ofstream numbers(made->numbers.name());
    table << "giver,taker\n";
    for (std::size_t i = 0; i < edges.sources.size(); ++i) {
      table << fmt::format("{},{}\n", edges.sources[i], edges.targets[i]);
      numbers << fmt::format("{} {}\n", edges.sources[i], edges.targets[i]);
    }
    table.close();
    numbers.close();
    vn::write_snapshot(vn::read_csv({.relations = made->table.name()}).network,
                       made->snapshot.name());
    return *made;
  };
  kernel k{.name = "read network snapshot", .graph = name};
  k.verify = [of](inputs& in) -> std::string {
    const vn::value_network text = vn::read_csv({.relations = of(in).table.name()}).network;
    const vn::value_network ours = vn::read_network(of(in).snapshot.name()).network;
    if (ours.relations().givers != text.relations().givers ||
        ours.relations().takers != text.relations().takers ||
        ours.actor_count() != text.actor_count()) {
      return "the network is not what its table gives";
    }
    for (vn::actor_id a = 0; a < text.actor_count(); ++a) {
      if (ours.id(a) != text.id(a) || ours.find_actor(text.id(a)) != a) {
        return "an actor is not what its table gives";
      }
    }
    return {};
  };
  k.run = [of](inputs& in, const vn::execution& exec) {
    return static_cast<double>(
        vn::read_network(of(in).snapshot.name(), {}, exec).network.relation_count());
  };
#ifdef VALUENET_BENCH_IGRAPH
  k.peer = [of](inputs& in, double) {
    std::FILE* const file = std::fopen(of(in).numbers.name().c_str(), "r");
    igraph_t g;
    igraph_read_graph_edgelist(&g, file, 0, true);
    std::fclose(file);
    const auto count = static_cast<double>(igraph_ecount(&g));
    igraph_destroy(&g);
    return count;
  };
#endif
  k.work = [of](inputs& in, const machine& m) {
    const double bytes = of(in).snapshot.bytes();
    return work{.items = bytes, .unit = "bytes", .limit_seconds = m.seconds(bytes)};
  };
  benches.add(std::move(k));
}

}  // namespace

void add_snapshots(suite& benches) {
  for (const graph_name name : {graph_name::rmat18, graph_name::rmat20, graph_name::rmat22}) {
    add_graph(benches, name);
  }
  add_network(benches, graph_name::hub43k_directed);
  add_network(benches, graph_name::rmat18_directed);
}

}  // namespace bench
