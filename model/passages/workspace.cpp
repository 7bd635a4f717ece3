#include "model/passages/workspace.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>

#include "model/base/file.h"

namespace cotejo::passages {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kSchema = "cotejo-pasajes/1";

constexpr std::array<std::pair<PassageKind, const char*>, 10> kKinds = {
    {{PassageKind::Article, "artículo"},
     {PassageKind::Paragraph, "parágrafo"},
     {PassageKind::Item, "inciso"},
     {PassageKind::Numeral, "numeral"},
     {PassageKind::Bullet, "viñeta"},
     {PassageKind::Row, "fila"},
     {PassageKind::Table, "cuadro"},
     {PassageKind::Note, "nota"},
     {PassageKind::Ordinal, "ordinal"},
     {PassageKind::Part, "parte"}}};

const char* NameOf(PassageKind kind) {
  for (const auto& [value, name] : kKinds) {
    if (value == kind) return name;
  }
  return "";
}

Json ToJson(const std::vector<Passage>& passages) {
  Json list = Json::array();
  for (const Passage& passage : passages) {
    list.push_back({{"cita", passage.citation.str()},
                    {"clase", NameOf(passage.kind)},
                    {"título", passage.heading},
                    {"texto", passage.text},
                    {"sha256", passage.sha256},
                    {"línea", passage.line}});
  }
  return list;
}

// Throws what nlohmann throws on a missing field or another type; LoadWorkspace catches it.
std::vector<Passage> PassagesFrom(const Json& list) {
  std::vector<Passage> passages;
  for (const Json& entry : list) {
    Passage passage;
    passage.citation = base::ParseCitation(entry.at("cita").get<std::string>());
    const auto kind = entry.at("clase").get<std::string>();
    for (const auto& [value, name] : kKinds) {
      if (kind == name) passage.kind = value;
    }
    passage.heading = entry.at("título").get<std::string>();
    passage.text = entry.at("texto").get<std::string>();
    passage.sha256 = entry.at("sha256").get<std::string>();
    passage.line = entry.at("línea").get<int>();
    passages.push_back(std::move(passage));
  }
  return passages;
}

Json ToJson(const std::vector<Division>& divisions) {
  Json list = Json::array();
  for (const Division& division : divisions)
    list.push_back({{"texto", division.text}, {"línea", division.line}});
  return list;
}

// A workspace written before headings were kept has none; importing again brings them.
std::vector<Division> DivisionsFrom(const Json& json) {
  std::vector<Division> divisions;
  if (!json.contains("encabezados")) return divisions;
  for (const Json& entry : json.at("encabezados"))
    divisions.push_back({entry.at("texto").get<std::string>(), entry.at("línea").get<int>()});
  return divisions;
}

Workspace WorkspaceFrom(const Json& json) {
  Workspace workspace;
  const Json& source = json.at("documento");
  workspace.source = source.at("archivo").get<std::string>();
  workspace.sha256 = source.at("sha256").get<std::string>();
  workspace.document.norm = source.at("norma").get<std::string>();
  workspace.document.passages = PassagesFrom(json.at("pasajes"));
  workspace.document.resolution = PassagesFrom(json.at("resolutiva"));
  workspace.document.divisions = DivisionsFrom(json);
  for (const Json& entry : json.at("vínculos")) {
    workspace.ties.push_back({base::ParseCitation(entry.at("cita").get<std::string>()),
                              entry.at("sha256").get<std::string>(),
                              entry.at("texto").get<std::string>(),
                              entry.at("codificado").get<std::vector<std::string>>()});
  }
  return workspace;
}

// Citation, digest and text must agree: a file edited by hand is not silently believed.
bool Sound(const Workspace& workspace) {
  const auto sound = [](const Passage& passage) {
    return !passage.citation.empty() &&
           Sha256(passage.heading + "\n" + passage.text) == passage.sha256;
  };
  return std::all_of(workspace.document.passages.begin(), workspace.document.passages.end(),
                     sound) &&
         std::all_of(workspace.ties.begin(), workspace.ties.end(), [](const Tie& tie) {
           return !tie.citation.empty() && Sha256(tie.text) == tie.sha256;
         });
}

std::string Whole(const Passage& passage) { return passage.heading + "\n" + passage.text; }

std::string OneLine(const std::string& whole) {
  std::string line = whole;
  std::replace(line.begin(), line.end(), '\n', ' ');
  return line.starts_with(' ') ? line.substr(1) : line;
}

}  // namespace

std::string WorkspaceFile(const std::string& folder) { return folder + "/pasajes.json"; }

