#include "scenarios/exposure/look_for.h"

#include <algorithm>

#include "model/evaluation/witness.h"
#include "scenarios/exposure/codes.h"

namespace cotejo::exposure {
namespace {

using base::Citation;
using base::Text;
using rules::ConsequenceKind;
using rules::RuleId;

const Text kNoCase = {"no hay un caso repetido del que contar los parecidos",
                      "there is no replayed case to count the likes of"};
const Text kNotSeen = {
    "su testigo no muestra lo que se contaría, bajo la lectura con que se simula",
    "its witness does not show what would be counted, under the reading that is simulated"};
const Text kNoEffect = {"leer del otro modo no cambia nada de lo codificado",
                        "reading it the other way changes nothing of what is encoded"};
const Text kLong = {"su testigo dura más de una gestión, y se simula una",
                    "its witness lasts more than one year, and one is simulated"};
const Text kNoBeginning = {"el plazo no lo abre ningún hecho ni lo da ninguna regla",
                           "no fact opens the term and no rule gives it"};
const Text kNothing = {"el caso no recibe nada por lo que reconocerlo",
                       "the case receives nothing to tell it by"};

bool Has(const rules::Rule& rule, ConsequenceKind kind) {
  return std::any_of(rule.consequences.begin(), rule.consequences.end(),
                     [&](const rules::Consequence& c) { return c.kind == kind; });
}

class Seeker {
 public:
  Seeker(const rules::Ruleset& rules, const rules::Families& families, const Terms& terms,
         const year::Procedures& procedures, const base::Finding& finding)
      : rules_(rules),
        families_(families),
        terms_(terms),
        procedures_(procedures),
        finding_(finding) {}

  Plan Look() {
    const CodeEntry* entry = EntryOf(finding_.code);
    if (entry == nullptr) return Without(kNoCase);
    if (entry->way == Way::NotMeasured) return Without(entry->text);
    if (entry->way == Way::Term) return Term(*entry);
    if (entry->way == Way::Reading)
      return finding_.counterpart ? Plan{{}, {}, entry->text, {}} : Without(kNoEffect);
    const base::Witness* witness = &finding_.witness;
    if (entry->way == Way::OfOther)
      witness = finding_.counterpart ? &*finding_.counterpart : nullptr;
    if (witness == nullptr || !Replay(*witness)) return Without(kNoCase);
    const bool answers = entry->way == Way::OfOther || entry->way == Way::OfWitness;
    if (answers && Years() > 1) return Without(kLong);
    plan_.sight = SightOf(entry->way);
    if (!plan_.sight) return Without(answers ? kNothing : kNotSeen);
    if (!Met(*plan_.sight, rules_, lived_)) return Without(kNotSeen);
    plan_.counted = entry->text;
    plan_.facts = history_.facts;
    return plan_;
  }

 private:
  static Plan Without(const Text& why_not) { return {{}, {}, {}, why_not}; }

  // Its witness is a calendar, and not a history: there is nothing to replay.
  Plan Term(const CodeEntry& entry) const {
    Begun begun;
    for (const rules::Procedure& procedure : rules_.procedures) {
      if (Cites(procedure)) AddBeginning(procedure, begun);
    }
    for (std::size_t r = 0; begun.empty() && r < rules_.rules.size(); ++r) {
      if (GivesTerm(rules_.rules[r])) begun.rules.insert(RuleId(static_cast<std::int64_t>(r)));
    }
    return begun.empty() ? Without(kNoBeginning) : Plan{begun, {}, entry.text, {}};
  }

  // Of one that the year lives, what begins it there; else the rules of the finding's articles that
  // give a term to what opens it, or whatever opens it when there is none.
  void AddBeginning(const rules::Procedure& procedure, Begun& begun) const {
    const std::size_t before = begun.rules.size();
    const auto opens = rules_.FindFactKind(procedure.milestones.front().name);
    const auto lived = LivedPlace(procedure);
    const auto begins = [&](std::size_t r) {
      const auto& all = procedures_.begun_by(r);
      return std::find(all.begin(), all.end(), *lived) != all.end();
    };
    for (std::size_t r = 0; r < rules_.rules.size(); ++r) {
      const rules::Rule& rule = rules_.rules[r];
      if (lived ? begins(r) : rule.subject.kind == opens && GivesTerm(rule))
        begun.rules.insert(RuleId(static_cast<std::int64_t>(r)));
    }
    if (begun.rules.size() == before && !lived && opens.valid()) begun.kinds.insert(opens);
  }

