#include "scenarios/year/ledger.h"

#include <algorithm>

namespace cotejo::year {

// ---- sums ------------------------------------------------------------------------

Sums::Sums(std::size_t regulations, std::size_t cells, std::size_t limit)
    : values(regulations, std::vector<Sample>(cells, Sample(limit))),
      differences(values),
      months(regulations, std::vector<base::Wide>(std::size_t{kSeriesCount * kMonths})) {
  differences.front().clear();
}

void Sums::Append(const Sums& run) {
  const auto append = [](auto& into, const auto& from) {
    for (std::size_t r = 0; r < into.size(); ++r) {
      for (std::size_t c = 0; c < into[r].size(); ++c) into[r][c].Append(from[r][c]);
    }
  };
  append(values, run.values);
  append(differences, run.differences);
  for (std::size_t r = 0; r < months.size(); ++r) {
    for (std::size_t m = 0; m < months[r].size(); ++m) months[r][m] += run.months[r][m];
  }
  replications += run.replications;
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

Ledger::Ledger(Totals empty, std::size_t people, std::size_t limit)
    : empty_(std::move(empty)),
      people_(people),
      ranges_((people + kRange - 1) / kRange),
      sums_(empty_.values.size(), empty_.values.front().size() / kBlock, limit) {}

void Ledger::Begin(int replications) {
  until_ = replications;
  next_ = {sums_.replications, 0, 0};
}

std::optional<Item> Ledger::Next() {
  while (next_.first < until_) {
    next_.count = std::min(kBlock, until_ - next_.first);
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
  if (added) place->second = {count, std::vector<std::int64_t>(ranges_), empty_};
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
    const auto& [first, block] = *open_.begin();
    if (first != sums_.replications ||
        std::find(block.done.begin(), block.done.end(), 0) != block.done.end())
      return;
    const auto& values = block.totals.values;
    const auto& months = block.totals.months;
    for (std::size_t r = 0; r < values.size(); ++r) {
      for (std::size_t i = 0; i < values[r].size(); ++i) {
        const std::size_t cell = i / kBlock;
        if (static_cast<int>(i % kBlock) >= block.count) continue;
        sums_.values[r][cell].Add(values[0][i] + (r > 0 ? values[r][i] : 0));
        if (r > 0) sums_.differences[r][cell].Add(values[r][i]);
      }
      for (std::size_t i = 0; i < months[r].size(); ++i)
        sums_.months[r][i / kBlock] += months[0][i] + (r > 0 ? months[r][i] : 0);
    }
    sums_.replications += block.count;
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
