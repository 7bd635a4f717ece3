// Replications without their number in memory: sums, histograms, and blocks in any order.
#include "scenarios/year/sample.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "scenarios/year/ledger.h"
#include "scenarios/year/statistics.h"

namespace cotejo::year {
namespace {

Sample Of(const std::vector<std::int64_t>& figures, std::size_t limit) {
  Sample sample(limit);
  for (const std::int64_t figure : figures) sample.Add(figure);
  return sample;
}

template <typename Kept>
std::string Bytes(const Kept& kept) {
  base::ByteWriter writer;
  kept.Write(writer);
  return writer.bytes();
}

void ExpectNear(const Statistics& a, const Statistics& b, double quantiles) {
  EXPECT_DOUBLE_EQ(a.mean, b.mean);
  EXPECT_NEAR(a.sd, b.sd, 1e-12 * std::abs(b.mean));
  EXPECT_NEAR(a.sd_input, b.sd_input, 1e-9 * b.sd);
  EXPECT_NEAR(a.ci_low, b.ci_low, 1e-12 * std::abs(b.mean));
  EXPECT_NEAR(a.ci_high, b.ci_high, 1e-12 * std::abs(b.mean));
  EXPECT_NEAR(a.year_low, b.year_low, quantiles);
  EXPECT_NEAR(a.year_high, b.year_high, quantiles);
}

TEST(Sample, UpToTheLimitIsWhatItWas) {
  const std::vector<std::int64_t> figures = {5, 1, 4, 1, 9};
  const Sample sample = Of(figures, 5);
  EXPECT_TRUE(sample.whole());
  EXPECT_EQ(sample.figures(), figures);
  EXPECT_EQ(Describe(sample, 10).sd, Describe(figures, 10).sd);
}

// Figures are put in order digit by digit.
TEST(Statistics, QuantilesAreThoseOfTheFiguresInOrder) {
  const std::vector<std::vector<std::int64_t>> all = {
      {7, 7, 7},
      {1, 0},
      {-1, 0, 1, -255, 256, 255, -256, 257},
      {65'535, 65'536, -65'536, 3, 65'537, 0, 1 << 24, (1 << 24) - 1},
      {INT64_MAX / 8, -INT64_MAX / 8, 0, 1, -1, INT64_MAX / 16}};
  for (std::vector<std::int64_t> figures : all) {
    const Statistics s = Describe(figures, 1);
    std::sort(figures.begin(), figures.end());
    const double last = static_cast<double>(figures.size() - 1);
    for (const auto& [p, quantile] : {std::pair{0.025, s.year_low}, {0.975, s.year_high}}) {
      const auto low = static_cast<std::size_t>(p * last);
      const auto first = static_cast<double>(figures[low]);
      const auto next = static_cast<double>(figures[std::min(low + 1, figures.size() - 1)]);
      EXPECT_DOUBLE_EQ(quantile, first + (p * last - std::floor(p * last)) * (next - first));
    }
  }
}

TEST(Sample, PastTheLimitSumsSayTheSame) {
  std::vector<std::int64_t> figures;
  for (std::int64_t i = 1; i <= 1000; ++i) figures.push_back(1'000'000'000'000 + (i * 7919) % 1009);
  const Sample sample = Of(figures, 64);
  EXPECT_FALSE(sample.whole());
  EXPECT_EQ(sample.count(), 1000);
  // Between 1 and 1,008: bins of 16 (63 of them), known to half of one.
  ExpectNear(Describe(sample, 1), Describe(figures, 1), 8);
}

TEST(Sample, WithFewDifferentFiguresQuantilesAreExact) {
  std::vector<std::int64_t> figures;
  for (int i = 0; i < 500; ++i) figures.push_back(-120 * ((i * i) % 5));
  ExpectNear(Describe(Of(figures, 8), 120), Describe(figures, 120), 0);
}

TEST(Sample, EqualFiguresHaveThatMeanAndNoSpread) {
  const Statistics s = Describe(Of(std::vector<std::int64_t>(100, 12345), 8), 100);
  EXPECT_EQ(s.mean, 123.45);
  EXPECT_EQ(s.ci_low, 123.45);
  EXPECT_EQ(s.year_high, 123.45);
  EXPECT_EQ(s.sd, 0);
}

TEST(Sample, ItsOrderLeavesNoTrace) {
  std::vector<std::int64_t> figures;
  for (std::int64_t i = 0; i < 300; ++i) figures.push_back((i * i * 31) % 4001);
  figures.front() = 0;
  Sample once = Of(figures, 16);
  // What is kept of deviations is from the first figure: the same one.
  std::shuffle(figures.begin() + 1, figures.end(), std::mt19937(3));  // NOLINT: repeatable
  Sample again = Of(figures, 16);
  once.Fold();
  again.Fold();
  EXPECT_EQ(Bytes(once), Bytes(again));
}

TEST(Sample, DrawsAreToldApartFromSums) {
  // Three draws of two years: means 10, 20 and 30; within each, ±1.
  for (const std::size_t limit : {6, 4, 2, 1}) {
    Sample all(limit);
    for (const std::vector<std::int64_t>& run :
         {std::vector<std::int64_t>{9, 11}, {19, 21}, {29, 31}})
      all.Append(Of(run, limit));
    EXPECT_EQ(all.whole(), limit == 6);
    const Statistics s = Describe(all, 10, 3);
    EXPECT_DOUBLE_EQ(s.mean, 2);
    EXPECT_NEAR(s.sd_input, std::sqrt(99.0) / 10, 1e-12);
    EXPECT_NEAR(s.ci_high - s.mean, 4.302653 * std::sqrt(100.0 / 3) / 10, 1e-6);
  }
}

TEST(Sample, SumsThatDoNotFitAreNotWrong) {
  Sample sample(1);
  sample.Add(INT64_MIN);
  sample.Add(INT64_MAX);
  // A square of 2^128 has no 128 bits to be in.
  EXPECT_THROW(sample.Fold(), base::ArithmeticError);
}

// ---- blocks ----------------------------------------------------------------------

class LedgerTest : public testing::Test {
 protected:
  static constexpr std::size_t kPeople = 2 * kRange + 10;  // three ranges
  static constexpr int kReplications = 2 * kBlock + 2;     // two blocks and part of a third

