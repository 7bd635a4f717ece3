#include "scenarios/year/revision.h"

#include <algorithm>
#include <map>
#include <set>

namespace cotejo::year {
namespace {

using rules::Op;

std::size_t At(std::int32_t index) { return static_cast<std::size_t>(index); }

bool SameNumbers(const std::vector<DatedNumber>& a, const std::vector<DatedNumber>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const DatedNumber& x, const DatedNumber& y) {
                      return x.from == y.from && x.value == y.value;
                    });
}

// Where there may be a gap: by subject and respect, the days on which a scale promises none.
using Promised =
    std::map<std::pair<rules::Subject, std::vector<rules::Respect>>, std::vector<bool>>;

Promised GapDays(const Plan& plan, const YearDays& year) {
  Promised all;
  for (const GapScale& gap : plan.gaps) {
    const rules::Family& family = plan.families.families[At(gap.family)];
    std::vector<bool>& days = all[{family.root, family.coverages[gap.coverage].respects}];
    for (std::int32_t day = 0; day < year.count; ++day) days.push_back(gap.ScaleOn(day).valid());
  }
  return all;
}

class Merger {
 public:
  Merger(Plan& shared, const rules::ContentHash& words, const Plan& own)
      : shared_(shared),
        own_(own),
        shared_hash_(words),
        own_hash_(*own.rules),
        node_(own.nodes.size(), -1),
        parameter_(own.parameters.size(), -1),
        measure_(own.measures.size(), kUnknown),
        rule_(own.plan_rules.size(), -1) {}

  Revision Run(const Agenda& run, const Agenda& own_run, const YearDays& year) {
    FindParameters();
    if (!SameWorld(year)) {
      revision_.apart = true;
      return std::move(revision_);
    }
    for (std::size_t m = 0; m < own_.measures.size(); ++m) FindMeasure(m);
    FindRules();
    FindQualifications();
    if (!SameSequence(qualification_)) {
      revision_.apart = true;
      return std::move(revision_);
    }
    Drop(run);
    Add(run, own_run);
    CheckReplacements();
    const auto sees = [](const Agenda& agenda) {
      return std::any_of(agenda.steps.begin(), agenda.steps.end(),
                         [](const PlanStep& step) { return step.sees_sanctions; });
    };
    revision_.chained = sees(run) || sees(own_run);
    Number();
    return std::move(revision_);
  }

 private:
  static constexpr int kUnknown = -2;

  const rules::Ruleset& shared_rules() const { return *shared_.rules; }
  const rules::Ruleset& own_rules() const { return *own_.rules; }

  // ---- what all depends on

  void FindParameters() {
    for (std::size_t i = 0; i < own_.parameters.size(); ++i) {
      for (std::size_t j = 0; j < shared_.parameters.size(); ++j) {
        if (SameNumbers(own_.parameters[i], shared_.parameters[j]))
          parameter_[i] = static_cast<int>(j);
      }
    }
  }

  bool SameWorld(const YearDays& year) {
    const std::size_t kinds = own_rules().fact_kinds.size();
    if (own_hash_.Histories() != shared_hash_.Histories() ||
        kinds != shared_rules().fact_kinds.size())
      return false;
    for (std::size_t i = 0; i < kinds; ++i) {
      const rules::FactKindId kind(static_cast<std::int64_t>(i));
      if (own_hash_.Of(kind) != shared_hash_.Of(kind)) return false;
    }
    const Binding& a = own_.binding;
    const Binding& b = shared_.binding;
    const auto pay = [](const Plan& plan) {
      return plan.rules->definitions[At(plan.binding.day_pay)].body.value;
    };
    return a.clauses == b.clauses && a.series_kind == b.series_kind &&
           a.series_field == b.series_field &&
           SameNumbers(own_.parameters[a.meal.index()], shared_.parameters[b.meal.index()]) &&
           Same(pay(own_), pay(shared_)) && GapDays(own_, year) == GapDays(shared_, year);
  }

  // ---- expressions

  // Whether an expression of the amended text is one of the text in force.
  bool Same(std::int32_t own, std::int32_t shared) {
    if (own < 0 || shared < 0) return own == shared;
    const Node& a = own_.nodes[At(own)];
    const Node& b = shared_.nodes[At(shared)];
    if (a.op != b.op || a.boolean != b.boolean || a.count != b.count || a.literal != b.literal)
      return false;
    if (a.op == Op::Parameter) {
      if (!SameNumbers(own_.parameters[At(a.ref)], shared_.parameters[At(b.ref)])) return false;
    } else if (a.op == Op::Measure) {
      if (FindMeasure(At(a.ref)) != b.ref) return false;
    } else if (a.ref != b.ref) {
      return false;
    }
    for (std::int32_t i = 0; i < a.count; ++i) {
      if (!Same(own_.args[At(a.first + i)], shared_.args[At(b.first + i)])) return false;
    }
    return true;
  }

