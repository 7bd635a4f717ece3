#include "solver/checks/idle_terms.h"

#include <algorithm>
#include <map>

#include "solver/checks/term_replay.h"
#include "solver/checks/term_wording.h"
#include "solver/checks/wording.h"

namespace cotejo::checks {

using base::Text;
using rules::Milestone;

namespace {

// The other milestones' limits: what this act itself must keep is not in question here.
std::vector<Limit> OthersOf(const Terms& terms, int event) {
  std::vector<Limit> others;
  for (const Limit& limit : terms.limits) {
    if (limit.event != event) others.push_back(limit);
  }
  return others;
}

bool Begins(const Terms& terms, int event) {
  return std::none_of(terms.limits.begin(), terms.limits.end(),
                      [&](const Limit& limit) { return limit.event == event; });
}

// A story in which `event` happens at `time`: it begins at a turn of that day or of an earlier
// one, if it can.
Times StoryUpTo(const Office& office, const Terms& terms, const Network& network, int event,
                Minute time) {
  constexpr int kDaysBack = 15;
  const std::vector<int> starts = Starts(terms);
  for (int back = 0; back <= kDaysBack; ++back) {
    const base::Date date = DateOf(time).plus_days(-back);
    if (!office.Knows(date) || !office.Works(date)) continue;
    for (const Minute turn : office.Turns(date)) {
      if (turn > time) break;
      std::vector<Given> given{{event, time}};
      for (const int start : starts) {
        if (start != event) given.push_back({start, turn});
      }
      Times story = network.Story(office, given);
      if (story.fit == Fit::Yes) return story;
    }
  }
  return network.Story(office, {{event, time}});
}

// Whether a fact is an absence that takes its shift whole: nobody arrives in it. It begins as the
// shift does, and not at its end.
bool TakesItsShift(const rules::Ruleset& rules, const std::string& event) {
  const auto arrives = [&](rules::FactKindId id) {
    const auto& fields = rules.kind(id).fields;
    return std::any_of(fields.begin(), fields.end(), [](const rules::Field& field) {
      return field.type.base == rules::Base::TimeOfDay;
    });
  };
  return std::any_of(rules.fact_kinds.begin(), rules.fact_kinds.end(), [&](const auto& kind) {
    return base::Fold(kind.name) == base::Fold(event) &&
           kind.placement == rules::Placement::Shift &&
           std::any_of(kind.excludes.begin(), kind.excludes.end(), arrives);
  });
}

// The end of the shift that begins then; nothing when none does.
std::optional<Minute> EndOfShift(const Office& office, Minute entry) {
  if (!office.Knows(DateOf(entry)) || office.Worked(entry, entry + 1) == 0) return std::nullopt;
  for (const Minute turn : office.Turns(DateOf(entry))) {
    if (turn > entry) return turn;
  }
  return std::nullopt;
}

}  // namespace

IdleTerm FindIdle(const rules::Ruleset& rules, const Offices& offices, const Terms& terms,
                  const Limit& limit) {
  const Rhythm rhythm = RhythmOf(rules, terms.events[static_cast<std::size_t>(limit.since)]);
  IdleTerm idle;
  idle.applies = limit.bound == Milestone::Bound::AtMost &&
                 (limit.term.unit == rules::TermUnit::Hours ||
                  limit.term.unit == rules::TermUnit::CalendarDays) &&
                 std::any_of(offices.all.begin(), offices.all.end(),
                             [](const Office& office) { return office.has_schedule(); });
  if (!idle.applies) return idle;
  const Network network(terms.events.size(), OthersOf(terms, limit.event));
  const bool begins = Begins(terms, limit.since);
  const bool alike = SameOnAnyDate(network.limits());
  const bool absence = TakesItsShift(rules, terms.events[static_cast<std::size_t>(limit.since)]);
  std::map<Minute, bool> known;  // by the time of day, when they are
  const auto may_begin = [&](const Office& office, Minute since) {
    const auto ask = [&] {
      return network.Earliest(office, {{limit.since, since}}).fit == Fit::Yes;
    };
    if (begins || !alike) return begins || ask();
    const auto [it, added] = known.try_emplace(since - At(DateOf(since), 0), false);
    if (added) it->second = ask();
    return it->second;
  };
  ForEachTime(offices, rhythm, [&](const Office& office, Minute since) {
    const auto end = Bound(office, limit.bound, limit.term, since);
    const auto from = absence ? EndOfShift(office, since) : std::optional<Minute>(since);
    if (!from) return true;
    const auto next = office.NextWork(*from);
    if (!end || !office.Knows(DateOf(*end)) || !next) return true;
    // Where no schedule is in force nobody knows when people work.
    if (!office.HoursKnown(DateOf(since), DateOf(std::max(*end, *next)))) return true;
    if (!may_begin(office, since)) return true;
    ++idle.looked;
    if (*end > *from && office.Worked(*from, *end) > 0) return true;
    ++idle.idle;
    if (idle.office == nullptr || *next - since > idle.next - idle.since) {
      idle.office = &office;
      idle.since = since;
      idle.end = *end;
      idle.next = *next;
      idle.from = *from;
    }
    return true;
  });
  return idle;
}

Text WithoutWork(const IdleTerm& idle) {
  if (idle.from == idle.since) {
    return {"sin una sola hora de trabajo", "without a single hour of work"};
  }
  return {"sin más horas de trabajo que las del tramo en que se falta",
          "without an hour of work besides those of the shift missed"};
}

base::Finding DescribeIdle(const CheckContext& context, const Offices& offices,
                           const rules::Procedure& procedure, const Limit& limit,
                           const IdleTerm& idle, const std::string& code) {
  const rules::Ruleset& rules = context.rules;
  const Terms terms = TermsOf(procedure);
  const Milestone& milestone = procedure.milestones[static_cast<std::size_t>(limit.milestone)];
  base::Finding finding;
  finding.code = code;
  const std::string name = Spaced(procedure.name);
  finding.id = FindingId(code, "sin horas|" + procedure.name + "|" + milestone.name + "|" +
                                   DescribeBound(milestone).es + "|" + milestone.citation.str());
  finding.articles = Unique({milestone.citation, milestone.miss_citation});
  const Text begins = DescribeTime(idle.since);
  const Text ends = DescribeTime(idle.end);
  const Text next = DescribeTime(idle.next);
  const std::string many = std::to_string(idle.idle);
  const std::string looked = std::to_string(idle.looked);
  const Text outside =
      idle.from == idle.since
          ? Text{"corre entero fuera de horario", "the whole term runs outside working hours"}
          : Text{
                "corre entero fuera de horario, salvo el tramo en que se falta, "
                "con el que empieza",
                "the whole term runs outside working hours, but for the shift "
                "missed, with which it begins"};
  finding.explanation = {"en " + many + " de los " + looked + " comienzos mirados el plazo " +
                             outside.es + ". El peor: empieza el " + begins.es + ", vence el " +
                             ends.es + " y se vuelve a trabajar el " + next.es,
                         "in " + many + " of the " + looked + " beginnings looked at " +
                             outside.en + ". The worst one: it begins on " + begins.en +
                             ", ends on " + ends.en + " and work resumes on " + next.en};
  finding.severity = base::FindingSeverity::Warning;
  const Text supposed = DescribeSuppositions(procedure, {&milestone});
  finding.explanation.es += supposed.es;
  finding.explanation.en += supposed.en;
  if (OfAnotherNorm(rules, milestone.citation)) {
    finding.severity = base::FindingSeverity::Information;
    const Text other = DescribeAnotherNorm(milestone.citation);
    finding.explanation.es += other.es;
    finding.explanation.en += other.en;
  }
  finding.region = {{"trámite " + name + ", " + DescribeMilestone(milestone).es,
                     "procedure " + name + ", " + DescribeMilestone(milestone).en}};
  finding.reading = DescribeReading(rules);
  finding.bounds = BoundsOf(offices, RhythmOf(rules, milestone.since));
  if (idle.from != idle.since) {
    finding.bounds.es += "; la falta de un tramo entero empieza sólo a la hora de ingreso";
    finding.bounds.en += "; the absence of a whole shift begins at the time of entry alone";
  }
  finding.evidence = base::Evidence::Enumerated;

  const Network network(terms.events.size(), OthersOf(terms, limit.event));
  const Times story = StoryUpTo(*idle.office, terms, network, limit.since, idle.since);
  const Stepper stepper(rules, *idle.office);
  bool agreed =
      story.fit == Fit::Yes && stepper.Worked(idle.from, std::max(idle.from, idle.end)) == 0 &&
      stepper.Worked(idle.from, idle.next) == 0 && stepper.Worked(idle.next, idle.next + 1) > 0 &&
      stepper.Bound(limit.bound, limit.term, idle.since) == idle.end;
  StoryTeller teller(rules, procedure);
  const std::set<int> told = Behind(terms, {limit});
  if (story.fit == Fit::Yes) {
    for (std::size_t e = 0; e < terms.events.size(); ++e) {
      const bool tell = told.contains(static_cast<int>(e)) && static_cast<int>(e) != limit.event;
      if (!tell || !story.at[e]) continue;
      // Of what is not due before the term ends there is nothing to tell.
      if (*story.at[e] <= idle.end) teller.Happens(*story.at[e], terms.events[e]);
    }
    for (const Limit& other : network.limits()) {
      const auto event = story.at[static_cast<std::size_t>(other.event)];
      const auto since = story.at[static_cast<std::size_t>(other.since)];
      if (event && since) agreed &= stepper.Keeps(other, *event, *since);
    }
  }
  teller.Ends(idle.end, milestone, false);
  teller.Note(idle.next, {"se vuelve a trabajar", "work resumes"});
  finding.witness = teller.Tell(*idle.office, agreed);
  return finding;
}

}  // namespace cotejo::checks
