// Incompatible terms: a procedure whose terms nobody can keep, or one act with two terms of
// which one may be kept and the other missed.
#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "solver/checks/plans.h"
#include "solver/checks/procedure_check.h"
#include "solver/checks/questions.h"
#include "solver/checks/term_choices.h"
#include "solver/checks/term_replay.h"
#include "solver/checks/wording.h"

namespace cotejo::checks {

using base::Text;
using BoundKind = rules::Milestone::Bound;
using rules::Milestone;

namespace {

constexpr const char* kCode = "plazos-incompatibles";
// Entries up to which every smallest set of them is looked for.
constexpr std::size_t kMostForAllSets = 12;

struct Moment {
  const Office* office = nullptr;
  Minute time = 0;
};

class IncompatibleCheck : private ProcedureCheck {
 public:
  using ProcedureCheck::ProcedureCheck;

  void Run() {
    const std::size_t before = report_.findings.size();
    if (!Countable(kCode)) return;
    const bool possible = LookForImpossible();
    if (possible) LookForTwoTerms();
    const bool found = report_.findings.size() > before;
    const bool undecided = !found && (looked_ == 0 || disagreed_);
    RecordTime(report_, kCode, procedure_.name,
               found       ? base::Verdict::Refuted
               : undecided ? base::Verdict::Unknown
                           : base::Verdict::Proved,
               offices_.Bounds(rhythm_),
               !undecided   ? Text{}
               : disagreed_ ? Text{"las dos cuentas de las fechas no coinciden",
                                   "the two counts of the dates disagree"}
                            : Text{"los plazos salen del calendario conocido",
                                   "the terms leave the known calendar"});
  }

 private:
  [[nodiscard]] std::vector<Given> StartingAt(Minute time) const {
    std::vector<Given> given;
    for (const int start : starts_) given.push_back({start, time});
    return given;
  }

  // ---- Nobody can keep them ------------------------------------------------------

  bool LookForImpossible() {
    const Network network(terms_.events.size(), terms_.limits);
    int impossible = 0;
    Moment first;
    ForEachStart(offices_, rhythm_, terms_.limits, [&](const Office& office, Minute time) {
      const Fit fit = network.Earliest(office, StartingAt(time)).fit;
      if (fit == Fit::Unknown) return true;
      ++looked_;
      if (fit == Fit::No && impossible++ == 0) first = {&office, time};
      return true;
    });
    if (impossible == 0) return true;
    const auto sets = SmallestSets(first);
    std::vector<Limit> limits = Only(sets.front());
    const auto given = StartingAt(first.time);
    const Stepper stepper(rules_, *first.office);
    const TermChoices choices =
        FindChoices(*first.office, terms_.events.size(), limits, {}, given,
                    SolverOptions(context_, ScriptName("imposible")), ScriptName("imposible"));
    RecordChoices(ScriptName("imposible"), choices, base::Verdict::Proved);
    if (!stepper.Impossible(terms_.events.size(), limits, given) ||
        choices.outcome.answer == smt::Answer::Sat) {
      disagreed_ = true;
      return false;
    }
    ReportImpossible(first, impossible, sets);
    return false;
  }

  [[nodiscard]] std::vector<Limit> Only(const std::set<int>& entries) const {
    std::vector<Limit> limits;
    for (const Limit& limit : terms_.limits) {
      if (entries.contains(limit.milestone)) limits.push_back(limit);
    }
    return limits;
  }

  [[nodiscard]] bool Impossible(const std::set<int>& entries, const Moment& moment) const {
    return Network(terms_.events.size(), Only(entries))
               .Earliest(*moment.office, StartingAt(moment.time))
               .fit == Fit::No;
  }

