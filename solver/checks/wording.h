// Findings in words: regions, witnesses and answers, in Spanish and English.
#pragma once

#include <string>
#include <vector>

#include "model/evaluation/fact_wording.h"
#include "solver/checks/realise.h"

namespace cotejo::checks {

using evaluation::Spaced;

// «atraso mensual, fila 5», «abandono por días consecutivos»
base::Text DescribeName(const rules::Rule& rule);

// "atraso por mes", "llegada"
base::Text DescribeSubject(const rules::Ruleset& rules, const rules::Subject& subject);

// "minutos de atraso: más de 30 y menos de 31 minutos"
base::Text DescribeLimit(const rules::Ruleset& rules, const encoding::Constraint& limit);
base::Text DescribeLimits(const rules::Ruleset& rules,
                          const std::vector<encoding::Constraint>& limits);
base::Text DescribeBox(const rules::Ruleset& rules, const rules::Box& box);

// What a rule orders, with the quantities of one application: "proceso interno y destitución".
base::Text DescribeOutcome(const rules::Ruleset& rules, const evaluation::Application& application);
// The measures an application looked at: "minutos de atraso = 126 minutos".
base::Text DescribeReadings(const rules::Ruleset& rules,
                            const std::vector<evaluation::MeasureReading>& readings);

// Articles of a rule and of the qualifications that lead to its subject.
std::vector<base::Citation> CitationsOf(const rules::Ruleset& rules, rules::RuleId rule,
                                        const std::vector<rules::QualificationId>& through);
base::Citation CitationOf(const rules::Ruleset& rules, rules::QualificationId id);

// Facts, attributes and CSV of a replayed history; the answers are left to the check.
base::Witness DescribeWitness(const CheckContext& context, const Found& found);
base::WitnessAnswer DescribeAnswer(const rules::Ruleset& rules,
                                   const evaluation::Application& application);

base::Text DescribeReading(const rules::Ruleset& rules);
base::Text DescribePrecedence(rules::Precedence why);

using base::FindingId;

std::vector<base::Citation> Unique(std::vector<base::Citation> citations);

}  // namespace cotejo::checks
