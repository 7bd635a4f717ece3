// What the result of a task depends on, as a digest.
#include <algorithm>

#include "solver/checks/questions.h"
#include "solver/encoding/cone.h"

namespace cotejo::checks {

using rules::Declarations;

namespace {

// Options that change what is found; the threads and the folders do not.
std::string With(const CheckContext& context, const std::string& content) {
  rules::Hasher hash;
  hash.Add(content);
  hash.Add(context.year);
  hash.Add(static_cast<std::int64_t>(context.options.rlimit));
  hash.Add(static_cast<std::int64_t>(context.options.cell_budget));
  return hash.str();
}

template <typename Id>
void Append(const std::vector<bool>& marked, std::vector<Id>& ids) {
  for (std::size_t i = 0; i < marked.size(); ++i) {
    if (marked[i]) ids.emplace_back(static_cast<std::int64_t>(i));
  }
}

void Append(const encoding::Cone& cone, Declarations& part) {
  Append(cone.kinds, part.kinds);
  Append(cone.measures, part.measures);
  Append(cone.qualifications, part.qualifications);
  Append(cone.rules, part.rules);
}

}  // namespace

namespace {

Declarations DeclarationsOf(const rules::Ruleset& rules, const rules::Family& family,
                            const encoding::Cone& cone) {
  Declarations part;
  Append(cone, part);
  // Rows that can never apply belong to no family, but the scale they are in is cited.
  for (std::size_t i = 0; i < rules.scales.size(); ++i) {
    if (rules.scales[i].subject == family.root) {
      part.scales.emplace_back(static_cast<std::int64_t>(i));
    }
  }
  return part;
}

}  // namespace

Declarations DeclarationsOf(const CheckContext& context, const rules::Family& family) {
  return DeclarationsOf(context.rules, family, encoding::ConeOf(context.rules, family));
}

std::string DependsOn(const CheckContext& context, const Declarations& part) {
  if (context.content == nullptr) return {};
  return With(context, context.content->Of(part));
}

namespace {

// Sanctions are born of any rule's deductions: what rests on them rests on all the rules.
std::string DependsOnRules(const CheckContext& context) {
  const rules::Ruleset& rules = context.rules;
  Declarations part;
  const auto all = [](std::size_t count, auto& ids) {
    for (std::size_t i = 0; i < count; ++i) ids.emplace_back(static_cast<std::int64_t>(i));
  };
  all(rules.fact_kinds.size(), part.kinds);
  all(rules.measures.size(), part.measures);
  all(rules.qualifications.size(), part.qualifications);
  all(rules.rules.size(), part.rules);
  all(rules.scales.size(), part.scales);
  return DependsOn(context, part);
}

}  // namespace

std::string DependsOnFamily(const CheckContext& context, const rules::Family& family) {
  if (context.content == nullptr) return {};
  const encoding::Cone cone = encoding::ConeOf(context.rules, family);
  if (cone.sanctions) return DependsOnRules(context);
  return DependsOn(context, DeclarationsOf(context.rules, family, cone));
}

std::string DependsOnOutcomes(const CheckContext& context, const rules::Family& family) {
  if (context.content == nullptr) return {};
  const rules::Ruleset& rules = context.rules;
  Declarations part = DeclarationsOf(context, family);
  std::vector<bool> reached(rules.fact_kinds.size(), false);
  std::vector<rules::FactKindId> open{family.root.kind};
  reached[family.root.kind.index()] = true;
  while (!open.empty()) {
    const rules::FactKindId kind = open.back();
    open.pop_back();
    for (const rules::Qualification& by : rules.qualifications) {
      if (by.subject.kind != kind || reached[by.target.index()]) continue;
      reached[by.target.index()] = true;
      open.push_back(by.target);
    }
  }
  for (const rules::Family& other : context.families.families) {
    const bool judges = std::any_of(
        other.rules.begin(), other.rules.end(), [&](const rules::ExpandedRule& expanded) {
          return reached[rules.rule(expanded.rule).subject.kind.index()];
        });
    if (!judges) continue;
    const encoding::Cone cone = encoding::ConeOf(rules, other);
    if (cone.sanctions) return DependsOnRules(context);
    Append(cone, part);
  }
  return DependsOn(context, part);
}

std::string DependsOnAll(const CheckContext& context) {
  return context.content == nullptr ? "" : With(context, context.content->Whole());
}

}  // namespace cotejo::checks
