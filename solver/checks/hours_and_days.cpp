// Hours and business days: duties whose hours run out while nobody works, terms of one
// procedure that change places with the date, and one term that ends on different days in
// different offices.
#include <algorithm>
#include <map>

#include "solver/checks/idle_terms.h"
#include "solver/checks/plans.h"
#include "solver/checks/procedure_check.h"
#include "solver/checks/questions.h"
#include "solver/checks/term_replay.h"
#include "solver/checks/wording.h"

namespace cotejo::checks {

using base::Text;
using rules::Milestone;
using rules::TermUnit;

namespace {

constexpr const char* kCode = "horas-y-días-hábiles";

class HoursCheck : private ProcedureCheck {
 public:
  using ProcedureCheck::ProcedureCheck;

  void Run() {
    if (!Countable(kCode)) return;
    const std::size_t before = report_.findings.size();
    for (const Limit& limit : terms_.limits) {
      if (limit.upper && !Entry(limit).power) LookAtDuty(limit);
    }
    for (const Limit& hours : terms_.limits) {
      for (const Limit& days : terms_.limits) LookAtOrder(hours, days);
    }
    LookAtOffices();
    RecordTime(report_, kCode, procedure_.name,
               report_.findings.size() > before ? base::Verdict::Refuted : base::Verdict::Proved,
               offices_.Bounds(rhythm_));
  }

 private:
  [[nodiscard]] base::Finding Start(const std::string& key, base::FindingSeverity severity) const {
    base::Finding finding;
    finding.code = kCode;
    finding.severity = severity;
    finding.id = FindingId(kCode, procedure_.name + "|" + key);
    const std::string name = Spaced(procedure_.name);
    finding.region = {{"trámite " + name, "procedure " + name}};
    finding.reading = DescribeReading(rules_);
    finding.bounds = BoundsOf(offices_, rhythm_);
    finding.evidence = base::Evidence::Enumerated;
    return finding;
  }

  void LookAtDuty(const Limit& duty) {
    const IdleTerm idle = FindIdle(rules_, offices_, terms_, duty);
    if (idle.office == nullptr) return;
    const Milestone& milestone = Entry(duty);
    base::Finding finding = DescribeIdle(context_, offices_, procedure_, duty, idle, kCode);
    const std::string act = Spaced(milestone.name);
    const Text bound = DescribeBound(milestone);
    const std::string cited = milestone.citation.str();
    const Text without = WithoutWork(idle);
    finding.title = {"«" + act + "» (" + cited + ", " + bound.es + ") puede vencer " + without.es +
                         " para cumplirlo",
                     "'" + act + "' (" + cited + ", " + bound.en + ") may fall due " + without.en +
                         " to do it in"};
    report_.findings.push_back(std::move(finding));
  }

  // ---- Terms that change places --------------------------------------------------

  struct Ends {
    const Office* office = nullptr;
    Minute since = 0, hours = 0, days = 0;
  };

  void LookAtOrder(const Limit& hours, const Limit& days) {
    if (!hours.upper || !days.upper || hours.since != days.since ||
        hours.term.unit != TermUnit::Hours || days.term.unit != TermUnit::BusinessDays ||
        hours.bound != Milestone::Bound::AtMost || days.bound != Milestone::Bound::AtMost)
      return;
    Ends first, second;  // where the hours end first, and where the days do
    const Rhythm rhythm = RhythmOf(rules_, Entry(hours).since);
    ForEachTime(offices_, rhythm, [&](const Office& office, Minute since) {
      const auto end_hours = Bound(office, hours.bound, hours.term, since);
      const auto end_days = Bound(office, days.bound, days.term, since);
      if (!end_hours || !end_days || *end_hours == *end_days) return true;
      Ends& ends = *end_hours < *end_days ? first : second;
      if (ends.office == nullptr) ends = {&office, since, *end_hours, *end_days};
      return first.office == nullptr || second.office == nullptr;
    });
    if (first.office == nullptr || second.office == nullptr) return;
    const Milestone& by_clock = Entry(hours);
    const Milestone& by_date = Entry(days);
    base::Finding finding = Start("orden|" + by_clock.name + "|" + DescribeBound(by_clock).es +
                                      "|" + by_date.name + "|" + DescribeBound(by_date).es,
                                  base::FindingSeverity::Warning);
    finding.articles = Unique({by_clock.citation, by_date.citation});
    const Text one = DescribeMilestone(by_clock);
    const Text other = DescribeMilestone(by_date);
    finding.title = {"según el día, " + one.es + " vence antes o después que " + other.es,
                     "depending on the day, " + one.en + " ends before or after " + other.en};
    const Text early = DescribeTime(first.since);
    const Text late = DescribeTime(second.since);
    finding.explanation = {
        "los dos plazos corren desde " + Spaced(by_clock.since) +
            ", uno por el reloj y otro por días hábiles: si empieza el " + late.es +
            " vencen primero los días, y si empieza el " + early.es + " vencen primero las horas",
        "both terms run from " + Spaced(by_clock.since) +
            ", one by the clock and the other by business days: beginning on " + late.en +
            " the days end first, and beginning on " + early.en + " the hours do"};
    finding.witness = TellOrder(first, hours, days);
    finding.witness.label = {"vencen primero las horas", "the hours end first"};
    finding.counterpart = TellOrder(second, hours, days);
    finding.counterpart->label = {"vencen primero los días", "the days end first"};
    report_.findings.push_back(std::move(finding));
  }

