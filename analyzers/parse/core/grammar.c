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
#ifdef PEER_SETS_IN_MANY_PLACES
static inline bool peer_set_contains(const TSCharacterRange* ranges, uint32_t count, int32_t character) {
  if (character >= 0x80) return set_contains(ranges, count, character);
  for (uint32_t i = 0; i < count && ranges[i].start <= character; ++i)
    if (character <= ranges[i].end) return true;
  return false;
}
#else
/* The bits from `start` to `end` of the 64 that begin at `base`. */
static inline __attribute__((always_inline)) uint64_t peer_bits(int32_t start, int32_t end, int32_t base) {
  const int32_t from = start < base ? base : start, to = end > base + 63 ? base + 63 : end;
  return from > to ? 0 : (~UINT64_C(0) >> (63 - (to - from))) << (from - base);
}

/* Of the first 128 a set has a bit each: constants, as the sets and their counts are constants where a lexer asks. */
static inline __attribute__((always_inline)) bool peer_set_contains(const TSCharacterRange* ranges, uint32_t count,
                                                                    int32_t character) {
  enum { kRanges = 20 }; /* a set that has more of them there is asked as it is */
  if ((uint32_t)character >= 0x80 || (count > kRanges && ranges[kRanges].start < 0x80)) return set_contains(ranges, count, character);
  uint64_t low = 0, high = 0;
/* not a loop: compilers do not compute one before they run it */
#define PEER_RANGE(i)                                      \
  if (count > (i)) {                                       \
    low |= peer_bits(ranges[i].start, ranges[i].end, 0);   \
    high |= peer_bits(ranges[i].start, ranges[i].end, 64); \
  }
#define PEER_RANGES(i) PEER_RANGE(i) PEER_RANGE((i) + 1) PEER_RANGE((i) + 2) PEER_RANGE((i) + 3) PEER_RANGE((i) + 4)
  PEER_RANGES(0) PEER_RANGES(5) PEER_RANGES(10) PEER_RANGES(15)
#undef PEER_RANGES
#undef PEER_RANGE
  return ((character < 64 ? low : high) >> (character & 63)) & 1;
}
/* some grammars declare theirs as what could change */
#define TSCharacterRange const TSCharacterRange
#endif

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

/* Generated lexers of many states ask GCC and Clang for no optimization at all, for the sake of compile times. They ask by these
   names, which nothing below needs any more. */
#ifndef PEER_LEXER_AS_IT_ASKS
#undef __GNUC__
#undef __clang__
#endif
#include PEER_GRAMMAR
