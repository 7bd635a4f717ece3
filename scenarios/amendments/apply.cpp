#include "scenarios/amendments/apply.h"

#include <algorithm>

#include "model/base/file.h"
#include "model/language/parse.h"

namespace cotejo::amendments {

using language::Decl;

namespace {

void Report(base::Diagnostics& diagnostics, const char* code, base::Span span, base::Text message,
            base::Text hint) {
  diagnostics.Add({code, base::Severity::Error, span, std::move(message), std::move(hint), {}});
}

// Two declarations of one name: of the same kind, and for qualifications (whose name only
// says from what to what) and those that have none of the same citation.
bool SameDeclaration(const Decl& a, const Decl& b) {
  if (a.kind != b.kind || base::Fold(a.name.text) != base::Fold(b.name.text)) return false;
  const bool by_citation = a.kind == Decl::Kind::Qualification || a.name.text.empty();
  return !by_citation || a.citation == b.citation;
}

bool SameReading(const Decl& a, const Decl& b) {
  if (!a.under || !b.under) return a.under.has_value() == b.under.has_value();
  return base::Fold(a.under->reading.text) == base::Fold(b.under->reading.text) &&
         base::Fold(a.under->option.text) == base::Fold(b.under->option.text);
}

// What a message calls the declaration; statements have no name.
std::string Label(const Decl& decl) {
  return decl.name.text.empty() ? decl.citation.str() : decl.name.text;
}

// Takes a thing from the `unidad` that declares it; one `unidad` may be of several things.
bool Withdraw(rules::Program& program, const std::string& thing) {
  const std::string folded = base::Fold(thing);
  for (auto entry = program.entries.begin(); entry != program.entries.end(); ++entry) {
    if (entry->decl->kind != Decl::Kind::LeastUnit) continue;
    const auto& things = entry->decl->names;
    const bool here = std::any_of(things.begin(), things.end(), [&](const language::Name& name) {
      return base::Fold(name.text) == folded;
    });
    auto& gone = entry->withdrawn;
    if (!here || std::find(gone.begin(), gone.end(), folded) != gone.end()) continue;
    gone.push_back(folded);
    if (gone.size() == things.size()) program.entries.erase(entry);
    return true;
  }
  return false;
}

void NothingToReplace(const language::Name& label, const std::vector<std::string>& names,
                      base::Diagnostics& diagnostics) {
  const std::string near = base::NearestName(label.text, names);
  Report(diagnostics, "enmienda-sin-objeto", label.span,
         {"no hay qué sustituir: «" + label.text + "»",
          "there is nothing to replace: '" + label.text + "'"},
         near.empty() ? base::Text{"para una declaración nueva use «agrega»",
                                   "for a new declaration use 'agrega'"}
                      : base::Text{"¿quiso decir «" + near + "»?", "did you mean '" + near + "'?"});
}

void ReplaceUnits(rules::Program& program, const Decl& replacement, const std::string& norm,
                  base::Diagnostics& diagnostics) {
  std::vector<std::string> names;
  for (const rules::ProgramEntry& entry : program.entries) {
    if (entry.decl->kind != Decl::Kind::LeastUnit) continue;
    for (const language::Name& name : entry.decl->names) names.push_back(name.text);
  }
  for (const language::Name& name : replacement.names) {
    if (!Withdraw(program, name.text)) NothingToReplace(name, names, diagnostics);
  }
  program.entries.push_back({&replacement, norm});
}

void Replace(rules::Program& program, const Decl& edit, const std::string& norm,
             base::Diagnostics& diagnostics) {
  const Decl& replacement = *edit.edit;
  if (replacement.kind == Decl::Kind::LeastUnit)
    return ReplaceUnits(program, replacement, norm, diagnostics);
  std::vector<rules::ProgramEntry*> found;
  for (rules::ProgramEntry& entry : program.entries) {
    if (SameDeclaration(*entry.decl, replacement)) found.push_back(&entry);
  }
  // Several qualifications may cite one place, each under its own reading.
  if (found.size() > 1) {
    std::erase_if(found, [&](const rules::ProgramEntry* entry) {
      return !SameReading(*entry->decl, replacement);
    });
    if (found.size() != 1) {
      return Report(
          diagnostics, "enmienda-ambigua", replacement.name.span,
          {"hay varias declaraciones que esto podría sustituir: «" + Label(replacement) + "»",
           "this could replace several declarations: '" + Label(replacement) + "'"},
          {"derogue por cita las que sobran y agregue la nueva",
           "repeal the others by citation and add the new one"});
    }
  }
  if (!found.empty()) {
    found.front()->decl = &replacement;
    found.front()->repealed.clear();
    return;
  }
  std::vector<std::string> names;
  for (const rules::ProgramEntry& entry : program.entries) {
    if (entry.decl->kind == replacement.kind) names.push_back(Label(*entry.decl));
  }
  NothingToReplace({Label(replacement), replacement.name.span}, names, diagnostics);
}

bool CitesWithin(const Decl& decl, const base::Citation& outer) {
  const auto within = [&](const base::Citation& citation) {
    return !citation.empty() && citation.within(outer);
  };
  if (decl.kind == Decl::Kind::Safeguard && within(*decl.refer_to)) return true;
  return within(decl.citation);
}

bool Repealed(const Decl& decl, const Decl& edit) {
  if (edit.refer_to) return CitesWithin(decl, *edit.refer_to);
  // Of a `unidad` only the thing named goes: Withdraw.
  return decl.kind != Decl::Kind::LeastUnit &&
         base::Fold(decl.name.text) == base::Fold(edit.name.text);
}

// A row, an exception, or a milestone that cites inside the repealed provision.
bool HoldsRepealed(const Decl& decl, const base::Citation& outer) {
  const auto cites = [&](const auto& clause) { return clause.citation.within(outer); };
  const auto step = [&](const language::MilestoneDecl& milestone) {
    return cites(milestone) || milestone.miss_citation.within(outer);
  };
  return std::any_of(decl.exceptions.begin(), decl.exceptions.end(), cites) ||
         std::any_of(decl.milestones.begin(), decl.milestones.end(), step) ||
         std::any_of(decl.rows.begin(), decl.rows.end(), [&](const language::RowDecl& row) {
           return cites(row) || std::any_of(row.exceptions.begin(), row.exceptions.end(), cites);
         });
}

void Repeal(rules::Program& program, const Decl& edit, base::Diagnostics& diagnostics) {
  const auto removed =
      std::remove_if(program.entries.begin(), program.entries.end(),
                     [&](const rules::ProgramEntry& entry) { return Repealed(*entry.decl, edit); });
  bool found = removed != program.entries.end();
  program.entries.erase(removed, program.entries.end());
  if (edit.refer_to) {
    for (rules::ProgramEntry& entry : program.entries) {
      if (!HoldsRepealed(*entry.decl, *edit.refer_to)) continue;
      entry.repealed.push_back(*edit.refer_to);
      found = true;
    }
  } else {
    found = Withdraw(program, edit.name.text) || found;
  }
  if (found) return;
  const std::string what = edit.refer_to ? edit.refer_to->str() : edit.name.text;
  Report(diagnostics, "enmienda-sin-objeto", edit.name.span,
         {"no hay qué derogar: «" + what + "»", "there is nothing to repeal: '" + what + "'"}, {});
}

}  // namespace

Amendment ReadAmendment(base::SourceMap& sources, const std::string& path,
                        base::Diagnostics& diagnostics) {
  const auto content = base::ReadTextFile(path, diagnostics);
  if (!content) return {};
  return ParseAmendment(sources, sources.Add(path, *content), diagnostics);
}

Amendment ParseAmendment(const base::SourceMap& sources, base::FileId file,
                         base::Diagnostics& diagnostics) {
  Amendment amendment;
  amendment.file = language::Parse(sources, file, diagnostics);
  for (const Decl& decl : amendment.file.decls) {
    if (decl.kind != Decl::Kind::Norm || !decl.amends) continue;
    amendment.name = decl.name.text;
    amendment.title = decl.text;
  }
  if (amendment.name.empty() && !diagnostics.has_errors()) {
    Report(diagnostics, "enmienda-sin-nombre", {file, 0, 0},
           {"el archivo no declara una enmienda", "the file declares no amendment"},
           {"empiece con «enmienda NOMBRE \"título\" sobre NORMA»",
            "begin with 'enmienda NAME \"title\" sobre NORM'"});
  }
  return amendment;
}

rules::Program Apply(const rules::Program& base, const Amendment& amendment,
                     base::Diagnostics& diagnostics) {
  rules::Program program = base;
  program.title = amendment.title;
  std::erase_if(program.entries, [](const rules::ProgramEntry& entry) {
    return entry.decl->kind == Decl::Kind::Case;
  });
  std::string norm;
  for (const Decl& decl : amendment.file.decls) {
    if (decl.kind == Decl::Kind::Norm && decl.amends) {
      norm = decl.amends->text;
      const bool known = std::any_of(program.entries.begin(), program.entries.end(),
                                     [&](const rules::ProgramEntry& entry) {
                                       return entry.decl->kind == Decl::Kind::Norm &&
                                              base::Fold(entry.decl->name.text) == base::Fold(norm);
                                     });
      if (!known) {
        Report(diagnostics, "norma-desconocida", decl.amends->span,
               {"no hay norma llamada «" + norm + "»", "there is no norm named '" + norm + "'"},
               {});
      }
      if (decl.from) {
        Report(diagnostics, "enmienda-con-fecha", decl.span,
               {"la enmienda trae su propia fecha de vigencia, y eso todavía no se admite",
                "the amendment has its own date of effect, which is not supported yet"},
               {"quítela: la enmienda se analiza como si rigiera todo el tiempo",
                "remove it: the amendment is analysed as if always in force"});
      }
    } else if (decl.kind == Decl::Kind::Replace) {
      Replace(program, decl, norm, diagnostics);
    } else if (decl.kind == Decl::Kind::Add) {
      program.entries.push_back({decl.edit.get(), norm});
    } else if (decl.kind == Decl::Kind::Repeal) {
      Repeal(program, decl, diagnostics);
    } else {
      Report(diagnostics, "enmienda-sin-edición", decl.span,
             {"en una enmienda cada declaración dice qué hace",
              "in an amendment each declaration says what it does"},
             {"anteponga «sustituye» o «agrega»", "put 'sustituye' or 'agrega' before it"});
    }
  }
  return program;
}

}  // namespace cotejo::amendments