  bool Same(const Condition& own, const Condition& shared) {
    return own.validity.from == shared.validity.from && own.validity.to == shared.validity.to &&
           Same(own.guard, shared.guard) &&
           std::equal(own.exceptions.begin(), own.exceptions.end(), shared.exceptions.begin(),
                      shared.exceptions.end(),
                      [&](std::int32_t a, std::int32_t b) { return Same(a, b); });
  }

  // The measure of the text in force that is the same, with all it is made of; -1: none.
  int FindMeasure(std::size_t own) {
    if (measure_[own] != kUnknown) return measure_[own];
    measure_[own] = -1;
    const PlanMeasure& a = own_.measures[own];
    for (std::size_t i = 0; i < shared_rules().measures.size(); ++i) {
      const PlanMeasure& b = shared_.measures[i];
      if (own_hash_.Of(rules::MeasureId(static_cast<std::int64_t>(own))) ==
              shared_hash_.Of(rules::MeasureId(static_cast<std::int64_t>(i))) &&
          Same(a.value, b.value) && Same(a.filter, b.filter))
        measure_[own] = static_cast<int>(i);
    }
    return measure_[own];
  }

  // Puts an expression of the amended text into the shared plan.
  std::int32_t Put(std::int32_t own) {
    if (own < 0 || node_[At(own)] >= 0) return own < 0 ? own : node_[At(own)];
    Node node = own_.nodes[At(own)];
    std::vector<std::int32_t> args;
    for (std::int32_t i = 0; i < node.count; ++i)
      args.push_back(Put(own_.args[At(node.first + i)]));
    node.first = static_cast<std::int32_t>(shared_.args.size());
    shared_.args.insert(shared_.args.end(), args.begin(), args.end());
    if (node.op == Op::Parameter) node.ref = PutParameter(At(node.ref));
    if (node.op == Op::Measure) node.ref = PutMeasure(At(node.ref));
    shared_.nodes.push_back(node);
    return node_[At(own)] = static_cast<std::int32_t>(shared_.nodes.size()) - 1;
  }

  int PutParameter(std::size_t own) {
    if (parameter_[own] < 0) {
      parameter_[own] = static_cast<int>(shared_.parameters.size());
      shared_.parameters.push_back(own_.parameters[own]);
    }
    return parameter_[own];
  }

  int PutMeasure(std::size_t own) {
    if (measure_[own] < 0) {
      PlanMeasure measure = own_.measures[own];
      measure.value = Put(measure.value);
      measure.filter = Put(measure.filter);
      measure_[own] = static_cast<int>(shared_.measures.size());
      shared_.measures.push_back(measure);
    }
    return measure_[own];
  }

  Condition Put(const Condition& own) {
    Condition condition;
    condition.guard = Put(own.guard);
    condition.tests = TestsOf(shared_, condition.guard);
    condition.validity = own.validity;
    for (const std::int32_t exception : own.exceptions) {
      condition.exceptions.push_back(Put(exception));
      condition.excepted.push_back(TestsOf(shared_, condition.exceptions.back()));
    }
    return condition;
  }

  int PutSubject(int own) {
    const rules::Subject& subject = own_.subjects[At(own)];
    const auto found = std::find(shared_.subjects.begin(), shared_.subjects.end(), subject);
    if (found == shared_.subjects.end()) {
      shared_.subjects.push_back(subject);
      shared_.family_of.push_back(-1);
      return static_cast<int>(shared_.subjects.size()) - 1;
    }
    return static_cast<int>(found - shared_.subjects.begin());
  }

  // ---- what is the same

  bool SameEarlier(const PlanRule& own, const PlanRule& shared) const {
    return std::equal(own.earlier.begin(), own.earlier.end(), shared.earlier.begin(),
                      shared.earlier.end(), [&](int a, int b) { return rule_[At(a)] == b; });
  }

  bool SameCase(const PlanRule& own, const PlanRule& shared) {
    return own_.subjects[At(own.subject)] == shared_.subjects[At(shared.subject)] &&
           Same(own.condition, shared.condition) && SameEarlier(own, shared);
  }

  bool SameRule(std::size_t own, std::size_t shared) {
    const PlanRule& a = own_.plan_rules[own];
    const PlanRule& b = shared_.plan_rules[shared];
    if (own_hash_.Of(rules::RuleId(static_cast<std::int64_t>(own))) !=
            shared_hash_.Of(rules::RuleId(static_cast<std::int64_t>(shared))) ||
        !SameCase(a, b))
      return false;
    for (std::size_t c = 0; c < a.consequences.size(); ++c) {
      if (!Same(a.consequences[c].node, b.consequences[c].node)) return false;
    }
    return true;
  }

