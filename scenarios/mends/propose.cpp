// The table of what is proposed for the findings of each code.
#include <array>
#include <string_view>

#include "scenarios/mends/proposers.h"

namespace cotejo::mends {

namespace {

struct CodeProposer {
  std::string_view code;
  Proposer propose;
};

constexpr std::array kProposers{
    CodeProposer{"hueco", &ProposeForGap},
    CodeProposer{"granularidad", &ProposeForGranularity},
    CodeProposer{"solapamiento", &ProposeForOverlap},
    CodeProposer{"solapamiento", &ProposeRepeal},
    CodeProposer{"contradicción", &ProposePriorities},
    CodeProposer{"contradicción", &ProposeForOverlap},
    CodeProposer{"contradicción", &ProposeExceptions},
    CodeProposer{"conflicto-de-categoría", &ProposePriorities},
    CodeProposer{"conflicto-de-categoría", &ProposeExceptions},
    CodeProposer{"doble-sanción", &ProposeExceptions},
    CodeProposer{"regla-redundante", &ProposeRepeal},
    CodeProposer{"inversión", &ProposeAmounts},
    CodeProposer{"inversión", &ProposeFromGaps},
    CodeProposer{"incentivo-perverso", &ProposeAmounts},
    CodeProposer{"incentivo-perverso", &ProposeFromGaps},
    CodeProposer{"tope-excedido", &ProposeLimits},
    CodeProposer{"tope-excedido", &ProposeLess},
    CodeProposer{"tope-excedido", &ProposeShares},
    CodeProposer{"proceso-omitido", &ProposeProcess},
    CodeProposer{"redondeo", &ProposeRounding},
    CodeProposer{"escapatoria", &ProposeWindows},
    CodeProposer{"escapatoria", &ProposeLongerToo},
    CodeProposer{"escapatoria", &ProposeJointCounts},
    CodeProposer{"escapatoria", &ProposeOneCount},
    CodeProposer{"referencia-rota", &ProposeTargets},
    CodeProposer{"referencia-circular", &ProposeFewerReferences},
    CodeProposer{"fechas-distintas", &ProposeDates},
};

}  // namespace

std::vector<Proposal> Propose(const Bench& bench, const base::Finding& finding) {
  std::vector<Proposal> proposals;
  for (const auto& [code, propose] : kProposers) {
    if (code != finding.code) continue;
    for (Proposal& proposal : propose(bench, finding)) proposals.push_back(std::move(proposal));
  }
  return proposals;
}

}  // namespace cotejo::mends