  [[nodiscard]] std::optional<std::uint8_t> LivedPlace(const rules::Procedure& procedure) const {
    for (std::size_t p = 0; p < procedures_.all().size(); ++p) {
      if (procedures_.all()[p].name == procedure.name) return static_cast<std::uint8_t>(p);
    }
    return std::nullopt;
  }

  [[nodiscard]] bool GivesTerm(const rules::Rule& rule) const {
    return Cited(rule.citation) &&
           std::any_of(rule.consequences.begin(), rule.consequences.end(),
                       [](const rules::Consequence& c) { return c.term.has_value(); });
  }

  [[nodiscard]] bool Cited(const Citation& citation) const {
    const auto& articles = finding_.articles;
    return std::find(articles.begin(), articles.end(), citation) != articles.end();
  }

  // One of its milestones is of an article of the finding.
  [[nodiscard]] bool Cites(const rules::Procedure& procedure) const {
    return std::any_of(
        procedure.milestones.begin(), procedure.milestones.end(),
        [&](const rules::Milestone& milestone) {
          return Cited(milestone.citation.empty() ? procedure.citation : milestone.citation);
        });
  }

  bool Replay(const base::Witness& witness) {
    if (witness.csv.empty() || !witness.replayed) return false;
    auto history = evaluation::ParseHistory(rules_, witness.csv);
    if (!history) history = Uneventful(witness);
    if (!history) return false;
    history_ = *history;
    result_ = evaluation::Evaluate(rules_, families_, history_);
    lived_ = FromInterpreter(rules_, terms_, history_, result_);
    return true;
  }

  // Only what comes round by itself happens to somebody with no more than what is initially so: the
  // CSV is a heading, and has no date to take the horizon from.
  [[nodiscard]] std::optional<evaluation::History> Uneventful(const base::Witness& witness) const {
    if (witness.facts.empty() || witness.csv.find('\n') + 1 < witness.csv.size())
      return std::nullopt;
    const int year = witness.facts.front().date.year();
    evaluation::History history;
    history.from = base::Date(year, 1, 1);
    history.to = base::Date(year, 12, 31);
    history.attributes.resize(rules_.attributes.size());
    return history;
  }

  [[nodiscard]] int Years() const {
    std::set<int> years;
    for (const evaluation::Fact& fact : history_.facts) years.insert(fact.date.year());
    return static_cast<int>(years.size());
  }

  std::optional<Sight> SightOf(Way way) {
    switch (way) {
      case Way::Clash:
        return Clash();
      case Way::Settled:
        return Settled();
      case Way::Twice:
      case Way::Classes:
        return OneFact(way == Way::Classes);
      case Way::Gap:
        return Gap();
      case Way::Same:
        return Same();
      case Way::NoProcess:
        return NoProcess();
      case Way::Cap:
        return Cap();
      case Way::Unit:
        return Unit();
      case Way::OfWitness:
      case Way::OfOther:
        return Received();
      case Way::Reading:
      case Way::Term:
      case Way::NotMeasured:
        break;
    }
    return std::nullopt;
  }

  [[nodiscard]] const rules::Rule& RuleOf(const LivedRule& lived) const {
    return rules_.rule(lived.rule);
  }
  [[nodiscard]] bool OfFinding(const Citation& citation) const {
    return std::find(finding_.articles.begin(), finding_.articles.end(), citation) !=
           finding_.articles.end();
  }
  [[nodiscard]] bool OfFinding(const LivedRule& lived) const {
    return OfFinding(RuleOf(lived).citation);
  }

  template <typename Is>
  [[nodiscard]] RuleSet Where(const Is& is) const {
    RuleSet set;
    for (std::size_t r = 0; r < rules_.rules.size(); ++r) {
      if (is(rules_.rules[r])) set.insert(RuleId(static_cast<std::int64_t>(r)));
    }
    return set;
  }

  // The rows of one provision about one subject: a finding is about all of them.
  [[nodiscard]] RuleSet Like(const LivedRule& lived) const {
    const rules::Rule& one = RuleOf(lived);
    return Where([&](const rules::Rule& rule) {
      return rule.citation == one.citation && rule.subject == one.subject;
    });
  }

  std::optional<Sight> Clash() const {
    Meeting meeting;
    for (const auto& [a, b] : lived_.conflicts) {
      const LivedRule& first = lived_.rules[a];
      const LivedRule& second = lived_.rules[b];
      if (OfFinding(first) && OfFinding(second))
        meeting.sides.emplace_back(Like(first), Like(second));
    }
    if (meeting.sides.empty()) return std::nullopt;
    return meeting;
  }

