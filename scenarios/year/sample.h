// The figures of one cell over the replications, in memory that does not grow with them.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "model/base/bytes.h"

namespace cotejo::year {

// Up to so many figures are kept one by one.
inline constexpr std::size_t kWhole = 4096;

// In ascending order, digit by digit from the lowest: what a comparison of figures that chance drew
// says cannot be foreseen.
std::vector<std::int64_t> Ascending(std::vector<std::int64_t> values);

// Past the limit figures go to exact sums and to a histogram of as many bins as the limit, at
// most, each 2^k wide with the smallest k that will do: with no more different figures than the
// limit it is exact, and otherwise a figure is known to 1 / limit of their range. Neither
// depends on the order in which figures come.
class Sample {
 public:
  explicit Sample(std::size_t limit = kWhole) : limit_(limit) {}

  void Add(std::int64_t figure) { Add(&figure, 1); }
  void Add(const std::int64_t* figures, std::size_t count);
  // The figures of a run under one draw of what is assumed, after those of other runs of the
  // same length.
  void Append(const Sample& run);

  [[nodiscard]] std::int64_t count() const {
    return folded_ + static_cast<std::int64_t>(figures_.size());
  }
  [[nodiscard]] bool whole() const { return folded_ == 0; }
  [[nodiscard]] bool zero() const;
  // All of them in the order they came, while whole; otherwise those not folded yet.
  [[nodiscard]] const std::vector<std::int64_t>& figures() const { return figures_; }

  // What is kept one by one joins the rest.
  void Fold(std::int64_t run_length = 0);
  // Of what is folded: sums of x − centre, of its square, and over runs of the square of the
  // run's sum (0 unless runs were appended).
  struct Moments {
    std::int64_t centre = 0;
    base::Wide sum = 0, squares = 0, run_squares = 0;
  };
  [[nodiscard]] const Moments& moments() const { return moments_; }
  // Of what is folded, the figure in a place (from 0) of their ascending order.
  [[nodiscard]] double InOrder(std::int64_t place) const;

  void Write(base::ByteWriter& writer) const;
  void Read(base::ByteReader& reader);

 private:
  using Bin = std::pair<std::int64_t, std::int64_t>;  // figure >> shift, how many
  void AddBins(std::vector<Bin> more, unsigned shift);
  void Widen(unsigned shift);

  std::size_t limit_;
  std::vector<std::int64_t> figures_;
  std::int64_t folded_ = 0;
  Moments moments_;
  unsigned shift_ = 0;
  std::vector<Bin> bins_;  // ascending
};

}  // namespace cotejo::year
