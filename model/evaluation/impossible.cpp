#include "model/evaluation/impossible.h"

#include <algorithm>

#include "model/evaluation/periodic.h"

namespace cotejo::evaluation {

using base::Text;

int ScheduleWithoutShift(const rules::Ruleset& rules, const History& history, const Fact& fact) {
  if (fact.shift <= 1) return -1;  // every schedule has a first shift
  const int schedule = ScheduleOn(rules, history, fact.date);
  if (schedule < 0) return -1;
  const rules::Schedule& hours = rules.schedules[static_cast<std::size_t>(schedule)];
  return static_cast<std::size_t>(fact.shift) > hours.shifts.size() ? schedule : -1;
}

bool Exclude(const rules::Ruleset& rules, const Fact& a, const Fact& b) {
  const bool meet = a.date == b.date && (a.shift == 0 || b.shift == 0 || a.shift == b.shift);
  const auto excludes = [&](rules::FactKindId one, rules::FactKindId other) {
    const std::vector<rules::FactKindId>& out = rules.kind(one).excludes;
    return std::find(out.begin(), out.end(), other) != out.end();
  };
  return meet && (excludes(a.kind, b.kind) || excludes(b.kind, a.kind));
}

std::vector<std::size_t> OffTheCalendar(const rules::Ruleset& rules, const History& history) {
  const auto periodic = [&](const Fact& fact) {
    return rules.kind(fact.kind).periodicity != rules::Periodicity::None;
  };
  std::vector<std::size_t> off;
  if (std::none_of(history.facts.begin(), history.facts.end(), periodic)) return off;
  History bare = history;
  std::erase_if(bare.facts, periodic);
  const std::vector<Fact> produced = PeriodicFacts(rules, bare);
  for (std::size_t i = 0; i < history.facts.size(); ++i) {
    const Fact& fact = history.facts[i];
    const bool expected = std::any_of(produced.begin(), produced.end(), [&](const Fact& other) {
      return other.kind == fact.kind && other.date == fact.date;
    });
    if (periodic(fact) && !expected) off.push_back(i);
  }
  return off;
}

namespace {

Text InShift(const rules::Ruleset& rules, const Fact& fact, int schedule) {
  const rules::Schedule& hours = rules.schedules[static_cast<std::size_t>(schedule)];
  const std::string& kind = rules.kind(fact.kind).name;
  const std::string date = fact.date.str();
  const std::string shift = std::to_string(fact.shift);
  const std::string count = std::to_string(hours.shifts.size());
  const bool one = hours.shifts.size() == 1;
  return {
      "«" + kind + "» va el " + date + " en el tramo " + shift + ", y el horario de ese día, «" +
          hours.name + "», tiene " + count + (one ? " tramo" : " tramos"),
      "'" + kind + "' is in shift " + shift + " of " + date + ", and the schedule of that day, '" +
          hours.name + "', has " + count + (one ? " shift" : " shifts")};
}

Text Together(const rules::Ruleset& rules, const Fact& a, const Fact& b) {
  const std::string& first = rules.kind(a.kind).name;
  const std::string& second = rules.kind(b.kind).name;
  const std::string date = a.date.str();
  return {"«" + first + "» y «" + second + "» se excluyen, y el " + date +
              " comparten el tramo o el día",
          "'" + first + "' and '" + second + "' exclude each other, and on " + date +
              " they share the shift or the day"};
}

Text OnDate(const rules::Ruleset& rules, const Fact& fact) {
  const std::string& kind = rules.kind(fact.kind).name;
  const std::string date = fact.date.str();
  return {"«" + kind + "» lo produce el calendario, y no el " + date,
          "the calendar produces '" + kind + "', and not on " + date};
}

}  // namespace

std::optional<Text> WhyImpossible(const rules::Ruleset& rules, const History& history) {
  const std::vector<Fact>& facts = history.facts;
  for (std::size_t i = 0; i < facts.size(); ++i) {
    const int schedule = ScheduleWithoutShift(rules, history, facts[i]);
    if (schedule >= 0) return InShift(rules, facts[i], schedule);
    for (std::size_t j = i; j-- > 0 && facts[j].date == facts[i].date;) {
      if (Exclude(rules, facts[j], facts[i])) return Together(rules, facts[j], facts[i]);
    }
  }
  const std::vector<std::size_t> off = OffTheCalendar(rules, history);
  if (!off.empty()) return OnDate(rules, facts[off.front()]);
  return std::nullopt;
}

}  // namespace cotejo::evaluation
