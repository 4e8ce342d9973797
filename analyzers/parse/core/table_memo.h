#pragma once
/* What the parse table says of a state and a symbol, remembered. The rows of most states are lists of symbols in groups, which the
   core walks from the front for every lookup; the same few thousand pairs come again and again. */

#include <stdint.h>
#include <string.h>

#include <language.h>

enum { kMemoBits = 12, kMemoSlots = 1 << kMemoBits };

/* One per thread: 32 KiB. A slot is empty while its pair is 0: state 0 has a row of its own and is never remembered. */
static _Thread_local struct {
  const TSLanguage* language;
  struct {
    uint32_t pair; /* state, symbol */
    uint16_t value;
  } slots[kMemoSlots];
} peer_memo;

static inline uint16_t peer_lookup(const TSLanguage* self, TSStateId state, TSSymbol symbol) {
  if (state < self->large_state_count) return self->parse_table[state * self->symbol_count + symbol];
  if (peer_memo.language != self) {
    memset(&peer_memo, 0, sizeof peer_memo);
    peer_memo.language = self;
  }
  const uint32_t pair = (uint32_t)state << 16U | symbol;
  const uint32_t slot = pair * UINT32_C(2654435769) >> (32 - kMemoBits); /* Fibonacci hashing (Knuth, TAOCP 6.4) */
  if (peer_memo.slots[slot].pair != pair) {
    peer_memo.slots[slot].value = ts_language_lookup(self, state, symbol);
    peer_memo.slots[slot].pair = pair;
  }
  return peer_memo.slots[slot].value;
}

/* The five below are the core's own, over this lookup. */

static inline void peer_table_entry(const TSLanguage* self, TSStateId state, TSSymbol symbol, TableEntry* result) {
  if (symbol == ts_builtin_sym_error || symbol == ts_builtin_sym_error_repeat) {
    *result = (TableEntry){NULL, 0, false};
    return;
  }
  const TSParseActionEntry* entry = &self->parse_actions[peer_lookup(self, state, symbol)];
  *result = (TableEntry){(const TSParseAction*)(entry + 1), entry->entry.count, entry->entry.reusable};
}

static inline const TSParseAction* peer_actions(const TSLanguage* self, TSStateId state, TSSymbol symbol, uint32_t* count) {
  TableEntry entry;
  peer_table_entry(self, state, symbol, &entry);
  *count = entry.action_count;
  return entry.actions;
}

static inline bool peer_has_actions(const TSLanguage* self, TSStateId state, TSSymbol symbol) {
  return peer_lookup(self, state, symbol) != 0;
}

static inline bool peer_has_reduce_action(const TSLanguage* self, TSStateId state, TSSymbol symbol) {
  uint32_t count = 0;
  const TSParseAction* actions = peer_actions(self, state, symbol, &count);
  return count > 0 && actions[0].type == TSParseActionTypeReduce;
}

static inline TSStateId peer_next_state(const TSLanguage* self, TSStateId state, TSSymbol symbol) {
  if (symbol == ts_builtin_sym_error || symbol == ts_builtin_sym_error_repeat) return 0;
  if (symbol >= self->token_count) return peer_lookup(self, state, symbol);
  uint32_t count = 0;
  const TSParseAction* actions = peer_actions(self, state, symbol, &count);
  if (count == 0) return 0;
  const TSParseAction last = actions[count - 1];
  if (last.type != TSParseActionTypeShift) return 0;
  return last.shift.extra ? state : last.shift.state;
}
