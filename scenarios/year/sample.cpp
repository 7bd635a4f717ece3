#include "scenarios/year/sample.h"

#include <algorithm>
#include <array>

#include "model/base/rational.h"

namespace cotejo::year {
namespace {

using base::Wide;

Wide Sum(Wide a, Wide b) {
  Wide result = 0;
  if (__builtin_add_overflow(a, b, &result))
    throw base::ArithmeticError("sums of replications do not fit in 128 bits");
  return result;
}

std::int64_t Difference(std::int64_t a, std::int64_t b) {
  std::int64_t result = 0;
  if (__builtin_sub_overflow(a, b, &result))
    throw base::ArithmeticError("sums of replications do not fit in 128 bits");
  return result;
}

Wide Product(Wide a, Wide b) {
  Wide result = 0;
  if (__builtin_mul_overflow(a, b, &result))
    throw base::ArithmeticError("sums of replications do not fit in 128 bits");
  return result;
}

// Bins of the same figure become one.
template <typename Bins>
void Merge(Bins& bins) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < bins.size(); ++i) {
    if (kept > 0 && bins[kept - 1].first == bins[i].first) {
      bins[kept - 1].second += bins[i].second;
    } else {
      bins[kept++] = bins[i];
    }
  }
  bins.resize(kept);
}

}  // namespace

std::vector<std::int64_t> Ascending(std::vector<std::int64_t> values) {
  constexpr unsigned kDigit = 8;
  constexpr std::size_t kDigits = std::size_t{1} << kDigit;
  if (values.empty()) return values;
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  const auto least = static_cast<std::uint64_t>(*low);
  const std::uint64_t range = static_cast<std::uint64_t>(*high) - least;
  std::vector<std::int64_t> next(values.size());
  for (unsigned shift = 0; shift < 64 && range >> shift != 0; shift += kDigit) {
    const auto digit = [&](std::int64_t value) {
      return (static_cast<std::uint64_t>(value) - least) >> shift & (kDigits - 1);
    };
    std::array<std::size_t, kDigits + 1> place{};
    for (const std::int64_t value : values) ++place[digit(value) + 1];
    for (std::size_t i = 1; i < place.size(); ++i) place[i] += place[i - 1];
    for (const std::int64_t value : values) next[place[digit(value)]++] = value;
    values.swap(next);
  }
  return values;
}

void Sample::Add(const std::int64_t* figures, std::size_t count) {
  while (count > 0) {
    if (figures_.size() == limit_) Fold();
    const std::size_t fit = std::min(count, limit_ - figures_.size());
    figures_.insert(figures_.end(), figures, figures + fit);
    figures += fit;
    count -= fit;
  }
}

bool Sample::zero() const {
  return std::all_of(figures_.begin(), figures_.end(), [](std::int64_t f) { return f == 0; }) &&
         moments_.centre == 0 && moments_.squares == 0;
}

void Sample::Fold(std::int64_t run_length) {
  if (figures_.empty()) return;
  if (folded_ == 0) moments_.centre = figures_.front();
  Wide run = 0;
  std::int64_t of_run = 0;
  for (const std::int64_t figure : figures_) {
    // 64 bits, or its square has no 128 to be in.
    const Wide deviation = Difference(figure, moments_.centre);
    moments_.sum = Sum(moments_.sum, deviation);
    moments_.squares = Sum(moments_.squares, deviation * deviation);
    run = Sum(run, deviation);
    if (++of_run == run_length) {
      moments_.run_squares = Sum(moments_.run_squares, Product(run, run));
      of_run = 0;
      run = 0;
    }
  }
  folded_ += static_cast<std::int64_t>(figures_.size());
  std::vector<Bin> bins;
  for (const std::int64_t figure : Ascending(figures_)) {
    if (bins.empty() || bins.back().first != figure) bins.emplace_back(figure, 0);
    ++bins.back().second;
  }
  figures_.clear();
  AddBins(std::move(bins), 0);
}

void Sample::Append(const Sample& run) {
  const std::int64_t length = run.count();
  if (whole() && run.whole() && count() + length <= static_cast<std::int64_t>(limit_)) {
    figures_.insert(figures_.end(), run.figures_.begin(), run.figures_.end());
    return;
  }
  Fold(length);
  Sample other = run;
  other.Fold();
  if (folded_ == 0) moments_.centre = other.moments_.centre;
  // From the run's centre to this one: x − c = (x − c') + (c' − c).
  const Wide move = static_cast<Wide>(other.moments_.centre) - moments_.centre;
  const Wide sum = Sum(other.moments_.sum, Product(move, length));
  const Wide squares =
      Sum(other.moments_.squares,
          Sum(Product(2, Product(move, other.moments_.sum)), Product(Product(move, move), length)));
  moments_.sum = Sum(moments_.sum, sum);
  moments_.squares = Sum(moments_.squares, squares);
  moments_.run_squares = Sum(moments_.run_squares, Product(sum, sum));
  folded_ += length;
  AddBins(std::move(other.bins_), other.shift_);
}

void Sample::AddBins(std::vector<Bin> more, unsigned shift) {
  if (shift > shift_) Widen(shift);
  for (Bin& bin : more) bin.first >>= shift_ - shift;
  const auto middle = static_cast<std::ptrdiff_t>(bins_.size());
  bins_.insert(bins_.end(), more.begin(), more.end());
  std::inplace_merge(bins_.begin(), bins_.begin() + middle, bins_.end());
  Merge(bins_);
  while (bins_.size() > limit_) Widen(shift_ + 1);
  bins_.shrink_to_fit();
}

void Sample::Widen(unsigned shift) {
  for (Bin& bin : bins_) bin.first >>= shift - shift_;
  shift_ = shift;
  Merge(bins_);
}

double Sample::InOrder(std::int64_t place) const {
  std::int64_t before = 0;
  for (const auto& [figure, count] : bins_) {
    before += count;
    if (place >= before) continue;
    const Wide first = static_cast<Wide>(figure) * (static_cast<Wide>(1) << shift_);
    const Wide last = first + (static_cast<Wide>(1) << shift_) - 1;
    return static_cast<double>(first) + static_cast<double>(last - first) / 2;  // its middle
  }
  return 0;
}

void Sample::Write(base::ByteWriter& writer) const {
  writer.Numbers(figures_);
  writer.Number(folded_);
  writer.Number(moments_.centre);
  writer.Number(moments_.sum);
  writer.Number(moments_.squares);
  writer.Number(moments_.run_squares);
  writer.Number(static_cast<std::int64_t>(shift_));
  std::vector<std::int64_t> bins;
  for (const auto& [figure, count] : bins_) {
    bins.push_back(figure);
    bins.push_back(count);
  }
  writer.Numbers(bins);
}

void Sample::Read(base::ByteReader& reader) {
  figures_ = reader.Numbers();
  folded_ = reader.Number();
  moments_.centre = reader.Number();
  moments_.sum = reader.WideNumber();
  moments_.squares = reader.WideNumber();
  moments_.run_squares = reader.WideNumber();
  shift_ = static_cast<unsigned>(reader.Number());
  const std::vector<std::int64_t> bins = reader.Numbers();
  bins_.clear();
  for (std::size_t i = 0; i + 1 < bins.size(); i += 2) bins_.emplace_back(bins[i], bins[i + 1]);
}

}  // namespace cotejo::year
