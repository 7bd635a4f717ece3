// importar, cobertura and grafo: the official text, what was made of it, and who cites whom.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>

#include "app/commands.h"
#include "model/base/file.h"
#include "model/citations/graph.h"
#include "model/passages/coverage.h"
#include "model/passages/pdf.h"
#include "model/passages/workspace.h"
#include "reports/terminal/sources.h"

namespace cotejo::app {
namespace {

using base::Text;

void Report(Session& session, const char* code, Text message, Text hint) {
  session.diagnostics.Add(
      {code, base::Severity::Error, {}, std::move(message), std::move(hint), {}});
}

std::string FolderOf(const Options& options) {
  return options.workspace.empty() ? passages::kDefaultFolder : options.workspace;
}

// The document's text among the sources, so that its warnings can show their line.
std::optional<base::FileId> ReadText(Session& session, const std::string& path) {
  const bool pdf = passages::IsPdf(path);
  const auto text = pdf ? passages::ReadPdf(path, session.diagnostics)
                        : base::ReadTextFile(path, session.diagnostics);
  if (!text) return std::nullopt;
  return session.sources.Add(path, *text);
}

// Names of the declarations that cite each passage.
void NameTies(const passages::CoverageLedger& ledger, std::vector<passages::Tie>& ties) {
  std::map<base::Citation, const passages::CoveredProvision*> covered;
  for (const passages::CoveredProvision& provision : ledger.provisions)
    covered.emplace(provision.citation, &provision);
  for (passages::Tie& tie : ties) {
    tie.encoded_by.clear();
    const auto found = covered.find(tie.citation);
    if (found == covered.end()) continue;
    for (const Text& by : found->second->by) tie.encoded_by.push_back(by.es);
  }
}

reports::ImportSummary Summarise(const passages::Workspace& workspace,
                                 const passages::CoverageLedger& ledger,
                                 const std::vector<passages::Change>& changes) {
  reports::ImportSummary summary;
  summary.source = workspace.source;
  summary.norm = workspace.document.norm;
  summary.provisions = static_cast<int>(workspace.document.passages.size());
  summary.resolution = static_cast<int>(workspace.document.resolution.size());
  for (const passages::Passage& passage : workspace.document.passages) {
    if (passage.kind == passages::PassageKind::Article && passage.citation.norm == summary.norm &&
        passage.citation.path.size() == 1) {
      ++summary.articles;
    }
  }
  summary.without_provision = ledger.Pending();
  summary.without_passage = ledger.without_passage;
  for (const passages::Change& change : changes) {
    const passages::Excerpt excerpt = passages::ExcerptOf(change);
    const Text kind = change.kind == passages::Change::Kind::Changed ? Text{"cambió", "changed"}
                      : change.kind == passages::Change::Kind::Added
                          ? Text{"es nueva", "is new"}
                          : Text{"ya no está", "is gone"};
    const auto it = std::find_if(
        ledger.provisions.begin(), ledger.provisions.end(),
        [&change](const passages::CoveredProvision& p) { return p.citation == change.citation; });
    summary.changes.push_back({change.citation, kind, excerpt.before, excerpt.after,
                               it == ledger.provisions.end() ? std::vector<Text>{} : it->by});
  }
  return summary;
}

std::optional<passages::Workspace> LoadFor(Session& session, const Options& options) {
  auto workspace = passages::LoadWorkspace(FolderOf(options), session.sources, session.diagnostics);
  if (workspace || session.diagnostics.has_errors()) return workspace;
  Report(session, "sin-espacio",
         {"no hay un texto importado en " + FolderOf(options),
          "there is no imported text in " + FolderOf(options)},
         {"impórtelo con «cotejo importar DOCUMENTO --regulacion CARPETA»",
          "import it with 'cotejo import DOCUMENT --regulation FOLDER'"});
  return std::nullopt;
}

}  // namespace

ExitStatus RunImport(Session& session, const Options& options) {
  const auto loaded = Load(session, options.regulation, {}, options.readings);
  if (!loaded) return ExitStatus::BadInput;
  const rules::Ruleset& rules = *loaded->base.rules;
  const auto file = ReadText(session, options.document);
  auto before = passages::LoadWorkspace(FolderOf(options), session.sources, session.diagnostics);
  passages::Workspace now;
  if (file && !session.diagnostics.has_errors()) {
    const std::string norm = options.norm.empty() ? passages::MainNorm(rules) : options.norm;
    now.document = passages::ReadDocument(session.sources, *file, norm, session.diagnostics);
  }
  const bool failed = session.diagnostics.has_errors();
  PrintDiagnostics(session);
  if (failed || !file) return ExitStatus::BadInput;

  now.source = std::filesystem::path(options.document).filename().string();
  now.sha256 = passages::Sha256(session.sources.file(*file).content);
  const bool first = !before || options.accept;
  now.ties = first ? passages::TieAll(now.document) : std::move(before->ties);
  const auto changes = passages::ChangesSince(now.ties, now.document);
  const auto ledger = passages::BuildLedger(rules, loaded->base.files, now.document);
  NameTies(ledger, now.ties);
  std::error_code error;
  std::filesystem::create_directories(FolderOf(options), error);
  if (!ReplaceFile(session, passages::WorkspaceFile(FolderOf(options)),
                   passages::WriteWorkspace(now))) {
    return ExitStatus::BadInput;
  }
  std::fputs(reports::FormatImport(Summarise(now, ledger, changes), session.language).c_str(),
             stdout);
  const bool whole = changes.empty() && !ledger.Misses(now.document.norm);
  return whole ? ExitStatus::Clean : ExitStatus::Findings;
}

ExitStatus RunCoverage(Session& session, const Options& options) {
  const auto loaded = Load(session, options.regulation, {}, options.readings);
  if (!loaded) return ExitStatus::BadInput;
  const auto workspace = LoadFor(session, options);
  PrintDiagnostics(session);
  if (!workspace) return ExitStatus::BadInput;
  const auto ledger =
      passages::BuildLedger(*loaded->base.rules, loaded->base.files, workspace->document);
  reports::CoverageTable table;
  table.source = workspace->source;
  for (const passages::CoveredProvision& provision : ledger.provisions) {
    table.rows.push_back({provision.citation, provision.heading,
                          passages::Describe(provision.status), provision.by,
                          provision.status == passages::CoverStatus::Pending});
  }
  using S = passages::CoverStatus;
  for (const S status : {S::Encoded, S::Declarative, S::Deferring, S::ByParts, S::Pending})
    table.totals.emplace_back(passages::Describe(status), ledger.Count(status));
  table.without_passage = ledger.without_passage;
  table.pending_only = options.pending;
  std::fputs(reports::FormatCoverage(table, session.language).c_str(), stdout);
  const bool whole = ledger.Count(S::Pending) == 0 && !ledger.Misses(workspace->document.norm);
  return whole ? ExitStatus::Clean : ExitStatus::Findings;
}

ExitStatus RunGraph(Session& session, const Options& options) {
  const auto loaded = Load(session, options.regulation, {}, options.readings);
  if (!loaded) return ExitStatus::BadInput;
  const rules::Ruleset& rules = *loaded->base.rules;
  const auto workspace =
      passages::LoadWorkspace(FolderOf(options), session.sources, session.diagnostics);
  const base::Citation on = base::ParseCitation(options.depends);
  if (!options.depends.empty() && on.empty()) {
    Report(session, "cita-mal-escrita",
           {"«" + options.depends + "» no es una cita", "'" + options.depends + "' is no citation"},
           {"escriba NORMA:artículo.parágrafo, como RIP:22.V",
            "write NORM:article.paragraph, as in RIP:22.V"});
  }
  std::vector<citations::ProvisionText> texts;
  if (workspace) {
    for (const passages::Passage& passage : workspace->document.passages)
      texts.push_back({passage.citation, passage.heading, passage.text});
  }
  const auto graph =
      citations::BuildGraph(rules, loaded->base.files, texts, passages::MainNorm(rules));
  if (!on.empty() && !graph.by_id.contains(on.str())) {
    std::vector<std::string> names;
    for (const auto& [id, vertex] : graph.by_id) names.push_back(id);
    const std::string near = base::NearestName(on.str(), names);
    Report(
        session, "cita-desconocida",
        {"nadie declara ni cita " + on.str(), "nothing declares or cites " + on.str()},
        near.empty() ? Text{} : Text{"¿quiso decir " + near + "?", "did you mean " + near + "?"});
  }
  const bool failed = session.diagnostics.has_errors();
  PrintDiagnostics(session);
  if (failed) return ExitStatus::BadInput;

  std::string out;
  if (!on.empty()) {
    reports::DependencyList list;
    list.on = on;
    const citations::Dependents dependents = citations::DependsOn(graph, on);
    list.provisions = dependents.provisions;
    for (const citations::Dependent& dependent : dependents.declarations) {
      const citations::Vertex& vertex = graph.graph[dependent.vertex];
      reports::DependencyRow row{vertex.label, vertex.citation, {}};
      for (const citations::VertexId v : dependent.via) row.via.push_back(graph.graph[v].label);
      list.declarations.push_back(std::move(row));
    }
    out = reports::FormatDependents(list, session.language);
  } else if (options.format == "graphml") {
    out = citations::ToGraphMl(graph, session.language);
  } else if (options.format == "json") {
    out = citations::ToJson(graph);
  } else {
    out = citations::ToDot(graph, session.language);
  }
  if (!options.output.empty()) {
    return WriteFile(session, options.output, out) ? ExitStatus::Clean : ExitStatus::BadInput;
  }
  std::fputs(out.c_str(), stdout);
  return ExitStatus::Clean;
}

}  // namespace cotejo::app