  // The smallest sets of entries that cannot be kept at that moment: all, or one when many.
  [[nodiscard]] std::vector<std::set<int>> SmallestSets(const Moment& moment) const {
    std::set<int> all;
    for (const Limit& limit : terms_.limits) all.insert(limit.milestone);
    std::vector<std::set<int>> sets;
    if (all.size() <= kMostForAllSets) {
      const std::vector<int> entries(all.begin(), all.end());
      std::vector<std::pair<int, std::uint32_t>> subsets;  // fewest entries first
      for (std::uint32_t bits = 1; bits < (1U << entries.size()); ++bits) {
        subsets.emplace_back(__builtin_popcount(bits), bits);
      }
      std::sort(subsets.begin(), subsets.end());
      for (const auto& [size, bits] : subsets) {
        std::set<int> subset;
        for (std::size_t e = 0; e < entries.size(); ++e) {
          if ((bits >> e & 1U) != 0) subset.insert(entries[e]);
        }
        const bool larger = std::any_of(sets.begin(), sets.end(), [&](const std::set<int>& set) {
          return std::includes(subset.begin(), subset.end(), set.begin(), set.end());
        });
        if (!larger && Impossible(subset, moment)) sets.push_back(std::move(subset));
      }
      return sets;
    }
    const std::set<int> whole = all;
    for (const int entry : whole) {
      all.erase(entry);
      if (!Impossible(all, moment)) all.insert(entry);
    }
    return {all};
  }

  void ReportImpossible(const Moment& moment, int impossible,
                        const std::vector<std::set<int>>& sets) {
    base::Finding finding = Start("imposible");
    finding.severity = base::FindingSeverity::Error;
    for (const std::set<int>& set : sets) {
      auto& conditions = finding.conditions.emplace_back();
      for (const int entry : set) {
        const Milestone& milestone = procedure_.milestones[static_cast<std::size_t>(entry)];
        conditions.push_back({milestone.citation, DescribeMilestone(milestone)});
        finding.articles.push_back(milestone.citation);
      }
    }
    finding.articles = Unique(std::move(finding.articles));
    finding.all_sets = sets.size() > 1 || sets.front().size() <= kMostForAllSets;
    const std::string name = Spaced(procedure_.name);
    const std::string cited = base::JoinCitations(finding.articles);
    finding.title = {
        "nadie puede cumplir a la vez los plazos del trámite " + name + " (" + cited + ")",
        "nobody can keep all the terms of the procedure " + name + " (" + cited + ")"};
    const Text when = DescribeTime(moment.time);
    const std::string of = std::to_string(impossible) + " de " + std::to_string(looked_);
    const std::string out_of = std::to_string(impossible) + " of " + std::to_string(looked_);
    finding.explanation = {
        "si empieza el " + when.es +
            ", ninguna asignación de fechas cumple a la vez lo que piden " + cited +
            "; ocurre en " + of +
            " comienzos mirados. El testigo cumple todos menos uno, que vence",
        "if it begins on " + when.en + ", no assignment of dates keeps all that " + cited +
            " ask; so it is in " + out_of +
            " of the beginnings looked at. The witness keeps all but one, which is missed"};
    finding.witness = AllButOne(moment, sets.front());
    report_.findings.push_back(std::move(finding));
  }

  // A story that keeps the others and misses the last term that has an end.
  [[nodiscard]] base::Witness AllButOne(const Moment& moment, std::set<int> set) const {
    int missed = *set.rbegin();
    for (const int entry : set) {
      const auto bound = procedure_.milestones[static_cast<std::size_t>(entry)].bound;
      if (bound != BoundKind::AtLeast) missed = entry;
    }
    set.erase(missed);
    const Network rest(terms_.events.size(), Only(set));
    const Times story = rest.Story(*moment.office, StartingAt(moment.time));
    StoryTeller teller(rules_, procedure_);
    const Stepper stepper(rules_, *moment.office);
    bool agreed = story.fit == Fit::Yes && stepper.Keeps(rest.limits(), story);
    if (story.fit == Fit::Yes) {
      TellEvents(story, Behind(terms_, terms_.limits), teller);
      set.insert(missed);
      for (const int entry : set) {
        const Milestone& milestone = procedure_.milestones[static_cast<std::size_t>(entry)];
        const auto since = story.at[static_cast<std::size_t>(terms_.Event(milestone.since))];
        if (!since) continue;
        const auto end = Bound(*moment.office, milestone.bound, milestone.term, *since);
        agreed &= end && *end == stepper.Bound(milestone.bound, milestone.term, *since);
        if (end) teller.Ends(*end, milestone, entry != missed);
      }
    }
    return teller.Tell(*moment.office, agreed);
  }

  void TellEvents(const Times& story, const std::set<int>& events, StoryTeller& teller) const {
    for (const int event : events) {
      if (!story.at[static_cast<std::size_t>(event)]) continue;
      teller.Happens(*story.at[static_cast<std::size_t>(event)],
                     terms_.events[static_cast<std::size_t>(event)]);
    }
  }