  // In order: the earlier rows of a scale come before the later ones.
  void FindRules() {
    std::map<std::string, std::vector<std::size_t>> by_words;
    for (std::size_t i = 0; i < shared_rules().rules.size(); ++i)
      by_words[shared_hash_.Of(rules::RuleId(static_cast<std::int64_t>(i)))].push_back(i);
    std::set<std::size_t> taken;
    for (std::size_t own = 0; own < own_.plan_rules.size(); ++own) {
      for (const std::size_t i :
           by_words[own_hash_.Of(rules::RuleId(static_cast<std::int64_t>(own)))]) {
        if (taken.contains(i) || !SameRule(own, i)) continue;
        taken.insert(i);
        rule_[own] = static_cast<int>(i);
        break;
      }
    }
  }

  bool SameQualification(std::size_t own, std::size_t shared) {
    const PlanQualification& a = own_.qualifications[own];
    const PlanQualification& b = shared_.qualifications[shared];
    if (own_hash_.Of(rules::QualificationId(static_cast<std::int64_t>(own))) !=
        shared_hash_.Of(rules::QualificationId(static_cast<std::int64_t>(shared))))
      return false;
    if (!SameCase(a, b)) return false;
    return std::equal(a.fields.begin(), a.fields.end(), b.fields.begin(), b.fields.end(),
                      [&](std::int32_t x, std::int32_t y) { return Same(x, y); });
  }

  bool SameCase(const PlanQualification& own, const PlanQualification& shared) {
    if (own_.subjects[At(own.subject)] != shared_.subjects[At(shared.subject)] ||
        (own.from_rule >= 0) != (shared.from_rule >= 0))
      return false;
    if (own.from_rule < 0) return Same(own.condition, shared.condition);
    return SameCase(own_.plan_rules[At(own.from_rule)], shared_.plan_rules[At(shared.from_rule)]);
  }

  void FindQualifications() {
    qualification_.assign(own_.qualifications.size(), -1);
    std::set<std::size_t> taken;
    for (std::size_t own = 0; own < own_.qualifications.size(); ++own) {
      for (std::size_t i = 0; i < shared_rules().qualifications.size(); ++i) {
        if (taken.contains(i) || !SameQualification(own, i)) continue;
        taken.insert(i);
        qualification_[own] = static_cast<int>(i);
        break;
      }
    }
  }

  // Facts of a kind on one day are in the order in which they were derived. `match`: by number in
  // the amended text, the one of the text in force that takes its place; -1: none.
  bool SameSequence(const std::vector<int>& match) {
    std::map<int, std::vector<int>> shared;
    std::map<int, std::vector<int>> own;
    const std::set<int> kept(match.begin(), match.end());
    for (const PlanStep& step : shared_.steps) {
      if (step.qualification >= 0 && kept.contains(step.qualification))
        shared[shared_.qualifications[At(step.qualification)].target].push_back(step.qualification);
    }
    for (const PlanStep& step : own_.steps) {
      if (step.qualification >= 0 && match[At(step.qualification)] >= 0)
        own[own_.qualifications[At(step.qualification)].target].push_back(
            match[At(step.qualification)]);
    }
    return shared == own;
  }

  // ---- what is not

  void Drop(const Agenda& run) {
    const std::set<int> rules(rule_.begin(), rule_.end());
    const std::set<int> qualifications(qualification_.begin(), qualification_.end());
    for (const PlanStep& step : run.steps) {
      if (step.rule >= 0 && !rules.contains(step.rule))
        revision_.dropped_rules.push_back(step.rule);
      if (step.qualification >= 0 && !qualifications.contains(step.qualification))
        revision_.dropped_qualifications.push_back(step.qualification);
    }
  }

  // What the amended text runs and the text in force does not, be it new or not.
  void Add(const Agenda& run, const Agenda& own_run) {
    std::set<int> rules;
    std::set<int> qualifications;
    for (const PlanStep& step : run.steps) {
      if (step.rule >= 0) rules.insert(step.rule);
      if (step.qualification >= 0) qualifications.insert(step.qualification);
    }
    added_rule_.assign(own_.plan_rules.size(), -1);
    for (const PlanStep& step : own_run.steps) {
      if (step.rule >= 0 && !rules.contains(rule_[At(step.rule)])) AddRule(step.rule);
      if (step.qualification >= 0 &&
          !qualifications.contains(qualification_[At(step.qualification)]))
        AddQualification(step.qualification);
    }
  }

