// What the regulation's own cases show of its rules: histories at hand, that nobody need find.
#pragma once

#include <string>
#include <vector>

#include "model/evaluation/evaluate.h"
#include "solver/checks/realise.h"
#include "solver/encoding/cone.h"

namespace cotejo::checks {

class CaseEvidence {
 public:
  // The cases that can touch what a cone is about, in their order. Left out: those bound to
  // another reading, those that suppose a fact which only a norm can establish, and those that
  // tell what cannot happen as the text is read here.
  CaseEvidence(const CheckContext& context, const encoding::Cone& cone,
               const std::vector<rules::Subject>& roots);

  [[nodiscard]] const std::vector<std::size_t>& cases() const { return cases_; }
  // The case as the rules of the cone judge it.
  [[nodiscard]] Found Run(std::size_t index) const;
  // … and as they all do.
  [[nodiscard]] Found RunWhole(std::size_t index) const;
  [[nodiscard]] base::Text Name(std::size_t index) const;
  // Of what the cases say, for Task::depends.
  [[nodiscard]] std::string Digest() const;

 private:
  const CheckContext& context_;
  std::vector<rules::Step> steps_;
  std::vector<std::size_t> cases_;
};

}  // namespace cotejo::checks
