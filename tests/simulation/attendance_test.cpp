// The vectorised draws against Random123's, on every instruction set this machine has.
#include "scenarios/year/attendance.h"

#include <gtest/gtest.h>
#include <hwy/targets.h>

#include "scenarios/population/philox.h"

namespace cotejo::year {
namespace {

constexpr std::array<std::array<std::uint64_t, 4>, 4> kThresholds = {{
    {kNever, kNever, kNever, kNever},
    {0, 0, 0, 0},
    {3900000000, 3700000000, 4280000000, 4250000000},
    {4294967295, 1, 2147483648, kNever},
}};

std::vector<std::uint64_t> Expected(const DayScan& scan, std::size_t word) {
  std::vector<std::uint64_t> hits;
  for (std::size_t i = 0; i < scan.count; ++i) {
    const population::Block block =
        population::Draw(scan.seed, scan.replication, scan.person, scan.days[i], scan.decision);
    if (block[word] >= scan.from[word])
      hits.push_back((static_cast<std::uint64_t>(i) << 32) | block[word]);
  }
  return hits;
}

void CheckAllSizes() {
  std::array<Hits, 4> hits;
  for (const std::size_t count : {0, 1, 3, 7, 8, 9, 31, 32, 33, 63, 64, 65, 247, 366}) {
    std::vector<std::uint32_t> days(PaddedDays(count) + kDayPadding);
    for (std::size_t i = 0; i < count; ++i) days[i] = 20089 + static_cast<std::uint32_t>(i * 3 / 2);
    for (const auto& from : kThresholds) {
      for (const std::uint64_t seed : {0ULL, 0x1234567890ABCDEFULL, ~0ULL}) {
        DayScan scan{seed, 4000000000U, 219, 1, days.data(), count, from};
        ScanDays(scan, hits);
        for (std::size_t word = 0; word < 4; ++word) {
          const std::vector<std::uint64_t> found(
              hits[word].data.begin(),
              hits[word].data.begin() + static_cast<std::ptrdiff_t>(hits[word].count));
          ASSERT_EQ(found, Expected(scan, word)) << ScanEngine() << ", " << count << " days";
        }
      }
    }
  }
}

TEST(Attendance, MatchesRandom123OnEveryInstructionSet) {
  for (const auto target : hwy::SupportedAndGeneratedTargets()) {
    hwy::SetSupportedTargetsForTest(target);
    hwy::GetChosenTarget().Update(hwy::SupportedTargets());
    CheckAllSizes();
  }
  hwy::SetSupportedTargetsForTest(0);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
}

// The known answers that Random123 publishes for philox4x32 7.
TEST(Attendance, ReferenceGivesThePublishedAnswers) {
  EXPECT_EQ(population::Draw(0, 0, 0, 0, 0),
            (population::Block{0x5f6fb709, 0x0d893f64, 0x4f121f81, 0x4f730a48}));
  EXPECT_EQ(population::Draw(~0ULL, ~0U, ~0U, ~0U, ~0U),
            (population::Block{0x5207ddc2, 0x45165e59, 0x4d8ee751, 0x8c52f662}));
  EXPECT_EQ(population::Draw(0x299f31d0'a4093822, 0x03707344, 0x85a308d3, 0x243f6a88, 0x13198a2e),
            (population::Block{0x4dfccaba, 0x190a87f0, 0xc47362ba, 0xb6b5242a}));
}

}  // namespace
}  // namespace cotejo::year
