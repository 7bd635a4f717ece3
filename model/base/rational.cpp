#include "model/base/rational.h"

#include <limits>
#include <numeric>

namespace cotejo::base {
namespace {

using Wide = __int128;
using UnsignedWide = unsigned __int128;

UnsignedWide Magnitude(Wide value) {
  return value < 0 ? UnsignedWide{0} - static_cast<UnsignedWide>(value)
                   : static_cast<UnsignedWide>(value);
}

// Euclid on 128 bits only until both numbers fit in 64, where division is cheap.
UnsignedWide GcdWide(UnsignedWide a, UnsignedWide b) {
  constexpr UnsignedWide kMax64 = std::numeric_limits<std::uint64_t>::max();
  while (b != 0) {
    if (a <= kMax64 && b <= kMax64) {
      return std::gcd(static_cast<std::uint64_t>(a), static_cast<std::uint64_t>(b));
    }
    const UnsignedWide rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

std::int64_t Narrow(Wide value) {
  if (value < std::numeric_limits<std::int64_t>::min() ||
      value > std::numeric_limits<std::int64_t>::max()) {
    throw ArithmeticError("rational number out of 64 bits");
  }
  return static_cast<std::int64_t>(value);
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Takes the leading digits of `text`; nothing when there is none or they leave 64 bits.
std::optional<std::int64_t> TakeDigits(std::string_view& text) {
  std::int64_t value = 0;
  std::size_t used = 0;
  while (used < text.size() && IsDigit(text[used])) {
    if (__builtin_mul_overflow(value, std::int64_t{10}, &value) ||
        __builtin_add_overflow(value, std::int64_t{text[used] - '0'}, &value)) {
      return std::nullopt;
    }
    ++used;
  }
  if (used == 0) return std::nullopt;
  text.remove_prefix(used);
  return value;
}

// The digits after a decimal point or comma.
std::optional<Rational> ParseDecimals(std::int64_t whole, std::string_view digits) {
  const std::size_t places = digits.size();
  const auto tail = TakeDigits(digits);
  if (!tail || !digits.empty()) return std::nullopt;
  std::int64_t scale = 1;
  for (std::size_t i = 0; i < places; ++i) {
    if (__builtin_mul_overflow(scale, std::int64_t{10}, &scale)) return std::nullopt;
  }
  return Rational(whole) + Rational(*tail, scale);
}

std::optional<Rational> ParseUnsigned(std::string_view text) {
  constexpr std::string_view kHalf = "½";
  if (text == kHalf) return Rational(1, 2);
  const auto whole = TakeDigits(text);
  if (!whole) return std::nullopt;
  if (text.empty()) return Rational(*whole);
  if (text == kHalf) return Rational(*whole) + Rational(1, 2);
  const char separator = text.front();
  text.remove_prefix(1);
  if (separator == '.' || separator == ',') return ParseDecimals(*whole, text);
  if (separator != '/') return std::nullopt;
  const auto den = TakeDigits(text);
  if (!den || *den == 0 || !text.empty()) return std::nullopt;
  return Rational(*whole, *den);
}

}  // namespace

Rational::Rational(std::int64_t num, std::int64_t den) {
  *this = den == 1 ? Rational(num) : FromWide(num, den);
}

Rational Rational::FromWide(__int128 num, __int128 den) {
  if (den == 0) throw ArithmeticError("division by zero");
  const UnsignedWide common = GcdWide(Magnitude(num), Magnitude(den));
  const auto divisor = static_cast<Wide>(common) * (den < 0 ? -1 : 1);
  Rational result;
  result.num_ = Narrow(num / divisor);
  result.den_ = Narrow(den / divisor);
  return result;
}

double Rational::approximate() const {
  return static_cast<double>(num_) / static_cast<double>(den_);
}

std::int64_t Rational::floor() const {
  const std::int64_t quotient = num_ / den_;
  return num_ % den_ < 0 ? quotient - 1 : quotient;
}

std::int64_t Rational::ceil() const {
  const std::int64_t quotient = num_ / den_;
  return num_ % den_ > 0 ? quotient + 1 : quotient;
}

std::string Rational::str() const {
  if (den_ == 1) return std::to_string(num_);
  // Through unsigned: the magnitude of the smallest int64 is not an int64.
  const auto magnitude = static_cast<std::uint64_t>(Magnitude(num_));
  const auto den = static_cast<std::uint64_t>(den_);
  std::string out = num_ < 0 ? "-" : "";
  if (magnitude / den != 0) out += std::to_string(magnitude / den) + " ";
  return out + std::to_string(magnitude % den) + "/" + std::to_string(den);
}

// Each product of two 64-bit numbers is at most 2^126, so the sum of two fits in 128 bits.
Rational operator+(Rational a, Rational b) {
  if (a.den_ == 1 && b.den_ == 1) return Narrow(static_cast<Wide>(a.num_) + b.num_);
  return Rational::FromWide(static_cast<Wide>(a.num_) * b.den_ + static_cast<Wide>(b.num_) * a.den_,
                            static_cast<Wide>(a.den_) * b.den_);
}

Rational operator-(Rational a, Rational b) {
  if (a.den_ == 1 && b.den_ == 1) return Narrow(static_cast<Wide>(a.num_) - b.num_);
  return Rational::FromWide(static_cast<Wide>(a.num_) * b.den_ - static_cast<Wide>(b.num_) * a.den_,
                            static_cast<Wide>(a.den_) * b.den_);
}

Rational operator*(Rational a, Rational b) {
  if (a.den_ == 1 && b.den_ == 1) return Narrow(static_cast<Wide>(a.num_) * b.num_);
  return Rational::FromWide(static_cast<Wide>(a.num_) * b.num_, static_cast<Wide>(a.den_) * b.den_);
}

Rational operator/(Rational a, Rational b) {
  return Rational::FromWide(static_cast<Wide>(a.num_) * b.den_, static_cast<Wide>(a.den_) * b.num_);
}

// gcd(p/q, r/s) = gcd(p·s, r·q) / (q·s), which FromWide brings to lowest terms; the gcd of
// two whole numbers over their common denominator is the greatest that divides both.
Rational Gcd(Rational a, Rational b) {
  const Wide left = static_cast<Wide>(a.num()) * b.den();
  const Wide right = static_cast<Wide>(b.num()) * a.den();
  const UnsignedWide top = GcdWide(Magnitude(left), Magnitude(right));
  const UnsignedWide bottom =
      static_cast<UnsignedWide>(a.den()) * static_cast<UnsignedWide>(b.den());
  if (top == 0) return 0;
  const UnsignedWide common = GcdWide(top, bottom);
  return {Narrow(static_cast<Wide>(top / common)), Narrow(static_cast<Wide>(bottom / common))};
}

std::optional<Rational> ParseRational(std::string_view text) {
  const bool negative = !text.empty() && text.front() == '-';
  if (negative) text.remove_prefix(1);
  try {
    const auto value = ParseUnsigned(text);
    if (!value || !negative) return value;
    return -*value;
  } catch (const ArithmeticError&) {
    return std::nullopt;  // more digits than 64 bits hold
  }
}

}  // namespace cotejo::base
