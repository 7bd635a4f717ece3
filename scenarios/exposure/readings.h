// The same facts under another reading of the text: whether somebody receives something else.
#pragma once

#include <compare>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "scenarios/year/succession.h"

namespace cotejo::exposure {

// One thing that a stay receives, scaled by a unit. Of its date only the month: what one reading
// counts at the end of it and another on the day is the same thing.
struct Item {
  int rule = 0;  // of RuleNumbers
  std::int32_t month = 0;
  std::int32_t consequence = 0;  // -1: what a day of pay is worth, where days are deducted
  std::int64_t quantity = 0;
  friend auto operator<=>(const Item&, const Item&) = default;
};
using Received = std::vector<Item>;  // sorted

// Numbers of rules that are the same in any reading when they give the same by the same provision:
// each reading may have it written in a rule of its own.
class RuleNumbers {
 public:
  std::vector<int> Of(const rules::Ruleset& rules);

 private:
  std::map<std::string, int> known_;
};

// Of all that stands in the year the evaluator has run.
void Receive(const year::Plan& plan, const year::YearDays& year, const std::vector<int>& numbers,
             year::Evaluator& evaluator, Received& received);

// A text read otherwise, ready to judge the years of the text as it is read. It is kept in place.
class ReadOtherwise {
 public:
  // Null, with the reason, when its years would not be the same.
  static std::unique_ptr<ReadOtherwise> Make(const rules::Ruleset& base,
                                             std::shared_ptr<const rules::Ruleset> other,
                                             const population::Population& population, int gestion,
                                             RuleNumbers& numbers, base::Text& why_not);

  [[nodiscard]] const year::Setting& setting() const { return setting_; }
  [[nodiscard]] const year::Plan& plan() const { return setting_.plans.back().plan; }
  [[nodiscard]] const std::vector<int>& numbers() const { return numbers_; }

 private:
  ReadOtherwise(std::shared_ptr<const rules::Ruleset> rules, year::Setting setting);

  std::shared_ptr<const rules::Ruleset> rules_;
  year::Setting setting_;
  std::vector<int> numbers_;  // by rule
};

// Judges stays under it; one object a thread.
class OtherJudge {
 public:
  OtherJudge(const ReadOtherwise& reading, const population::Population& population,
             std::uint64_t seed);

  // Whether somebody receives something else of what happened to them; `own`: what they receive,
  // as judged with a unit of its own. When the evaluator fails nothing of this may be used.
  bool Differs(const year::Occupant& occupant, std::span<const year::Event> events,
               const Received& own, std::int64_t own_unit);
  [[nodiscard]] const year::Evaluator& evaluator() const { return evaluator_; }

 private:
  const ReadOtherwise& reading_;
  year::Succession succession_;
  year::Evaluator evaluator_;
  Received received_;  // its memory is used again
};

}  // namespace cotejo::exposure
