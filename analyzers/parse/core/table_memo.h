#pragma once
/* What the parse table says of a state and a symbol, remembered. The rows of most states are lists of symbols in groups, which the
   core walks from the front for every lookup; the others are a table of megabytes, far from the caches. The same few thousand pairs
   come again and again. */

#include <stdint.h>
#include <string.h>

/* the core's own lookup under another name, so that all that asks for it asks ours */
#define ts_language_lookup ts_language_lookup_in_row
#include <language.h>
#undef ts_language_lookup

enum { kMemoBits = 12, kMemoSlots = 1 << kMemoBits, kMemoRow = 2048, kMemoScan = 3 };

/* One per thread: 36 KiB. */
static _Thread_local struct {
  const TSLanguage* language;
  struct {
    uint32_t pair; /* state, symbol; 0: empty, so state 0, which is that of errors, is never remembered */
    uint16_t value;
  } slots[kMemoSlots];
  /* After an error the core asks of one state for symbol after symbol. That would drive out what is remembered, so once three
     were asked for in ascending order the row is laid out. */
  TSStateId scanned, row_of;
  TSSymbol last;
  unsigned scan;
  uint16_t row[kMemoRow];
} peer_memo;

static __attribute__((noinline)) uint16_t peer_lookup_anew(const TSLanguage* self, TSStateId state, TSSymbol symbol, uint32_t slot) {
  if (peer_memo.language != self) {
    memset(&peer_memo, 0, sizeof peer_memo);
    peer_memo.language = self;
  }
  if (peer_memo.row_of == state) return peer_memo.row[symbol];
  peer_memo.scan = peer_memo.scanned == state && symbol > peer_memo.last ? peer_memo.scan + 1 : 0;
  peer_memo.scanned = state;
  peer_memo.last = symbol;
  if (peer_memo.scan == kMemoScan && self->symbol_count <= kMemoRow && state >= self->large_state_count) {
    memset(peer_memo.row, 0, sizeof peer_memo.row);
    const uint16_t* data = &self->small_parse_table[self->small_parse_table_map[state - self->large_state_count]];
    for (unsigned groups = *data++; groups > 0; --groups) {
      const uint16_t value = *data++;
      for (unsigned symbols = *data++; symbols > 0; --symbols) peer_memo.row[*data++] = value;
    }
    peer_memo.row_of = state;
    return peer_memo.row[symbol];
  }
  peer_memo.slots[slot].value = ts_language_lookup_in_row(self, state, symbol);
  peer_memo.slots[slot].pair = (uint32_t)state << 16U | symbol;
  return peer_memo.slots[slot].value;
}

static inline uint16_t ts_language_lookup(const TSLanguage* self, TSStateId state, TSSymbol symbol) {
  if (state == 0) return ts_language_lookup_in_row(self, state, symbol);
  const uint32_t pair = (uint32_t)state << 16U | symbol;
  const uint32_t slot = pair * UINT32_C(2654435769) >> (32 - kMemoBits); /* Fibonacci hashing (Knuth, TAOCP 6.4) */
  if (peer_memo.language == self && peer_memo.slots[slot].pair == pair) return peer_memo.slots[slot].value;
  return peer_lookup_anew(self, state, symbol, slot);
}

/* the one question in the header that was read with the other name */
#define ts_language_has_actions(self, state, symbol) (ts_language_lookup(self, state, symbol) != 0)
