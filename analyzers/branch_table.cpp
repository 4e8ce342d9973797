#include "analyzers/branch_table.hpp"

#include <algorithm>
#include <string_view>

namespace peer {
namespace {

bool is_word(BranchKind kind) {
  return kind == BranchKind::otherwise || kind == BranchKind::else_if;
}

bool is_one_of(std::string_view name, const auto& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

BranchMeaning meaning_of(std::string_view name, bool named, const Language& language) {
  BranchMeaning meaning;
  for (const auto& branch : language.branches) {
    if (branch.node != name) continue;
    if (is_word(branch.kind)) {
      meaning.word = branch.kind;
    } else if (named) {
      meaning.inner = branch.kind;
    }
  }
  if (!named) {
    if (is_one_of(name, language.logical_operators))
      meaning.logical = name == "&&" || name == "and" ? LogicalOperator::conjunction
                                                      : LogicalOperator::disjunction;
    return meaning;
  }
  meaning.plain = is_one_of(name, language.plain_statements);
  meaning.operator_by_text = name == "operator_identifier";
  meaning.transparent = name == "parenthesized_expression" || name == "parenthesized_statements" ||
                        name == "tuple_expression";
  return meaning;
}

}  // namespace

BranchTable::BranchTable(const Language& language) {
  const TSLanguage* grammar = language.grammar();
  const auto count = ts_language_symbol_count(grammar);
  for (std::uint32_t id = 0; id < count; ++id) {
    const auto symbol = static_cast<TSSymbol>(id);
    const bool named = ts_language_symbol_type(grammar, symbol) == TSSymbolTypeRegular;
    meanings_.push_back(meaning_of(ts_language_symbol_name(grammar, symbol), named, language));
    wanted_.push_back(meanings_.back().is_nothing() ? 0 : 1);
  }
  wanted_.push_back(0);
}

}  // namespace peer
