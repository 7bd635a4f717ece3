#include "solver/checks/commissions.h"

#include <algorithm>
#include <map>

#include "model/rules/terms.h"

namespace cotejo::checks {

using base::Date;
using base::Verdict;
using evaluation::Fact;
using evaluation::History;

namespace {

// Of one value and in one window; with one a month, a gestión has no room for more.
constexpr int kMostCommissions = 12;

struct Stop {
  base::Text reason;
};

class Commissions {
 public:
  Commissions(const CheckContext& context, rules::MeasureId measure)
      : context_(context), rules_(context.rules), measure_(context.rules.measure(measure)) {
    const auto& years = rules_.calendar.years();
    const bool before = !years.contains(context.year + 1) && years.contains(context.year - 1);
    first_year_ = before ? context.year - 1 : context.year;
    CheckShape();
    ListValues();
    ListPlaces();
  }

  // By reach: the values that reach it, with the time at which they do.
  std::vector<Ladder> LaddersOf(Reach reach) const {
    std::vector<Ladder> ladders;
    for (const auto& [value, result] : climbs_) {
      for (int time = 1; time <= kMostCommissions; ++time) {
        const auto by = BroughtOn(result, PlaceOf(time - 1), reach);
        if (!by) continue;
        ladders.push_back({value, time, *by});
        break;
      }
    }
    std::stable_sort(ladders.begin(), ladders.end(),
                     [](const Ladder& a, const Ladder& b) { return a.times < b.times; });
    return ladders;
  }

  // One value: `before` times up to the end of the first window and `after` from the beginning
  // of the second one on.
  [[nodiscard]] History Around(const rules::Value& value, int before, int after) const {
    History history = Empty();
    for (int n = -before; n < after; ++n) history.facts.push_back(FactOf(value, PlaceOf(n)));
    return history;
  }

  // Each value as many times as it may be, one a working day of the second window.
  [[nodiscard]] std::optional<History> Mixed(const std::vector<Ladder>& ladders) const {
    History history = Empty();
    std::size_t next = 0;
    for (const Ladder& ladder : ladders) {
      for (int n = 1; n < ladder.times; ++n) {
        if (next == days_.size()) return std::nullopt;
        history.facts.push_back(FactOf(ladder.value, days_[next++]));
      }
    }
    return history;
  }

  std::optional<Measured> Confirm(const History& history, Reach reach, bool caught) const {
    std::optional<Trial> trial = Replay(context_, history);
    if (!trial || Follows(rules_, trial->result, reach, caught) != caught) return std::nullopt;
    const auto amount = static_cast<std::int64_t>(history.facts.size());
    return Measured{std::move(*trial), amount};
  }

 private:
  void CheckShape() const {
    const rules::FactKind& kind = rules_.kind(measure_.kind);
    const bool primitive = !kind.derived && kind.periodicity == rules::Periodicity::None;
    const bool one_field = kind.fields.size() == 1 && measure_.same_field.index() == 0;
    const rules::Base base = kind.fields[measure_.same_field.index()].type.base;
    const bool listed = base == rules::Base::Enumeration || base == rules::Base::Boolean;
    if (!primitive || !one_field || !listed || measure_.filter.valid() ||
        measure_.aggregate != rules::Aggregate::Count) {
      throw Stop{
          {"«" + measure_.name + "» no cuenta hechos de un solo campo con valores contados",
           "'" + measure_.name + "' does not count facts of a single field with listed values"}};
    }
    for (const rules::Rule& rule : rules_.rules) {
      if (rule.subject.kind == measure_.kind && Orders(rule, Reach::Sanction)) CheckRule(rule);
    }
  }

