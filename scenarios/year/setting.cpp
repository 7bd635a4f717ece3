#include "scenarios/year/setting.h"

#include <algorithm>
#include <map>
#include <numeric>

namespace cotejo::year {
namespace {

std::size_t At(std::int32_t index) { return static_cast<std::size_t>(index); }

std::string ScopeOf(const rules::Ruleset& rules, const Binding& binding, std::size_t person) {
  const std::string national = "nacional";
  if (!rules.holiday_scope.valid()) return national;
  const rules::Value value = ValueOf(rules, binding, person, rules.holiday_scope);
  if (value.absent) return national;
  const rules::EnumId enumeration = rules.attribute(rules.holiday_scope).type.enumeration;
  return rules.enumerations[enumeration.index()]
      .values[static_cast<std::size_t>(value.number.floor())];
}

class Preparation {
 public:
  Preparation(const std::vector<const rules::Ruleset*>& regulations,
              const population::Population& population, base::Diagnostics& diagnostics)
      : regulations_(regulations), population_(population), diagnostics_(diagnostics) {}

  std::optional<Setting> Run(int gestion) {
    setting_.year = DaysOf(gestion);
    std::vector<Binding> bindings;
    for (std::size_t i = 0; i < regulations_.size(); ++i) {
      // Only the text in force must grant every right named: an amendment may take one away.
      auto binding = Bind(*regulations_[i], population_, i == 0, diagnostics_);
      if (!binding) return std::nullopt;
      const auto unit = DenominatorOf(*regulations_[i], *binding, setting_.year, diagnostics_);
      if (!unit) return std::nullopt;
      setting_.unit = std::lcm(setting_.unit, *unit);
      bindings.push_back(std::move(*binding));
    }
    if (!SomebodyTellsTheBalance(bindings)) return std::nullopt;
    if (setting_.unit > kLargestUnit)
      return Refuse(
          {"las fracciones de las regulaciones no tienen un denominador común manejable",
           "the fractions of the regulations have no common denominator of a workable size"});
    if (!FindWorkDays(bindings)) return std::nullopt;
    FindEligible(bindings[0]);
    if (!FindFirstDays()) return std::nullopt;
    if (population_.turnover) {
      FindPeers();
      if (!NewcomersKeepTheirHours(bindings)) return std::nullopt;
    }
    if (!MakePlans(std::move(bindings))) return std::nullopt;
    if (setting_.shifts > kMostShifts)
      return Refuse({"el simulador admite hasta 16 tramos por día",
                     "the simulator takes up to 16 shifts a day"});
    if (!ShiftsExist()) return std::nullopt;
    return std::move(setting_);
  }

 private:
  static constexpr std::int64_t kLargestUnit = 1'000'000'000;
  static constexpr std::int32_t kMostShifts = 16;

  std::nullopt_t Refuse(base::Text message) {
    diagnostics_.Add(
        {"simulación-no-admite", base::Severity::Error, {}, std::move(message), {}, {}});
    return std::nullopt;
  }

  bool ShiftsExist() {
    bool good = true;
    for (const population::Occurrence& o : population_.occurrences) {
      if (o.shift <= setting_.shifts) continue;
      Refuse({"el suceso «" + o.name + "» es del tramo " + std::to_string(o.shift) +
                  ", y ningún día tiene tantos",
              "the event '" + o.name + "' is of shift " + std::to_string(o.shift) +
                  ", and no day has so many"});
      good = false;
    }
    return good;
  }

  bool SomebodyTellsTheBalance(const std::vector<Binding>& bindings) {
    const std::string& name = population_.names.balance.kind;
    const auto tells = [](const Binding& binding) { return binding.balance.kind.valid(); };
    if (name.empty() || std::any_of(bindings.begin(), bindings.end(), tells)) return true;
    diagnostics_.Add({"población-sin-vocabulario",
                      base::Severity::Error,
                      {},
                      {"«" + name + "» no es un hecho de ninguna de las regulaciones",
                       "'" + name + "' is not a fact of any of the regulations"},
                      {},
                      {}});
    return false;
  }

  // The same days for every regulation, or the years would not be the same.
  bool FindWorkDays(const std::vector<Binding>& bindings) {
    std::map<std::string, const WorkDays*> known;
    for (std::size_t person = 0; person < population_.staff.size(); ++person) {
      const std::string scope = ScopeOf(*regulations_[0], bindings[0], person);
      if (!known.contains(scope)) {
        auto days = WorkDaysOf(*regulations_[0], setting_.year, scope);
        for (std::size_t i = 1; i < regulations_.size(); ++i) {
          if (WorkDaysOf(*regulations_[i], setting_.year, scope).days == days.days) continue;
          Refuse({"los feriados de las regulaciones comparadas no son los mismos",
                  "the regulations compared do not have the same holidays"});
          return false;
        }
        setting_.calendars.push_back(std::make_unique<WorkDays>(std::move(days)));
        known[scope] = setting_.calendars.back().get();
      }
      setting_.work.push_back(known[scope]);
    }
    return true;
  }