  // ---- One act with two terms ----------------------------------------------------

  // Entries of one milestone that end alike: the same term from the same event.
  struct Alternative {
    Limit limit;
    std::vector<int> entries;
  };

  [[nodiscard]] std::vector<Alternative> AlternativesOf(int event) const {
    std::vector<Alternative> alternatives;
    for (const Limit& limit : terms_.limits) {
      if (limit.event != event || !limit.upper) continue;
      const auto same =
          std::find_if(alternatives.begin(), alternatives.end(), [&](const Alternative& other) {
            return other.limit.since == limit.since && other.limit.bound == limit.bound &&
                   other.limit.term.unit == limit.term.unit &&
                   other.limit.term.amount == limit.term.amount;
          });
      if (same != alternatives.end()) {
        same->entries.push_back(limit.milestone);
      } else {
        alternatives.push_back({limit, {limit.milestone}});
      }
    }
    return alternatives;
  }

  [[nodiscard]] std::vector<base::Citation> ArticlesOf(const Alternative& alternative) const {
    std::vector<base::Citation> articles;
    for (const int entry : alternative.entries) {
      articles.push_back(procedure_.milestones[static_cast<std::size_t>(entry)].citation);
    }
    return Unique(std::move(articles));
  }

  // A provision that gives both terms says itself how they go together.
  [[nodiscard]] bool OneSaysBoth(const Alternative& a, const Alternative& b) const {
    const auto first = ArticlesOf(a);
    const auto second = ArticlesOf(b);
    return std::includes(first.begin(), first.end(), second.begin(), second.end()) ||
           std::includes(second.begin(), second.end(), first.begin(), first.end());
  }

  void LookForTwoTerms() {
    for (std::size_t event = 0; event < terms_.events.size(); ++event) {
      const auto alternatives = AlternativesOf(static_cast<int>(event));
      if (alternatives.size() < 2) continue;
      std::vector<Limit> kept;
      for (const Limit& limit : terms_.limits) {
        if (limit.event != static_cast<int>(event) || !limit.upper) kept.push_back(limit);
      }
      std::set<std::pair<std::size_t, std::size_t>> apart;  // kept, missed
      for (std::size_t a = 0; a < alternatives.size(); ++a) {
        for (std::size_t b = a + 1; b < alternatives.size(); ++b) {
          if (OneSaysBoth(alternatives[a], alternatives[b])) continue;
          LookAtPair(kept, alternatives, a, b, apart);
        }
      }
      AskForChoices(static_cast<int>(event), kept, alternatives, apart);
    }
  }

  struct Apart {
    Moment moment;
    std::vector<Limit> limits;
  };

  // The first moment at which the first alternative can be kept and the second missed.
  [[nodiscard]] std::optional<Apart> KeepAndMiss(const std::vector<Limit>& kept, const Limit& keep,
                                                 const Limit& miss) const {
    Apart apart;
    apart.limits = kept;
    apart.limits.push_back(keep);
    Limit breach = miss;
    breach.upper = false;
    breach.plus = 1;
    apart.limits.push_back(breach);
    const Network network(terms_.events.size(), apart.limits);
    ForEachStart(offices_, rhythm_, apart.limits, [&](const Office& office, Minute time) {
      if (network.Earliest(office, StartingAt(time)).fit == Fit::Yes)
        apart.moment = {&office, time};
      return apart.moment.office == nullptr;
    });
    return apart.moment.office != nullptr ? std::optional<Apart>(apart) : std::nullopt;
  }

  void LookAtPair(const std::vector<Limit>& kept, const std::vector<Alternative>& alternatives,
                  std::size_t a, std::size_t b,
                  std::set<std::pair<std::size_t, std::size_t>>& apart) {
    for (const auto& [keep, miss] : {std::pair{a, b}, std::pair{b, a}}) {
      const auto found = KeepAndMiss(kept, alternatives[keep].limit, alternatives[miss].limit);
      if (!found) continue;
      apart.insert({keep, miss});
      // Once for two provisions, however many ways there are to count from them.
      if (reported_
              .insert({alternatives[keep].limit.event,
                       ArticlesOf(alternatives[std::min(keep, miss)]),
                       ArticlesOf(alternatives[std::max(keep, miss)])})
              .second)
        ReportPair(*found, alternatives[keep], alternatives[miss]);
    }
  }

