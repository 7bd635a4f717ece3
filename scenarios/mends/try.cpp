#include <algorithm>
#include <map>
#include <sstream>

#include "scenarios/amendments/apply.h"
#include "scenarios/mends/places.h"

namespace cotejo::mends {

using base::Text;

namespace {

// The declaration's text with the edits made; the last edit of the text goes in first.
std::string Edited(const Bench& bench, const language::Decl& decl, std::vector<Edit> edits) {
  std::sort(edits.begin(), edits.end(),
            [](const Edit& a, const Edit& b) { return a.span.offset > b.span.offset; });
  std::string text = TextOf(bench, decl.span);
  for (const Edit& edit : edits) {
    text.replace(edit.span.offset - decl.span.offset, edit.span.length, edit.text);
  }
  return text;
}

std::map<const language::Decl*, std::vector<Edit>> ByDeclaration(const Bench& bench,
                                                                 const Proposal& proposal) {
  std::map<const language::Decl*, std::vector<Edit>> by;
  for (const Edit& edit : proposal.edits) {
    if (const rules::ProgramEntry* entry = EntryAt(bench.program, edit.span)) {
      by[entry->decl].push_back(edit);
    }
  }
  return by;
}

// The declarations a proposal touches, in the order of the program.
std::vector<const language::Decl*> Touched(const Bench& bench, const Proposal& proposal) {
  const auto by = ByDeclaration(bench, proposal);
  std::vector<const language::Decl*> touched;
  for (const rules::ProgramEntry& entry : bench.program.entries) {
    if (by.contains(entry.decl)) touched.push_back(entry.decl);
  }
  return touched;
}

std::vector<std::string> Words(const std::string& text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : text) {
    const bool apart = c == '(' || c == ')' || c == ',' || c == '|';
    if (c == ' ' || c == '\n' || apart) {
      if (!word.empty()) words.push_back(std::exchange(word, {}));
      if (apart) words.emplace_back(1, c);
    } else {
      word += c;
    }
  }
  if (!word.empty()) words.push_back(word);
  return words;
}

std::string FileSafe(std::string text) {
  text = base::Fold(text);
  for (char& c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (!plain) c = '_';
  }
  return text;
}

struct Amended {
  language::NormFile file;  // keeps the tree alive
  std::shared_ptr<const rules::Ruleset> rules;
  Text problem;
};

Amended Resolve(const Bench& bench, const std::string& text, const std::string& name) {
  base::Diagnostics diagnostics;
  const base::FileId file = bench.sources.Add(name + ".enmienda.norma.md", text);
  amendments::Amendment amendment = amendments::ParseAmendment(bench.sources, file, diagnostics);
  rules::Program program = amendments::Apply(bench.program, amendment, diagnostics);
  // The cases stay: here they are histories to look at, not tests of the text in force.
  for (const rules::ProgramEntry& entry : bench.program.entries) {
    if (entry.decl->kind == language::Decl::Kind::Case) program.entries.push_back(entry);
  }
  program.title = bench.program.title;
  Amended amended;
  if (!diagnostics.has_errors()) {
    amended.rules = rules::Resolve(bench.sources, program, bench.readings, diagnostics);
  }
  if (diagnostics.has_errors()) {
    amended.rules = nullptr;
    const base::Diagnostic& first = diagnostics.all().front();
    amended.problem = {"la edición no se puede escribir: " + first.message.es,
                       "the edit cannot be written: " + first.message.en};
  }
  amended.file = std::move(amendment.file);
  return amended;
}

bool Has(const base::CheckReport& report, const std::string& id) {
  return std::any_of(report.findings.begin(), report.findings.end(),
                     [&](const base::Finding& finding) { return finding.id == id; });
}

// What only informs (a conflict that the mend settles, say) is not a defect brought in.
std::vector<std::string> Introduced(const base::CheckReport& before,
                                    const base::CheckReport& after) {
  std::vector<std::string> ids;
  for (const base::Finding& finding : after.findings) {
    if (finding.severity == base::FindingSeverity::Information) continue;
    if (!Has(before, finding.id)) ids.push_back(finding.id);
  }
  return ids;
}

// Questions answered before and open now: a finding could hide there.
int NewlyOpen(const base::CheckReport& before, const base::CheckReport& after) {
  return after.totals.unknown + after.totals.unsupported - before.totals.unknown -
         before.totals.unsupported;
}

}  // namespace

std::string WriteAmendment(const Bench& bench, const Proposal& proposal, const std::string& name) {
  const auto by = ByDeclaration(bench, proposal);
  std::ostringstream text;
  const std::vector<const language::Decl*> touched = Touched(bench, proposal);
  std::string norm = touched.empty() ? "" : touched.front()->citation.norm;
  if (norm.empty() && !bench.rules.norms.empty()) norm = bench.rules.norms.front().name;
  text << "# " << proposal.title.es << "\n\n```norma\nenmienda " << FileSafe(name) << " \""
       << proposal.title.es << "\" sobre " << norm << "\n";
  for (const language::Decl* decl : touched) {
    text << "\nsustituye " << Edited(bench, *decl, by.at(decl)) << "\n";
  }
  text << "```\n";
  return text.str();
}

int CountEdits(const Bench& bench, const Proposal& proposal) {
  int count = 0;
  for (const Edit& edit : proposal.edits) {
    std::vector<std::string> before = Words(TextOf(bench, edit.span));
    std::vector<std::string> after = Words(edit.text);
    std::sort(before.begin(), before.end());
    std::sort(after.begin(), after.end());
    std::vector<std::string> changed;
    std::set_symmetric_difference(before.begin(), before.end(), after.begin(), after.end(),
                                  std::back_inserter(changed));
    count += static_cast<int>(changed.size());
  }
  return count;
}

Trial Try(const Bench& bench, const base::Finding& finding) {
  Trial trial;
  int number = 0;
  for (const Proposal& proposal : Propose(bench, finding)) {
    const std::string name = "remedio_" + finding.id + "_" + std::to_string(++number);
    base::Mend mend;
    mend.title = proposal.title;
    mend.amendment = WriteAmendment(bench, proposal, name);
    mend.edits = CountEdits(bench, proposal);
    const bool known =
        std::any_of(trial.mends.begin(), trial.mends.end(),
                    [&](const base::Mend& m) { return m.title.es == mend.title.es; });
    if (known) continue;
    const Amended amended = Resolve(bench, mend.amendment, name);
    if (!amended.rules) {
      trial.refused.push_back({mend.title, amended.problem});
      continue;
    }
    const base::CheckReport after =
        bench.check(*amended.rules, rules::BuildFamilies(*amended.rules));
    mend.removes = !Has(after, finding.id);
    mend.introduced = Introduced(bench.report, after);
    if (!mend.removes) {
      trial.refused.push_back({mend.title, {"el hallazgo sigue", "the finding remains"}});
    } else if (!mend.introduced.empty()) {
      std::string ids;
      for (const std::string& id : mend.introduced) ids += (ids.empty() ? "" : ", ") + id;
      trial.refused.push_back(
          {mend.title, {"trae otros hallazgos: " + ids, "it brings other findings: " + ids}});
    } else if (NewlyOpen(bench.report, after) > 0) {
      trial.refused.push_back({mend.title,
                               {"deja preguntas sin decidir que antes lo estaban",
                                "it leaves questions open that were decided before"}});
    } else {
      trial.mends.push_back(std::move(mend));
    }
  }
  std::stable_sort(trial.mends.begin(), trial.mends.end(),
                   [](const base::Mend& a, const base::Mend& b) { return a.edits < b.edits; });
  return trial;
}

}  // namespace cotejo::mends
