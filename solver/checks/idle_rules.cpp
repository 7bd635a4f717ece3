// Rules that do nothing: dead (they apply in no history), masked (they apply and never stand)
// and redundant (without them nothing would change).
//
// A rule that some case of the regulation shows at work needs no more asking; of the others,
// what the boxes leave without a value is dead, and the rest is put to the solver. A rule
// judges several families when its subject can be derived: it is idle when it is in all.
#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "model/rules/terms.h"
#include "solver/checks/box_history.h"
#include "solver/checks/case_evidence.h"
#include "solver/checks/clashes.h"
#include "solver/checks/plans.h"
#include "solver/checks/questions.h"
#include "solver/checks/statements.h"
#include "solver/checks/sweep.h"
#include "solver/checks/wording.h"

namespace cotejo::checks {

using base::Evidence;
using base::Text;
using base::Verdict;

namespace {

constexpr const char* kDead = "regla-muerta";
constexpr const char* kMasked = "regla-que-no-decide";
constexpr const char* kRedundant = "regla-redundante";

// The rules on one subject, and every family they judge.
struct Group {
  rules::Subject subject;
  std::vector<rules::RuleId> rules;
  std::vector<const rules::Family*> families;
};

std::vector<Group> GroupsOf(const CheckContext& context) {
  std::map<rules::Subject, Group> groups;
  for (std::size_t i = 0; i < context.rules.rules.size(); ++i) {
    const rules::RuleId id(static_cast<std::int64_t>(i));
    Group& group = groups[context.rules.rule(id).subject];
    group.subject = context.rules.rule(id).subject;
    group.rules.push_back(id);
  }
  for (const rules::Family& family : context.families.families) {
    std::set<rules::Subject> subjects;
    for (const rules::ExpandedRule& rule : family.rules) {
      subjects.insert(context.rules.rule(rule.rule).subject);
    }
    for (const rules::Subject& subject : subjects) groups[subject].families.push_back(&family);
  }
  std::vector<Group> result;
  for (auto& [subject, group] : groups) result.push_back(std::move(group));
  return result;
}

// What was asked of a rule, and what came of it.
enum class Aspect { Applies, Stands, Matters };
constexpr std::size_t kAspects = 3;

struct Answer {
  enum class State { Open, Shown, Never };
  State state = State::Open;
  Verdict verdict = Verdict::Unknown;  // Open: what became of the question
  Text reason;
  Text bounds;
  const char* engine = "intérprete";
  Evidence evidence = Evidence::None;
};

struct Standing {
  std::array<Answer, kAspects> answers;
  // Where it was last seen to apply, or a row before it in its place.
  std::optional<Found> seen;
  bool whole = false;               // it is in force all the year looked at
  std::vector<rules::RuleId> same;  // redundant: what orders the same
  bool readable = false;            // no reading but the chosen one is needed for it
  std::vector<std::pair<const rules::Family*, std::vector<std::size_t>>> ways;

  Answer& at(Aspect aspect) { return answers[static_cast<std::size_t>(aspect)]; }
  [[nodiscard]] bool Is(Aspect aspect, Answer::State state) const {
    return answers[static_cast<std::size_t>(aspect)].state == state;
  }
};

class Idleness {
 public:
  Idleness(const CheckContext& context, const Group& group, base::CheckReport& report)
      : context_(context), rules_(context.rules), group_(group), report_(report) {
    for (rules::RuleId id : group.rules) {
      Standing& standing = standings_[id];
      const rules::Rule& rule = rules_.rule(id);
      standing.readable = ReadStatement(rules_, id).readable;
      standing.whole = WholeYear(context, rule.norm, rule.from, rule.to);
      for (const rules::Family* family : group.families) {
        std::vector<std::size_t> positions = PositionsIn(*family, id, standing);
        if (!positions.empty()) standing.ways.emplace_back(family, std::move(positions));
      }
    }
  }

  void Run(const CaseEvidence& cases) {
    LookAtCases(cases);
    LookAtBoxes();
    TryBoxes();
    Ask(Aspect::Matters);
    Ask(Aspect::Stands);
    Ask(Aspect::Applies);
    for (rules::RuleId id : group_.rules) FindSame(id);
    for (rules::RuleId id : group_.rules) Conclude(id);
  }