  void ReportPair(const Apart& apart, const Alternative& keep, const Alternative& miss) {
    const Office& office = *apart.moment.office;
    const Network network(terms_.events.size(), apart.limits);
    const Times story = network.Story(office, StartingAt(apart.moment.time));
    const Stepper stepper(rules_, office);
    if (story.fit != Fit::Yes || !stepper.Keeps(apart.limits, story)) {
      disagreed_ = true;
      return;
    }
    const Milestone& kept = Entry(keep.limit);
    const Milestone& missed = Entry(miss.limit);
    base::Finding finding =
        Start(kept.name + "|" + DescribeBound(kept).es + "|" + DescribeBound(missed).es);
    for (const Alternative* side : {&keep, &miss}) {
      for (const base::Citation& article : ArticlesOf(*side)) finding.articles.push_back(article);
    }
    finding.articles = Unique(std::move(finding.articles));
    Settle(ArticlesOf(keep), ArticlesOf(miss), finding);
    const std::string name = Spaced(kept.name);
    const std::string cites_kept = base::JoinCitations(ArticlesOf(keep));
    const std::string cites_missed = base::JoinCitations(ArticlesOf(miss));
    const Text first = DescribeBound(kept);
    const Text second = DescribeBound(missed);
    finding.title = {"«" + name + "» tiene dos plazos: " + first.es + " (" + cites_kept + ") y " +
                         second.es + " (" + cites_missed + ")",
                     "'" + name + "' has two terms: " + first.en + " (" + cites_kept + ") and " +
                         second.en + " (" + cites_missed + ")"};
    const auto done = story.at[static_cast<std::size_t>(keep.limit.event)];
    const Text when = DescribeTime(*done);
    finding.explanation = {
        "quien lo hace el " + when.es + " cumple " + cites_kept + " y ha dejado vencer " +
            cites_missed + ", y ninguna de las dos disposiciones dice cuál de los plazos rige",
        "whoever does it on " + when.en + " keeps " + cites_kept + " and has missed " +
            cites_missed + ", and neither provision says which of the terms holds"};
    if (!finding.resolution.empty()) {
      finding.explanation = {"quien lo hace el " + when.es + " cumple " + cites_kept +
                                 " y ha dejado vencer " + cites_missed,
                             "whoever does it on " + when.en + " keeps " + cites_kept +
                                 " and has missed " + cites_missed};
    }
    const Text supposed = DescribeSuppositions(procedure_, {&kept, &missed});
    finding.explanation.es += supposed.es;
    finding.explanation.en += supposed.en;
    finding.conditions = {
        {{kept.citation, DescribeMilestone(kept)}, {missed.citation, DescribeMilestone(missed)}}};
    finding.all_sets = true;
    StoryTeller teller(rules_, procedure_);
    TellEvents(story, Behind(terms_, {keep.limit, miss.limit}), teller);
    for (const Alternative* side : {&keep, &miss}) {
      const auto since = story.at[static_cast<std::size_t>(side->limit.since)];
      const Minute end = *Bound(office, side->limit.bound, side->limit.term, *since);
      for (const int entry : side->entries) {
        teller.Ends(end, procedure_.milestones[static_cast<std::size_t>(entry)], side == &keep);
      }
    }
    finding.witness = teller.Tell(office, true);
    report_.findings.push_back(std::move(finding));
  }

  // Whether the order between norms says which of the two holds.
  void Settle(const std::vector<base::Citation>& a, const std::vector<base::Citation>& b,
              base::Finding& finding) const {
    finding.severity = base::FindingSeverity::Error;
    const auto over = [&](const base::Citation& winner, const base::Citation& loser) {
      return Prevails(rules_, winner, loser) != rules::Precedence::None;
    };
    for (const auto& [winners, losers] : {std::pair{a, b}, std::pair{b, a}}) {
      for (const base::Citation& winner : winners) {
        const bool first = std::none_of(winners.begin(), winners.end(),
                                        [&](const auto& other) { return over(other, winner); });
        const bool all = std::all_of(losers.begin(), losers.end(),
                                     [&](const auto& loser) { return over(winner, loser); });
        if (!first || !all) continue;
        const Text reason = DescribePrecedence(Prevails(rules_, winner, losers.front()));
        finding.resolution = {"prevalece " + winner.str() + ": " + reason.es,
                              winner.str() + " prevails: " + reason.en};
        finding.severity = base::FindingSeverity::Information;
        return;
      }
    }
  }