  static Totals Empty() { return {2, 3}; }
  static Ledger New() { return {Empty(), kPeople, 4}; }
  // Of an item, figures that no other has.
  static Totals Part(const Item& item) {
    Totals totals = Empty();
    for (std::size_t r = 0; r < 2; ++r) {
      for (std::size_t i = 0; i < totals.values[r].size(); ++i)
        totals.values[r][i] = item.first * 1000 + static_cast<int>(item.range * 100 + r * 20 + i);
      std::fill(totals.touched[r].begin(), totals.touched[r].end(), std::uint8_t{1});
      totals.months[r][5] = item.first + 1;
    }
    return totals;
  }
  static std::vector<Item> Items() {
    Ledger ledger = New();
    ledger.Begin(kReplications);
    std::vector<Item> items;
    while (const auto item = ledger.Next()) items.push_back(*item);
    return items;
  }
};

TEST_F(LedgerTest, EverybodyLivesEveryReplicationOnce) {
  const std::vector<Item> items = Items();
  ASSERT_EQ(items.size(), 9U);
  std::int64_t years = 0;
  for (const Item& item : items) years += New().Years(item);
  EXPECT_EQ(years, static_cast<std::int64_t>(kPeople) * kReplications);
}

// A block of half a million people is worth telling before the twenty replications are done.
TEST_F(LedgerTest, ManyPeopleLiveFewerReplicationsAtATime) {
  for (const auto& [people, at_a_time] :
       {std::pair(1, 64), {220, 64}, {31'250, 32}, {50'000, 20}, {500'000, 8}}) {
    EXPECT_EQ(BlockOf(static_cast<std::size_t>(people)), at_a_time);
    Ledger ledger(Empty(), static_cast<std::size_t>(people), 4);
    ledger.Begin(100);
    EXPECT_EQ(ledger.Next()->count, at_a_time);
  }
}

TEST_F(LedgerTest, BlocksComeInAnyOrder) {
  std::vector<Item> items = Items();
  Ledger ordered = New();
  for (const Item& item : items) ordered.Add(item, Part(item));
  ordered.Begin(kReplications);
  EXPECT_TRUE(ordered.complete());
  EXPECT_EQ(ordered.sums().replications, kReplications);
  for (unsigned seed = 0; seed < 20; ++seed) {
    std::shuffle(items.begin(), items.end(), std::mt19937(seed));  // NOLINT: repeatable
    Ledger ledger = New();
    for (const Item& item : items) {
      ledger.Add(item, Part(item));
      ledger.Add(item, Part(item));  // a second time changes nothing
    }
    EXPECT_EQ(Bytes(ledger), Bytes(ordered));
  }
}

TEST_F(LedgerTest, AmendmentsAreTheirDifferences) {
  Ledger ledger({Empty(), 1, 100});
  ledger.Add({0, 2, 0}, Part({0, 2, 0}));
  // Cell 0 of the text in force: 0 and 1; of the amendment, 20 and 21 more.
  EXPECT_EQ(ledger.sums().values[0][0].figures(), (std::vector<std::int64_t>{0, 1}));
  EXPECT_EQ(ledger.sums().values[1][0].figures(), (std::vector<std::int64_t>{20, 22}));
  EXPECT_EQ(ledger.sums().differences[1][0].figures(), (std::vector<std::int64_t>{20, 21}));
}

// Blocks go one after another, each in the memory of the one before. Cell 1 differs in the second
// block alone; cell 2, never.
TEST_F(LedgerTest, ACellThatNobodyTouchedIsAsUnderTheTextInForce) {
  Ledger ledger({Empty(), 1, 1000});
  for (int block = 0; block < 3; ++block) {
    Totals part = Empty();
    std::fill(part.values[0].begin(), part.values[0].end(), 10 + block);
    std::fill(part.touched[0].begin(), part.touched[0].end(), std::uint8_t{1});
    if (block == 1) {
      std::fill_n(&part.values[1][kBlock], kBlock, 5);
      part.touched[1][1] = 1;
    }
    ledger.Add({block * kBlock, kBlock, 0}, part);
  }
  const Sums& sums = ledger.sums();
  std::vector<std::int64_t> in_force, amended, differences;
  for (int block = 0; block < 3; ++block) {
    const int more = block == 1 ? 5 : 0;
    in_force.insert(in_force.end(), kBlock, 10 + block);
    amended.insert(amended.end(), kBlock, 10 + block + more);
    differences.insert(differences.end(), kBlock, more);
  }
  for (const std::size_t cell : {0U, 1U, 2U}) EXPECT_EQ(sums.values[0][cell].figures(), in_force);
  EXPECT_EQ(sums.values[1][1].figures(), amended);
  EXPECT_EQ(sums.differences[1][1].figures(), differences);
  EXPECT_FALSE(sums.Same(1, 1));
  EXPECT_TRUE(sums.Same(1, 0));
  EXPECT_TRUE(sums.Same(1, 2));
}

// What another process sends: the cells that nobody touched take no room, and those there were
// before are gone.
TEST_F(LedgerTest, SumsAreReadAsTheyWereWritten) {
  Totals sent = Empty();
  std::fill_n(&sent.values[1][kBlock], kBlock, -7);
  sent.touched[1][1] = 1;
  sent.months[0][3] = 9;
  base::ByteWriter few;
  sent.Write(few);
  base::ByteWriter all;
  Part({64, 2, 0}).Write(all);
  // Five cells fewer, of 64 figures and their place, 8 bytes each.
  EXPECT_EQ(all.bytes().size() - few.bytes().size(), 5 * (kBlock + 1) * 8);
  Totals read = Part({64, 2, 0});
  base::ByteReader reader(few.bytes());
  ASSERT_TRUE(read.Read(reader));
  EXPECT_TRUE(reader.finished());
  EXPECT_EQ(read.values, sent.values);
  EXPECT_EQ(read.months, sent.months);
  EXPECT_EQ(read.touched, sent.touched);
  Totals other(2, 4);
  base::ByteReader again(few.bytes());
  EXPECT_FALSE(other.Read(again));
}

TEST_F(LedgerTest, GoesOnFromWhereItWasWritten) {
  const std::vector<Item> items = Items();
  Ledger all = New();
  for (const Item& item : items) all.Add(item, Part(item));
  for (std::size_t stop = 0; stop <= items.size(); ++stop) {
    Ledger killed = New();
    for (std::size_t i = 0; i < stop; ++i) {
      const Item& item = items[(i * 4) % items.size()];
      killed.Add(item, Part(item));
    }
    const std::string bytes = Bytes(killed);
    base::ByteReader reader(bytes);
    Ledger resumed = New();
    ASSERT_TRUE(resumed.Read(reader));
    EXPECT_TRUE(reader.finished());
    EXPECT_EQ(resumed.Years(), killed.Years());
    resumed.Begin(kReplications);
    std::size_t left = 0;
    while (const auto item = resumed.Next()) {
      resumed.Add(*item, Part(*item));
      ++left;
    }
    EXPECT_EQ(left, items.size() - stop);
    EXPECT_EQ(Bytes(resumed), Bytes(all));
  }
}

TEST_F(LedgerTest, BytesThatEndAnywhereAreNotRead) {
  Ledger some = New();
  for (const Item& item : Items()) {
    if (item.range != 1) some.Add(item, Part(item));
  }
  const std::string bytes = Bytes(some);
  for (std::size_t size = 0; size < bytes.size(); size += 7) {
    base::ByteReader reader(std::string_view(bytes).substr(0, size));
    EXPECT_FALSE(New().Read(reader) && reader.finished()) << size;
  }
}

}  // namespace
}  // namespace cotejo::year