 private:
  // ---- What there is to ask

  // The ways to the rule that some value of what it looks at opens.
  std::vector<std::size_t> PositionsIn(const rules::Family& family, rules::RuleId id,
                                       Standing& standing) const {
    std::vector<std::size_t> positions;
    for (std::size_t at = 0; at < family.rules.size(); ++at) {
      const rules::ExpandedRule& rule = family.rules[at];
      if (rule.rule != id || !MayMeet(rules_, family, rule.boxes, {rules::Box{}})) continue;
      // Judged as it is, the fields are the root's own, and their declared values count too.
      const bool may_hold =
          std::any_of(rule.boxes.begin(), rule.boxes.end(),
                      [&](const rules::Box& box) { return HasValues(rules_, family, box); });
      if (rule.through.empty() && !may_hold) continue;
      for (rules::QualificationId by : rule.through) {
        const rules::Qualification& link = rules_.qualification(by);
        standing.whole = standing.whole && WholeYear(context_, link.norm, link.from, link.to);
      }
      positions.push_back(at);
    }
    return positions;
  }

  bool Wanting(rules::RuleId id) {
    const Standing& standing = standings_.at(id);
    return !std::all_of(standing.answers.begin(), standing.answers.end(),
                        [](const Answer& a) { return a.state == Answer::State::Shown; });
  }

  // ---- What is already known

  void Show(Standing& standing, Aspect aspect, const char* engine, const Text& bounds) {
    Answer& answer = standing.at(aspect);
    if (answer.state == Answer::State::Shown) return;
    answer.state = Answer::State::Shown;
    answer.engine = engine;
    answer.bounds = bounds;
    answer.evidence = Evidence::Replayed;
  }

  // Everything a replayed history shows of the rules of the group.
  void Notice(const Found& found, const char* engine, const Text& bounds) {
    for (std::size_t i = 0; i < found.result.applications.size(); ++i) {
      const evaluation::Application& application = found.result.applications[i];
      const auto known = standings_.find(application.rule);
      if (known == standings_.end() || !Wanting(application.rule)) continue;
      Standing& standing = known->second;
      Show(standing, Aspect::Applies, engine, bounds);
      if (!standing.seen) {
        standing.seen = found;
        standing.seen->sighting = {application.root, static_cast<int>(i), -1, 0};
      }
      if (!application.stands) continue;
      if (!standing.Is(Aspect::Stands, Answer::State::Shown)) {
        standing.seen = found;
        standing.seen->sighting = {application.root, static_cast<int>(i), -1, 0};
      }
      Show(standing, Aspect::Stands, engine, bounds);
      if (!standing.Is(Aspect::Matters, Answer::State::Shown) &&
          Matters(context_, found.history, found.result, i)) {
        Show(standing, Aspect::Matters, engine, bounds);
      }
    }
  }

  void LookAtCases(const CaseEvidence& cases) {
    for (std::size_t index : cases.cases()) {
      const bool any = std::any_of(group_.rules.begin(), group_.rules.end(),
                                   [&](rules::RuleId id) { return Wanting(id); });
      if (!any) return;
      Notice(cases.Run(index), "intérprete", cases.Name(index));
    }
  }

  void LookAtBoxes() {
    for (rules::RuleId id : group_.rules) {
      Standing& standing = standings_.at(id);
      if (!standing.ways.empty() || !standing.readable || !Wanting(id)) continue;
      Answer& answer = standing.at(Aspect::Applies);
      answer.state = Answer::State::Never;
      answer.engine = "barrido";
      answer.evidence = Evidence::Enumerated;
      answer.bounds = {"todos los valores de lo que la regla mira, tomados como independientes",
                       "every value of what the rule looks at, taken as independent"};
    }
  }

  // A history made from each way to a rule: when there the rule applies, stands and matters, there
  // is nothing to ask. What it does not show, it does not deny.
  void TryBoxes() {
    for (const rules::Family* family : group_.families) {
      std::optional<BoxHistories> histories;
      std::optional<evaluation::Prepared> evaluation;
      for (rules::RuleId id : group_.rules) {
        if (!Wanting(id) || !standings_.at(id).whole) continue;
        for (const auto& [where, positions] : standings_.at(id).ways) {
          if (where != family) continue;
          if (!histories) {
            histories.emplace(context_, *family);
            evaluation.emplace(rules_,
                               encoding::StepsOf(rules_, encoding::ConeOf(rules_, *family)));
          }
          for (std::size_t at : positions) TryRule(*histories, *evaluation, family->rules[at]);
        }
      }
    }
  }

