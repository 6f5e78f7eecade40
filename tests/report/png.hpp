// Reads a PNG of 8 bits a channel back, apart from the library that wrote it.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <vector>

#include <zlib.h>

struct decoded_png {
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  std::uint32_t channels = 0;
  std::uint32_t dots_per_meter = 0;
  std::vector<std::uint8_t> samples;

  [[nodiscard]] std::vector<int> at(std::uint32_t x, std::uint32_t y) const {
    const std::size_t begin = (std::size_t{y} * width + x) * channels;
    return {samples.begin() + static_cast<std::ptrdiff_t>(begin),
            samples.begin() + static_cast<std::ptrdiff_t>(begin + channels)};
  }
  /// Pixels that are not of this grey, in the box from (x0, y0) to before (x1, y1).
  [[nodiscard]] std::size_t count_other_than(int gray, std::uint32_t x0, std::uint32_t y0,
                                             std::uint32_t x1, std::uint32_t y1) const {
    std::size_t count = 0;
    for (std::uint32_t y = y0; y < y1; ++y) {
      for (std::uint32_t x = x0; x < x1; ++x) {
        bool is_other = false;
        for (std::uint32_t c = 0; c < 3; ++c) {
          is_other |= samples[(std::size_t{y} * width + x) * channels + c] != gray;
        }
        count += is_other ? 1 : 0;
      }
    }
    return count;
  }
};

inline decoded_png decode_png(const std::string& bytes) {
  const auto require = [](bool is_so, const char* what) {
    if (!is_so) throw std::runtime_error(what);
  };
  const auto number = [&](std::size_t i) {
    std::uint32_t value = 0;
    for (std::size_t k = 0; k < 4; ++k)
      value = value << 8U | static_cast<std::uint8_t>(bytes[i + k]);
    return value;
  };
  require(bytes.size() > 33 && bytes.substr(0, 8) == "\x89PNG\r\n\x1a\n", "no PNG signature");
  decoded_png image;
  std::string packed;
  for (std::size_t i = 8; i + 12 <= bytes.size();) {
    const std::uint32_t length = number(i);
    require(i + 12 + length <= bytes.size(), "a chunk is cut off");
    const std::string kind = bytes.substr(i + 4, 4);
    require(crc32(0, reinterpret_cast<const Bytef*>(bytes.data() + i + 4), length + 4) ==
                number(i + 8 + length),
            "a checksum is wrong");
    if (kind == "IHDR") {
      image.width = number(i + 8);
      image.height = number(i + 12);
      require(bytes[i + 16] == 8, "not 8 bits a channel");
      image.channels = bytes[i + 17] == 6 ? 4 : 3;
    } else if (kind == "pHYs") {
      image.dots_per_meter = number(i + 8);
    } else if (kind == "IDAT") {
      packed += bytes.substr(i + 8, length);
    }
    i += 12 + length;
  }
  const std::size_t stride = std::size_t{image.width} * image.channels;
  std::vector<std::uint8_t> raw((stride + 1) * image.height);
  uLongf size = raw.size();
  require(uncompress(raw.data(), &size, reinterpret_cast<const Bytef*>(packed.data()),
                     packed.size()) == Z_OK &&
              size == raw.size(),
          "the pixels do not unpack");
  image.samples.resize(stride * image.height);
  for (std::size_t y = 0; y < image.height; ++y) {
    const std::uint8_t filter = raw[y * (stride + 1)];
    for (std::size_t x = 0; x < stride; ++x) {
      const int left = x >= image.channels ? image.samples[y * stride + x - image.channels] : 0;
      const int up = y > 0 ? image.samples[(y - 1) * stride + x] : 0;
      const int corner =
          y > 0 && x >= image.channels ? image.samples[(y - 1) * stride + x - image.channels] : 0;
      int guess = 0;
      if (filter == 1) guess = left;
      if (filter == 2) guess = up;
      if (filter == 3) guess = (left + up) / 2;
      if (filter == 4) {
        const int p = left + up - corner;
        const int a = std::abs(p - left);
        const int b = std::abs(p - up);
        const int c = std::abs(p - corner);
        guess = a <= b && a <= c ? left : b <= c ? up : corner;
      }
      image.samples[y * stride + x] =
          static_cast<std::uint8_t>(raw[y * (stride + 1) + 1 + x] + guess);
    }
  }
  return image;
}
