#include "scenarios/year/ledger.h"

#include <algorithm>
#include <array>

namespace cotejo::year {

// ---- sums ------------------------------------------------------------------------

Sums::Sums(std::size_t regulations, std::size_t cells, std::size_t limit)
    : values(regulations, std::vector<Sample>(cells, Sample(limit))),
      differences(values),
      months(regulations, std::vector<base::Wide>(std::size_t{kSeriesCount * kMonths})) {
  differences.front().clear();
}

// Before the figures of the text in force are added.
void Sums::AddDifferences(std::size_t regulation, std::size_t cell, const std::int64_t* base,
                          const std::int64_t* difference, std::size_t count) {
  if (Same(regulation, cell)) {
    if (std::all_of(difference, difference + count, [](std::int64_t d) { return d == 0; })) return;
    Begin(regulation, cell);
  }
  std::array<std::int64_t, kBlock> figures;
  for (std::size_t i = 0; i < count; ++i) figures[i] = base[i] + difference[i];
  values[regulation][cell].Add(figures.data(), count);
  differences[regulation][cell].Add(difference, count);
}

// As if each difference so far, which is none, had been added.
void Sums::Begin(std::size_t regulation, std::size_t cell) {
  values[regulation][cell] = values[0][cell];
  for (int i = 0; i < replications; ++i) differences[regulation][cell].Add(0);
}

void Sums::Append(const Sums& run) {
  for (std::size_t r = 1; r < values.size(); ++r) {
    for (std::size_t c = 0; c < values[r].size(); ++c) {
      if (!Same(r, c) || !run.Same(r, c)) AppendDifferences(r, c, run);
    }
  }
  for (std::size_t c = 0; c < values[0].size(); ++c) values[0][c].Append(run.values[0][c]);
  for (std::size_t r = 0; r < months.size(); ++r) {
    for (std::size_t m = 0; m < months[r].size(); ++m) months[r][m] += run.months[r][m];
  }
  replications += run.replications;
}

// Before those of the text in force are.
void Sums::AppendDifferences(std::size_t regulation, std::size_t cell, const Sums& run) {
  Sample& difference = differences[regulation][cell];
  Sample none = run.differences[regulation][cell];
  if (run.Same(regulation, cell)) {
    for (int i = 0; i < run.replications; ++i) none.Add(0);
  }
  if (Same(regulation, cell)) {
    Sample before = difference;  // of a run without differences
    for (int i = 0; i < run.replications; ++i) before.Add(0);
    for (int done = 0; done < replications; done += run.replications) difference.Append(before);
    values[regulation][cell] = values[0][cell];
  }
  values[regulation][cell].Append(run.Values(regulation, cell));
  difference.Append(none);
}

void Sums::Write(base::ByteWriter& writer) const {
  writer.Number(std::int64_t{replications});
  for (const auto* all : {&values, &differences}) {
    for (const auto& samples : *all) {
      writer.Number(static_cast<std::int64_t>(samples.size()));
      for (const Sample& sample : samples) sample.Write(writer);
    }
  }
  for (const auto& sums : months) {
    for (const base::Wide sum : sums) writer.Number(sum);
  }
}

bool Sums::Read(base::ByteReader& reader) {
  replications = static_cast<int>(reader.Number());
  for (auto* all : {&values, &differences}) {
    for (auto& samples : *all) {
      if (reader.Number() != static_cast<std::int64_t>(samples.size())) return false;
      for (Sample& sample : samples) sample.Read(reader);
    }
  }
  for (auto& sums : months) {
    for (base::Wide& sum : sums) sum = reader.WideNumber();
  }
  return reader.ok();
}

// ---- the ledger ------------------------------------------------------------------

std::pair<std::size_t, std::size_t> PeopleOf(const Item& item, std::size_t people) {
  const std::size_t from = item.range * kRange;
  return {from, std::min(people, from + kRange)};
}

// Of many people a block is minutes of work, and one that is interrupted is not told.
int BlockOf(std::size_t people) {
  constexpr std::size_t kYears = 1'000'000;
  constexpr int kLeast = 8;
  return static_cast<int>(
      std::clamp<std::size_t>(kYears / std::max<std::size_t>(people, 1), kLeast, kBlock));
}

Ledger::Ledger(Totals empty, std::size_t people, std::size_t limit)
    : people_(people),
      ranges_((people + kRange - 1) / kRange),
      block_(BlockOf(people)),
      sums_(empty.touched.size(), empty.touched.front().size(), limit),
      spare_(std::move(empty)) {}

void Ledger::Begin(int replications) {
  until_ = replications;
  next_ = {sums_.replications, 0, 0};
}

std::optional<Item> Ledger::Next() {
  while (next_.first < until_) {
    next_.count = std::min(block_, until_ - next_.first);
    const auto open = open_.find(next_.first);
    const Item item = next_;
    if (++next_.range == ranges_) {
      next_.first += next_.count;
      next_.range = 0;
    }
    const bool folded = item.first < sums_.replications;
    const bool done = folded || (open != open_.end() && open->second.done[item.range] != 0);
    if (!done) return item;
  }
  return std::nullopt;
}

Ledger::Block& Ledger::Open(int first, int count) {
  const auto [place, added] = open_.try_emplace(first);
  if (added) {
    if (!spare_) spare_.emplace(sums_.values.size(), sums_.values.front().size());
    place->second = {count, std::vector<std::int64_t>(ranges_), std::move(*spare_)};
    spare_.reset();
  }
  return place->second;
}

void Ledger::Add(const Item& item, const Totals& totals) {
  if (item.first < sums_.replications) return;
  Block& block = Open(item.first, item.count);
  if (block.done[item.range] != 0) return;
  block.done[item.range] = 1;
  block.totals.Add(totals);
  FoldFinished();
}

// In the order of replications: samples keep the first ones one by one.
void Ledger::FoldFinished() {
  while (!open_.empty()) {
    auto& [first, block] = *open_.begin();
    if (first != sums_.replications ||
        std::find(block.done.begin(), block.done.end(), 0) != block.done.end())
      return;
    const auto& values = block.totals.values;
    const auto& months = block.totals.months;
    const auto count = static_cast<std::size_t>(block.count);
    for (std::size_t i = 0; i < values[0].size(); i += kBlock) {
      const std::size_t cell = i / kBlock;
      for (std::size_t r = 1; r < values.size(); ++r) {
        if (block.totals.touched[r][cell] != 0 || !sums_.Same(r, cell))
          sums_.AddDifferences(r, cell, &values[0][i], &values[r][i], count);
      }
      sums_.values[0][cell].Add(&values[0][i], count);
    }
    for (std::size_t r = 0; r < months.size(); ++r) {
      for (std::size_t i = 0; i < months[r].size(); ++i)
        sums_.months[r][i / kBlock] += months[0][i] + (r > 0 ? months[r][i] : 0);
    }
    sums_.replications += block.count;
    block.totals.Clear();
    spare_ = std::move(block.totals);
    open_.erase(open_.begin());
  }
}

std::int64_t Ledger::Years(const Item& item) const {
  const auto [from, to] = PeopleOf(item, people_);
  return item.count * static_cast<std::int64_t>(to - from);
}

std::int64_t Ledger::Years() const {
  std::int64_t years = static_cast<std::int64_t>(people_) * sums_.replications;
  for (const auto& [first, block] : open_) {
    for (std::size_t range = 0; range < ranges_; ++range) {
      if (block.done[range] != 0) years += Years({first, block.count, range});
    }
  }
  return years;
}

void Ledger::Write(base::ByteWriter& writer) const {
  sums_.Write(writer);
  writer.Number(static_cast<std::int64_t>(open_.size()));
  for (const auto& [first, block] : open_) {
    writer.Number(std::int64_t{first});
    writer.Number(std::int64_t{block.count});
    writer.Numbers(block.done);
    block.totals.Write(writer);
  }
}

bool Ledger::Read(base::ByteReader& reader) {
  open_.clear();
  if (!sums_.Read(reader)) return false;
  for (std::int64_t left = reader.Number(); left > 0; --left) {
    const auto first = static_cast<int>(reader.Number());
    const auto count = static_cast<int>(reader.Number());
    Block& block = Open(first, count);
    block.done = reader.Numbers();
    if (block.done.size() != ranges_ || !block.totals.Read(reader)) return false;
  }
  return reader.ok();
}

}  // namespace cotejo::year
