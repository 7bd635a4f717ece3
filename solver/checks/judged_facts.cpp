#include "solver/checks/judged_facts.h"

#include <algorithm>
#include <set>

#include "model/rules/boxes.h"
#include "solver/checks/clashes.h"
#include "solver/checks/explain.h"
#include "solver/checks/questions.h"
#include "solver/checks/sweep.h"
#include "solver/checks/wording.h"

namespace cotejo::checks {

using base::Text;
using rules::Window;

namespace {

// The ways from a primitive kind, through characterisations of one fact at a time.
class Ways {
 public:
  Ways(const rules::Ruleset& rules, const std::set<rules::Subject>& roots)
      : rules_(rules), roots_(roots) {}

  std::vector<Judged> From(rules::FactKindId kind) {
    const rules::Subject itself{kind, Window::Fact};
    if (roots_.contains(itself)) ways_.push_back({itself, {}});
    Follow(kind, {});
    return std::move(ways_);
  }

 private:
  void Follow(rules::FactKindId kind, const std::vector<rules::QualificationId>& through) {
    for (const rules::Subject& root : roots_) {
      if (root.kind == kind && root.window != Window::Fact) ways_.push_back({root, through});
    }
    for (std::size_t i = 0; i < rules_.qualifications.size(); ++i) {
      const rules::QualificationId id(static_cast<std::int64_t>(i));
      const rules::Qualification& by = rules_.qualifications[i];
      const bool used = std::find(through.begin(), through.end(), id) != through.end();
      // What a rule establishes is its consequence, not a second name for the fact.
      if (by.subject != rules::Subject{kind, Window::Fact} || by.from_rule.valid() || used) {
        continue;
      }
      std::vector<rules::QualificationId> further{id};
      further.insert(further.end(), through.begin(), through.end());
      Follow(by.target, further);
    }
  }