  void TryRule(const BoxHistories& histories, evaluation::Prepared& evaluation,
               const rules::ExpandedRule& rule) {
    for (const rules::Box& box : rule.boxes) {
      if (!Wanting(rule.rule)) return;
      histories.AnyOf(box, [&](const evaluation::History& history) {
        const evaluation::Result result = evaluation.Run(context_.families, history);
        if (Sound(result)) NoticeAtWork(history, result);
        return !Wanting(rule.rule);
      });
    }
  }

  // The rules of the group that a history shows at work in every way.
  void NoticeAtWork(const evaluation::History& history, const evaluation::Result& result) {
    for (std::size_t i = 0; i < result.applications.size(); ++i) {
      const evaluation::Application& application = result.applications[i];
      const auto known = standings_.find(application.rule);
      if (known == standings_.end() || !application.stands || !Wanting(application.rule)) continue;
      if (!Matters(context_, history, result, i)) continue;
      for (Aspect aspect : {Aspect::Applies, Aspect::Stands, Aspect::Matters}) {
        Show(known->second, aspect, "intérprete", BoundsOfMaking(context_));
      }
    }
  }

  // ---- The solver

  static Question::Fate FateOf(Aspect aspect) {
    switch (aspect) {
      case Aspect::Matters:
        return Question::Fate::Matter;
      case Aspect::Stands:
        return Question::Fate::Stand;
      case Aspect::Applies:
        break;
    }
    return Question::Fate::Hold;  // an earlier row that takes all its cases masks it
  }

  static const char* CodeOf(Aspect aspect) {
    switch (aspect) {
      case Aspect::Matters:
        return kRedundant;
      case Aspect::Stands:
        return kMasked;
      case Aspect::Applies:
        break;
    }
    return kDead;
  }

  bool Asked(rules::RuleId id, Aspect aspect) {
    const Standing& standing = standings_.at(id);
    return !standing.ways.empty() && standing.whole && !standing.Is(aspect, Answer::State::Shown);
  }

  void Ask(Aspect aspect) {
    for (rules::RuleId id : group_.rules) {
      Standing& standing = standings_.at(id);
      Answer& answer = standing.at(aspect);
      if (Asked(id, aspect)) {
        answer.state = Answer::State::Never;  // unless a family says else
      } else if (!standing.readable) {
        Exempt(answer, {"sólo se aplica bajo una lectura que no es la elegida",
                        "it only applies under a reading that is not the chosen one"});
      } else if (!standing.whole) {
        Exempt(answer, {"no está en vigor toda la gestión que se mira",
                        "it is not in force all the year looked at"});
      }
    }
    for (const rules::Family* family : group_.families) {
      std::vector<Question> questions;
      std::vector<rules::RuleId> asked;
      for (rules::RuleId id : group_.rules) {
        if (!Asked(id, aspect)) continue;
        for (const auto& [where, positions] : standings_.at(id).ways) {
          if (where != family) continue;
          Question question;
          question.name = NameOf(aspect, id) + "/" + DescribeSubject(rules_, family->root).es;
          question.check = CodeOf(aspect);
          question.kind = Question::Kind::One;
          question.fate = FateOf(aspect);
          question.positions = positions;
          questions.push_back(std::move(question));
          asked.push_back(id);
        }
      }
      const std::vector<Reply> replies = Inquire(context_, *family, questions);
      for (std::size_t q = 0; q < replies.size(); ++q) {
        Take(standings_.at(asked[q]), aspect, replies[q]);
      }
    }
  }

  static void Exempt(Answer& answer, const Text& reason) {
    if (answer.state != Answer::State::Open) return;
    answer.verdict = Verdict::Unsupported;
    answer.reason = reason;
  }

