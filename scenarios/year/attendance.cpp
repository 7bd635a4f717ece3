// Compiled once for each instruction set: foreach_target.h includes this file again and again.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "scenarios/year/attendance.cpp"
#include "scenarios/year/attendance.h"

#include <hwy/foreach_target.h>  // must come before highway.h
#include <hwy/highway.h>

#include <algorithm>
#include <cstring>

#include "scenarios/population/philox.h"

HWY_BEFORE_NAMESPACE();
namespace cotejo::year {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

using D64 = hn::ScalableTag<std::uint64_t>;
using V64 = hn::Vec<D64>;
using D32 = hn::ScalableTag<std::uint32_t>;
using V32 = hn::Vec<D32>;

constexpr std::uint64_t kMultiplier0 = 0xD2511F53;
constexpr std::uint64_t kMultiplier1 = 0xCD9E8D57;
constexpr std::uint32_t kWeyl0 = 0x9E3779B9;
constexpr std::uint32_t kWeyl1 = 0xBB67AE85;
using population::kRounds;

// Philox4x32 with one 32-bit word in each 64-bit lane: the low half of a lane holds the
// word and the upper half is never read, because MulEven only looks at low halves.
HWY_INLINE V64 Multiply([[maybe_unused]] D64 d, V64 word, V64 multiplier) {
#if HWY_TARGET == HWY_SCALAR
  return hn::Set(d, (hn::GetLane(word) & 0xFFFFFFFF) * hn::GetLane(multiplier));
#else
  const D32 d32;
  return hn::MulEven(hn::BitCast(d32, word), hn::BitCast(d32, multiplier));
#endif
}

// The upper half of each lane, where a word belongs. A shuffle, where the processor has a unit for
// those that does not multiply: what is left in the upper half is not looked at.
HWY_INLINE V64 UpperHalf([[maybe_unused]] D64 d, V64 product) {
#if HWY_TARGET == HWY_SCALAR
  return hn::ShiftRight<32>(product);
#else
  return hn::BitCast(d, hn::Shuffle2301(hn::BitCast(D32(), product)));
#endif
}

struct Words {
  V64 w0, w1, w2, w3;
};

// As many days as 32-bit lanes there are, every other one in each: side by side again, the words of
// both fill a vector in order of day.
struct Days {
  Words even, odd;
};

HWY_INLINE void Round(D64 d, Words& w, std::uint32_t key0, std::uint32_t key1) {
  const V64 product0 = Multiply(d, w.w0, hn::Set(d, kMultiplier0));
  const V64 product1 = Multiply(d, w.w2, hn::Set(d, kMultiplier1));
  w.w0 = hn::Xor3(UpperHalf(d, product1), w.w1, hn::Set(d, std::uint64_t{key0}));
  w.w2 = hn::Xor3(UpperHalf(d, product0), w.w3, hn::Set(d, std::uint64_t{key1}));
  w.w1 = product1;
  w.w3 = product0;
}

// The day is the only word of a counter that changes in a scan, and it takes two rounds to reach
// the others: what those two do to the rest is worked out once.
constexpr int kBegun = 2;

struct Scheme {
  std::uint32_t key0[kRounds];
  std::uint32_t key1[kRounds];
  // With what each word that has met the day is mixed, and the one that has not.
  std::uint64_t with_first, with0, with2, word3;