  int PutRule(int own) {
    if (rule_[At(own)] >= 0) return rule_[At(own)];
    if (added_rule_[At(own)] >= 0) return added_rule_[At(own)];
    PlanRule rule = own_.plan_rules[At(own)];
    for (int& row : rule.earlier) row = PutRule(row);
    rule.subject = PutSubject(rule.subject);
    rule.condition = Put(rule.condition);
    for (PlanQuantity& consequence : rule.consequences) consequence.node = Put(consequence.node);
    shared_.plan_rules.push_back(std::move(rule));
    return added_rule_[At(own)] = static_cast<int>(shared_.plan_rules.size()) - 1;
  }

  void AddRule(int own) {
    Revision::Added added;
    added.shared = PutRule(own);
    for (const int dropped : revision_.dropped_rules) {
      if (SameCase(own_.plan_rules[At(own)], shared_.plan_rules[At(dropped)])) added.twin = dropped;
    }
    revision_.rules.push_back(added);
  }

  void AddQualification(int own) {
    const PlanQualification& q = own_.qualifications[At(own)];
    Revision::Added added;
    added.table = q.table;
    for (const int dropped : revision_.dropped_qualifications) {
      const PlanQualification& old = shared_.qualifications[At(dropped)];
      if (SameCase(q, old)) added.twin = dropped;
      const bool taken =
          std::any_of(revision_.qualifications.begin(), revision_.qualifications.end(),
                      [&](const Revision::Added& other) { return other.replaces == dropped; });
      if (!taken && q.table >= 0 && old.table >= 0 && q.target == old.target &&
          own_rules().qualifications[At(own)].name ==
              shared_rules().qualifications[At(dropped)].name)
        added.replaces = dropped;
    }
    PlanQualification shared = q;
    shared.subject = PutSubject(q.subject);
    shared.condition = Put(q.condition);
    if (q.from_rule >= 0) shared.from_rule = PutRule(q.from_rule);
    for (std::int32_t& field : shared.fields) field = Put(field);
    shared.table = -1;
    added.shared = static_cast<int>(shared_.qualifications.size());
    shared_.qualifications.push_back(std::move(shared));
    added_qualification_.emplace_back(added.shared, own);
    revision_.qualifications.push_back(added);
  }

  // A qualification that takes another's place must do so in the same order among the rest.
  void CheckReplacements() {
    std::vector<int> match = qualification_;
    for (std::size_t i = 0; i < revision_.qualifications.size(); ++i) {
      if (revision_.qualifications[i].replaces >= 0)
        match[At(added_qualification_[i].second)] = revision_.qualifications[i].replaces;
    }
    if (SameSequence(match)) return;
    for (Revision::Added& added : revision_.qualifications) added.replaces = -1;
  }

  // ---- the amended text's own numbers

  void Number() {
    revision_.own_rule.assign(shared_.plan_rules.size(), -1);
    revision_.own_qualification.assign(shared_.qualifications.size(), -1);
    revision_.own_subject.assign(shared_.subjects.size(), -1);
    for (std::size_t own = 0; own < rule_.size(); ++own) {
      for (const int shared : {rule_[own], added_rule_[own]}) {
        if (shared >= 0) revision_.own_rule[At(shared)] = static_cast<int>(own);
      }
    }
    for (std::size_t own = 0; own < qualification_.size(); ++own) {
      if (qualification_[own] >= 0)
        revision_.own_qualification[At(qualification_[own])] = static_cast<int>(own);
    }
    for (const auto& [shared, own] : added_qualification_)
      revision_.own_qualification[At(shared)] = own;
    for (std::size_t i = 0; i < shared_.subjects.size(); ++i) {
      const auto found = std::find(own_.subjects.begin(), own_.subjects.end(), shared_.subjects[i]);
      if (found != own_.subjects.end())
        revision_.own_subject[i] = static_cast<int>(found - own_.subjects.begin());
    }
  }

  Plan& shared_;
  const Plan& own_;
  const rules::ContentHash& shared_hash_;
  const rules::ContentHash own_hash_;
  Revision revision_;
  // By the amended text's own number: place in the shared plan, or -1.
  std::vector<std::int32_t> node_;
  std::vector<int> parameter_, measure_;
  std::vector<int> rule_, qualification_;  // the same in the text in force
  std::vector<int> added_rule_;
  std::vector<std::pair<int, int>> added_qualification_;  // shared, own
};

}  // namespace

Revision Revise(Plan& shared, const rules::ContentHash& words, const Agenda& run,
                const Plan& amended, const Agenda& amended_run, const YearDays& year) {
  return Merger(shared, words, amended).Run(run, amended_run, year);
}

}  // namespace cotejo::year