std::optional<Workspace> LoadWorkspace(const std::string& folder, base::SourceMap& sources,
                                       base::Diagnostics& diagnostics) {
  const std::string path = WorkspaceFile(folder);
  std::error_code error;
  if (!std::filesystem::exists(path, error)) return std::nullopt;
  const auto text = base::ReadTextFile(path, diagnostics);
  if (!text) return std::nullopt;
  sources.Add(path, *text);
  const base::Text hint = {"borre el archivo e importe de nuevo el documento",
                           "delete the file and import the document again"};
  const auto fail = [&](base::Text message) {
    diagnostics.Add({"espacio-dañado", base::Severity::Error, {}, std::move(message), hint, {}});
    return std::nullopt;
  };
  try {
    const Json json = Json::parse(*text);
    if (json.at("esquema").get<std::string>() != kSchema) {
      return fail({path + " es de otra versión del programa",
                   path + " is of another version of the program"});
    }
    Workspace workspace = WorkspaceFrom(json);
    if (Sound(workspace)) return workspace;
  } catch (const Json::exception&) {
    return fail({path + " no es un espacio de pasajes", path + " is not a workspace of passages"});
  }
  return fail({"los textos de " + path + " no coinciden con sus SHA-256",
               "the texts of " + path + " do not match their SHA-256"});
}

std::string WriteWorkspace(const Workspace& workspace) {
  Json ties = Json::array();
  for (const Tie& tie : workspace.ties) {
    ties.push_back({{"cita", tie.citation.str()},
                    {"sha256", tie.sha256},
                    {"codificado", tie.encoded_by},
                    {"texto", tie.text}});
  }
  const Json document = {{"esquema", kSchema},
                         {"documento",
                          {{"archivo", workspace.source},
                           {"sha256", workspace.sha256},
                           {"norma", workspace.document.norm}}},
                         {"pasajes", ToJson(workspace.document.passages)},
                         {"resolutiva", ToJson(workspace.document.resolution)},
                         {"encabezados", ToJson(workspace.document.divisions)},
                         {"vínculos", ties}};
  return document.dump(1) + "\n";
}

std::vector<Tie> TieAll(const Document& document) {
  std::vector<Tie> ties;
  for (const Passage& passage : document.passages)
    ties.push_back({passage.citation, passage.sha256, Whole(passage), {}});
  return ties;
}

std::vector<Change> ChangesSince(const std::vector<Tie>& ties, const Document& document) {
  std::map<Citation, const Tie*> tied;
  for (const Tie& tie : ties) tied.emplace(tie.citation, &tie);
  std::vector<Change> changes;
  for (const Passage& passage : document.passages) {
    const auto found = tied.find(passage.citation);
    if (found == tied.end()) {
      changes.push_back({Change::Kind::Added, passage.citation, "", Whole(passage)});
    } else if (found->second->sha256 != passage.sha256) {
      changes.push_back(
          {Change::Kind::Changed, passage.citation, found->second->text, Whole(passage)});
    }
  }
  for (const Tie& tie : ties) {
    if (document.Find(tie.citation) == nullptr)
      changes.push_back({Change::Kind::Removed, tie.citation, tie.text, ""});
  }
  return changes;
}

Excerpt ExcerptOf(const Change& change) {
  static constexpr std::size_t kAround = 24;
  const std::string before = OneLine(change.before);
  const std::string after = OneLine(change.after);
  const std::size_t shortest = std::min(before.size(), after.size());
  std::size_t head = 0;
  while (head < shortest && before[head] == after[head]) ++head;
  std::size_t tail = 0;
  while (tail < shortest - head &&
         before[before.size() - 1 - tail] == after[after.size() - 1 - tail])
    ++tail;
  const auto cut = [head, tail](const std::string& text) {
    // Whole words, so that no letter of several bytes is split.
    std::size_t begin = head > kAround ? text.rfind(' ', head - kAround) : 0;
    begin = begin == std::string::npos ? 0 : begin;
    const std::size_t end_at = text.size() - tail + kAround;
    const std::size_t end =
        std::min(end_at < text.size() ? text.find(' ', end_at) : text.size(), text.size());
    return (begin > 0 ? "…" : "") + text.substr(begin, end - begin) +
           (end < text.size() ? "…" : "");
  };
  return {cut(before), cut(after)};
}

void QuotePassages(const Workspace& workspace, base::CheckReport& report) {
  for (base::Finding& finding : report.findings) {
    // What a check of the text quotes is what it found there, and stays.
    if (finding.evidence == base::Evidence::Quoted && !finding.passages.empty()) continue;
    std::vector<Citation> articles = finding.articles;
    for (const base::WitnessAnswer& answer : finding.witness.answers)
      articles.push_back(answer.article);
    std::sort(articles.begin(), articles.end(), base::ReadsBefore);
    finding.passages.clear();
    std::set<Citation> said;
    for (Citation place : articles) {
      const Passage* passage = workspace.document.Find(place);
      while (passage == nullptr && !place.path.empty()) {
        place.path.pop_back();
        passage = workspace.document.Find(place);
      }
      if (passage == nullptr || !said.insert(passage->citation).second) continue;
      const std::string& text = passage->text.empty() ? passage->heading : passage->text;
      finding.passages.push_back({passage->citation, text});
    }
  }
}

}  // namespace cotejo::passages