  // Only the commissions of the same value may matter: then nothing but how many there are.
  void CheckRule(const rules::Rule& rule) const {
    for (std::size_t m = 0; m < rules_.measures.size(); ++m) {
      const rules::MeasureId id(static_cast<std::int64_t>(m));
      const rules::Measure& other = rules_.measures[m];
      if (other.kind == measure_.kind && other.same_field == measure_.same_field) continue;
      bool looks = rules::LooksAt(rules_, rule.guard, id);
      for (const auto& e : rule.exceptions)
        looks = looks || rules::LooksAt(rules_, e.condition, id);
      if (!looks) continue;
      throw Stop{{"«" + rule.name + "» mira además «" + other.name + "»",
                  "'" + rule.name + "' looks at '" + other.name + "' besides"}};
    }
  }

  // Values that some provision establishes by itself are not a person's to choose.
  void ListValues() {
    const rules::FieldId field = measure_.same_field;
    const rules::Type& type = rules_.kind(measure_.kind).fields[field.index()].type;
    const std::size_t count = type.base == rules::Base::Boolean
                                  ? 2
                                  : rules_.enumerations[type.enumeration.index()].values.size();
    for (std::size_t v = 0; v < count; ++v) {
      const rules::Value value{static_cast<std::int64_t>(v), false};
      const bool established = std::any_of(
          rules_.qualifications.begin(), rules_.qualifications.end(), [&](const auto& by) {
            return by.target == measure_.kind &&
                   std::any_of(by.fields.begin(), by.fields.end(), [&](const auto& given) {
                     return given.field == field &&
                            rules::ConstantValue(rules_, given.value) == value.number;
                   });
          });
      if (!established) values_.push_back(value);
    }
  }

  // Two gestiones with a place in each month, or two months with a place on each working day.
  void ListPlaces() {
    const bool month = measure_.window == rules::Window::Month;
    from_ = month ? Date(context_.year, 3, 1) : Date(first_year_, 1, 1);
    to_ = month ? Date(context_.year, 4, 30) : Date(first_year_ + 1, 12, 31);
    const Date second = month ? Date(context_.year, 4, 1) : Date(first_year_ + 1, 1, 1);
    for (Date first = from_; first <= to_; first = first.first_of_next_month()) {
      const std::string scope = evaluation::HolidayScope(rules_, Empty(), first);
      const auto days = rules_.calendar.WorkingDays(first, first.last_of_month(), scope);
      if (first == second) middle_ = static_cast<int>(places_.size());
      places_.insert(places_.end(), days.begin(), month ? days.end() : days.begin() + 1);
      if (first >= second) days_.insert(days_.end(), days.begin(), days.end());
    }
    for (const rules::Value& value : values_) {
      if (auto trial = Replay(context_, Around(value, 0, kMostCommissions))) {
        climbs_.emplace_back(value, std::move(trial->result));
      }
    }
  }

  [[nodiscard]] Date PlaceOf(int n) const {
    return places_[static_cast<std::size_t>(middle_) + static_cast<std::size_t>(n)];
  }

  [[nodiscard]] History Empty() const {
    History history;
    history.person = "testigo";
    history.from = from_;
    history.to = to_;
    history.attributes.resize(rules_.attributes.size());
    return history;
  }

  [[nodiscard]] Fact FactOf(const rules::Value& value, Date date) const {
    Fact fact;
    fact.kind = measure_.kind;
    fact.date = date;
    fact.shift = rules_.kind(measure_.kind).placement == rules::Placement::Shift ? 1 : 0;
    fact.fields = {value};
    return fact;
  }

  [[nodiscard]] std::optional<rules::RuleId> BroughtOn(const evaluation::Result& result, Date date,
                                                       Reach reach) const {
    for (const evaluation::Application& application : result.applications) {
      if (application.date == date && application.fact >= 0 && application.stands &&
          Orders(rules_.rule(application.rule), reach)) {
        return application.rule;
      }
    }
    return std::nullopt;
  }

