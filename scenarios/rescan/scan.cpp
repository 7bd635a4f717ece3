// Compiled once for each instruction set: foreach_target.h includes this file again and again.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "scenarios/rescan/scan.cpp"
#include "scenarios/rescan/scan.h"

#include <hwy/foreach_target.h>  // must come before highway.h
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace cotejo::rescan {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

using D32 = hn::ScalableTag<std::int32_t>;

// As many codes as there are 32-bit lanes.
template <typename Code>
HWY_INLINE hn::Vec<D32> Codes(D32 d, const Code* codes) {
  const hn::Rebind<Code, D32> narrow;
  return hn::PromoteTo(d, hn::LoadU(narrow, codes));
}

// Bringing it into the range leaves as it is what lies there.
template <class D, class V>
HWY_INLINE hn::Mask<D> Within(D /*d*/, V code, V low, V high) {
  return hn::Eq(hn::Min(hn::Max(code, low), high), code);
}

template <typename Code>
std::int64_t CountAs(const Block& block) {
  const hn::ScalableTag<Code> d;
  const auto* codes = reinterpret_cast<const Code*>(block.codes);
  const auto low = hn::Set(d, static_cast<Code>(block.low));
  const auto high = hn::Set(d, static_cast<Code>(block.high));
  std::size_t count = 0;
  for (std::size_t i = 0; i < block.rows; i += hn::Lanes(d)) {
    const auto code = hn::LoadU(d, codes + i);
    count += hn::CountTrue(d, Within(d, code, low, high));
  }
  return static_cast<std::int64_t>(count);
}

template <typename Code>
Counted AddAs(const Block& block, const std::int32_t* amounts) {
  const D32 d;
  const auto* codes = reinterpret_cast<const Code*>(block.codes);
  const auto low = hn::Set(d, block.low);
  const auto high = hn::Set(d, block.high);
  auto sum = hn::Zero(d);
  std::size_t count = 0;
  for (std::size_t i = 0; i < block.rows; i += hn::Lanes(d)) {
    const auto code = Codes(d, codes + i);
    const auto within = Within(d, code, low, high);
    count += hn::CountTrue(d, within);
    sum = hn::Add(sum, hn::IfThenElseZero(within, hn::LoadU(d, amounts + i)));
  }
  return {static_cast<std::int64_t>(count), hn::GetLane(hn::SumOfLanes(d, sum))};
}

template <typename Code>
void MarkAs(const Block& block, std::int32_t amount, std::int32_t* marks) {
  const D32 d;
  const auto* codes = reinterpret_cast<const Code*>(block.codes);
  const auto low = hn::Set(d, block.low);
  const auto high = hn::Set(d, block.high);
  const auto added = hn::Set(d, amount);
  for (std::size_t i = 0; i < block.rows; i += hn::Lanes(d)) {
    const auto code = Codes(d, codes + i);
    const auto within = Within(d, code, low, high);
    const auto mark = hn::LoadU(d, marks + i);
    hn::StoreU(hn::Add(mark, hn::IfThenElseZero(within, added)), d, marks + i);
  }
}

std::int64_t CountBlock(const Block& block) {
  return block.wide ? CountAs<std::uint16_t>(block) : CountAs<std::uint8_t>(block);
}
Counted AddBlock(const Block& block, const std::int32_t* amounts) {
  return block.wide ? AddAs<std::uint16_t>(block, amounts) : AddAs<std::uint8_t>(block, amounts);
}
void MarkBlock(const Block& block, std::int32_t amount, std::int32_t* marks) {
  if (block.wide) return MarkAs<std::uint16_t>(block, amount, marks);
  MarkAs<std::uint8_t>(block, amount, marks);
}
const char* Engine() { return hwy::TargetName(HWY_TARGET); }

}  // namespace HWY_NAMESPACE
}  // namespace cotejo::rescan
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace cotejo::rescan {

HWY_EXPORT(CountBlock);
HWY_EXPORT(AddBlock);
HWY_EXPORT(MarkBlock);
HWY_EXPORT(Engine);

std::int64_t Count(const Block& block) { return HWY_DYNAMIC_DISPATCH(CountBlock)(block); }
Counted CountAndAdd(const Block& block, const std::int32_t* amounts) {
  return HWY_DYNAMIC_DISPATCH(AddBlock)(block, amounts);
}
void Mark(const Block& block, std::int32_t amount, std::int32_t* marks) {
  HWY_DYNAMIC_DISPATCH(MarkBlock)(block, amount, marks);
}
std::string ScanEngine() { return HWY_DYNAMIC_DISPATCH(Engine)(); }

}  // namespace cotejo::rescan
#endif  // HWY_ONCE