  void Take(Standing& standing, Aspect aspect, const Reply& reply) {
    Answer& answer = standing.at(aspect);
    if (reply.found) {
      Show(standing, aspect, reply.engine, reply.bounds);
      Notice(*reply.found, reply.engine, reply.bounds);
      if (!standing.seen) standing.seen = reply.found;
      return;
    }
    if (answer.state == Answer::State::Shown) return;
    answer.engine = reply.engine;
    answer.bounds = reply.bounds;
    if (reply.verdict == Verdict::Proved) {
      if (answer.state == Answer::State::Never) answer.evidence = Evidence::SolverAlone;
      return;
    }
    answer.state = Answer::State::Open;
    answer.verdict = reply.verdict;
    answer.reason = reply.reason;
    answer.evidence = Evidence::None;
  }

  // ---- What to say

  std::string NameOf(Aspect aspect, rules::RuleId id) const {
    return std::string(CodeOf(aspect)) + "/" + rules_.rule(id).name;
  }

  // What orders the same as a redundant rule, where it was seen to stand.
  void FindSame(rules::RuleId id) {
    Standing& standing = standings_.at(id);
    const bool redundant = standing.Is(Aspect::Stands, Answer::State::Shown) &&
                           standing.Is(Aspect::Matters, Answer::State::Never);
    if (!redundant || !standing.seen) return;
    const std::vector<std::string> keys = OutcomeKeys(rules_, id);
    for (rules::RuleId other : Others(*standing.seen)) {
      const std::vector<std::string> theirs = OutcomeKeys(rules_, other);
      const bool gives = std::any_of(keys.begin(), keys.end(), [&](const std::string& key) {
        return std::find(theirs.begin(), theirs.end(), key) != theirs.end();
      });
      if (gives) standing.same.push_back(other);
    }
  }

  // Of rules each of which makes the others spare one is kept: the highest, or the earliest. The
  // others are spare by it, unless it gives only a part of what they do.
  bool SpareByAnother(rules::RuleId id) const {
    const auto weight = [&](rules::RuleId rule) {
      const rules::NormId norm = rules_.rule(rule).norm;
      return std::pair(norm.valid() ? rules_.norm(norm).rank : 0, rule);
    };
    const std::vector<std::string> own = OutcomeKeys(rules_, id);
    std::set<std::string> left(own.begin(), own.end());
    bool lower = false;
    for (rules::RuleId other : standings_.at(id).same) {
      const auto known = standings_.find(other);
      if (known == standings_.end()) continue;
      const std::vector<rules::RuleId>& theirs = known->second.same;
      if (std::find(theirs.begin(), theirs.end(), id) == theirs.end()) continue;
      if (weight(id) < weight(other)) {
        lower = true;
        continue;
      }
      for (const std::string& key : OutcomeKeys(rules_, other)) left.erase(key);
    }
    return lower && !left.empty();
  }

  // A rule is dead, or else masked, or else redundant: the graver takes the others in.
  void Conclude(rules::RuleId id) {
    Standing& standing = standings_.at(id);
    for (Aspect aspect : {Aspect::Applies, Aspect::Stands, Aspect::Matters}) {
      const Answer& answer = standing.at(aspect);
      base::QueryRecord record;
      record.name = NameOf(aspect, id);
      record.check = CodeOf(aspect);
      record.engine = answer.engine;
      record.bounds = answer.bounds;
      record.evidence = answer.evidence;
      switch (answer.state) {
        case Answer::State::Shown:
          record.verdict = Verdict::Proved;
          break;
        case Answer::State::Never:
          record.verdict = Verdict::Refuted;
          break;
        case Answer::State::Open:
          record.verdict = answer.verdict;
          record.reason = answer.reason;
          break;
      }
      report_.queries.push_back(std::move(record));
      if (answer.state != Answer::State::Never) continue;
      if (aspect == Aspect::Matters && SpareByAnother(id)) return;
      report_.findings.push_back(Describe(aspect, id, standing));
      return;
    }
  }

