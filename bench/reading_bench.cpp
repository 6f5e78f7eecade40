// From a file to a network: mapping, decoding, cutting into fields, interning ids.
#include "valuenet/io/csv.hpp"
#include "valuenet/synthesis/random_graph.hpp"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>

#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <unistd.h>

#include "suite.hpp"

namespace bench {

namespace vn = valuenet;

namespace {

/// A graph's rows as a table with a header and, for who asks, as bare numbers; removed with it.
class text_files {
 public:
  explicit text_files(const vn::edge_list& edges) : table_(new_name("csv")) {
    write(edges, table_, ',', "giver,taker\n");
  }
  ~text_files() {
    std::filesystem::remove(table_);
    if (!numbers_.empty()) std::filesystem::remove(numbers_);
  }
  text_files(const text_files&) = delete;
  text_files& operator=(const text_files&) = delete;

  [[nodiscard]] const std::string& table() const { return table_; }
  [[nodiscard]] const std::string& numbers(const vn::edge_list& edges) {
    if (numbers_.empty()) {
      numbers_ = new_name("txt");
      write(edges, numbers_, ' ', "");
    }
    return numbers_;
  }

 private:
  static std::string new_name(const char* ending) {
    static int count = 0;
    return (std::filesystem::temp_directory_path() /
            fmt::format("valuenet-bench-{}-{}.{}", ::getpid(), count++, ending))
        .string();
  }

  static void write(const vn::edge_list& edges, const std::string& name, char between,
                    const char* header) {
    std::ofstream file(name, std::ios::binary);
    file << header;
    fmt::memory_buffer text;
    for (std::size_t i = 0; i < edges.sources.size(); ++i) {
      fmt::format_to(std::back_inserter(text), "{}{}{}\n", edges.sources[i], between,
                     edges.targets[i]);
      if (text.size() < (std::size_t{1} << 20) && i + 1 < edges.sources.size()) continue;
      file.write(text.data(), static_cast<std::streamsize>(text.size()));
      text.clear();
    }
    if (!file) throw std::runtime_error(name + ": could not be written to its end");
  }

  std::string table_;
  std::string numbers_;
};

/// "" where relation r is row r, for every `step`th of them.
std::string compare_rows(const vn::value_network& network, const vn::edge_list& edges,
                         vn::relation_id step) {
  if (network.relation_count() != edges.sources.size()) {
    return expect_equal("relations", network.relation_count(),
                        static_cast<double>(edges.sources.size()));
  }
  for (vn::relation_id r = 0; r < network.relation_count();
       r += std::min(step, network.relation_count() - r)) {
    if (network.id(network.giver(r)) != std::to_string(edges.sources[r]) ||
        network.id(network.taker(r)) != std::to_string(edges.targets[r])) {
      return "relation " + std::to_string(r) + " is not the row that was written";
    }
  }
  return {};
}

/// A table as long as asked for, of ids of seven digits. It is gone when another graph comes.
void add_long_table(suite& benches, int millions) {
  struct long_table {
    vn::edge_list edges;
    std::unique_ptr<text_files> files;
  };
  const auto made = std::make_shared<long_table>();
  const auto table = [made, millions](inputs& in) -> const std::string& {
    if (!made->files) {
      constexpr int scale = 22;
      made->edges = vn::rmat_edges(
          {.scale = scale, .edge_factor = millions * 1e6 / static_cast<double>(1 << scale)},
          {.threads = in.threads()});
      made->files = std::make_unique<text_files>(made->edges);
    }
    return made->files->table();
  };
  kernel k{.name = "read edge table", .graph = graph_name::rmat22_directed};
  k.input = fmt::format("{} M rows", millions);
  k.verify = [made, table](inputs& in) {
    return compare_rows(
        vn::read_csv({.relations = table(in)}, {}, {.threads = in.threads()}).network, made->edges,
        97);
  };
  k.run = [table](inputs& in, const vn::execution& exec) {
    return static_cast<double>(
        vn::read_csv({.relations = table(in)}, {}, exec).network.relation_count());
  };
  k.work = [made, table](inputs& in, const machine& m) {
    const auto bytes = static_cast<double>(std::filesystem::file_size(table(in)));
    std::cerr << fmt::format(", {:.0f} bytes in {} rows", bytes, made->edges.sources.size());
    return work{.items = static_cast<double>(made->edges.sources.size()),
                .unit = "rows",
                .limit_seconds = m.seconds(bytes)};
  };
  benches.add(std::move(k));
}

void add_reading_growing(suite& benches) {
  const auto files = std::make_shared<std::unique_ptr<text_files>>();
  benches.add(growing_kernel{.name = "read edge table",
                             .prepare =
                                 [files](const growth_input& in) {
                                   files->reset();
                                   *files = std::make_unique<text_files>(in.edges);
                                 },
                             .run =
                                 [files](const growth_input&, const vn::execution& exec) {
                                   benchmark::DoNotOptimize(
                                       vn::read_csv({.relations = (*files)->table()}, {}, exec));
                                 }});
}

}  // namespace

void add_reading(suite& benches, int text_millions) {
  for (const graph_name name : {graph_name::hub43k_directed, graph_name::rmat18_directed}) {
    const auto files = std::make_shared<std::map<graph_name, std::unique_ptr<text_files>>>();
    const auto of = [files, name](inputs& in) -> text_files& {
      auto& made = (*files)[name];
      if (!made) made = std::make_unique<text_files>(in.edges(name));
      return *made;
    };
    kernel k{.name = "read edge table", .graph = name};
    k.verify = [of, name](inputs& in) -> std::string {
      return compare_rows(
          vn::read_csv({.relations = of(in).table()}, {}, {.threads = in.threads()}).network,
          in.edges(name), 1);
    };
    k.run = [of](inputs& in, const vn::execution& exec) {
      return static_cast<double>(
          vn::read_csv({.relations = of(in).table()}, {}, exec).network.relation_count());
    };
#ifdef VALUENET_BENCH_IGRAPH
    // igraph reads numbers for vertices, and so need not look up any id.
    k.peer = [of, name](inputs& in, double) {
      std::FILE* const file = std::fopen(of(in).numbers(in.edges(name)).c_str(), "r");
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
  add_long_table(benches, text_millions);
  add_reading_growing(benches);
}

}  // namespace bench
