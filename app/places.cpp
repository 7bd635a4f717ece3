#include "app/places.h"

#include <filesystem>
#include <tuple>

#include "model/citations/mentions.h"

namespace cotejo::app {

namespace fs = std::filesystem;

namespace {

using citations::DeclarationKind;

base::Span SpanOf(const rules::Ruleset& rules,
                  const std::vector<citations::DefinitionRef>& definitions,
                  const citations::Mention& mention) {
  const auto i = static_cast<std::size_t>(mention.index);
  switch (mention.kind) {
    case DeclarationKind::Rule:
      return rules.rules[i].span;
    case DeclarationKind::Scale:
      return rules.scales[i].span;
    case DeclarationKind::Measure:
      return rules.measures[i].span;
    case DeclarationKind::Parameter:
      return rules.parameters[i].span;
    case DeclarationKind::Qualification:
      return rules.qualifications[i].span;
    case DeclarationKind::Definition:
      return definitions[i].span;
    case DeclarationKind::Schedule:
      return rules.schedules[i].span;
    case DeclarationKind::Reading:
      return rules.readings[i].span;
    case DeclarationKind::Declarative:
    case DeclarationKind::Deferring:
    case DeclarationKind::Duty:
      return rules.statements[i].span;
    case DeclarationKind::LeastUnit:
      return rules.units[i].span;
    case DeclarationKind::ProcessRequirement:
      return rules.process_requirements[i].span;
    case DeclarationKind::Safeguard:
      return rules.safeguards[i].span;
    case DeclarationKind::Procedure:
      return rules.procedures[i].span;
  }
  return {};
}

// Its own declaration before one that only mentions it; then the order of the files.
using Rank = std::tuple<int, std::size_t, std::uint32_t>;
struct Best {
  Rank rank;
  base::Span span;
};

void Offer(std::map<base::Citation, Best>& best, const base::Citation& citation, int preference,
           base::Span span) {
  if (!span.file.valid() || citation.empty()) return;
  const Rank rank{preference, span.file.index(), span.offset};
  const auto [at, added] = best.try_emplace(citation, Best{rank, span});
  if (!added && rank < at->second.rank) at->second = {rank, span};
}

}  // namespace

std::string ShownPath(const std::string& path, const std::string& regulation) {
  const fs::path whole = fs::weakly_canonical(path);
  const auto relative = [&](const fs::path& base) {
    const fs::path shown = whole.lexically_relative(base);
    return shown.empty() || *shown.begin() == ".." ? fs::path() : shown;
  };
  const fs::path home = fs::weakly_canonical(regulation);
  for (const fs::path& base :
       {fs::current_path(), home.parent_path(), home.parent_path().parent_path()}) {
    const fs::path shown = relative(base);
    if (!shown.empty() && base != base.root_path()) return shown.generic_string();
  }
  return whole.filename().string();
}

std::map<base::Citation, reports::SourcePlace> PlacesOf(const Session& session,
                                                        const Loaded& loaded,
                                                        const std::string& regulation) {
  const rules::Ruleset& rules = *loaded.base.rules;
  const auto definitions = citations::DefinitionsOf(loaded.base.files);
  std::map<base::Citation, Best> best;
  for (const citations::Mention& mention : citations::MentionsOf(rules, definitions)) {
    Offer(best, mention.provision, mention.own ? 0 : 2, SpanOf(rules, definitions, mention));
  }
  for (const rules::Provision& provision : rules.provisions)
    Offer(best, provision.citation, 1, provision.span);
  for (const rules::Norm& norm : rules.norms) Offer(best, {norm.name, {}}, 1, norm.span);
  std::map<base::Citation, reports::SourcePlace> places;
  for (const auto& [citation, found] : best) {
    const base::Place place = session.sources.place(found.span);
    const std::string& path = session.sources.file(found.span.file).path;
    places.emplace(citation,
                   reports::SourcePlace{ShownPath(path, regulation), place.line, place.column});
  }
  return places;
}

}  // namespace cotejo::app