  base::Finding Describe(Aspect aspect, rules::RuleId id, const Standing& standing) {
    const rules::Rule& rule = rules_.rule(id);
    const Answer& answer = standing.answers[static_cast<std::size_t>(aspect)];
    base::Finding finding;
    finding.code = CodeOf(aspect);
    finding.severity = base::FindingSeverity::Warning;
    finding.id = FindingId(finding.code, rule.name);
    finding.articles = {rule.citation};
    for (const auto& [family, positions] : standing.ways) {
      for (std::size_t at : positions) {
        const auto citations = CitationsOf(rules_, id, family->rules[at].through);
        finding.articles.insert(finding.articles.end(), citations.begin(), citations.end());
      }
    }
    finding.region = {Region(rule)};
    finding.reading = DescribeReading(rules_);
    finding.bounds = answer.bounds;
    finding.evidence = answer.evidence;
    if (aspect != Aspect::Applies && standing.seen) AddWitness(*standing.seen, finding);
    const std::string name = rule.citation.str() + " («" + Spaced(rule.name) + "»)";
    switch (aspect) {
      case Aspect::Applies:
        SayDead(name, id, answer, finding);
        break;
      case Aspect::Stands:
        SayMasked(name, id, standing, finding);
        break;
      case Aspect::Matters:
        SayRedundant(name, id, standing, finding);
        break;
    }
    finding.articles = Unique(std::move(finding.articles));
    return finding;
  }

  Text Region(const rules::Rule& rule) const {
    const Text subject = DescribeSubject(rules_, rule.subject);
    if (!rule.guard.valid()) {
      return {"todo caso de " + subject.es, "every case of " + subject.en};
    }
    const std::string guard = rules::FormatExprOf(rules_, rule.guard, rule.subject.kind);
    return {subject.es + " cuando " + guard, subject.en + " when " + guard};
  }

  void AddWitness(const Found& seen, base::Finding& finding) const {
    Found found = seen;
    found.result = evaluation::Evaluate(rules_, context_.families, found.history);
    const evaluation::Application& own =
        seen.result.applications[static_cast<std::size_t>(seen.sighting.first)];
    for (std::size_t i = 0; i < found.result.applications.size(); ++i) {
      const evaluation::Application& other = found.result.applications[i];
      if (other.rule == own.rule && other.date == own.date) found.sighting.root = other.root;
    }
    finding.witness = DescribeWitness(context_, found);
    for (const evaluation::Application& other : found.result.applications) {
      if (other.root != found.sighting.root) continue;
      finding.witness.answers.push_back(DescribeAnswer(rules_, other));
    }
  }

  // The smallest sets of its own conditions that exclude one another, if they do by themselves.
  void ExplainDead(rules::RuleId id, base::Finding& finding) const {
    const Statement statement = ReadStatement(rules_, id);
    const MinimalSets minimal = Room(rules_, statement).WhyNone(-1);
    for (const std::vector<std::size_t>& set : minimal.sets) {
      std::vector<base::Condition> conditions;
      for (std::size_t unit : set) {
        conditions.push_back(DescribeUnit(rules_, statement, statement.units[unit]));
      }
      finding.conditions.push_back(std::move(conditions));
    }
    finding.all_sets = minimal.all;
  }

  void SayDead(const std::string& name, rules::RuleId id, const Answer& answer,
               base::Finding& finding) const {
    finding.title = {name + " no se aplica en ninguna historia", name + " applies in no history"};
    if (answer.evidence == Evidence::Enumerated) {
      finding.explanation = {
          "lo que la regla pide no puede darse a la vez: ningún valor de lo que mira lo cumple",
          "what the rule asks cannot be all at once: no value of what it looks at meets it"};
      ExplainDead(id, finding);
      return;
    }
    finding.explanation = {
        "se buscó una historia en la que la regla se aplique y no la hay dentro de las cotas",
        "a history to which the rule applies was looked for, and within the bounds there is none"};
  }

  // The other rules that stand at the root of the witness.
  std::vector<rules::RuleId> Others(const Found& seen) const {
    std::vector<rules::RuleId> others;
    const auto& own = seen.result.applications[static_cast<std::size_t>(seen.sighting.first)];
    for (const evaluation::Application& other : seen.result.applications) {
      if (other.root == own.root && other.rule != own.rule && other.stands) {
        others.push_back(other.rule);
      }
    }
    return others;
  }