  std::optional<Sight> Settled() const {
    Meeting meeting{Meeting::Bond::Prevails, {}};
    for (const evaluation::Application& loser : result_.applications) {
      if (loser.defeated_by < 0) continue;
      const rules::Rule& winner =
          rules_.rule(result_.applications[static_cast<std::size_t>(loser.defeated_by)].rule);
      if (!OfFinding(winner.citation) || !OfFinding(rules_.rule(loser.rule).citation)) continue;
      const auto wins = [&](const rules::Rule& rule) { return rule.citation == winner.citation; };
      meeting.sides.emplace_back(Where(wins), Where([&](const rules::Rule& rule) {
                                   return OfFinding(rule.citation) && !wins(rule);
                                 }));
    }
    if (meeting.sides.empty()) return std::nullopt;
    return meeting;
  }

  // The rules of the finding about what `lived` judges; of its class only, when that is the point.
  [[nodiscard]] RuleSet Beside(const LivedRule& lived, bool classes) const {
    const rules::Rule& one = RuleOf(lived);
    return Where([&](const rules::Rule& rule) {
      return OfFinding(rule.citation) && rule.subject == one.subject && OrdersSanction(rule) &&
             (!classes || rule.fault == one.fault);
    });
  }

  std::optional<Sight> OneFact(bool classes) const {
    Meeting meeting{Meeting::Bond::OneFact, {}};
    for (std::size_t i = 0; i < lived_.rules.size(); ++i) {
      for (std::size_t j = i + 1; j < lived_.rules.size(); ++j) {
        const LivedRule& a = lived_.rules[i];
        const LivedRule& b = lived_.rules[j];
        if (!a.stands || !b.stands || !OfFinding(a) || !OfFinding(b)) continue;
        if (!OrdersSanction(RuleOf(a)) || !OrdersSanction(RuleOf(b))) continue;
        const bool counts = classes ? RuleOf(a).fault != RuleOf(b).fault : a.subject != b.subject;
        if (counts && (a.subject == b.subject || Overlap(a, b)))
          meeting.sides.emplace_back(Beside(a, classes), Beside(b, classes));
      }
    }
    if (meeting.sides.empty()) return std::nullopt;
    return meeting;
  }

  static bool Overlap(const LivedRule& a, const LivedRule& b) {
    return std::find_first_of(a.facts.begin(), a.facts.end(), b.facts.begin(), b.facts.end()) !=
           a.facts.end();
  }

  // Between which rows the case is: every condition of a row, met or not. Both ends of a range
  // count apart: below a row and above it are not the same place.
  [[nodiscard]] Uncovered Between(const LivedGap& gap) const {
    const rules::Family family = FamilyOf(gap);
    Uncovered uncovered{family.coverages.front().scales, {}};
    const auto add = [&](const rules::Atom& atom) {
      uncovered.atoms.emplace_back(atom, Holds(atom, gap.terms));
    };
    for (const rules::ExpandedRule& rule : family.rules) {
      if (!rule.through.empty()) continue;
      for (const rules::Box& box : rule.boxes) {
        for (const rules::Atom& atom : box.atoms) {
          rules::Atom half = atom;
          if (atom.low && atom.high) {
            half.high.reset();
            add(half);
            half = atom;
            half.low.reset();
          }
          add(half);
        }
      }
    }
    return uncovered;
  }

  // What could have answered it.
  [[nodiscard]] rules::Family FamilyOf(const LivedGap& gap) const {
    const auto family =
        std::find_if(families_.families.begin(), families_.families.end(),
                     [&](const auto& candidate) { return candidate.Promises(gap.scale); });
    const auto coverage =
        std::find_if(family->coverages.begin(), family->coverages.end(),
                     [&](const auto& candidate) { return candidate.Has(gap.scale); });
    return family->Only(*coverage);
  }

  std::optional<Sight> Gap() const {
    for (auto gap = lived_.gaps.rbegin(); gap != lived_.gaps.rend(); ++gap) {
      const rules::Coverage coverage = FamilyOf(*gap).coverages.front();
      const bool told = std::any_of(
          finding_.witness.answers.begin(), finding_.witness.answers.end(),
          [&](const auto& answer) { return coverage.IsAnsweredBy(Named(answer.rule)); });
      if (told) return Between(*gap);
    }
    return std::nullopt;
  }