  // Z3 chooses which alternatives are kept; what it says of each pair must be what was found.
  void AskForChoices(int event, const std::vector<Limit>& kept,
                     const std::vector<Alternative>& alternatives,
                     const std::set<std::pair<std::size_t, std::size_t>>& apart) {
    std::vector<Limit> limits;
    for (const Alternative& alternative : alternatives) limits.push_back(alternative.limit);
    Moment moment;
    ForEachTime(offices_, rhythm_, [&](const Office& office, Minute time) {
      moment = {&office, time};
      return false;
    });
    if (moment.office == nullptr) return;
    const std::string name = ScriptName(terms_.events[static_cast<std::size_t>(event)]);
    const auto given = StartingAt(moment.time);
    const TermChoices choices = FindChoices(*moment.office, terms_.events.size(), kept, limits,
                                            given, SolverOptions(context_, name), name);
    bool split = false;
    bool agreed = true;
    for (std::size_t a = 0; a < limits.size(); ++a) {
      for (std::size_t b = 0; b < limits.size(); ++b) {
        if (a == b) continue;
        const bool chosen = std::any_of(choices.all.begin(), choices.all.end(),
                                        [&](const auto& c) { return c[a] && !c[b]; });
        split |= chosen;
        std::vector<Limit> all = kept;
        all.push_back(limits[a]);
        all.push_back(limits[b]);
        all.back().upper = false;
        all.back().plus = 1;
        const Fit fit = Network(terms_.events.size(), all).Earliest(*moment.office, given).fit;
        agreed &= fit == Fit::Unknown || (fit == Fit::Yes) == chosen;
        agreed &=
            !chosen || apart.contains({a, b}) || OneSaysBoth(alternatives[a], alternatives[b]);
      }
    }
    if (choices.outcome.answer == smt::Answer::Unsat && !agreed) disagreed_ = true;
    RecordChoices(name, choices, split ? base::Verdict::Refuted : base::Verdict::Proved);
  }

  // ---- Records -------------------------------------------------------------------

  [[nodiscard]] std::string ScriptName(const std::string& what) const {
    return std::string(kCode) + "/" + procedure_.name + "/" + what;
  }

  void RecordChoices(const std::string& name, const TermChoices& choices, base::Verdict verdict) {
    base::QueryRecord record;
    record.name = name;
    record.check = kCode;
    record.engine = "z3";
    const bool decided = choices.outcome.answer == smt::Answer::Unsat && !disagreed_;
    record.verdict = decided ? verdict : base::Verdict::Unknown;
    record.reason = decided                          ? Text{}
                    : choices.outcome.reason.empty() ? Text{"z3 y el grafo de plazos no coinciden",
                                                            "z3 and the graph of terms disagree"}
                                                     : choices.outcome.reason;
    record.bounds = {"el primer comienzo mirado", "the first beginning looked at"};
    record.evidence = decided ? base::Evidence::Enumerated : base::Evidence::None;
    report_.queries.push_back(std::move(record));
  }

  [[nodiscard]] base::Finding Start(const std::string& key) const {
    base::Finding finding;
    finding.code = kCode;
    finding.id = FindingId(kCode, procedure_.name + "|" + key);
    const std::string name = Spaced(procedure_.name);
    finding.region = {{"trámite " + name, "procedure " + name}};
    finding.reading = DescribeReading(rules_);
    finding.bounds = BoundsOf(offices_, rhythm_);
    finding.evidence = base::Evidence::Enumerated;
    return finding;
  }

  std::set<std::tuple<int, std::vector<base::Citation>, std::vector<base::Citation>>> reported_;
  int looked_ = 0;
  bool disagreed_ = false;
};

}  // namespace

void PlanIncompatibleTerms(const CheckContext& context, std::vector<Task>& tasks) {
  PlanForProcedures<IncompatibleCheck>(context, kCode, tasks);
  PlanTermsOfRules(context, tasks);
}

}  // namespace cotejo::checks