  const rules::Ruleset& rules_;
  const std::set<rules::Subject>& roots_;
  std::vector<Judged> ways_;
};

std::vector<rules::Box> BoxesOf(const rules::Ruleset& rules, const Judged& way) {
  const rules::Vantage vantage{&rules, {way.root.kind, Window::Fact}, way.through};
  std::optional<std::vector<rules::Box>> boxes{{rules::Box{}}};
  for (std::size_t i = 0; i < way.through.size(); ++i) {
    const rules::Qualification& by = rules.qualification(way.through[i]);
    boxes = rules::Both(boxes, rules::GuardBoxes(vantage, by.guard, by.exceptions, i + 1));
  }
  return boxes.value_or(std::vector<rules::Box>{rules::Box{}});
}

}  // namespace

std::vector<JudgedFact> FactsJudgedTwice(const CheckContext& context,
                                         const std::function<bool(const rules::Rule&)>& wanted) {
  const rules::Ruleset& rules = context.rules;
  std::set<rules::Subject> roots;
  for (const rules::Family& family : context.families.families) {
    const bool judges =
        std::any_of(family.rules.begin(), family.rules.end(),
                    [&](const rules::ExpandedRule& r) { return wanted(rules.rule(r.rule)); });
    if (judges) roots.insert(family.root);
  }
  std::vector<JudgedFact> facts;
  for (std::size_t k = 0; k < rules.fact_kinds.size(); ++k) {
    const rules::FactKind& kind = rules.fact_kinds[k];
    if (kind.derived || kind.is_sanction) continue;
    JudgedFact fact{rules::FactKindId(static_cast<std::int64_t>(k)), {}};
    fact.ways = Ways(rules, roots).From(fact.kind);
    const bool several = std::any_of(fact.ways.begin(), fact.ways.end(), [&](const Judged& way) {
      return way.root != fact.ways.front().root;
    });
    if (several) facts.push_back(std::move(fact));
  }
  return facts;
}

rules::Family FamilyOf(const rules::Ruleset& rules, rules::FactKindId kind) {
  rules::Family family;
  family.root = {kind, Window::Fact};
  for (std::size_t i = 0; i < rules.qualifications.size(); ++i) {
    if (rules.qualifications[i].subject == family.root) {
      family.qualifications.emplace_back(static_cast<std::int64_t>(i));
    }
  }
  return family;
}

std::vector<rules::Box> MeetingWays(const rules::Ruleset& rules, const rules::Family& fact,
                                    const Judged& one, const Judged& two) {
  return Meet(rules, fact, BoxesOf(rules, one), BoxesOf(rules, two));
}

std::vector<Question> PoseTwice(const CheckContext& context, const JudgedFact& fact,
                                const std::string& check, bool classes, base::CheckReport& report) {
  const rules::Ruleset& rules = context.rules;
  const rules::Family family = FamilyOf(rules, fact.kind);
  std::set<std::pair<rules::Subject, rules::Subject>> open;
  std::set<std::pair<rules::Subject, rules::Subject>> closed;
  for (const Judged& one : fact.ways) {
    for (const Judged& two : fact.ways) {
      if (!(one.root < two.root)) continue;
      const bool meet = !MeetingWays(rules, family, one, two).empty();
      (meet ? open : closed).insert({one.root, two.root});
    }
  }
  const auto name = [&](const std::pair<rules::Subject, rules::Subject>& roots) {
    return check + "/" + DescribeSubject(rules, family.root).es + "/" +
           DescribeSubject(rules, roots.first).es + " ~ " + DescribeSubject(rules, roots.second).es;
  };
  for (const auto& roots : closed) {
    if (!open.contains(roots)) RecordProved(context, report, name(roots), check);
  }
  std::vector<Question> questions;
  for (const auto& roots : open) {
    Question question;
    question.name = name(roots);
    question.check = check;
    question.kind = Question::Kind::Twice;
    question.one = roots.first;
    question.two = roots.second;
    question.classes = classes;
    questions.push_back(std::move(question));
  }
  return questions;
}

namespace {

std::string DateText(const evaluation::Result& result, int root) {
  return result.roots[static_cast<std::size_t>(root)].last.str();
}

// How the fact came to be judged there: the qualifications by which it is in the window.
std::vector<rules::QualificationId> LinksOf(const evaluation::Result& result, int shared,
                                            const evaluation::Application& application) {
  std::vector<rules::QualificationId> links;
  if (application.root == shared) return links;
  for (int index : result.roots[static_cast<std::size_t>(application.root)].facts) {
    const evaluation::EvaluatedFact* fact = &result.facts[static_cast<std::size_t>(index)];
    if (fact->root != shared) continue;
    while (fact->by.valid()) {
      links.push_back(fact->by);
      if (fact->from.empty()) break;
      fact = &result.facts[static_cast<std::size_t>(fact->from.front())];
    }
    break;
  }
  return links;
}

}  // namespace

base::Finding DescribeTwice(const CheckContext& context, const JudgedFact& fact,
                            const Question& question, const Reply& reply) {
  const rules::Ruleset& rules = context.rules;
  const Found& found = *reply.found;
  const rules::Family family = FamilyOf(rules, fact.kind);
  base::Finding finding;
  finding.witness = DescribeWitness(context, found);
  const int shared = found.sighting.root;
  for (int side : {found.sighting.first, found.sighting.second}) {
    const auto& application = found.result.applications[static_cast<std::size_t>(side)];
    const auto chain = ChainOf(rules, found.result, application);
    const std::vector<rules::QualificationId> links = LinksOf(found.result, shared, application);
    Text text = DescribeSide(rules, application, chain);
    for (const auto& by : links) {
      const std::string kind = Spaced(rules.kind(rules.qualification(by).target).name);
      const std::string article = CitationOf(rules, by).str();
      text.es += "; el hecho cuenta ahí como «" + kind + "» por " + article;
      text.en += "; the fact counts there as «" + kind + "» by " + article;
    }
    finding.explanation.es += (finding.explanation.es.empty() ? "" : ". ") + text.es;
    finding.explanation.en += (finding.explanation.en.empty() ? "" : ". ") + text.en;
    for (const auto& citation : CitationsOf(rules, application.rule, chain)) {
      finding.articles.push_back(citation);
    }
    for (const auto& by : links) finding.articles.push_back(CitationOf(rules, by));
    finding.witness.answers.push_back(DescribeAnswer(rules, application));
  }
  const std::string date = DateText(found.result, shared);
  const Text what = DescribeSubject(rules, family.root);
  finding.explanation.es = "el hecho de " + what.es + " del " + date +
                           " está en las dos: " + finding.explanation.es +
                           ". Nada dice que una excluya a la otra";
  finding.explanation.en = "the fact of " + what.en + " of " + date +
                           " is in both: " + finding.explanation.en +
                           ". Nothing says that one excludes the other";
  finding.articles = Unique(std::move(finding.articles));
  std::set<std::string> said;
  for (const Judged& one : fact.ways) {
    for (const Judged& two : fact.ways) {
      if (one.root != question.one || two.root != question.two) continue;
      for (const rules::Box& box : MeetingWays(rules, family, one, two)) {
        const Text region = DescribeBox(rules, box);
        if (said.insert(region.es).second) finding.region.push_back(region);
      }
    }
  }
  finding.reading = DescribeReading(rules);
  finding.bounds = reply.bounds;
  Explain(context, family, question, found, finding);
  return finding;
}

}  // namespace cotejo::checks
