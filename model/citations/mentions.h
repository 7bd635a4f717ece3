// Which declaration of a ruleset cites which provision, and citations written in prose.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/base/text.h"
#include "model/language/tree.h"
#include "model/rules/ruleset.h"

namespace cotejo::citations {

using base::Citation;

enum class DeclarationKind {
  Rule,
  Scale,
  Measure,
  Parameter,
  Qualification,
  Definition,
  Schedule,
  Reading,
  Declarative,
  Deferring,
  Duty,
  LeastUnit,
  ProcessRequirement,
  Safeguard,
  Procedure,
};

struct Mention {
  Citation provision;
  DeclarationKind kind = DeclarationKind::Rule;
  // Into the ruleset's vector of that kind; for Declarative, Deferring and Duty, into
  // statements; for Definition, into DefinitionsOf.
  int index = -1;
  int row = 0;  // Rule that is a row of a scale: its number, from 1
  // The declaration's own citation, not that of an exception, a milestone or a value.
  bool own = false;
};

// A `define`, of a person or of a fact; the ruleset keeps only the former.
struct DefinitionRef {
  std::string name;
  Citation citation;
  base::Span span;
};
std::vector<DefinitionRef> DefinitionsOf(const std::vector<language::NormFile>& files);

// Every citation of the ruleset and of the definitions: own citations, those of exceptions,
// and values such as RIP:43.II.a that a condition or an established fact names.
std::vector<Mention> MentionsOf(const rules::Ruleset& rules,
                                const std::vector<DefinitionRef>& definitions);

// "regla acoso", "fila 3 de la escala atraso_mensual", "parámetro tolerancia_de_ingreso".
base::Text Describe(const rules::Ruleset& rules, const std::vector<DefinitionRef>& definitions,
                    const Mention& mention);

// What a text's reference does: "se modifica el Artículo 5 …", "deja sin efecto …".
enum class ReferenceKind { Cites, DefersTo, Modifies, Replaces };

struct Reference {
  Citation target;
  ReferenceKind kind = ReferenceKind::Cites;
  friend auto operator<=>(const Reference&, const Reference&) = default;
};

// References in prose: "Artículo 49 de la Ley N° 2027", "Parágrafo I del Artículo 49 de la Ley
// N° 2027", "Decreto Supremo N° 25749", "Artículo 5 del presente reglamento" (of `norm`), and
// citations such as DS25749:23.I. Sorted, each once.
std::vector<Reference> ReferencesIn(std::string_view text, std::string_view norm);

// Modifies or Replaces when a summary opens with such a verb; else Cites.
ReferenceKind VerbOf(std::string_view summary);

}  // namespace cotejo::citations
