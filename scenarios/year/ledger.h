// What of a run has been lived: finished replications, in order, and parts of those that follow.
#pragma once

#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "scenarios/year/sample.h"
#include "scenarios/year/tables.h"

namespace cotejo::year {

// Some people living some replications, a block at most.
struct Item {
  int first = 0, count = 0;  // replications
  std::size_t range = 0;     // of people: from range × kRange on
};
inline constexpr std::size_t kRange = 128;
// The people of an item, first and past the last, of a staff of so many.
std::pair<std::size_t, std::size_t> PeopleOf(const Item& item, std::size_t people);

// Replications that a staff of so many people does at a time, kBlock at most.
int BlockOf(std::size_t people);

// What replications add up to.
struct Sums {
  int replications = 0;
  // By regulation and cell. Of an amendment, none until its figure differs from that of the text
  // in force: see Values.
  std::vector<std::vector<Sample>> values;
  std::vector<std::vector<Sample>> differences;  // with regulation 0, paired; empty for it
  std::vector<std::vector<base::Wide>> months;   // by regulation, series and month

  Sums(std::size_t regulations, std::size_t cells, std::size_t limit);
  // The cell has always been as under the text in force.
  [[nodiscard]] bool Same(std::size_t regulation, std::size_t cell) const {
    return regulation > 0 && values[regulation][cell].count() == 0;
  }
  [[nodiscard]] const Sample& Values(std::size_t regulation, std::size_t cell) const {
    return values[Same(regulation, cell) ? 0 : regulation][cell];
  }
  // Adds of how much the figures of `count` replications, kBlock at most, differ under an
  // amendment from those under the text in force, which are added after them.
  void AddDifferences(std::size_t regulation, std::size_t cell, const std::int64_t* base,
                      const std::int64_t* differences, std::size_t count);
  // A run as long as those before it, under another draw of what is assumed.
  void Append(const Sums& run);
  void Write(base::ByteWriter& writer) const;
  // False when they are not those of as many regulations and cells.
  bool Read(base::ByteReader& reader);

 private:
  void Begin(std::size_t regulation, std::size_t cell);
  void AppendDifferences(std::size_t regulation, std::size_t cell, const Sums& run);
};

class Ledger {
 public:
  // Samples keep up to `limit` figures one by one.
  Ledger(Totals empty, std::size_t people, std::size_t limit);

  // What there is to live; items not added yet are given again.
  void Begin(int replications);
  // The next of what is left, in order; none twice.
  std::optional<Item> Next();
  // In any order; what is known already changes nothing.
  void Add(const Item& item, const Totals& totals);

  [[nodiscard]] bool complete() const { return sums_.replications >= until_; }
  // Of the finished replications: the first ones, with none left out.
  [[nodiscard]] const Sums& sums() const { return sums_; }
  [[nodiscard]] std::int64_t Years(const Item& item) const;  // of a person
  // Years of a person lived so far, those of unfinished replications too.
  [[nodiscard]] std::int64_t Years() const;

  void Write(base::ByteWriter& writer) const;
  bool Read(base::ByteReader& reader);

 private:
  struct Block {
    int count = 0;
    std::vector<std::int64_t> done;  // by range: 1 when added
    Totals totals;
  };
  Block& Open(int first, int count);
  void FoldFinished();

  std::size_t people_;
  std::size_t ranges_;
  int block_;
  int until_ = 0;
  Sums sums_;
  std::optional<Totals> spare_;  // empty, of a block that is finished
  std::map<int, Block> open_;    // by first replication
  Item next_;
};

}  // namespace cotejo::year