  [[nodiscard]] base::Witness TellOrder(const Ends& ends, const Limit& hours,
                                        const Limit& days) const {
    const Stepper stepper(rules_, *ends.office);
    const bool agreed = stepper.Bound(hours.bound, hours.term, ends.since) == ends.hours &&
                        stepper.Bound(days.bound, days.term, ends.since) == ends.days;
    StoryTeller teller(rules_, procedure_);
    teller.Happens(ends.since, terms_.events[static_cast<std::size_t>(hours.since)]);
    teller.Ends(ends.hours, Entry(hours), true);
    teller.Ends(ends.days, Entry(days), true);
    return teller.Tell(*ends.office, agreed);
  }

  // ---- One term, several offices -------------------------------------------------

  struct Spread {
    Minute since = 0;
    const Limit* limit = nullptr;
    const Office* soonest = nullptr;
    const Office* latest = nullptr;
    Minute first = 0, last = 0;
  };

  void LookAtOffices() {
    Spread widest;
    int looked = 0;
    int differ = 0;
    std::vector<base::Citation> articles;
    for (const Limit& limit : terms_.limits) {
      if (!limit.upper || limit.term.unit != TermUnit::BusinessDays) continue;
      articles.push_back(Entry(limit).citation);
      const Rhythm rhythm = RhythmOf(rules_, Entry(limit).since);
      for (base::Date date = offices_.First(rhythm); date <= offices_.last;
           date = date.plus_days(1)) {
        const Spread spread = SpreadOn(limit, date);
        if (spread.limit == nullptr) continue;
        ++looked;
        differ += spread.first != spread.last ? 1 : 0;
        if (spread.last - spread.first > widest.last - widest.first) widest = spread;
      }
    }
    if (widest.limit != nullptr) ReportOffices(widest, looked, differ, Unique(articles));
  }

  // When the term ends in each office where that day is worked.
  [[nodiscard]] Spread SpreadOn(const Limit& limit, base::Date date) const {
    Spread spread;
    const Rhythm rhythm = RhythmOf(rules_, Entry(limit).since);
    for (const Office& office : offices_.all) {
      const std::vector<Minute> times = TimesOf(office, date, rhythm);
      if (times.empty()) continue;
      const Minute since = times.front();
      const auto end = Bound(office, limit.bound, limit.term, since);
      if (!end) continue;
      if (spread.limit == nullptr || *end < spread.first) {
        spread.first = *end;
        spread.soonest = &office;
      }
      if (spread.limit == nullptr || *end > spread.last) {
        spread.last = *end;
        spread.latest = &office;
      }
      spread.limit = &limit;
      spread.since = since;
    }
    return spread;
  }

  void ReportOffices(const Spread& spread, int looked, int differ,
                     std::vector<base::Citation> articles) {
    const Milestone& milestone = Entry(*spread.limit);
    base::Finding finding = Start("oficinas", base::FindingSeverity::Information);
    // Which calendar counts is one question, whatever the procedure.
    finding.id = FindingId(kCode, "oficinas");
    finding.articles = std::move(articles);
    const Text what = DescribeMilestone(milestone);
    finding.region = {{what.es + " (" + milestone.citation.str() + ")",
                       what.en + " (" + milestone.citation.str() + ")"}};
    const std::string one = Spaced(spread.soonest->scope());
    const std::string other = Spaced(spread.latest->scope());
    const std::string since = DateOf(spread.since).str();
    const std::string first = DateOf(spread.first).str();
    const std::string last = DateOf(spread.last).str();
    finding.title = {what.es + " no vence el mismo día en todas las oficinas",
                     what.en + " does not end on the same day in every office"};
    finding.explanation = {
        "los feriados departamentales no son hábiles: contado desde el " + since + " vence el " +
            first + " en " + one + " y el " + last + " en " + other + ". Ocurre en " +
            std::to_string(differ) + " de " + std::to_string(looked) +
            " días mirados, y el texto no dice con qué calendario se cuenta cuando quien debe "
            "actuar y la persona están en departamentos distintos",
        "departmental holidays are not business days: counted from " + since + " it ends on " +
            first + " in " + one + " and on " + last + " in " + other + ". So it is on " +
            std::to_string(differ) + " of " + std::to_string(looked) +
            " days looked at, and the text does not say whose calendar counts when who must act "
            "and the person are in different departments"};
    finding.witness = TellOffice(*spread.soonest, spread, spread.first);
    finding.counterpart = TellOffice(*spread.latest, spread, spread.last);
    report_.findings.push_back(std::move(finding));
  }

  [[nodiscard]] base::Witness TellOffice(const Office& office, const Spread& spread,
                                         Minute end) const {
    const Stepper stepper(rules_, office);
    const Rhythm rhythm = RhythmOf(rules_, Entry(*spread.limit).since);
    const Minute since = TimesOf(office, DateOf(spread.since), rhythm).front();
    const bool agreed = stepper.Bound(spread.limit->bound, spread.limit->term, since) == end;
    StoryTeller teller(rules_, procedure_);
    teller.Happens(since, terms_.events[static_cast<std::size_t>(spread.limit->since)]);
    teller.Ends(end, Entry(*spread.limit), true);
    base::Witness witness = teller.Tell(office, agreed);
    const std::string where = Spaced(office.scope());
    witness.label = {"con los feriados de " + where, "with the holidays of " + where};
    return witness;
  }
};

}  // namespace

void PlanHoursAndDays(const CheckContext& context, std::vector<Task>& tasks) {
  PlanForProcedures<HoursCheck>(context, kCode, tasks);
}

}  // namespace cotejo::checks
