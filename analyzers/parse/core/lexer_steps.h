#pragma once
/* Taking a character when it, the one before it and the one behind are plain: one byte each, in the text at hand. What is not
   plain goes the core's own way. Read by the core and by every grammar's lexer (grammar.c); Peer logs no lexer and parses whole
   texts, but a text in ranges is right as well. */

#include <lexer.h>

/* Whether the step was taken. */
static inline bool peer_step(Lexer* self, bool skip) {
  const uint32_t bytes = self->current_position.bytes + 1;
  const uint32_t place = bytes - self->chunk_start;
  if (self->lookahead_size != 1 || place >= self->chunk_size || self->included_range_count != 1 ||
      bytes >= self->included_ranges[0].end_byte || self->input.encoding != TSInputEncodingUTF8)
    return false;
  const uint8_t next = (uint8_t)self->chunk[place];
  if (next >= 0x80) return false;
  if (self->data.lookahead == '\n') {
    self->current_position.extent.row++;
    self->current_position.extent.column = 0;
    self->column_data = (ColumnData){0, true};
  } else {
    self->current_position.extent.column++;
    if (self->column_data.valid) self->column_data.value++;
  }
  self->current_position.bytes = bytes;
  if (skip) self->token_start_position = self->current_position;
  self->data.lookahead = next;
  return true;
}
