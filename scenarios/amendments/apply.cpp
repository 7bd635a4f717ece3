#include "scenarios/amendments/apply.h"

#include <algorithm>
#include <cctype>
#include <map>

#include "model/base/file.h"
#include "model/language/parse.h"

namespace cotejo::amendments {

using language::Decl;

namespace {

void Report(base::Diagnostics& diagnostics, const char* code, base::Span span, base::Text message,
            base::Text hint) {
  diagnostics.Add({code, base::Severity::Error, span, std::move(message), std::move(hint), {}});
}

void Warn(base::Diagnostics& diagnostics, const char* code, base::Span span, base::Text message,
          base::Text hint) {
  diagnostics.Add({code, base::Severity::Warning, span, std::move(message), std::move(hint), {}});
}

// What an edit is made on, and where what is wrong with it is said.
struct Edits {
  rules::Program& program;
  const Amendment& amendment;
  std::string norm;  // the one the header says
  base::Diagnostics& diagnostics;
};

// Written by the amendment itself, in an edit before this one.
bool IsOwn(const Edits& edits, const Decl& decl) {
  return decl.span.file == edits.amendment.file.file;
}

int LineOf(const Amendment& amendment, base::Span span) {
  const auto& starts = amendment.line_starts;
  return static_cast<int>(std::upper_bound(starts.begin(), starts.end(), span.offset) -
                          starts.begin());
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

// Of two edits of one thing the second would undo the first.
void EditedTwice(const Edits& edits, const Decl& first, const language::Name& label) {
  const std::string line = std::to_string(LineOf(edits.amendment, first.span));
  Report(edits.diagnostics, "enmienda-repite", label.span,
         {"«" + label.text + "» deshace lo que esta enmienda ya puso en la línea " + line,
          "'" + label.text + "' undoes what this amendment already put at line " + line},
         {"deje una sola edición; si una deroga y otra agrega, primero va «deroga»",
          "leave one edit; if one repeals and another adds, 'deroga' goes first"});
}

// The header says of what norm the amendment is; what it edits says of what norm it is.
void CheckNorm(const Edits& edits, const std::string& norm, base::Span span) {
  const bool same = norm.empty() || base::Fold(norm) == base::Fold(edits.norm);
  if (same || edits.diagnostics.has_errors()) return;
  Warn(edits.diagnostics, "enmienda-de-otra-norma", span,
       {"esto es de " + norm + ", y la enmienda dice ser sobre " + edits.norm,
        "this is of " + norm + ", and the amendment says it is about " + edits.norm},
       {"corrija «sobre», o lleve esta edición a una enmienda sobre " + norm,
        "correct 'sobre', or take this edit to an amendment about " + norm});
}

// Of what norm a declaration says to be: that of its citation; nothing when it cites none.
std::string NormSaid(const Decl& decl) {
  return decl.kind == Decl::Kind::Norm ? decl.name.text : decl.citation.norm;
}

// Takes a thing from the `unidad` that declares it, and gives that one; null when there is none.
// One `unidad` may be of several things.
const Decl* Withdraw(rules::Program& program, const std::string& thing) {
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
    const Decl* decl = entry->decl;
    if (gone.size() == things.size()) program.entries.erase(entry);
    return decl;
  }
  return nullptr;
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

void ReplaceUnits(const Edits& edits, const Decl& replacement) {
  std::vector<std::string> names;
  for (const rules::ProgramEntry& entry : edits.program.entries) {
    if (entry.decl->kind != Decl::Kind::LeastUnit) continue;
    for (const language::Name& name : entry.decl->names) names.push_back(name.text);
  }
  for (const language::Name& name : replacement.names) {
    const Decl* replaced = Withdraw(edits.program, name.text);
    if (replaced == nullptr) {
      NothingToReplace(name, names, edits.diagnostics);
    } else if (IsOwn(edits, *replaced)) {
      EditedTwice(edits, *replaced, name);
    } else {
      CheckNorm(edits, NormSaid(*replaced), name.span);
    }
  }
  edits.program.entries.push_back({&replacement, edits.norm});
}

void Replace(const Edits& edits, const Decl& edit) {
  const Decl& replacement = *edit.edit;
  if (replacement.kind == Decl::Kind::LeastUnit) return ReplaceUnits(edits, replacement);
  std::vector<rules::ProgramEntry*> found;
  for (rules::ProgramEntry& entry : edits.program.entries) {
    if (SameDeclaration(*entry.decl, replacement)) found.push_back(&entry);
  }
  // Several qualifications may cite one place, each under its own reading.
  if (found.size() > 1) {
    std::erase_if(found, [&](const rules::ProgramEntry* entry) {
      return !SameReading(*entry->decl, replacement);
    });
    if (found.size() != 1) {
      return Report(
          edits.diagnostics, "enmienda-ambigua", replacement.name.span,
          {"hay varias declaraciones que esto podría sustituir: «" + Label(replacement) + "»",
           "this could replace several declarations: '" + Label(replacement) + "'"},
          {"derogue por cita las que sobran y agregue la nueva",
           "repeal the others by citation and add the new one"});
    }
  }
  const language::Name label{Label(replacement), replacement.name.span};
  if (!found.empty()) {
    rules::ProgramEntry& entry = *found.front();
    if (IsOwn(edits, *entry.decl)) return EditedTwice(edits, *entry.decl, label);
    const std::string said = NormSaid(replacement);
    CheckNorm(edits, said.empty() ? NormSaid(*entry.decl) : said, label.span);
    entry.decl = &replacement;
    entry.repealed.clear();
    return;
  }
  std::vector<std::string> names;
  for (const rules::ProgramEntry& entry : edits.program.entries) {
    if (entry.decl->kind == replacement.kind) names.push_back(Label(*entry.decl));
  }
  NothingToReplace(label, names, edits.diagnostics);
}

// A case may be about any norm: it edits none.
void Add(const Edits& edits, const Decl& edit) {
  const Decl& added = *edit.edit;
  if (added.kind != Decl::Kind::Case) CheckNorm(edits, NormSaid(added), edit.span);
  edits.program.entries.push_back({&added, edits.norm});
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

// All that the edit takes away, or takes something from.
std::vector<const Decl*> Withdrawn(rules::Program& program, const Decl& edit) {
  std::vector<const Decl*> touched;
  std::erase_if(program.entries, [&](const rules::ProgramEntry& entry) {
    const bool repealed = Repealed(*entry.decl, edit);
    if (repealed) touched.push_back(entry.decl);
    return repealed;
  });
  if (edit.refer_to) {
    for (rules::ProgramEntry& entry : program.entries) {
      if (!HoldsRepealed(*entry.decl, *edit.refer_to)) continue;
      entry.repealed.push_back(*edit.refer_to);
      touched.push_back(entry.decl);
    }
  } else if (const Decl* unit = Withdraw(program, edit.name.text)) {
    touched.push_back(unit);
  }
  return touched;
}

// What a name may be of, besides things that are named alone.
base::Text KindText(Decl::Kind kind) {
  switch (kind) {
    case Decl::Kind::Enumeration:
      return {"enumeración", "enumeration"};
    case Decl::Kind::Attribute:
      return {"dato", "attribute"};
    case Decl::Kind::FactKind:
      return {"hecho", "fact"};
    case Decl::Kind::Schedule:
      return {"horario", "schedule"};
    case Decl::Kind::Parameter:
      return {"parámetro", "parameter"};
    case Decl::Kind::Definition:
      return {"definición", "definition"};
    case Decl::Kind::Measure:
      return {"medida", "measure"};
    case Decl::Kind::Scale:
      return {"escala", "scale"};
    case Decl::Kind::Rule:
      return {"regla", "rule"};
    case Decl::Kind::Reading:
      return {"lectura", "reading"};
    case Decl::Kind::LeastUnit:
      return {"unidad", "unit"};
    case Decl::Kind::Organ:
      return {"órgano", "organ"};
    case Decl::Kind::Procedure:
      return {"trámite", "procedure"};
    default:
      return {"otra cosa", "something else"};
  }
}

bool IsNamed(const rules::ProgramEntry& entry, const std::string& folded) {
  const Decl& decl = *entry.decl;
  if (decl.kind != Decl::Kind::LeastUnit) return base::Fold(decl.name.text) == folded;
  const auto& gone = entry.withdrawn;
  return std::find(gone.begin(), gone.end(), folded) == gone.end() &&
         std::any_of(decl.names.begin(), decl.names.end(),
                     [&](const language::Name& name) { return base::Fold(name.text) == folded; });
}

// Declarations of different kinds may share a name (a rule, and the unit of what it grants): a
// repeal by that name does not say which of them goes.
bool SaysNotWhich(const Edits& edits, const Decl& edit) {
  if (edit.refer_to) return false;
  std::map<Decl::Kind, base::Citation> kinds;
  for (const rules::ProgramEntry& entry : edits.program.entries) {
    if (IsNamed(entry, base::Fold(edit.name.text)))
      kinds.try_emplace(entry.decl->kind, entry.decl->citation);
  }
  if (kinds.size() < 2) return false;
  base::Text list;
  for (const auto& [kind, citation] : kinds) {
    const std::string place = citation.empty() ? "" : " (" + citation.str() + ")";
    const char* comma = list.es.empty() ? "" : ", ";
    list.es += comma + KindText(kind).es + place;
    list.en += comma + KindText(kind).en + place;
  }
  Report(edits.diagnostics, "enmienda-ambigua", edit.name.span,
         {"«" + edit.name.text + "» nombra varias cosas: " + list.es,
          "'" + edit.name.text + "' names several things: " + list.en},
         {"derogue por la cita de la que se va, o sustituya la que cambia",
          "repeal by the citation of the one that goes, or replace the one that changes"});
  return true;
}

void Repeal(const Edits& edits, const Decl& edit) {
  if (SaysNotWhich(edits, edit)) return;
  const std::vector<const Decl*> touched = Withdrawn(edits.program, edit);
  const language::Name label{edit.refer_to ? edit.refer_to->str() : edit.name.text, edit.name.span};
  if (touched.empty()) {
    return Report(edits.diagnostics, "enmienda-sin-objeto", label.span,
                  {"no hay qué derogar: «" + label.text + "»",
                   "there is nothing to repeal: '" + label.text + "'"},
                  {});
  }
  const auto own = std::find_if(touched.begin(), touched.end(),
                                [&](const Decl* decl) { return IsOwn(edits, *decl); });
  if (own != touched.end()) return EditedTwice(edits, **own, label);
  CheckNorm(edits, NormSaid(*touched.front()), label.span);
}

bool Mentions(const language::ExprPtr& expr, const base::Citation& value) {
  if (expr == nullptr) return false;
  using Kind = language::Expr::Kind;
  if (expr->kind == Kind::CitationLit && expr->citation == value) return true;
  if (expr->kind == Kind::Within && value.within(expr->citation)) return true;
  return std::any_of(expr->args.begin(), expr->args.end(),
                     [&](const language::ExprPtr& arg) { return Mentions(arg, value); });
}

// The rule or scale that judges whoever has that value; null when none does.
const Decl* JudgeOf(const rules::Program& program, const base::Citation& value) {
  for (const rules::ProgramEntry& entry : program.entries) {
    const Decl& decl = *entry.decl;
    const bool judges = decl.kind == Decl::Kind::Rule || decl.kind == Decl::Kind::Scale;
    const bool in_a_row =
        std::any_of(decl.rows.begin(), decl.rows.end(), [&](const language::RowDecl& row) {
          return !entry.IsRepealed(row.citation) && Mentions(row.guard, value);
        });
    if (judges && (in_a_row || Mentions(decl.guard, value))) return &decl;
  }
  return nullptr;
}

// A conduct is a value of an enumeration, and what judges it names its list: repealing what is
// declared of it does not take it from there.
void WarnOfWhatIsStillJudged(const Edits& edits, const rules::Program& base, const Decl& edit) {
  const auto declared = [](const rules::Program& program, const base::Citation& value) {
    return std::any_of(
        program.entries.begin(), program.entries.end(), [&](const rules::ProgramEntry& entry) {
          return entry.decl->kind == Decl::Kind::Declare && entry.decl->citation == value;
        });
  };
  for (const rules::ProgramEntry& entry : edits.program.entries) {
    if (entry.decl->kind != Decl::Kind::Enumeration) continue;
    for (const language::Name& name : entry.decl->names) {
      const base::Citation value = base::ParseCitation(name.text);
      if (value.empty() || !value.within(*edit.refer_to)) continue;
      if (!declared(base, value) || declared(edits.program, value)) continue;
      const Decl* judge = JudgeOf(edits.program, value);
      if (judge == nullptr) continue;
      const std::string& list = entry.decl->name.text;
      Warn(edits.diagnostics, "derogado-que-se-juzga", edit.name.span,
           {name.text + " se deroga y «" + judge->name.text +
                "» lo sigue juzgando: es todavía un " + "valor de «" + list + "»",
            name.text + " is repealed and '" + judge->name.text +
                "' still judges it: it is still " + "a value of '" + list + "'"},
           {"sustituya también «enumeración " + list + "» sin ese valor, o lo que lo juzga",
            "replace 'enumeración " + list + "' too, without that value, or what judges it"});
    }
  }
}

// Where the parts of a declaration say to come from, when it is not where the whole does: rows of a
// scale, milestones of a procedure.
std::vector<base::Citation> PlacesOfParts(const Decl& decl) {
  std::vector<base::Citation> places;
  for (const language::RowDecl& row : decl.rows) places.push_back(row.citation);
  for (const language::MilestoneDecl& milestone : decl.milestones)
    places.push_back(milestone.citation);
  std::erase_if(places, [](const base::Citation& place) { return place.empty(); });
  return places;
}

bool HasPart(const rules::Program& program, Decl::Kind kind, const base::Citation& place) {
  return std::any_of(
      program.entries.begin(), program.entries.end(), [&](const rules::ProgramEntry& entry) {
        const bool rule = kind == Decl::Kind::Scale && entry.decl->kind == Decl::Kind::Rule;
        if (entry.decl->kind != kind && !rule) return false;
        const auto places = PlacesOfParts(*entry.decl);
        return entry.decl->citation == place ||
               (!entry.IsRepealed(place) &&
                std::find(places.begin(), places.end(), place) != places.end());
      });
}

// One declaration may hold parts of several articles, and goes whole with its own: what the others
// say is not repealed, and is no longer written anywhere.
void WarnOfWhatGoesAlong(const Edits& edits, const rules::Program& base, const Decl& edit) {
  for (const rules::ProgramEntry& entry : base.entries) {
    const Decl& decl = *entry.decl;
    if (!CitesWithin(decl, *edit.refer_to)) continue;
    std::vector<base::Citation> gone;
    for (const base::Citation& place : PlacesOfParts(decl)) {
      const bool told = std::find(gone.begin(), gone.end(), place) != gone.end();
      const auto& all = edits.amendment.file.decls;
      const bool repealed = std::any_of(all.begin(), all.end(), [&](const Decl& other) {
        return other.kind == Decl::Kind::Repeal && other.refer_to && place.within(*other.refer_to);
      });
      if (told || repealed || HasPart(edits.program, decl.kind, place)) continue;
      gone.push_back(place);
    }
    if (gone.empty()) continue;
    const std::string places = base::JoinCitations(gone);
    const std::string what = edit.refer_to->str();
    Warn(edits.diagnostics, "derogado-con-otro", edit.name.span,
         {"con " + what + " se va «" + decl.name.text + "», y con ella lo que dice de " + places +
              ", que no se deroga",
          "with " + what + " goes '" + decl.name.text + "', and with it what it says of " + places +
              ", which is not repealed"},
         {"si eso queda, agréguelo aparte con su cita", "if that stays, add it apart, cited"});
  }
}

// Something is said at that place, or inside it, by a declaration or by a part of one.
bool Says(const rules::Program& program, const base::Citation& place) {
  return std::any_of(
      program.entries.begin(), program.entries.end(), [&](const rules::ProgramEntry& entry) {
        const Decl& decl = *entry.decl;
        if (decl.kind == Decl::Kind::Case) return false;
        const auto parts = PlacesOfParts(decl);
        return decl.citation.within(place) ||
               std::any_of(parts.begin(), parts.end(), [&](const base::Citation& part) {
                 return part.within(place) && !entry.IsRepealed(part);
               });
      });
}

// What another provision refers to is repealed, and the reference stays.
void WarnOfReferences(const Edits& edits, const rules::Program& base, const Decl& edit) {
  for (const rules::ProgramEntry& entry : edits.program.entries) {
    const Decl& decl = *entry.decl;
    if (decl.kind != Decl::Kind::Refer || !decl.refer_to->within(*edit.refer_to)) continue;
    const base::Citation& target = *decl.refer_to;
    if (!Says(base, target) || Says(edits.program, target)) continue;
    const std::string from = decl.citation.str();
    Warn(edits.diagnostics, "remite-a-lo-derogado", edit.name.span,
         {from + " remite a " + target.str() + ", que se deroga",
          from + " refers to " + target.str() + ", which is repealed"},
         {"sustituya la remisión o, si es de la norma que se enmienda, derogue también " + from,
          "replace the reference or, if it is of the amended norm, repeal " + from + " too"});
  }
}

// The norm that the header says to amend, checked.
std::string ReadHeader(const rules::Program& program, const Decl& header,
                       base::Diagnostics& diagnostics) {
  const std::string norm = header.amends->text;
  const bool known = std::any_of(program.entries.begin(), program.entries.end(),
                                 [&](const rules::ProgramEntry& entry) {
                                   return entry.decl->kind == Decl::Kind::Norm &&
                                          base::Fold(entry.decl->name.text) == base::Fold(norm);
                                 });
  if (!known) {
    Report(diagnostics, "norma-desconocida", header.amends->span,
           {"no hay norma llamada «" + norm + "»", "there is no norm named '" + norm + "'"}, {});
  }
  if (header.from) {
    Report(diagnostics, "enmienda-con-fecha", header.span,
           {"la enmienda trae su propia fecha de vigencia, y eso todavía no se admite",
            "the amendment has its own date of effect, which is not supported yet"},
           {"quítela: la enmienda se analiza como si rigiera todo el tiempo",
            "remove it: the amendment is analysed as if always in force"});
  }
  return norm;
}

bool IsHeader(const Decl& decl) { return decl.kind == Decl::Kind::Norm && decl.amends; }

// An article that the amendment heads and the norm does not have is a new one. What is said under
// the heading of one that it has is the reason of the change, not its summary.
void AddHeadings(const Amendment& amendment, const std::string& norm, rules::Program& program) {
  for (const language::ProvisionText& provision : amendment.file.provisions) {
    const bool known = std::any_of(program.provisions.begin(), program.provisions.end(),
                                   [&](const rules::ProgramProvision& one) {
                                     return one.provision->number == provision.number &&
                                            base::Fold(one.norm) == base::Fold(norm);
                                   });
    if (!known) program.provisions.push_back({&provision, norm});
  }
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
  amendment.line_starts = sources.file(file).line_starts;
  const Decl* header = nullptr;
  for (const Decl& decl : amendment.file.decls) {
    if (!IsHeader(decl)) continue;
    if (header != nullptr) {
      const std::string line = std::to_string(LineOf(amendment, header->span));
      Report(
          diagnostics, "enmienda-repetida", decl.name.span,
          {"el archivo ya declara la enmienda «" + header->name.text + "» en la línea " + line,
           "the file already declares the amendment '" + header->name.text + "' at line " + line},
          {"una enmienda por archivo: lleve ésta a otro",
           "one amendment per file: take this to "
           "another"});
      continue;
    }
    header = &decl;
    amendment.name = decl.name.text;
    amendment.title = decl.text;
  }
  if (header == nullptr && !diagnostics.has_errors()) {
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
  Edits edits{program, amendment, {}, diagnostics};
  bool edited = false;
  for (const Decl& decl : amendment.file.decls) {
    edited = edited || !IsHeader(decl);
    if (IsHeader(decl)) {
      edits.norm = ReadHeader(program, decl, diagnostics);
    } else if (decl.kind == Decl::Kind::Replace) {
      Replace(edits, decl);
    } else if (decl.kind == Decl::Kind::Add) {
      Add(edits, decl);
    } else if (decl.kind == Decl::Kind::Repeal) {
      Repeal(edits, decl);
    } else {
      Report(diagnostics, "enmienda-sin-edición", decl.span,
             {"en una enmienda cada declaración dice qué hace",
              "in an amendment each declaration says what it does"},
             {"anteponga «sustituye» o «agrega»", "put 'sustituye' or 'agrega' before it"});
    }
  }
  for (const Decl& decl : amendment.file.decls) {
    if (decl.kind != Decl::Kind::Repeal || !decl.refer_to || diagnostics.has_errors()) continue;
    WarnOfWhatIsStillJudged(edits, base, decl);
    WarnOfWhatGoesAlong(edits, base, decl);
    WarnOfReferences(edits, base, decl);
  }
  AddHeadings(amendment, edits.norm, program);
  if (!edited && !amendment.file.decls.empty() && !diagnostics.has_errors()) {
    Warn(diagnostics, "enmienda-vacía", amendment.file.decls.front().span,
         {"la enmienda no edita nada", "the amendment edits nothing"},
         {"las ediciones van dentro de un bloque ```norma, cada una en su línea",
          "edits go inside a ```norma block, each on its own line"});
  }
  return program;
}

namespace {

bool IsNamePart(char c) {
  return c == '_' || static_cast<unsigned char>(c) >= 0x80 ||
         std::isalnum(static_cast<unsigned char>(c)) != 0;
}

bool HasWord(const std::string& text, const std::string& word) {
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    const bool opens = at == 0 || !IsNamePart(text[at - 1]);
    if (opens && (end == text.size() || !IsNamePart(text[end]))) return true;
  }
  return false;
}

// The edit of something that these words name, or the only one there is; null when it is not
// known.
const Decl* EditBehind(const Amendment& amendment, std::string_view words) {
  const std::string folded = base::Fold(words);
  const Decl* only = nullptr;
  int edits = 0;
  for (const Decl& decl : amendment.file.decls) {
    if (IsHeader(decl)) continue;
    const std::string& name = decl.edit ? decl.edit->name.text : decl.name.text;
    if (!name.empty() && HasWord(folded, base::Fold(name))) return &decl;
    only = &decl;
    ++edits;
  }
  return edits == 1 ? only : nullptr;
}

}  // namespace

std::shared_ptr<const rules::Ruleset> Resolve(base::SourceMap& sources,
                                              const rules::Program& program,
                                              const Amendment& amendment,
                                              const rules::ReadingChoices& readings,
                                              base::Diagnostics& diagnostics) {
  if (!amendment.file.file.valid()) return rules::Resolve(sources, program, readings, diagnostics);
  base::Diagnostics found;
  auto rules = rules::Resolve(sources, program, readings, found);
  for (base::Diagnostic diagnostic : found.all()) {
    const base::FileId file = diagnostic.span.file;
    if (diagnostic.severity == base::Severity::Error && file != amendment.file.file) {
      const Decl* edit =
          EditBehind(amendment, file.valid() ? sources.text(diagnostic.span) : std::string_view());
      std::string place = sources.file(amendment.file.file).path;
      if (edit != nullptr) place += ":" + std::to_string(LineOf(amendment, edit->span));
      const char* link = diagnostic.hint.empty() ? "" : "; ";
      diagnostic.hint = {diagnostic.hint.es + link + "sin la enmienda no pasa: " + place,
                         diagnostic.hint.in(base::Language::English) + link +
                             "it does not happen without the amendment: " + place};
    }
    diagnostics.Add(std::move(diagnostic));
  }
  return rules;
}

}  // namespace cotejo::amendments
