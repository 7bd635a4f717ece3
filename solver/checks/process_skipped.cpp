// Process skipped: a rule orders, without an internal process, a sanction that another norm
// asks one for.
#include <algorithm>
#include <map>

#include "solver/checks/plans.h"
#include "solver/checks/questions.h"
#include "solver/checks/triggers.h"
#include "solver/checks/wording.h"

namespace cotejo::checks {

using base::Citation;
using base::Text;
using evaluation::Application;
using rules::ConsequenceKind;
using rules::ProcessRequirement;

namespace {

constexpr const char* kCode = "proceso-omitido";

bool Has(const rules::Rule& rule, ConsequenceKind kind) {
  return std::any_of(rule.consequences.begin(), rule.consequences.end(),
                     [&](const rules::Consequence& c) { return c.kind == kind; });
}

bool Reaches(const ProcessRequirement& requirement, const rules::Rule& rule) {
  if (!OrdersSanction(rule)) return false;
  const bool by_class = std::find(requirement.faults.begin(), requirement.faults.end(),
                                  rule.fault) != requirement.faults.end();
  return by_class || std::any_of(requirement.consequences.begin(), requirement.consequences.end(),
                                 [&](ConsequenceKind kind) { return Has(rule, kind); });
}

// The things given by the history that a root rests on: its own fact, or those of its window.
std::vector<int> RestsOn(const evaluation::Result& result, int root) {
  const evaluation::Root& own = result.roots[static_cast<std::size_t>(root)];
  if (own.subject.window == rules::Window::Fact) return {root};
  std::vector<int> roots;
  for (evaluation::DerivedIndex fact : own.facts) {
    roots.push_back(result.facts[static_cast<std::size_t>(fact)].root);
  }
  return roots;
}

bool SameThing(const evaluation::Result& result, int a, int b) {
  if (a == b) return true;
  const std::vector<int> first = RestsOn(result, a);
  const std::vector<int> second = RestsOn(result, b);
  return std::any_of(first.begin(), first.end(), [&](int root) {
    return std::find(second.begin(), second.end(), root) != second.end();
  });
}

// The rule's standing application beside which no process is ordered for the same thing.
const Application* WithoutProcess(const rules::Ruleset& rules, rules::RuleId rule,
                                  const ProcessRequirement& requirement,
                                  const evaluation::Result& result) {
  for (const Application& application : result.applications) {
    if (application.rule != rule || !application.stands ||
        !evaluation::InForce(rules, requirement.norm, std::nullopt, std::nullopt,
                             application.date)) {
      continue;
    }
    const bool process = std::any_of(
        result.applications.begin(), result.applications.end(), [&](const Application& other) {
          return other.stands && SameThing(result, other.root, application.root) &&
                 Has(rules.rule(other.rule), ConsequenceKind::Process);
        });
    if (!process) return &application;
  }
  return nullptr;
}

// The sanctions it asks a process for, in words: "descuento, destitución".
Text WhatItAsks(const rules::Ruleset& rules, const ProcessRequirement& requirement) {
  Text text;
  const auto add = [&](const Text& one) {
    text.es += (text.es.empty() ? "" : ", ") + one.es;
    text.en += (text.en.empty() ? "" : ", ") + one.en;
  };
  for (ConsequenceKind kind : requirement.consequences) {
    if (kind == ConsequenceKind::PayDeduction) {
      add({"descuento", "deduction of pay"});
      continue;
    }
    rules::Consequence consequence;
    consequence.kind = kind;
    add(rules::DescribeConsequence(rules, consequence, std::nullopt));
  }
  for (rules::FaultClass fault : requirement.faults) add(rules::DescribeFault(fault));
  return text;
}

// The superior norm that surely says so is an error; less sure, or of no higher rank, less.
base::FindingSeverity SeverityFor(const rules::Norm& asks, const rules::Norm& orders) {
  switch (asks.confidence) {
    case rules::Confidence::High:
    case rules::Confidence::Unstated:
      return asks.rank < orders.rank ? base::FindingSeverity::Error
                                     : base::FindingSeverity::Warning;
    case rules::Confidence::MediumPlus:
      return base::FindingSeverity::Warning;
    default:
      return base::FindingSeverity::Information;
  }
}

Citation ArticleOf(Citation citation) {
  if (citation.path.size() > 1) citation.path.resize(1);
  return citation;
}

struct Omission {
  rules::RuleId rule;
  evaluation::History history;
};

class ProcessCheck {
 public:
  ProcessCheck(const CheckContext& context, const ProcessRequirement& requirement)
      : context_(context), rules_(context.rules), requirement_(requirement), benches_(context) {}

