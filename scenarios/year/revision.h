// What an amendment changes of the text in force, put into the plan of the latter: a year judged
// by the one is then judged by the other for little more than what is not the same.
#pragma once

#include <vector>

#include "model/rules/content_hash.h"
#include "scenarios/year/agenda.h"
#include "scenarios/year/staff_plan.h"

namespace cotejo::year {

// Rules and qualifications go by their place in the shared plan: first those of the text in
// force, with its own numbers, and then what each amendment adds.
struct Revision {
  // A declaration of the amended text that the text in force does not have.
  struct Added {
    int shared = -1;
    int twin = -1;      // one that is dropped and holds in exactly the same cases; -1: none
    int table = -1;     // of a qualification of arrivals, in the amended text's own tables
    int replaces = -1;  // the dropped qualification of arrivals of the same name and target
  };

  // Something on which all depends is not the same (people, what can happen to them, which gaps
  // there may be): every year is judged from the beginning.
  bool apart = false;
  // Rules look at sanctions: what changes one may change others.
  bool chained = false;
  std::vector<int> dropped_rules;
  std::vector<int> dropped_qualifications;
  std::vector<Added> rules;
  std::vector<Added> qualifications;  // in order of evaluation
  // The amended text's own number of what is in the shared plan; -1: that text does not have it.
  std::vector<int> own_rule, own_qualification, own_subject;
};

// Adds to `shared`, the plan of the text in force, what is needed of `amended`; `words` are those
// of the former; `run` and `amended_run` are what the tables notice of each. Both plans are for the
// same people, year and denominator.
Revision Revise(Plan& shared, const rules::ContentHash& words, const Agenda& run,
                const Plan& amended, const Agenda& amended_run, const YearDays& year);

}  // namespace cotejo::year