  [[nodiscard]] const population::Column* Offices() const {
    return population_.staff.Find(population_.office_attribute);
  }

  // By occurrence: of the values of the office column, those it is of; none when it is of all.
  [[nodiscard]] std::vector<std::vector<bool>> OfficesOfOccurrences() const {
    const population::Column* column = Offices();
    std::vector<std::vector<bool>> all;
    for (const population::Occurrence& o : population_.occurrences) {
      all.emplace_back();
      if (o.offices.empty() || column == nullptr) continue;
      for (const population::AttributeValue& value : column->values)
        all.back().push_back(std::find(o.offices.begin(), o.offices.end(), value.name) !=
                             o.offices.end());
    }
    return all;
  }

  [[nodiscard]] bool IsIn(const std::vector<bool>& offices, std::size_t person) const {
    if (offices.empty()) return true;
    const std::int32_t office = Offices()->of[person];
    return office >= 0 && offices[At(office)];
  }

  // Whether somebody has what an occurrence wants of the attributes that no text has.
  [[nodiscard]] bool HasOwn(const population::Occurrence& occurrence, std::size_t person) const {
    for (const population::Column& column : population_.staff.own) {
      const std::int32_t of = column.of[person];
      for (const population::AttributeValue& wanted : occurrence.only) {
        if (wanted.attribute != column.attribute) continue;
        if (of < 0 || population::Show(column.values[At(of)]) != population::Show(wanted))
          return false;
      }
    }
    return true;
  }

  // Who may have what is a fact, not a rule: the text in force reads the attributes.
  void FindEligible(const Binding& binding) {
    const std::vector<std::vector<bool>> offices = OfficesOfOccurrences();
    std::map<std::vector<std::size_t>, std::uint32_t> known;
    Eligibility& eligibility = setting_.eligibility;
    for (std::size_t person = 0; person < population_.staff.size(); ++person) {
      std::vector<std::size_t> set;
      for (std::size_t o = 0; o < binding.occurrences.size(); ++o) {
        const auto& only = binding.occurrences[o].only;
        const bool may = std::all_of(only.begin(), only.end(), [&](const auto& wanted) {
          return ValueOf(*regulations_[0], binding, person, wanted.first) == wanted.second;
        });
        const auto& groups = population_.occurrences[o].groups;
        const bool group = groups.empty() || groups[population_.staff.group[person]];
        if (may && group && HasOwn(population_.occurrences[o], person) && IsIn(offices[o], person))
          set.push_back(o);
      }
      const auto next = static_cast<std::uint32_t>(eligibility.sets.size());
      const auto [place, added] = known.try_emplace(set, next);
      if (added) eligibility.sets.push_back(std::move(set));
      eligibility.of.push_back(place->second);
    }
  }

  void FindPeers() {
    const population::Staff& staff = population_.staff;
    const population::Column* office = Offices();
    std::map<std::pair<std::uint16_t, std::int32_t>, std::uint32_t> known;
    for (std::size_t person = 0; person < staff.size(); ++person) {
      const std::int32_t of = office == nullptr ? -1 : office->of[person];
      const auto next = static_cast<std::uint32_t>(setting_.peers.size());
      const auto [place, added] = known.try_emplace({staff.group[person], of}, next);
      if (added) setting_.peers.emplace_back();
      setting_.peers[place->second].push_back(static_cast<std::uint32_t>(person));
      setting_.peers_of.push_back(place->second);
    }
  }

  // Whoever was hired in the year begins on that day; nobody may be hired after it.
  bool FindFirstDays() {
    const population::Staff& staff = population_.staff;
    setting_.first_day.assign(staff.size(), 0);
    const population::Column* hired = staff.Find(population_.hired_attribute);
    if (hired == nullptr) return true;
    for (std::size_t person = 0; person < staff.size(); ++person) {
      if (hired->of[person] < 0) continue;
      const base::Date date = hired->values[At(hired->of[person])].date;
      if (date.year() > setting_.year.year) {
        const std::string year = std::to_string(setting_.year.year);
        Refuse({"alguien del personal ingresa el " + date.str() + ", después de la gestión " + year,
                "somebody of the staff is hired on " + date.str() + ", after the year " + year});
        return false;
      }
      if (date.year() == setting_.year.year)
        setting_.first_day[person] = date.days() - setting_.year.first;
    }
    return true;
  }

