// What a provision is sent to, and the dates of norms.
#include <algorithm>
#include <regex>
#include <set>

#include "scenarios/mends/places.h"
#include "scenarios/mends/proposers.h"

namespace cotejo::mends {

using base::Citation;
using language::Decl;

namespace {

// Every provision that some declaration is about, or that the norm files head.
std::vector<Citation> Provisions(const Bench& bench, const std::string& norm) {
  std::set<Citation> known;
  for (const rules::ProgramEntry& entry : bench.program.entries) {
    known.insert(entry.decl->citation);
    for (const language::RowDecl& row : entry.decl->rows) known.insert(row.citation);
  }
  for (const rules::ProgramProvision& heading : bench.program.provisions) {
    known.insert({heading.norm, {heading.provision->number}});
  }
  std::erase_if(known, [&](const Citation& one) { return one.norm != norm || one.path.empty(); });
  return {known.begin(), known.end()};
}

// The provision with the nearest number, and the one the missing part would stand in.
std::vector<Citation> Nearest(const Bench& bench, const Citation& missing) {
  std::vector<std::string> names;
  const std::vector<Citation> provisions = Provisions(bench, missing.norm);
  for (const Citation& one : provisions) {
    if (one != missing) names.push_back(one.str());
  }
  std::vector<Citation> nearest;
  const std::string name = base::NearestName(missing.str(), names);
  for (const Citation& one : provisions) {
    if (one.str() == name) nearest.push_back(one);
  }
  Citation parent = missing;
  while (parent.path.size() > 1) {
    parent.path.pop_back();
    if (std::find(names.begin(), names.end(), parent.str()) == names.end()) continue;
    if (std::find(nearest.begin(), nearest.end(), parent) == nearest.end())
      nearest.push_back(parent);
    break;
  }
  return nearest;
}

// Where a declaration writes a citation: not as the beginning of a longer one.
std::vector<base::Span> WrittenIn(const Bench& bench, const Decl& decl, const std::string& cited) {
  std::vector<base::Span> places;
  const std::string text = TextOf(bench, decl.span);
  for (std::size_t at = text.find(cited); at != std::string::npos; at = text.find(cited, at + 1)) {
    const std::size_t after = at + cited.size();
    const unsigned char next = after < text.size() ? static_cast<unsigned char>(text[after]) : ' ';
    const bool longer = std::isalnum(next) != 0 || next >= 0x80 || next == '_' ||
                        (next == '.' && after + 1 < text.size() && text[after + 1] != ' ');
    if (longer) continue;
    places.push_back({decl.span.file, decl.span.offset + static_cast<std::uint32_t>(at),
                      static_cast<std::uint32_t>(cited.size())});
  }
  return places;
}

}  // namespace

// Of what cites a provision that is not there: the nearest that is, or nothing.
std::vector<Proposal> ProposeTargets(const Bench& bench, const base::Finding& finding) {
  std::vector<Proposal> proposals;
  for (const Citation& missing : finding.articles) {
    std::vector<Edit> places;
    std::vector<std::string> sent;
    for (const rules::ProgramEntry& entry : bench.program.entries) {
      if (entry.decl->kind == Decl::Kind::Case) continue;
      for (base::Span place : WrittenIn(bench, *entry.decl, missing.str())) {
        places.push_back({place, ""});
      }
      const bool sends = entry.decl->kind == Decl::Kind::Refer && entry.decl->refer_to == missing;
      if (sends) sent.push_back(entry.decl->citation.str());
    }
    if (places.empty()) continue;
    for (const Citation& target : Nearest(bench, missing)) {
      Proposal proposal{{"citar " + target.str() + " en vez de " + missing.str(),
                         "cite " + target.str() + " instead of " + missing.str()},
                        places};
      for (Edit& edit : proposal.edits) edit.text = target.str();
      proposals.push_back(std::move(proposal));
    }
    if (sent.size() == places.size()) {
      proposals.push_back(
          {{"suprimir la remisión a " + missing.str(), "remove the reference to " + missing.str()},
           {},
           {},
           sent});
    }
  }
  return proposals;
}

// A circle is opened where any of its references is removed.
std::vector<Proposal> ProposeFewerReferences(const Bench& bench, const base::Finding& finding) {
  std::vector<Proposal> proposals;
  for (const rules::ProgramEntry& entry : bench.program.entries) {
    const Decl& decl = *entry.decl;
    const bool here = std::find(finding.articles.begin(), finding.articles.end(), decl.citation) !=
                      finding.articles.end();
    if (decl.kind != Decl::Kind::Refer || !here) continue;
    const std::string from = decl.citation.str();
    const std::string to = decl.refer_to->str();
    proposals.push_back({{"suprimir la remisión de " + from + " a " + to,
                          "remove the reference of " + from + " to " + to},
                         {},
                         {},
                         {from}});
  }
  return proposals;
}

// The date that the text prints, for the norm that is declared with another.
std::vector<Proposal> ProposeDates(const Bench& bench, const base::Finding& finding) {
  std::vector<Proposal> proposals;
  std::set<std::string> printed;
  const std::regex date("[0-9]{4}-[0-9]{2}-[0-9]{2}");
  const std::string& title = finding.title.es;
  for (std::sregex_iterator it(title.begin(), title.end(), date), end; it != end; ++it) {
    printed.insert(it->str());
  }
  for (const rules::ProgramEntry& entry : bench.program.entries) {
    const Decl& decl = *entry.decl;
    if (decl.kind != Decl::Kind::Norm || !decl.issued) continue;
    if (title.find("da a " + decl.name.text + " ") == std::string::npos) continue;
    const std::string text = TextOf(bench, decl.span);
    const std::string declared = decl.issued->str();
    const std::size_t at = text.find(declared, text.find("emitida"));
    if (at == std::string::npos) continue;
    for (const std::string& other : printed) {
      if (other == declared) continue;
      proposals.push_back(
          {{"declarar " + decl.name.text + " emitida el " + other + ", como dice el texto",
            "declare " + decl.name.text + " issued on " + other + ", as the text says"},
           {{{decl.span.file, decl.span.offset + static_cast<std::uint32_t>(at),
              static_cast<std::uint32_t>(declared.size())},
             other}}});
    }
  }
  return proposals;
}

}  // namespace cotejo::mends
