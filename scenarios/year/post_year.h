// A year of one post under every regulation: who holds it, what happens to them, and what each
// text makes of it.
#pragma once

#include <optional>
#include <vector>

#include "scenarios/year/living.h"
#include "scenarios/year/tables.h"

namespace cotejo::year {

// One object a thread: what it needs is used again and again.
class PostYear {
 public:
  PostYear(const Setting& setting, const Tables& tables, const population::Population& population,
           std::uint64_t seed);

  // Adds the year to the totals. False: something had no value, and fault() says what.
  // `place` is that of the replication in its block.
  bool Live(std::size_t post, std::uint32_t replication, std::uint32_t place, Totals& totals);
  [[nodiscard]] const base::Text& fault() const { return fault_; }

 private:
  // An amendment beside the text in force. They part when one lets somebody stay whom the other
  // removes, for from then on the post has other people, or when people answer to what they are
  // told and it may not be the same.
  struct Beside {
    bool parted = false;
    std::optional<Occupant> next;  // once parted: the amendment's own, or as it has them live
  };

  // Those who judge a stay, by regulation.
  struct Judges {
    std::vector<Evaluator> evaluators;
    std::vector<Order>
        orders;  // with the numbers of its revision, for chains of the first of those
  };

  [[nodiscard]] Judges MakeJudges() const;
  // What an evaluator knows of a person serves for the same one in the next replication, so those
  // who succeed them, who are others each time, are judged by others.
  Judges& JudgesOf(const Occupant& occupant) {
    return occupant.number == 0 ? of_first_ : of_newcomers_;
  }
  bool LiveBase(std::size_t post, std::uint32_t replication, Totals& totals);
  bool LiveOwn(std::size_t k, Totals& totals);
  bool Amend(std::size_t k, const Occupant& occupant, const Stay& stay, const Standing& standing,
             Totals& totals);
  bool JudgeAgain(std::size_t k, const Occupant& occupant, const Stay& stay, Totals& totals);
  bool Part(std::size_t k, const Occupant& occupant, const Stay& stay, Totals& totals);
  Stay LiveStay(std::size_t k, const Occupant& occupant);
  bool OtherTwelfths(std::size_t k, const Occupant& occupant, const Stay& stay);
  // The figures of a stay; `away` is worked out again for each, because they may end on
  // different days.
  [[nodiscard]] Year YearOf(std::size_t regulation, std::size_t into, std::int64_t sign,
                            const Occupant& occupant, const Stay& stay,
                            const std::optional<Occupant>& next) const;
  bool Fail(const Evaluator& evaluator);

  const Setting& setting_;
  const Tables& tables_;
  const population::Population& population_;
  Succession succession_;
  Behavior behavior_;
  Living living_;
  Judges of_first_, of_newcomers_;
  std::vector<Beside> beside_;      // by regulation
  std::vector<bool> own_twelfths_;  // by regulation: its rules on them are not the same
  // By regulation and StaffPlan::days: some working day has fewer shifts than the most there are.
  std::vector<std::vector<bool>> uneven_;
  const std::vector<Event>* events_ = nullptr;
  Patch patch_;
  std::uint64_t seed_;
  std::uint32_t place_ = 0;
  base::Text fault_;
};

}  // namespace cotejo::year