  // A newcomer has the hours and the chances of whom they are like, but was hired on another day.
  bool NewcomersKeepTheirHours(const std::vector<Binding>& bindings) {
    for (std::size_t i = 0; i < bindings.size(); ++i) {
      const rules::AttributeId hired = bindings[i].hired;
      bool watched = IsWatched(*regulations_[i], bindings[i], hired);
      for (const OccurrenceBinding& occurrence : bindings[i].occurrences) {
        watched = watched || std::any_of(occurrence.only.begin(), occurrence.only.end(),
                                         [&](const auto& only) { return only.first == hired; });
      }
      if (!watched) continue;
      const std::string& name = regulations_[i]->attribute(hired).name;
      Refuse(
          {"con «[rotacion]», ni las horas, ni lo que se dice de una llegada, ni a quién le "
           "ocurre un suceso pueden depender de «" +
               name + "»",
           "with '[rotacion]', neither hours, nor what is said of an arrival, nor to whom "
           "an event happens may depend on '" +
               name + "'"});
      return false;
    }
    return true;
  }

  bool MakePlans(std::vector<Binding> bindings) {
    std::int32_t lowest = INT32_MAX;
    std::int32_t highest = INT32_MIN;
    for (const population::BehaviourClass& c : population_.classes) {
      lowest = std::min(lowest, c.arrival.smallest());
      highest = std::max(highest, c.arrival.largest());
    }
    setting_.notices_from = INT64_MAX;
    for (std::size_t i = 0; i < regulations_.size(); ++i) {
      setting_.plans.push_back(PlanStaff(*regulations_[i], std::move(bindings[i]), setting_.year,
                                         setting_.unit, setting_.work, lowest, highest));
      setting_.effects.push_back(EffectsOf(setting_.plans.back().plan, population_.names));
      auto procedures = Procedures::Of(*regulations_[i], setting_.effects.back(), population_,
                                       i == 0, diagnostics_);
      if (!procedures) return false;
      setting_.procedures.push_back(std::move(*procedures));
      setting_.agendas.push_back(
          ForTables(setting_.plans.back().plan, population_.names, setting_.procedures.back()));
      const ArrivalTables& arrivals = setting_.plans.back().plan.arrivals;
      setting_.shifts = std::max(setting_.shifts, arrivals.shifts);
      setting_.notices_from =
          std::min(setting_.notices_from, static_cast<std::int64_t>(arrivals.notices_from));
    }
    Share();
    FindNoticed();
    return true;
  }

  void FindNoticed() {
    const std::size_t count = population_.occurrences.size();
    setting_.noticed = {std::vector<bool>(count), std::vector<bool>(count),
                        std::vector<bool>(count)};
    for (std::size_t r = 0; r < setting_.plans.size(); ++r) {
      const std::vector<bool>& kinds = setting_.agendas[r].kinds;
      for (std::size_t i = 0; i < count; ++i) {
        const OccurrenceBinding& bound = setting_.plans[r].plan.binding.occurrences[i];
        if (kinds[bound.kind.index()]) setting_.noticed.occurrences[i] = true;
        if (bound.back.valid() && kinds[bound.back.index()]) setting_.noticed.returns[i] = true;
      }
    }
    for (std::size_t i = 0; i < count; ++i) {
      setting_.noticed.idle[i] = !setting_.noticed.occurrences[i] && !setting_.noticed.returns[i] &&
                                 !population_.occurrences[i].takes_away();
    }
    // What follows an occurrence is further down, and does not happen without it.
    for (std::size_t i = count; i-- > 0;) {
      const auto& follows = population_.occurrences[i].follows;
      if (follows && !setting_.noticed.idle[i]) setting_.noticed.idle[follows->occurrence] = false;
    }
  }

  void Share() {
    Plan& shared = setting_.plans.front().plan;
    setting_.revisions.resize(setting_.plans.size());
    const Agenda run = setting_.agendas.front();
    std::optional<rules::ContentHash> words;
    if (setting_.plans.size() > 1) words.emplace(*shared.rules);
    for (std::size_t i = 1; i < setting_.plans.size(); ++i)
      setting_.revisions[i] =
          Revise(shared, *words, run, setting_.plans[i].plan, setting_.agendas[i], setting_.year);
    // What is added looks at facts too, and at arrivals that the text in force lets pass.
    setting_.agendas.front() = ForTables(shared, population_.names, setting_.procedures.front());
    for (std::size_t i = 1; i < setting_.plans.size(); ++i) {
      Revision& revision = setting_.revisions[i];
      revision.apart = revision.apart || OtherProcedures(i);
    }
    shared.arrivals.notices_from =
        static_cast<std::int32_t>(std::min<std::int64_t>(setting_.notices_from, INT32_MAX));
  }

