#include "solver/checks/asks.h"

#include <algorithm>
#include <set>

#include "solver/checks/clashes.h"
#include "solver/checks/severity.h"
#include "solver/checks/sweep.h"

namespace cotejo::checks {

using encoding::Algebra;
using encoding::Cond;
using encoding::HistoryEncoding;
using rules::FaultClass;

Asks::Asks(const CheckContext& context, const rules::Family& family)
    : context_(context), family_(family) {}

Asks::Family& Asks::About(const rules::Subject& subject) {
  const auto known = families_.find(subject);
  if (known != families_.end()) return known->second;
  Family about;
  about.family = &family_;
  for (const rules::Family& other : context_.families.families) {
    if (other.root == subject) about.family = &other;
  }
  const std::size_t count = about.family->rules.size();
  about.yields_to = YieldsTo(context_.rules, *about.family);
  about.defeats.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t winner : about.yields_to[i]) about.defeats[winner].push_back(i);
    about.keys.push_back(OutcomeKeys(context_.rules, about.family->rules[i].rule));
    for (const std::string& key : about.keys.back()) about.with_key[key].push_back(i);
  }
  return families_.emplace(subject, std::move(about)).first->second;
}

// ---- Who stands ------------------------------------------------------------------

Cond Asks::Applies(const Family& about, int root, std::size_t position) {
  const rules::ExpandedRule& rule = about.family->rules[position];
  return encoding_->Applies(root, rule.rule, rule.through);
}

template <typename AppliesAt, typename StandsAt>
Cond Asks::Undefeated(const Family& about, Standing& known, int root, std::size_t position,
                      AppliesAt applies, StandsAt stands) {
  const std::pair<int, std::size_t> key{root, position};
  const auto [at, added] = known.try_emplace(key);
  if (!added) {
    if (!at->second) circular_ = true;  // it is being worked out further up
    return at->second.value_or(Algebra::Fixed(false));
  }
  std::vector<Cond> all{applies(position)};
  if (!all.front().IsFalse()) {
    for (std::size_t winner : about.yields_to[position]) {
      all.push_back(encoding_->algebra().Not(stands(winner)));
    }
  }
  Cond result = encoding_->algebra().And(all);
  known[key] = result;
  return result;
}

Cond Asks::Stands(const Family& about, int root, std::size_t position) {
  return Undefeated(
      about, stands_, root, position, [&](std::size_t at) { return Applies(about, root, at); },
      [&](std::size_t at) { return Stands(about, root, at); });
}

Cond Asks::AppliesWithout(const Family& about, const Without& without, int root,
                          std::size_t position) {
  const auto in = [&](const Positions& positions, std::size_t at) {
    return std::find(positions.begin(), positions.end(), at) != positions.end();
  };
  if (in(without.removed, position)) return Algebra::Fixed(false);
  if (!in(without.restored, position)) return Applies(about, root, position);
  const auto& all_rules = about.family->rules;
  const rules::ExpandedRule& own = all_rules[position];
  std::vector<Cond> all{encoding_->Holds(root, own.rule, own.through)};
  for (std::size_t at = 0; at < all_rules.size(); ++at) {
    const rules::ExpandedRule& other = all_rules[at];
    if (SameScale(context_.rules, own.rule, other.rule) && own.through == other.through &&
        context_.rules.rule(other.rule).row < context_.rules.rule(own.rule).row &&
        !in(without.removed, at)) {
      all.push_back(encoding_->algebra().Not(encoding_->Holds(root, other.rule, other.through)));
    }
  }
  return encoding_->algebra().And(all);
}

Cond Asks::StandsWithout(const Family& about, const Without& without, Standing& known, int root,
                         std::size_t position) {
  return Undefeated(
      about, known, root, position,
      [&](std::size_t at) { return AppliesWithout(about, without, root, at); },
      [&](std::size_t at) { return StandsWithout(about, without, known, root, at); });
}

// ---- Whether a rule matters ------------------------------------------------------

Asks::Positions Asks::LaterRows(const Family& about, const Positions& removed) const {
  Positions later;
  for (std::size_t row : removed) {
    const rules::ExpandedRule& own = about.family->rules[row];
    const rules::ScaleId scale = context_.rules.rule(own.rule).scale;
    if (!scale.valid() || context_.rules.scale(scale).policy != rules::HitPolicy::First) continue;
    for (std::size_t at = 0; at < about.family->rules.size(); ++at) {
      const rules::ExpandedRule& other = about.family->rules[at];
      if (SameScale(context_.rules, own.rule, other.rule) && own.through == other.through &&
          context_.rules.rule(own.rule).row < context_.rules.rule(other.rule).row) {
        later.push_back(at);
      }
    }
  }
  return later;
}

Cond Asks::MattersAt(const Family& about, const Positions& removed, int root) {
  Algebra& algebra = encoding_->algebra();
  std::vector<Cond> any;
  for (std::size_t at : removed) {
    if (Establishes(context_.rules, about.family->rules[at].rule)) {
      any.push_back(Applies(about, root, at));
    }
  }
  const Without without{removed, LaterRows(about, removed)};
  // Only rules that it, or the rows it makes way for, may defeat can change their fate.
  std::set<std::size_t> touched(removed.begin(), removed.end());
  touched.insert(without.restored.begin(), without.restored.end());
  for (Positions open(touched.begin(), touched.end()); !open.empty();) {
    const std::size_t at = open.back();
    open.pop_back();
    for (std::size_t loser : about.defeats[at]) {
      if (touched.insert(loser).second) open.push_back(loser);
    }
  }
  std::set<std::string> keys;
  for (std::size_t at : touched) keys.insert(about.keys[at].begin(), about.keys[at].end());
  Standing known;
  for (const std::string& key : keys) {
    std::vector<Cond> before;
    std::vector<Cond> after;
    for (std::size_t at : about.with_key.at(key)) {
      before.push_back(Stands(about, root, at));
      after.push_back(touched.contains(at) ? StandsWithout(about, without, known, root, at)
                                           : before.back());
    }
    any.push_back(algebra.Not(algebra.Iff(algebra.Or(before), algebra.Or(after))));
  }
  return algebra.Or(any);
}

