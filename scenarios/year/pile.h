// A vector for what is filled and emptied once a person-year: it keeps what it has allocated,
// knows its size without a division, and growing is out of the way of who adds to it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <utility>

namespace cotejo::year {

template <typename T>
class Pile {
 public:
  // A place at the end, with whatever was there before: to be set whole.
  T& Next() {
    if (size_ == room_) Grow();
    return all_[size_++];
  }
  // The first so many of it.
  void Shrink(std::size_t size) { size_ = size; }
  void clear() { size_ = 0; }
  void assign(const T* from, std::size_t size) {
    while (room_ < size) Grow();
    std::copy(from, from + size, begin());
    size_ = size;
  }

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  T& operator[](std::size_t i) { return all_[i]; }
  const T& operator[](std::size_t i) const { return all_[i]; }
  [[nodiscard]] const T& back() const { return all_[size_ - 1]; }
  T* begin() { return all_.get(); }
  T* end() { return all_.get() + size_; }
  [[nodiscard]] const T* begin() const { return all_.get(); }
  [[nodiscard]] const T* end() const { return all_.get() + size_; }

 private:
  [[gnu::noinline, gnu::cold]] void Grow() {
    const std::size_t room = std::max<std::size_t>(kFirst, 2 * room_);
    auto more = std::make_unique<T[]>(room);
    std::copy(all_.get(), all_.get() + room_, more.get());
    all_ = std::move(more);
    room_ = room;
  }

  static constexpr std::size_t kFirst = 8;
  std::unique_ptr<T[]> all_;
  std::size_t size_ = 0, room_ = 0;
};

}  // namespace cotejo::year
