// Exact rational numbers on 64 bits; an overflow is an error, never a wrong digit.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace cotejo::base {

// Thrown by arithmetic that leaves 64 bits, and by a division by zero. Each stage
// that computes catches it at its boundary and turns it into a diagnostic.
class ArithmeticError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class Rational {
 public:
  constexpr Rational() = default;
  constexpr Rational(std::int64_t whole) : num_(whole) {}  // NOLINT: whole numbers are rationals
  Rational(std::int64_t num, std::int64_t den);

  [[nodiscard]] constexpr std::int64_t num() const { return num_; }
  [[nodiscard]] constexpr std::int64_t den() const { return den_; }
  [[nodiscard]] constexpr bool whole() const { return den_ == 1; }
  [[nodiscard]] constexpr bool zero() const { return num_ == 0; }
  [[nodiscard]] double approximate() const;
  [[nodiscard]] std::int64_t floor() const;
  [[nodiscard]] std::int64_t ceil() const;
  // "3", "1/2", "3 1/2"; a minus sign first.
  [[nodiscard]] std::string str() const;

  friend Rational operator+(Rational a, Rational b);
  friend Rational operator-(Rational a, Rational b);
  friend Rational operator*(Rational a, Rational b);
  friend Rational operator/(Rational a, Rational b);
  friend Rational operator-(Rational a) { return Rational(0) - a; }
  Rational& operator+=(Rational b) { return *this = *this + b; }
  Rational& operator-=(Rational b) { return *this = *this - b; }
  friend constexpr bool operator==(Rational a, Rational b) {
    return a.num_ == b.num_ && a.den_ == b.den_;
  }
  friend constexpr std::strong_ordering operator<=>(Rational a, Rational b) {
    return static_cast<__int128>(a.num_) * b.den_ <=> static_cast<__int128>(b.num_) * a.den_;
  }

 private:
  static Rational FromWide(__int128 num, __int128 den);
  std::int64_t num_ = 0;
  std::int64_t den_ = 1;  // always positive, coprime with num_
};

// Greatest rational that divides both a whole number of times (0 divides nothing).
Rational Gcd(Rational a, Rational b);

// "12", "1/2", "0.5", "0,5", "½", "1½"; nothing for anything else.
std::optional<Rational> ParseRational(std::string_view text);

}  // namespace cotejo::base
