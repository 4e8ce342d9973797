/* tree-sitter's core as one unit, like its own lib.c, with what it does for every token and every reduction done faster. Its
   sources stay as npm brings them: here they stand in an order in which the functions that the parser calls of its parts can be
   replaced by ours before the parser is read. Ours give the same answers; tests/trees/compare.py holds this core to the one that
   comes from npm, tree by tree, over every language and over broken text.

   Where the time went, in profiles of C, C++, Go, Python and TypeScript: looking up the actions of a state by a walk over its row (4 to 19 %),
   popping and pushing the stack of a parser that is not split, which is nearly always (12 to 16 %), taking a character (3 to 7 %). */

#include "analyzers/parse/core/table_memo.h"

#include <lexer.h>
#include <stack.h>
#include <subtree.h>

/* asked for every token or reduction, and a line or two long: never worth a call */
#define PEER_INLINE inline __attribute__((always_inline))
PEER_INLINE void ts_language_table_entry(const TSLanguage*, TSStateId, TSSymbol, TableEntry*);
PEER_INLINE TSLexerMode ts_language_lex_mode_for_state(const TSLanguage*, TSStateId);
PEER_INLINE TSSymbolMetadata ts_language_symbol_metadata(const TSLanguage*, TSSymbol);
PEER_INLINE void ts_lexer_reset(Lexer*, Length);
PEER_INLINE void ts_lexer_start(Lexer*);
PEER_INLINE Subtree ts_stack_last_external_token(const Stack*, StackVersion);
PEER_INLINE Length ts_stack_position(const Stack*, StackVersion);
PEER_INLINE TSStateId ts_stack_state(const Stack*, StackVersion);
PEER_INLINE uint32_t ts_stack_version_count(const Stack*);
PEER_INLINE uint32_t ts_stack_halted_version_count(Stack*);
PEER_INLINE void ts_subtree_retain(Subtree);

#include "alloc.c"
#include "get_changed_ranges.c"
#include "language.c"
#include "lexer.c"
#include "stack.c"
#include "subtree.c"

#include "analyzers/parse/core/lexer_steps.h"
#include "analyzers/parse/core/stack_steps.h"

static void peer_lexer_advance(TSLexer* lexer, bool skip) {
  if (!peer_step((Lexer*)lexer, skip)) ts_lexer__advance(lexer, skip);
}

static void peer_lexer_init(Lexer* self) {
  ts_lexer_init(self);
  self->data.advance = peer_lexer_advance;
}

#define ts_lexer_init peer_lexer_init
#define ts_stack_push peer_stack_push
#define ts_stack_pop_count peer_stack_pop_count
#define ts_subtree_array_remove_trailing_extras peer_remove_trailing_extras
#include "parser.c"
#undef ts_lexer_init
#undef ts_stack_push
#undef ts_stack_pop_count
#undef ts_subtree_array_remove_trailing_extras

#include "node.c"
#include "query.c"
#include "tree_cursor.c"
#include "tree.c"
#include "wasm_store.c"
