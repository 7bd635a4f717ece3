// Whole numbers and texts as bytes, the same on every machine, and back.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cotejo::base {

__extension__ using Wide = __int128;

class ByteWriter {
 public:
  void Number(std::int64_t number) {
    const auto bits = static_cast<std::uint64_t>(number);
    for (unsigned shift = 0; shift < 64; shift += 8)
      bytes_.push_back(static_cast<char>((bits >> shift) & 0xFFU));
  }
  void Number(Wide number) {
    Number(static_cast<std::int64_t>(number));
    Number(static_cast<std::int64_t>(number >> 64));
  }
  void Numbers(const std::vector<std::int64_t>& numbers) {
    Number(static_cast<std::int64_t>(numbers.size()));
    for (const std::int64_t number : numbers) Number(number);
  }
  void Text(std::string_view text) {
    Number(static_cast<std::int64_t>(text.size()));
    bytes_ += text;
  }
  [[nodiscard]] const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

// Past the end, or where a size cannot be, everything is 0 or empty and ok() is false from then on.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : bytes_(bytes) {}

  std::int64_t Number() {
    if (!Has(1, 8)) return 0;
    std::uint64_t bits = 0;
    for (unsigned i = 0; i < 8; ++i)
      bits |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes_[i])) << (8 * i);
    bytes_.remove_prefix(8);
    return static_cast<std::int64_t>(bits);
  }
  base::Wide WideNumber() {
    const auto low = static_cast<std::uint64_t>(Number());
    const base::Wide high = Number();
    return high * (static_cast<base::Wide>(1) << 64) + low;
  }
  std::vector<std::int64_t> Numbers() {
    const std::int64_t size = Number();
    if (!Has(size, 8)) return {};
    std::vector<std::int64_t> numbers(static_cast<std::size_t>(size));
    for (std::int64_t& number : numbers) number = Number();
    return numbers;
  }
  std::string Text() {
    const std::int64_t size = Number();
    if (!Has(size, 1)) return {};
    std::string text(bytes_.substr(0, static_cast<std::size_t>(size)));
    bytes_.remove_prefix(static_cast<std::size_t>(size));
    return text;
  }
  [[nodiscard]] bool ok() const { return ok_; }
  [[nodiscard]] bool finished() const { return ok_ && bytes_.empty(); }

 private:
  bool Has(std::int64_t count, std::size_t each) {
    ok_ = ok_ && count >= 0 && static_cast<std::size_t>(count) <= bytes_.size() / each;
    return ok_;
  }

  std::string_view bytes_;
  bool ok_ = true;
};

}  // namespace cotejo::base