  // An amendment has other terms, or begins a procedure with a rule that is the same in both: what
  // comes of it shows in no rule that applies.
  [[nodiscard]] bool OtherProcedures(std::size_t k) const {
    const Procedures& before = setting_.procedures.front();
    const Procedures& after = setting_.procedures[k];
    if (before.all() != after.all()) return true;
    const std::vector<RuleEffects>& effects = setting_.effects.front();
    for (std::size_t rule = 0; rule < effects.size(); ++rule) {
      const int own = setting_.revisions[k].own_rule[rule];
      if (own < 0) continue;
      const RuleEffects& again = setting_.effects[k][At(own)];
      if (before.begun_by(rule) != after.begun_by(At(own)) ||
          effects[rule].destitutes_after_process != again.destitutes_after_process ||
          effects[rule].retires_after_process != again.retires_after_process)
        return true;
    }
    return false;
  }

  const std::vector<const rules::Ruleset*>& regulations_;
  const population::Population& population_;
  base::Diagnostics& diagnostics_;
  Setting setting_;
};

}  // namespace

std::optional<Setting> Prepare(const std::vector<const rules::Ruleset*>& regulations,
                               const population::Population& population, int gestion,
                               base::Diagnostics& diagnostics) {
  try {
    return Preparation(regulations, population, diagnostics).Run(gestion);
  } catch (const base::ArithmeticError& error) {
    diagnostics.Add(
        {"simulación-no-admite",
         base::Severity::Error,
         {},
         {std::string("una cifra no cabe en los números del simulador: ") + error.what(),
          std::string("a figure does not fit the simulator's numbers: ") + error.what()},
         {},
         {}});
    return std::nullopt;
  }
}

namespace {

void FeedOccurrence(const Plan& plan, const Event& event, Evaluator& evaluator) {
  const std::size_t occurrence = OccurrenceOf(event.value);
  const OccurrenceBinding& bound = plan.binding.occurrences[occurrence];
  const bool back = event.what == Happening::Return;
  const int kind = back ? bound.back.value : bound.kind.value;
  if (!evaluator.looks_at(kind)) return;
  const PlanOccurrence& told = plan.occurrences[occurrence];
  const std::vector<std::int64_t>& fields =
      back ? told.back : told.variants[VariantOf(event.value)];
  if (back || !bound.counted.valid()) return evaluator.Add(kind, event.day, event.shift, fields);
  std::int64_t* own = evaluator.Add(kind, event.day, event.shift);
  std::copy(fields.begin(), fields.end(), own);
  own[bound.counted.index()] = event.count * plan.unit;
}

void FeedHappening(const Plan& plan, const Event& event, std::int32_t shifts,
                   Evaluator& evaluator) {
  const int kind = plan.binding.of(event.what).kind.value;
  if (!evaluator.looks_at(kind)) return;
  const bool absent = event.what == Happening::Absence || event.what == Happening::PostAbsence;
  const std::size_t place = PlanHappening::place(absent ? shifts : event.value, event.flag);
  evaluator.Add(kind, event.day, event.shift,
                plan.happenings[static_cast<std::size_t>(event.what)].facts[place]);
}

}  // namespace

namespace {

void FeedAsTheyCome(const StaffPlan& staff, const Tenure& tenure, std::span<const Event> events,
                    Evaluator& evaluator) {
  const Plan& plan = staff.plan;
  evaluator.Begin(staff, tenure);
  const std::int8_t* shifts_on = evaluator.person().days->shifts.data();
  const bool arrivals = evaluator.looks_at(plan.binding.of(Happening::Arrival).kind.value);
  const std::int32_t notices_from = arrivals ? plan.arrivals.notices_from : INT32_MAX;
  for (const Event& event : events) {
    const std::int32_t shifts = shifts_on[event.day];
    if (event.day > tenure.last) continue;
    if (event.shift > shifts) continue;  // this regulation has no such shift on that day
    switch (event.what) {
      case Happening::Arrival:
        if (event.value >= notices_from)
          evaluator.AddArrival(event.day, event.shift, event.value, event.flag);
        break;
      case Happening::Occurrence:
      case Happening::Return:
        FeedOccurrence(plan, event, evaluator);
        break;
      default:
        FeedHappening(plan, event, shifts, evaluator);
        break;
    }
  }
}

}  // namespace

// Of things of one kind at one moment, the one that comes first in order is judged first.
void Feed(const StaffPlan& staff, const Tenure& tenure, std::span<const Event> events,
          Evaluator& evaluator) {
  FeedAsTheyCome(staff, tenure, events, evaluator);
  if (!evaluator.tied()) return;
  std::vector<Event> ordered(events.begin(), events.end());
  PutInOrder(ordered);
  FeedAsTheyCome(staff, tenure, ordered, evaluator);
}

}  // namespace cotejo::year
