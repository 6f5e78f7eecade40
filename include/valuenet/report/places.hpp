// Where provinces, cities and countries lie: points for schematic maps, without any border.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace valuenet {

enum class place_level : std::uint8_t { country, province, city };

/// A place as data/places/ has it.
struct place {
  /// As official tables write it: 广东省; of a city and a country without rank: 深圳, 美国.
  std::string chinese{};
  /// 广东: without its rank.
  std::string chinese_short{};
  std::string english{};
  /// Degrees east and north, rounded: of a province its seat of government, of a country a point
  /// near its middle. For schematic maps only.
  double longitude = 0.0;
  double latitude = 0.0;
  /// Of a province: its tile in a map of equal squares, from the left and from the top.
  std::optional<int> column{};
  std::optional<int> row{};
};

/// Places of one level, found by any of their names. The table ships inside the library: the 34
/// province-level units of China (codes of GB/T 2260), its municipalities, provincial capitals and
/// cities that published tables on the AI industry name, and the countries of these tables (codes
/// of ISO 3166). Making one takes less than a millisecond.
class gazetteer {
 public:
  explicit gazetteer(place_level level);

  [[nodiscard]] const std::vector<place>& places() const noexcept { return places_; }
  /// The place of this name: Chinese with or without rank (江苏, 江苏省, 青岛市), English in any
  /// case, with or without spaces and apostrophes, or an alias (USA). nullptr where there is none.
  [[nodiscard]] const place* find(std::string_view name) const;

 private:
  struct name {
    std::string key;
    std::size_t place = 0;
  };
  std::vector<place> places_;
  std::vector<name> names_;
};

}  // namespace valuenet
