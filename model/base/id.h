// Typed integer ids: an index into one vector of one kind of thing.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace cotejo::base {

template <typename Tag>
struct Id {
  std::int32_t value = -1;

  constexpr Id() = default;
  constexpr explicit Id(std::int64_t v) : value(static_cast<std::int32_t>(v)) {}
  [[nodiscard]] constexpr bool valid() const { return value >= 0; }
  [[nodiscard]] constexpr std::size_t index() const { return static_cast<std::size_t>(value); }
  friend constexpr auto operator<=>(Id, Id) = default;
};

}  // namespace cotejo::base

template <typename Tag>
struct std::hash<cotejo::base::Id<Tag>> {
  std::size_t operator()(cotejo::base::Id<Tag> id) const noexcept {
    return std::hash<std::int32_t>{}(id.value);
  }
};