  const CheckContext& context_;
  const rules::Ruleset& rules_;
  const rules::Measure& measure_;
  int first_year_ = 0;
  std::vector<rules::Value> values_;
  Date from_, to_;
  std::vector<Date> places_;  // for one value, of both windows
  int middle_ = 0;            // of those, the first one of the second window
  std::vector<Date> days_;    // working days of the second window
  std::vector<std::pair<rules::Value, evaluation::Result>> climbs_;
};

LadderAsked Disagree(Reach reach) {
  return {reach,
          Verdict::Unknown,
          {"el intérprete no confirma lo que la cuenta encontró",
           "the interpreter does not confirm what the count found"},
          std::nullopt};
}

// Values that are free at least once and reach the consequence in the end.
std::vector<Ladder> Climbing(const Commissions& commissions, Reach reach) {
  std::vector<Ladder> ladders = commissions.LaddersOf(reach);
  std::erase_if(ladders, [](const Ladder& ladder) { return ladder.times < 2; });
  return ladders;
}

std::optional<LadderAsked> AskApartAt(const Commissions& commissions, Reach reach) {
  const std::vector<Ladder> ladders = Climbing(commissions, reach);
  if (ladders.empty()) return std::nullopt;
  LadderAsked asked{reach, Verdict::Proved, {}, std::nullopt};
  const Ladder& longest = ladders.back();
  const auto mixed = commissions.Mixed(ladders);
  if (!mixed) {
    return LadderAsked{reach,
                       Verdict::Unknown,
                       {"no caben en una gestión", "they do not fit in one gestión"},
                       std::nullopt};
  }
  if (static_cast<int>(mixed->facts.size()) < longest.times) return asked;
  auto free = commissions.Confirm(*mixed, reach, false);
  auto caught =
      commissions.Confirm(commissions.Around(longest.value, 0, longest.times), reach, true);
  if (!free || !caught) return Disagree(reach);
  asked.verdict = Verdict::Refuted;
  asked.escape = LadderEscape{reach, ladders, std::move(*free), std::move(*caught)};
  return asked;
}

std::optional<LadderAsked> AskResetAt(const Commissions& commissions, Reach reach) {
  const std::vector<Ladder> ladders = Climbing(commissions, reach);
  if (ladders.empty()) return std::nullopt;
  LadderAsked asked{reach, Verdict::Proved, {}, std::nullopt};
  std::vector<Ladder> free_ladders;
  std::optional<Measured> widest;
  for (const Ladder& ladder : ladders) {
    const int each = ladder.times - 1;
    auto free = commissions.Confirm(commissions.Around(ladder.value, each, each), reach, false);
    if (!free) continue;  // the count goes on over the new year
    free_ladders.push_back(ladder);
    if (!widest || free->amount > widest->amount) widest = std::move(free);
  }
  if (!widest) return asked;
  const Ladder& longest = free_ladders.back();
  // The first of those with as many times: the one whose history was kept.
  const auto shown = std::find_if(free_ladders.begin(), free_ladders.end(),
                                  [&](const Ladder& l) { return l.times == longest.times; });
  auto caught = commissions.Confirm(commissions.Around(shown->value, 0, shown->times), reach, true);
  if (!caught) return Disagree(reach);
  asked.verdict = Verdict::Refuted;
  asked.escape =
      LadderEscape{reach, std::move(free_ladders), std::move(*widest), std::move(*caught)};
  return asked;
}

template <typename Ask>
std::vector<LadderAsked> AskAll(const CheckContext& context, rules::MeasureId measure, Ask ask) {
  std::vector<LadderAsked> all;
  try {
    const Commissions commissions(context, measure);
    for (Reach reach : kReaches) {
      auto asked = ask(commissions, reach);
      if (asked) all.push_back(std::move(*asked));
    }
  } catch (const Stop& stop) {
    all.push_back({Reach::Sanction, Verdict::Unsupported, stop.reason, std::nullopt});
  }
  return all;
}

}  // namespace

int MostCommissions() { return kMostCommissions; }

std::vector<LadderAsked> AskValuesApart(const CheckContext& context, rules::MeasureId measure) {
  return AskAll(context, measure, AskApartAt);
}

std::vector<LadderAsked> AskLadderReset(const CheckContext& context, rules::MeasureId measure) {
  return AskAll(context, measure, AskResetAt);
}

}  // namespace cotejo::checks