  [[nodiscard]] RuleId Named(const std::string& name) const {
    for (std::size_t r = 0; r < rules_.rules.size(); ++r) {
      if (rules_.rules[r].name == name) return RuleId(static_cast<std::int64_t>(r));
    }
    return {};
  }

  // Of the things judged, the one to which most of its rules apply.
  std::optional<Sight> Same() const {
    std::map<int, RuleSet> by_subject;
    for (const LivedRule& lived : lived_.rules) {
      if (OfFinding(lived)) by_subject[lived.subject].insert(lived.rule);
    }
    const auto most = std::max_element(
        by_subject.begin(), by_subject.end(),
        [](const auto& a, const auto& b) { return a.second.size() < b.second.size(); });
    if (most == by_subject.end()) return std::nullopt;
    return Together{most->second};
  }

  std::optional<Sight> NoProcess() const {
    const auto processes =
        Where([](const rules::Rule& rule) { return Has(rule, ConsequenceKind::Process); });
    for (const rules::ProcessRequirement& asks : rules_.process_requirements) {
      if (!OfFinding(asks.citation)) continue;
      Unprocessed sight{Where([&](const rules::Rule& rule) {
                          return OfFinding(rule.citation) && OrdersSanction(rule) &&
                                 !Has(rule, ConsequenceKind::Process) && Reaches(asks, rule);
                        }),
                        processes};
      if (Met(sight, rules_, lived_)) return sight;
    }
    return std::nullopt;
  }

  static bool Reaches(const rules::ProcessRequirement& asks, const rules::Rule& rule) {
    return std::find(asks.faults.begin(), asks.faults.end(), rule.fault) != asks.faults.end() ||
           std::any_of(asks.consequences.begin(), asks.consequences.end(),
                       [&](ConsequenceKind kind) { return Has(rule, kind); });
  }

  std::optional<Sight> Cap() const {
    Excess excess;
    excess.deductions =
        Where([](const rules::Rule& rule) { return Has(rule, ConsequenceKind::PayDeduction); });
    base::Date end;
    for (const LivedRule& lived : lived_.rules) {
      const rules::Rule& rule = RuleOf(lived);
      if (!OfFinding(lived) || !lived.stands || !rules_.kind(rule.subject.kind).is_sanction)
        continue;
      excess.cap = lived.rule;
      end = lived.date;
    }
    if (!excess.cap.valid()) return std::nullopt;
    // The finding also cites what was sanctioned before, which is not of the sum.
    excess.articles = ArticlesOf(rules_, DeductedBy(excess, rules_, lived_, end));
    if (Met(excess, rules_, lived_)) return excess;
    for (const LivedRule& lived : lived_.rules) {
      Excess alone{excess.cap, excess.deductions, lived.rule, {}};
      if (OfFinding(lived) && Met(alone, rules_, lived_)) return alone;
    }
    return std::nullopt;
  }

  std::optional<Sight> Unit() const {
    for (const base::WitnessAnswer& answer : finding_.witness.answers) {
      const RuleId rule = Named(answer.rule);
      if (!rule.valid()) continue;
      const auto& consequences = rules_.rule(rule).consequences;
      for (const rules::LeastUnit& unit : rules_.units) {
        for (std::size_t c = 0; c < consequences.size(); ++c) {
          const Misfit misfit{rule, c, unit.step};
          if (OfFinding(unit.citation) && consequences[c].kind == ConsequenceKind::Entitlement &&
              base::Fold(consequences[c].thing) == base::Fold(unit.thing) &&
              Met(misfit, rules_, lived_))
            return misfit;
        }
      }
    }
    return std::nullopt;
  }

  std::optional<Sight> Received() const {
    Answers answers;
    for (const LivedRule& lived : lived_.rules) {
      if (lived.stands && OrdersSanction(RuleOf(lived))) answers.rules.insert(lived.rule);
    }
    for (const LivedGap& gap : lived_.gaps) answers.gaps.push_back(Between(gap));
    if (answers.rules.empty() && answers.gaps.empty()) return std::nullopt;
    return answers;
  }

  const rules::Ruleset& rules_;
  const rules::Families& families_;
  const Terms& terms_;
  const year::Procedures& procedures_;
  const base::Finding& finding_;
  Plan plan_;
  evaluation::History history_;
  evaluation::Result result_;
  Lived lived_;
};

}  // namespace

Plan LookFor(const rules::Ruleset& rules, const rules::Families& families, const Terms& terms,
             const year::Procedures& procedures, const base::Finding& finding) {
  return Seeker(rules, families, terms, procedures, finding).Look();
}

}  // namespace cotejo::exposure
