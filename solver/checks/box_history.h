// A history made straight from what one box of a rule asks: the plain values that meet it, and
// as many facts as add up to them. It is only a guess, for the interpreter to judge.
#pragma once

#include <optional>

#include "solver/checks/histories.h"

namespace cotejo::checks {

class BoxHistories {
 public:
  BoxHistories(const CheckContext& context, const rules::Family& family)
      : context_(context), family_(family), layout_(MakeLayout(context)) {}

  // Which end of a range of values is taken.
  enum class End { Low, High };
  // Nothing when the box asks for what facts of primitive kinds do not plainly add up to.
  [[nodiscard]] std::optional<evaluation::History> Make(const rules::Box& box, End end) const;

 private:
  // So much of a measure.
  struct Need {
    rules::MeasureId measure;
    base::Rational amount;
  };
  struct Draft;

  [[nodiscard]] bool Meet(const rules::Atom& atom, End end, Draft& draft) const;
  [[nodiscard]] std::optional<Recipe> FactsFor(const Need& need, const Draft& draft) const;
  [[nodiscard]] std::vector<rules::Value> FieldsOf(rules::FactKindId kind,
                                                   const Draft& draft) const;
  [[nodiscard]] Placed At(rules::FactKindId kind, std::size_t place,
                          std::vector<rules::Value> fields) const;

  const CheckContext& context_;
  const rules::Family& family_;
  Layout layout_;
};

// What is said to have been looked at when such a history shows what was asked.
base::Text BoundsOfMaking(const CheckContext& context);

// Nothing in it could not be evaluated.
bool Sound(const evaluation::Result& result);

}  // namespace cotejo::checks
