#pragma once
/* Steps of a parse stack that is not split. Read after the core's stack.c and subtree.c, whose structures they use; where the stack
   is split, they hand over to the core's own. */

#include <stack.h>

/* The core clears room for eight links in each node; nearly all have one. */
static inline void peer_stack_push(Stack* self, StackVersion version, Subtree subtree, bool pending, TSStateId state) {
  StackHead* head = array_get(&self->heads, version);
  StackNode* before = head->node;
  StackNode* node = self->node_pool.size > 0 ? array_pop(&self->node_pool) : ts_malloc(sizeof(StackNode));
  node->state = state;
  node->ref_count = 1;
  node->link_count = 1;
  node->links[0] = (StackLink){before, subtree, pending};
  node->position = before->position;
  node->error_cost = before->error_cost;
  node->node_count = before->node_count;
  node->dynamic_precedence = before->dynamic_precedence;
  if (subtree.ptr) {
    node->error_cost += ts_subtree_error_cost(subtree);
    node->position = length_add(node->position, ts_subtree_total_size(subtree));
    node->node_count += stack__subtree_node_count(subtree);
    node->dynamic_precedence += ts_subtree_dynamic_precedence(subtree);
  } else {
    head->node_count_at_last_error = node->node_count;
  }
  head->node = node;
}

/* Where the path down has one link everywhere there is one slice, and its subtrees can be written in their order at once. What the
   caller reads next is stored field by field and before the subtrees are: a struct that is put together and copied is read in
   wider pieces than it was written in, which stalls. */
static inline StackSliceArray peer_stack_pop_count(Stack* self, StackVersion version, uint32_t count) {
  StackNode* const top = array_get(&self->heads, version)->node;
  StackNode* bottom = top;
  uint32_t subtrees = 0;
  for (uint32_t popped = 0; popped < count;) {
    if (bottom->link_count != 1) return ts_stack_pop_count(self, version, count);
    const Subtree subtree = bottom->links[0].subtree;
    subtrees += subtree.ptr != NULL;
    popped += subtree.ptr == NULL || !ts_subtree_extra(subtree);
    bottom = bottom->links[0].node;
  }
  array_reserve(&self->heads, self->heads.size + 1);
  StackHead* const head = array_get(&self->heads, version);
  StackHead* const popped = &self->heads.contents[self->heads.size];
  popped->node = bottom;
  popped->summary = NULL;
  popped->node_count_at_last_error = head->node_count_at_last_error;
  popped->last_external_token = head->last_external_token;
  popped->lookahead_when_paused = NULL_SUBTREE;
  popped->status = StackStatusActive;
  stack_node_retain(bottom);
  if (popped->last_external_token.ptr) ts_subtree_retain(popped->last_external_token);

  array_reserve(&self->slices, 1);
  StackSlice* const slice = self->slices.contents;
  const size_t bytes = ts_subtree_alloc_size(subtrees); /* room for the parent behind them */
  Subtree* const contents = ts_malloc(bytes);
  slice->subtrees.contents = contents;
  slice->subtrees.size = subtrees;
  slice->subtrees.capacity = (uint32_t)(bytes / sizeof(Subtree));
  slice->version = self->heads.size++;
  self->slices.size = 1;

  for (StackNode* node = top; node != bottom; node = node->links[0].node) {
    const Subtree subtree = node->links[0].subtree;
    if (subtree.ptr == NULL) continue;
    ts_subtree_retain(subtree);
    contents[--subtrees] = subtree;
  }
  return self->slices;
}

static inline void peer_remove_trailing_extras(SubtreeArray* self, SubtreeArray* extras) {
  if (self->size > 0 && ts_subtree_extra(*array_back(self))) {
    ts_subtree_array_remove_trailing_extras(self, extras);
  } else {
    array_clear(extras);
  }
}
