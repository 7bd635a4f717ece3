#include "solver/checks/case_evidence.h"

#include <algorithm>

#include "model/evaluation/impossible.h"
#include "model/rules/content_hash.h"

namespace cotejo::checks {

namespace {

bool Bound(const rules::Ruleset& rules, const rules::Case& example) {
  return std::any_of(example.readings.begin(), example.readings.end(), [&](const auto& bound) {
    return rules.readings[bound.first.index()].chosen != bound.second;
  });
}

bool Supposes(const rules::Ruleset& rules, const rules::Case& example) {
  return std::any_of(example.facts.begin(), example.facts.end(), [&](const rules::GivenFact& f) {
    return rules.kind(f.kind).derived || rules.kind(f.kind).is_sanction;
  });
}

void Add(rules::Hasher& hash, const rules::Value& value) {
  hash.Add(value.number.num());
  hash.Add(value.number.den());
  hash.Add(value.absent ? 1 : 0);
}

}  // namespace

CaseEvidence::CaseEvidence(const CheckContext& context, const encoding::Cone& cone,
                           const std::vector<rules::Subject>& roots)
    : context_(context), steps_(encoding::StepsOf(context.rules, cone)) {
  const rules::Ruleset& rules = context.rules;
  // What the calendar itself produces happens in every case.
  const bool always = std::any_of(roots.begin(), roots.end(), [&](const rules::Subject& root) {
    return rules.kind(root.kind).periodicity != rules::Periodicity::None;
  });
  for (std::size_t i = 0; i < rules.cases.size(); ++i) {
    const rules::Case& example = rules.cases[i];
    if (Bound(rules, example) || Supposes(rules, example)) continue;
    const bool touches =
        cone.sanctions || always ||
        std::any_of(example.facts.begin(), example.facts.end(),
                    [&](const rules::GivenFact& fact) { return cone.kinds[fact.kind.index()]; });
    if (!touches) continue;
    const evaluation::History history = evaluation::CaseHistory(rules, example);
    if (!evaluation::WhyImpossible(rules, history)) cases_.push_back(i);
  }
}

Found CaseEvidence::Run(std::size_t index) const {
  Found found;
  found.history = evaluation::CaseHistory(context_.rules, context_.rules.cases[index]);
  found.result = evaluation::Evaluate(context_.rules, context_.families, found.history, steps_);
  return found;
}

Found CaseEvidence::RunWhole(std::size_t index) const {
  Found found;
  found.history = evaluation::CaseHistory(context_.rules, context_.rules.cases[index]);
  found.result = evaluation::Evaluate(context_.rules, context_.families, found.history);
  return found;
}

base::Text CaseEvidence::Name(std::size_t index) const {
  const std::string& name = context_.rules.cases[index].name;
  return {"el caso «" + name + "»", "the case «" + name + "»"};
}

std::string CaseEvidence::Digest() const {
  rules::Hasher hash;
  for (std::size_t index : cases_) {
    const rules::Case& example = context_.rules.cases[index];
    hash.Add(example.name);
    for (const rules::GivenAttribute& given : example.attributes) {
      hash.Add(context_.rules.attribute(given.attribute).name);
      hash.Add(given.from ? given.from->days() : 0);
      Add(hash, given.value);
    }
    for (const rules::GivenFact& fact : example.facts) {
      hash.Add(context_.rules.kind(fact.kind).name);
      hash.Add(fact.date.days());
      hash.Add(fact.shift);
      for (const auto& [field, value] : fact.fields) {
        hash.Add(field.value);
        Add(hash, value);
      }
    }
  }
  return hash.str();
}

}  // namespace cotejo::checks
