// From a file to a network: mapping, decoding, cutting into fields, interning ids.
#include "valuenet/io/csv.hpp"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <string>

#include <fmt/format.h>
#include <unistd.h>

#include "suite.hpp"

namespace bench {

namespace vn = valuenet;

namespace {

/// A graph's rows as a table with a header and as bare numbers, removed with the program.
class text_files {
 public:
  explicit text_files(const vn::edge_list& edges) {
    const auto folder = std::filesystem::temp_directory_path();
    static int count = 0;
    const std::string name = fmt::format("valuenet-bench-{}-{}", ::getpid(), count++);
    table_ = (folder / (name + ".csv")).string();
    numbers_ = (folder / (name + ".txt")).string();
    std::ofstream table(table_);
    std::ofstream numbers(numbers_);
    table << "giver,taker\n";
    for (std::size_t i = 0; i < edges.sources.size(); ++i) {
      table << fmt::format("{},{}\n", edges.sources[i], edges.targets[i]);
      numbers << fmt::format("{} {}\n", edges.sources[i], edges.targets[i]);
    }
  }
  ~text_files() {
    std::filesystem::remove(table_);
    std::filesystem::remove(numbers_);
  }
  text_files(const text_files&) = delete;
  text_files& operator=(const text_files&) = delete;

  [[nodiscard]] const std::string& table() const { return table_; }
  [[nodiscard]] const std::string& numbers() const { return numbers_; }

 private:
  std::string table_;
  std::string numbers_;
};

}  // namespace

void add_reading(suite& benches) {
  for (const graph_name name : {graph_name::hub43k_directed, graph_name::rmat18_directed}) {
    const auto files = std::make_shared<std::map<graph_name, std::unique_ptr<text_files>>>();
    const auto of = [files, name](inputs& in) -> const text_files& {
      auto& made = (*files)[name];
      if (!made) made = std::make_unique<text_files>(in.edges(name));
      return *made;
    };
    kernel k{.name = "read edge table", .graph = name};
    k.verify = [of, name](inputs& in) -> std::string {
      const vn::value_network network =
          vn::read_csv({.relations = of(in).table()}, {}, {.threads = in.threads()}).network;
      const vn::edge_list& edges = in.edges(name);
      if (network.relation_count() != edges.sources.size()) {
        return expect_equal("relations", network.relation_count(),
                            static_cast<double>(edges.sources.size()));
      }
      for (vn::relation_id r = 0; r < network.relation_count(); ++r) {
        if (network.id(network.giver(r)) != std::to_string(edges.sources[r]) ||
            network.id(network.taker(r)) != std::to_string(edges.targets[r])) {
          return "relation " + std::to_string(r) + " is not the row that was written";
        }
      }
      return {};
    };
    k.run = [of](inputs& in, const vn::execution& exec) {
      return static_cast<double>(
          vn::read_csv({.relations = of(in).table()}, {}, exec).network.relation_count());
    };
#ifdef VALUENET_BENCH_IGRAPH
    // igraph reads numbers for vertices, and so need not look up any id.
    k.peer = [of](inputs& in, double) {
      std::FILE* const file = std::fopen(of(in).numbers().c_str(), "r");
      igraph_t g;
      igraph_read_graph_edgelist(&g, file, 0, true);
      std::fclose(file);
      const auto count = static_cast<double>(igraph_ecount(&g));
      igraph_destroy(&g);
      return count;
    };
#endif
    k.work = [of](inputs& in, const machine& m) {
      const auto bytes = static_cast<double>(std::filesystem::file_size(of(in).table()));
      return work{.items = bytes, .unit = "bytes", .limit_seconds = m.seconds(bytes)};
    };
    benches.add(std::move(k));
  }
}

}  // namespace bench
