// The facts of one history known so far, in order, and every expression read over them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <memory_resource>
#include <optional>
#include <set>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "model/evaluation/evaluate.h"

namespace cotejo::evaluation {

// What is judged: a fact, or (fact < 0) a window that ends on `date`.
struct Scope {
  Date date;
  DerivedIndex fact = -1;
};

struct DateRange {
  Date first;
  Date last;
};

// Why an expression has no value. Thrown and caught inside this folder only.
struct Fault {
  std::string code;
  base::Text message;
  base::Text hint;
};

// A window's results and sanctions come at the end of their day.
inline constexpr int kEndOfDay = 1000;

// A list for each of many keys, most of them empty for one history of a large regulation: only
// those used are made.
template <typename Item>
class Lists {
 public:
  Lists(std::size_t keys, std::pmr::memory_resource* memory)
      : place_(keys, memory), lists_(1, memory) {}

  [[nodiscard]] const std::pmr::vector<Item>& Of(std::size_t key) const {
    return lists_[place_[key]];
  }
  // What `Of` gave stays where it was.
  std::pmr::vector<Item>& Make(std::size_t key) {
    if (place_[key] == 0) {
      place_[key] = static_cast<std::uint32_t>(lists_.size());
      lists_.emplace_back();
    }
    return lists_[place_[key]];
  }

 private:
  std::pmr::vector<std::uint32_t> place_;  // by key; 0: the empty list
  std::pmr::deque<std::pmr::vector<Item>> lists_;
};

class World {
 public:
  World(const rules::Ruleset& rules, const History& history);

  void Expect(std::size_t facts);  // about as many, derived ones included
  // Facts of the same date and slot keep the order in which they are added.
  DerivedIndex Add(EvaluatedFact fact, int slot);
  [[nodiscard]] const std::vector<EvaluatedFact>& facts() const { return facts_; }
  [[nodiscard]] EvaluatedFact& fact(DerivedIndex index) { return facts_[Position(index)]; }
  [[nodiscard]] int slot(DerivedIndex index) const { return slots_[Position(index)]; }
  [[nodiscard]] std::span<const DerivedIndex> OfKind(rules::FactKindId kind) const {
    return by_kind_.Of(kind.index());
  }
  // The window that holds a date; a career runs from the beginning of time to that date, and the
  // month in which the relation ends, to that day.
  [[nodiscard]] DateRange WindowOf(rules::Window window, Date date) const;
  // The last day of the relation, or of all days.
  [[nodiscard]] Date last_day() const { return last_day_; }
  // History order: by date, slot and arrival.
  [[nodiscard]] bool Before(DerivedIndex a, DerivedIndex b) const;

  // Comparisons with an absent value are false; other operators pass it on.
  Value Eval(rules::ExprId id, const Scope& scope);
  bool Holds(rules::ExprId guard, const Scope& scope);  // an invalid id holds
  Value MeasureOf(rules::MeasureId id, const Scope& scope);
  int ScheduleOn(Date date);  // -1: none
  bool IsWorkingDay(Date date);
  [[nodiscard]] const std::set<int>& years_without_holidays() const { return unknown_years_; }

 private:
  static std::size_t Position(DerivedIndex index) { return static_cast<std::size_t>(index); }
  Value EvalLeaf(const rules::Expr& expr, const Scope& scope);
  Value EvalAttribute(const rules::Expr& expr, const Scope& scope);
  Value EvalConnective(const rules::Expr& expr, const Scope& scope);
  Value EvalOperator(const rules::Expr& expr, const Scope& scope);
  Rational EvalShift(const rules::Expr& expr, const Scope& scope);
  Value ComputeMeasure(rules::MeasureId id, const Scope& scope);
  std::span<const DerivedIndex> MeasuredFacts(const rules::Measure& measure, const Scope& scope);
  std::optional<Rational> Contribution(rules::MeasureId id, DerivedIndex fact);
  bool SameField(const rules::Measure& measure, const Scope& scope, DerivedIndex fact) const;
  Rational LongestRun(rules::MeasureId id, const Scope& scope);
  Rational CountWorkingDays(const rules::Measure& measure, const Scope& scope);
  [[nodiscard]] std::uint32_t WorkingDaysOf(Date first) const;

  const rules::Ruleset& rules_;
  const History& history_;
  const Date last_day_;
  // Most histories are short: what is remembered of one takes its memory from here, in turn, and
  // gives it back as a whole.
  static constexpr std::size_t kRoom = 32768;
  alignas(std::max_align_t) std::array<std::byte, kRoom> room_;
  std::pmr::monotonic_buffer_resource memory_{room_.data(), room_.size()};
  std::vector<EvaluatedFact> facts_;
  std::pmr::vector<int> slots_{&memory_};
  Lists<DerivedIndex> by_kind_;                            // each in history order
  std::pmr::unordered_map<int, int> schedules_{&memory_};  // by date
  // By year and month asked for: the bits of the days of the month on which one works.
  std::pmr::map<std::pair<int, int>, std::uint32_t> working_{&memory_};
  std::set<int> unknown_years_;

  // A measure already computed holds while no fact of its kind has been added.
  struct Remembered {
    std::size_t facts_of_kind = 0;
    Value value;
  };
  std::pmr::unordered_map<std::uint64_t, Remembered> remembered_{&memory_};
  // The last one asked for: the rows of a scale look at one measure of one subject in turn.
  std::optional<std::uint64_t> last_key_;
  Remembered last_;
  // By measure and fact, what the fact adds; nothing when the filter leaves it out.
  Lists<std::optional<std::optional<Rational>>> contributions_;
};

}  // namespace cotejo::evaluation