  explicit Scheme(const DayScan& scan) {
    for (int i = 0; i < kRounds; ++i) {
      key0[i] = static_cast<std::uint32_t>(scan.seed) + static_cast<std::uint32_t>(i) * kWeyl0;
      key1[i] =
          static_cast<std::uint32_t>(scan.seed >> 32) + static_cast<std::uint32_t>(i) * kWeyl1;
    }
    const std::uint64_t decided = scan.decision * kMultiplier1;
    const std::uint64_t first = (decided >> 32) ^ scan.person ^ key0[0];
    with_first = scan.replication ^ key1[0];
    with0 = static_cast<std::uint32_t>(decided) ^ key0[1];
    with2 = (first * kMultiplier0 >> 32) ^ key1[1];
    word3 = first * kMultiplier0;
  }
};

// The words of the days in the low halves after the rounds that are begun.
HWY_INLINE Words Start(D64 d, V64 days, const Scheme& scheme) {
  const V64 product0 = Multiply(d, days, hn::Set(d, kMultiplier0));
  const V64 word2 = hn::Xor(UpperHalf(d, product0), hn::Set(d, scheme.with_first));
  const V64 product1 = Multiply(d, word2, hn::Set(d, kMultiplier1));
  return {hn::Xor(UpperHalf(d, product1), hn::Set(d, scheme.with0)), product1,
          hn::Xor(product0, hn::Set(d, scheme.with2)), hn::Set(d, scheme.word3)};
}

HWY_INLINE Days Start(D64 d, const std::uint32_t* days, const Scheme& scheme) {
#if HWY_TARGET == HWY_SCALAR
  const Words words = Start(d, hn::Set(d, *days), scheme);
  return {words, words};
#else
  const V64 even = hn::BitCast(d, hn::LoadU(D32(), days));
  return {Start(d, even, scheme), Start(d, UpperHalf(d, even), scheme)};
#endif
}

HWY_INLINE void Round(D64 d, Days& days, std::uint32_t key0, std::uint32_t key1) {
  Round(d, days.even, key0, key1);
  Round(d, days.odd, key0, key1);
}

HWY_INLINE V32 SideBySide(V64 even, [[maybe_unused]] V64 odd) {
  const D32 d;
#if HWY_TARGET == HWY_SCALAR
  return hn::Set(d, static_cast<std::uint32_t>(hn::GetLane(even)));
#else
  return hn::OddEven(hn::Shuffle2301(hn::BitCast(d, odd)), hn::BitCast(d, even));
#endif
}

// Draws of one word, as they come, and the bits that say which are hits, in bytes of their own for
// each vector. Gathering the hits is left to scalar code: Compress wants a population count, which
// without a processor flag is a function call that spills every register of the loop.
struct Sink {
  std::uint32_t* draws;
  std::uint8_t* bits;
  V32 least;  // the smallest draw that is kept, minus one
};

HWY_INLINE void Keep(V64 even, V64 odd, Sink& sink) {
  const D32 d;
  const V32 draw = SideBySide(even, odd);
  hn::StoreU(draw, d, sink.draws);
  sink.draws += hn::Lanes(d);
  // 1.0.3 has no integer >= .
  sink.bits += hn::StoreMaskBits(d, hn::Gt(draw, sink.least), sink.bits);
}

HWY_INLINE void KeepAll(const Days& days, Sink (&sinks)[4]) {
  Keep(days.even.w0, days.odd.w0, sinks[0]);
  Keep(days.even.w1, days.odd.w1, sinks[1]);
  Keep(days.even.w2, days.odd.w2, sinks[2]);
  Keep(days.even.w3, days.odd.w3, sinks[3]);
}

// How many days the bits of a byte are of.
HWY_INLINE std::size_t DaysOfByte() { return std::min<std::size_t>(hn::Lanes(D32()), 8); }

constexpr std::size_t kAtOnce = 4;
constexpr std::uint64_t kLastBit = std::uint64_t{1} << 63;

// The hits of one word, in order; lanes past the last day are not looked at.
void Gather(std::size_t days, Hits& hits) {
  const std::size_t each = DaysOfByte();
  const std::size_t bytes = (days + each - 1) / each;
  std::uint64_t* out = hits.data.data();
  for (std::size_t base = 0; base < bytes; base += 8) {
    std::uint64_t bits = 0;
    std::memcpy(&bits, hits.bits.data() + base, sizeof bits);
    if (bytes - base < 8) bits &= (std::uint64_t{1} << (8 * (bytes - base))) - 1;
    // So many at once, whether they are there or not, be it none: how many cannot be foreseen.
    const auto count = static_cast<std::size_t>(__builtin_popcountll(bits));
    std::size_t done = 0;
    do {
      for (std::size_t i = 0; i < kAtOnce; ++i, bits &= bits - 1) {
        const auto bit = static_cast<std::size_t>(__builtin_ctzll(bits | kLastBit));
        const std::size_t position = each == 8 ? base * 8 + bit : (base + bit / 8) * each + bit % 8;
        out[i] = (static_cast<std::uint64_t>(position) << 32) | hits.draws[position];
      }
      out += std::min(count - done, kAtOnce);
      done += kAtOnce;
    } while (done < count);
  }
  while (out != hits.data.data() && Hits::position(out[-1]) >= days) --out;
  hits.count = static_cast<std::size_t>(out - hits.data.data());
  *out = UINT64_MAX;
}

// GCC 12 does not clear the upper halves of the registers before a call that leaves them alone,
// nor after it; with them in use, what follows waits at every instruction of 128 bits.
HWY_INLINE void LeaveVectors() {
#if HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX2
  _mm256_zeroupper();
#endif
}

void Scan(const DayScan& scan, std::array<Hits, 4>& hits) {
  const D64 d;
  const D32 d32;
  const std::size_t lanes = hn::Lanes(d32);
  const Scheme scheme(scan);
  Sink sinks[4];
  for (int w = 0; w < 4; ++w) {
    const V32 least = hn::Set(d32, static_cast<std::uint32_t>(scan.from[w] - 1));
    sinks[w] = {hits[w].draws.data(), hits[w].bits.data(), least};
  }
  std::size_t at = 0;
  // Four independent blocks at once hide the latency of the multiplications.
  for (; at + 2 * lanes <= scan.count; at += 2 * lanes) {
    Days a = Start(d, scan.days + at, scheme);
    Days b = Start(d, scan.days + at + lanes, scheme);
    for (int i = kBegun; i < kRounds; ++i) {
      Round(d, a, scheme.key0[i], scheme.key1[i]);
      Round(d, b, scheme.key0[i], scheme.key1[i]);
    }
    KeepAll(a, sinks);
    KeepAll(b, sinks);
  }
  for (; at < scan.count; at += lanes) {
    Days days = Start(d, scan.days + at, scheme);
    for (int i = kBegun; i < kRounds; ++i) Round(d, days, scheme.key0[i], scheme.key1[i]);
    KeepAll(days, sinks);
  }
  LeaveVectors();
  for (int w = 0; w < 4; ++w) {
    // No lane can be below the smallest draw of all.
    if (scan.from[w] == 0)
      std::fill(hits[w].bits.begin(), hits[w].bits.end(), (1U << DaysOfByte()) - 1);
    Gather(scan.count, hits[w]);
  }
}

const char* Engine() { return hwy::TargetName(HWY_TARGET); }

}  // namespace HWY_NAMESPACE
}  // namespace cotejo::year
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace cotejo::year {

HWY_EXPORT(Scan);
HWY_EXPORT(Engine);

void ScanDays(const DayScan& scan, std::array<Hits, 4>& hits) {
  // Gather looks at 64 days at a time, and writes some hits past the last.
  const std::size_t room = PaddedDays(scan.count) + 64;
  for (Hits& word : hits) {
    word.count = 0;
    if (word.data.size() >= room) continue;
    word.data.resize(room);
    word.draws.resize(room);
    word.bits.resize(room);
  }
  HWY_DYNAMIC_DISPATCH(Scan)(scan, hits);
}

std::string ScanEngine() { return HWY_DYNAMIC_DISPATCH(Engine)(); }

}  // namespace cotejo::year
#endif  // HWY_ONCE