// ---- Questions -------------------------------------------------------------------

Cond Asks::AskBoth(const Question& question, int root) {
  Algebra& algebra = encoding_->algebra();
  Family& about = About(family_.root);
  std::vector<Cond> any;
  for (const auto& [a, b] : question.pairs) {
    std::vector<Cond> all{Applies(about, root, a), Applies(about, root, b)};
    if (all[0].IsFalse() || all[1].IsFalse()) continue;
    switch (question.fate) {
      case Question::Fate::Conflict:
      case Question::Fate::Stand:
        all = {Stands(about, root, a), Stands(about, root, b)};
        break;
      case Question::Fate::Settled:
        all.push_back(algebra.Not(algebra.Iff(Stands(about, root, a), Stands(about, root, b))));
        break;
      default:
        break;
    }
    any.push_back(algebra.And(all));
  }
  return algebra.Or(any);
}

Cond Asks::AskOne(const Question& question, int root) {
  Family& about = About(family_.root);
  if (question.fate == Question::Fate::Matter) return MattersAt(about, question.positions, root);
  std::vector<Cond> any;
  for (std::size_t at : question.positions) {
    const rules::ExpandedRule& rule = family_.rules[at];
    switch (question.fate) {
      case Question::Fate::Stand:
        any.push_back(Stands(about, root, at));
        break;
      case Question::Fate::Hold:
        any.push_back(encoding_->Holds(root, rule.rule, rule.through));
        break;
      default:
        any.push_back(Applies(about, root, at));
    }
  }
  return encoding_->algebra().Or(any);
}

Cond Asks::EachStands(const Question& question, const Family& one, int root_one, const Family& two,
                      int root_two) {
  Algebra& algebra = encoding_->algebra();
  std::map<FaultClass, std::vector<Cond>> first;
  std::map<FaultClass, std::vector<Cond>> second;
  const auto gather = [&](const Family& about, int root,
                          std::map<FaultClass, std::vector<Cond>>& by_class) {
    for (std::size_t at = 0; at < about.family->rules.size(); ++at) {
      const rules::Rule& rule = context_.rules.rule(about.family->rules[at].rule);
      const bool counts = question.classes ? rule.fault != FaultClass::None : OrdersSanction(rule);
      if (counts) by_class[rule.fault].push_back(Stands(about, root, at));
    }
  };
  gather(one, root_one, first);
  gather(two, root_two, second);
  std::vector<Cond> any;
  for (const auto& [fault, sides] : first) {
    for (const auto& [other, others] : second) {
      if (question.classes && fault == other) continue;
      any.push_back(algebra.And({algebra.Or(sides), algebra.Or(others)}));
    }
  }
  return algebra.Or(any);
}

Cond Asks::AskTwice(const Question& question, int root) {
  Algebra& algebra = encoding_->algebra();
  std::vector<Cond> any;
  const int count = encoding_->roots();
  for (int one = 0; one < count; ++one) {
    if (encoding_->root(one).subject != question.one) continue;
    const Cond rests = encoding_->RestsOn(one, root);
    if (rests.IsFalse()) continue;
    for (int two = 0; two < count; ++two) {
      if (encoding_->root(two).subject != question.two) continue;
      const Cond also = encoding_->RestsOn(two, root);
      if (also.IsFalse()) continue;
      any.push_back(algebra.And(
          {rests, also, EachStands(question, About(question.one), one, About(question.two), two)}));
    }
  }
  return algebra.And({encoding_->root(root).exists, algebra.Or(any)});
}

Cond Asks::Ask(const Question& question, HistoryEncoding& encoding, int root) {
  encoding_ = &encoding;
  circular_ = false;
  Algebra& algebra = encoding.algebra();
  switch (question.kind) {
    case Question::Kind::Both:
      return AskBoth(question, root);
    case Question::Kind::One:
      return AskOne(question, root);
    case Question::Kind::Twice:
      return AskTwice(question, root);
    case Question::Kind::Inhabited:
      return encoding.root(root).exists;
    case Question::Kind::Characterised:
      return algebra.And(
          {encoding.Qualified(root, question.first), encoding.Qualified(root, question.second)});
    case Question::Kind::Gap:
      break;
  }
  std::vector<Cond> all{encoding.root(root).exists};
  for (const encoding::Constraint& constraint : question.region) {
    all.push_back(encoding.Within(root, constraint));
  }
  // Rules that ask other values than the region's cannot take its cases: they go unsaid.
  const rules::Box region{AtomsOf(question.region)};
  for (const rules::ExpandedRule& rule : family_.rules) {
    if (!MayMeet(context_.rules, family_, rule.boxes, {region})) continue;
    all.push_back(algebra.Not(encoding.Applies(root, rule.rule, rule.through)));
  }
  return algebra.And(all);
}

}  // namespace cotejo::checks