  void Run(const std::string& name, const std::vector<Trigger>& triggers,
           base::CheckReport& report) {
    std::map<Citation, std::vector<Omission>> by_article;
    int asked = 0;
    int alone = 0;
    for (std::size_t r = 0; r < rules_.rules.size(); ++r) {
      const rules::RuleId id(static_cast<std::int64_t>(r));
      const rules::Rule& rule = rules_.rule(id);
      if (!Reaches(requirement_, rule)) continue;
      ++asked;
      if (Has(rule, ConsequenceKind::Process)) continue;
      ++alone;
      for (const Trigger* trigger : SmallestFirst(triggers, id)) {
        const auto trial = benches_.For(trigger->recipe.front().kind).Try(trigger->recipe);
        if (!trial || WithoutProcess(rules_, id, requirement_, trial->result) == nullptr) continue;
        by_article[ArticleOf(rule.citation)].push_back({id, trial->history});
        break;
      }
    }
    bool shown = false;
    for (auto& [article, omissions] : by_article) {
      shown = Report(report, article, omissions) || shown;
    }
    RecordUnreached(context_, report, name, kCode,
                    Unreached(rules_, triggers, [&](const rules::Rule& rule) {
                      return Reaches(requirement_, rule) && !Has(rule, ConsequenceKind::Process);
                    }));
    const std::string all = std::to_string(asked);
    const std::string some = std::to_string(alone);
    RecordTried(
        context_, report, name, kCode, !by_article.empty(),
        {"de las " + all + " reglas que ordenan lo que pide proceso, las " + some +
             " que no lo ordenan ellas mismas, con historias de hechos de una clase, de un "
             "mes o repetidas por meses",
         "of the " + all + " rules that order what asks a process, the " + some +
             " that do not order it themselves, with histories of facts of one kind, of one "
             "month or repeated by months"});
  }

 private:
  static std::vector<const Trigger*> SmallestFirst(const std::vector<Trigger>& triggers,
                                                   rules::RuleId rule) {
    std::vector<const Trigger*> own;
    for (const Trigger& trigger : triggers) {
      if (trigger.rule == rule) own.push_back(&trigger);
    }
    std::stable_sort(own.begin(), own.end(), [](const Trigger* a, const Trigger* b) {
      return a->recipe.size() < b->recipe.size();
    });
    return own;
  }

  bool Report(base::CheckReport& report, const Citation& article,
              const std::vector<Omission>& omissions) {
    const Omission& smallest = *std::min_element(
        omissions.begin(), omissions.end(), [](const Omission& a, const Omission& b) {
          return a.history.facts.size() < b.history.facts.size();
        });
    const auto trial = Replay(context_, smallest.history);
    const Application* shown =
        trial ? WithoutProcess(rules_, smallest.rule, requirement_, trial->result) : nullptr;
    if (shown == nullptr) return false;
    const Application& application = *shown;
    const rules::Norm& asks = rules_.norm(requirement_.norm);
    const Text required = WhatItAsks(rules_, requirement_);
    const std::string source = requirement_.citation.str();
    base::Finding finding;
    finding.code = kCode;
    finding.severity = SeverityFor(asks, rules_.norm(rules_.rule(smallest.rule).norm));
    finding.id = FindingId(kCode, source + "|" + required.es + "|" + article.str());
    std::vector<Citation> articles;
    for (const Omission& omission : omissions) {
      const rules::Rule& rule = rules_.rule(omission.rule);
      articles.push_back(rule.citation);
      const std::string line = rule.name + " (" + rule.citation.str() + ")";
      finding.region.push_back({line, line});
    }
    const std::string cited = base::JoinCitations(articles);
    const Text outcome = DescribeOutcome(rules_, application);
    const bool one = Unique(articles).size() == 1;
    finding.title = {
        cited + (one ? " sanciona" : " sancionan") + " sin el proceso interno que pide " + source,
        cited + (one ? " punishes" : " punish") + " without the internal process that " + source +
            " asks"};
    finding.explanation = {
        source + " pide proceso interno para: " + required.es + ". En el testigo, " +
            rules_.rule(smallest.rule).citation.str() + " ordena " + outcome.es +
            " y ninguna regla ordena proceso por lo mismo",
        source + " asks an internal process for: " + required.en + ". In the witness, " +
            rules_.rule(smallest.rule).citation.str() + " orders " + outcome.en +
            " and no rule orders a process for the same thing"};
    articles.push_back(requirement_.citation);
    finding.articles = Unique(std::move(articles));
    finding.reading = DescribeReading(rules_);
    finding.bounds = {"gestión " + std::to_string(context_.year) + ", hechos de una clase",
                      "year " + std::to_string(context_.year) + ", facts of one kind"};
    finding.witness = Narrate(context_, *trial);
    finding.witness.answers.push_back(
        {requirement_.citation,
         "exige proceso",
         {"pide proceso interno para: " + required.es, "asks a process for: " + required.en},
         true,
         application.date});
    report.findings.push_back(std::move(finding));
    return true;
  }

  const CheckContext& context_;
  const rules::Ruleset& rules_;
  const ProcessRequirement& requirement_;
  Benches benches_;
};

}  // namespace

void PlanProcesses(const CheckContext& context, std::vector<Task>& tasks) {
  const std::vector<rules::FactKindId> kinds = AllMisconducts(context.rules);
  for (std::size_t i = 0; i < context.rules.process_requirements.size(); ++i) {
    const ProcessRequirement& requirement = context.rules.process_requirements[i];
    const std::string name = std::string(kCode) + "/" + requirement.citation.str() + " para " +
                             WhatItAsks(context.rules, requirement).es;
    rules::Declarations part = DeclarationsOf(context, kinds);
    part.process_requirements = true;
    tasks.push_back({name, DependsOn(context, part),
                     [&context, &requirement, name](base::CheckReport& report) {
                       ProcessCheck(context, requirement).Run(name, AllTriggers(context), report);
                     },
                     true});
  }
}

}  // namespace cotejo::checks