  std::string Name(const std::vector<rules::RuleId>& all, base::Finding& finding) const {
    std::string names;
    for (rules::RuleId id : all) {
      finding.articles.push_back(rules_.rule(id).citation);
      names += (names.empty() ? "" : ", ") + rules_.rule(id).citation.str() + " («" +
               Spaced(rules_.rule(id).name) + "»)";
    }
    return names;
  }

  void SayMasked(const std::string& name, rules::RuleId id, const Standing& standing,
                 base::Finding& finding) const {
    finding.title = {name + " nunca prevalece", name + " never prevails"};
    std::vector<rules::RuleId> winners;
    if (standing.seen) {
      const auto& applications = standing.seen->result.applications;
      const auto& seen = applications[static_cast<std::size_t>(standing.seen->sighting.first)];
      const int by = seen.defeated_by;
      if (seen.rule != id) {
        winners.push_back(seen.rule);  // an earlier row
      } else if (by >= 0) {
        winners.push_back(applications[static_cast<std::size_t>(by)].rule);
      }
    }
    const std::string names = Name(winners, finding);
    finding.explanation = {
        "siempre que se cumple lo que pide, otra ocupa su lugar, y lo que ordena no queda en pie "
        "en "
        "ninguna historia de las cotas; en el testigo prevalece " +
            names,
        "whenever what it asks is so another takes its place, and what it orders stands in no "
        "history within the bounds; in the witness " +
            names + " prevails"};
  }

  void SayRedundant(const std::string& name, rules::RuleId id, const Standing& standing,
                    base::Finding& finding) const {
    finding.title = {name + " no cambia ningún resultado", name + " changes no outcome"};
    // Repeating what a higher norm orders is no mistake by itself.
    const rules::NormId norm = rules_.rule(id).norm;
    const bool repeats =
        !standing.same.empty() &&
        std::none_of(standing.same.begin(), standing.same.end(),
                     [&](rules::RuleId other) { return rules_.rule(other).norm == norm; });
    if (repeats) finding.severity = base::FindingSeverity::Information;
    const std::string names = Name(standing.same, finding);
    finding.explanation = {
        "cada vez que se aplica, otra ordena lo mismo para el mismo caso: sin ella nada cambia en "
        "ninguna historia de las cotas; en el testigo lo ordena también " +
            names,
        "each time it applies, another orders the same for the same case: without it nothing "
        "changes in any history within the bounds; in the witness " +
            names + " orders it too"};
  }

  const CheckContext& context_;
  const rules::Ruleset& rules_;
  const Group& group_;
  base::CheckReport& report_;
  std::map<rules::RuleId, Standing> standings_;
};

encoding::Cone ConeOf(const CheckContext& context, const Group& group) {
  rules::Family own;
  own.root = group.subject;
  for (rules::RuleId id : group.rules) own.rules.push_back({id, {}, {}, true});
  encoding::Cone cone = encoding::ConeOf(context.rules, own);
  for (const rules::Family* family : group.families) {
    encoding::Join(cone, encoding::ConeOf(context.rules, *family));
  }
  return cone;
}

CaseEvidence CasesOf(const CheckContext& context, const Group& group) {
  std::vector<rules::Subject> roots{group.subject};
  for (const rules::Family* family : group.families) roots.push_back(family->root);
  return CaseEvidence(context, ConeOf(context, group), roots);
}

std::string DependsOf(const CheckContext& context, const Group& group) {
  if (context.content == nullptr) return {};
  rules::Hasher hash;
  rules::Family own;
  own.root = group.subject;
  for (rules::RuleId id : group.rules) own.rules.push_back({id, {}, {}, true});
  hash.Add(DependsOnFamily(context, own));
  for (const rules::Family* family : group.families) hash.Add(DependsOnFamily(context, *family));
  hash.Add(CasesOf(context, group).Digest());
  return hash.str();
}

}  // namespace

void PlanIdleRules(const CheckContext& context, std::vector<Task>& tasks) {
  for (Group& group : GroupsOf(context)) {
    const std::string name =
        std::string(kDead) + "/" + DescribeSubject(context.rules, group.subject).es;
    std::string depends = DependsOf(context, group);
    tasks.push_back(
        {name, std::move(depends), [&context, group = std::move(group)](base::CheckReport& report) {
           Idleness(context, group, report).Run(CasesOf(context, group));
         }});
  }
}

}  // namespace cotejo::checks
