/* The lexer and tables of one grammar (PEER_GRAMMAR, its parser.c). A generated lexer asks the core for every character, whether the
   text is at its end and where the token ends through pointers; here those steps stand in the lexer itself. Its other questions, and
   a scanner's, still go through the pointers. */

#include <tree_sitter/api.h>
#include PEER_GRAMMAR_HEADER
/* the header of the grammar before the core's of the same name */
#include "analyzers/parse/core/lexer_steps.h"

/* called once in each of a grammar's two lexers, for every character */
static inline __attribute__((always_inline)) void peer_advance(TSLexer* lexer, bool skip) {
  if (!peer_step((Lexer*)lexer, skip)) lexer->advance(lexer, skip);
}

static inline void peer_mark_end(TSLexer* lexer) {
  Lexer* self = (Lexer*)lexer;
  if (self->included_range_count == 1) {
    self->token_end_position = self->current_position;
  } else {
    lexer->mark_end(lexer);
  }
}

/* Sets of identifiers have thousands of characters, and texts hardly any that is not among the first 128. */
static inline bool peer_set_contains(const TSCharacterRange* ranges, uint32_t count, int32_t character) {
  if (character >= 0x80) return set_contains(ranges, count, character);
  for (uint32_t i = 0; i < count && ranges[i].start <= character; ++i)
    if (character <= ranges[i].end) return true;
  return false;
}

#define set_contains peer_set_contains
/* `eof = lexer->eof(lexer)`: at the end there is no character */
#define eof(lexer) lookahead == 0 && lexer->eof(lexer)

#undef START_LEXER
#define START_LEXER()          \
  bool result = false;         \
  bool skip = false;           \
  UNUSED bool eof = false;     \
  int32_t lookahead;           \
  goto start;                  \
next_state:                    \
  peer_advance(lexer, skip);   \
start:                         \
  skip = false;                \
  lookahead = lexer->lookahead;

#undef ACCEPT_TOKEN
#define ACCEPT_TOKEN(symbol_value)     \
  result = true;                       \
  lexer->result_symbol = symbol_value; \
  peer_mark_end(lexer);

#include PEER_GRAMMAR
