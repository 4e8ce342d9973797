#include "analyzers/parse/preorder.h"

#include <stdlib.h>

#include <language.h>
#include <subtree.h>
#include <tree.h>

/* A node whose children are being walked. */
typedef struct {
  const Subtree* subtree;
  const TSSymbol* aliases; /* of its children, by structural place */
  Length position;         /* of itself */
  Length at;               /* past its last walked child */
  uint32_t next;           /* child to come */
  uint32_t structural;     /* its place among those that are no extras */
  uint32_t level;          /* visible nodes above it */
  TSSymbol alias;
  bool visible;
} Frame;

struct PeerPreorder {
  const TSTree* tree;
  const TSLanguage* language;
  const PeerPreorderPlan* plan;
  size_t place; /* the first that is not passed */
  Frame* frames;
  size_t count, room;
  size_t written; /* frames whose nodes the caller has */
  TSNode current;
  uint32_t level; /* visible nodes above the current one */
  uint32_t left;  /* the same of the outermost node left since the last stop */
  bool begun, failed, is_leaf;
};

PeerPreorder* peer_preorder_new(TSNode root, const PeerPreorderPlan* plan) {
  PeerPreorder* self = calloc(1, sizeof(PeerPreorder));
  if (self == NULL) return NULL;
  self->tree = root.tree;
  self->language = self->tree->language;
  self->plan = plan;
  return self;
}

void peer_preorder_delete(PeerPreorder* self) {
  if (self == NULL) return;
  free(self->frames);
  free(self);
}

bool peer_preorder_failed(const PeerPreorder* self) { return self->failed; }

size_t peer_preorder_depth(const PeerPreorder* self) { return (size_t)self->level + 1; }

size_t peer_preorder_left(const PeerPreorder* self) {
  return self->left == UINT32_MAX ? SIZE_MAX : (size_t)self->left + 1;
}

void peer_preorder_skip_below(PeerPreorder* self) {
  if (self->is_leaf) return;
  self->is_leaf = true; /* it is its own last frame no more */
  if (self->written > --self->count) self->written = self->count;
}

static bool push(PeerPreorder* self, Frame frame) {
  if (self->count == self->room) {
    const size_t room = self->room == 0 ? 128 : self->room * 2;
    Frame* frames = realloc(self->frames, room * sizeof(Frame));
    if (frames == NULL) {
      self->failed = true;
      return false;
    }
    self->frames = frames;
    self->room = room;
  }
  self->frames[self->count++] = frame;
  return true;
}

static TSNode node_of(const PeerPreorder* self, const Subtree* subtree, Length at, TSSymbol alias) {
  const TSNode node = {{at.bytes, at.extent.row, at.extent.column, alias}, subtree, self->tree};
  return node;
}

/* Whether a place stands in [begin, end). `begin` never falls from call to call. */
static bool holds_place(PeerPreorder* self, uint32_t begin, uint32_t end) {
  const PeerPreorderPlan* plan = self->plan;
  while (self->place < plan->place_count && plan->places[self->place] < begin) ++self->place;
  return self->place < plan->place_count && plan->places[self->place] < end;
}

/* Node::kind_id() */
static uint16_t kind_of(const PeerPreorder* self, const Subtree* subtree, TSSymbol alias) {
  const TSSymbol symbol = alias ? alias : ts_subtree_symbol(*subtree);
  return symbol == ts_builtin_sym_error ? symbol : self->language->public_symbol_map[symbol];
}

/* Goes to a node: true where the walk stops at it. */
static bool arrive(PeerPreorder* self, const Subtree* subtree, Length at, TSSymbol alias, bool visible,
                   uint32_t level, uint16_t* kind) {
  const PeerPreorderPlan* plan = self->plan;
  if (plan->has_places && !holds_place(self, at.bytes, at.bytes + ts_subtree_size(*subtree).bytes)) return false;
  self->is_leaf = ts_subtree_child_count(*subtree) == 0;
  if (!self->is_leaf) {
    const Frame frame = {subtree, ts_language_alias_sequence(self->language, subtree->ptr->production_id),
                         at, at, 0, 0, level, alias, visible};
    if (!push(self, frame)) return false;
  }
  if (!visible) return false;
  *kind = kind_of(self, subtree, alias);
  if (!plan->wanted[*kind < plan->kind_count ? *kind : plan->kind_count]) return false;
  self->current = node_of(self, subtree, at, alias);
  self->level = level;
  return true;
}

bool peer_preorder_next(PeerPreorder* self, TSNode* node, uint16_t* kind) {
  self->left = UINT32_MAX;
  if (!self->begun) {
    self->begun = true;
    const Subtree* root = &self->tree->root;
    if (arrive(self, root, ts_subtree_padding(*root), 0, true, 0, kind)) {
      *node = self->current;
      return true;
    }
  }
  while (self->count > 0 && !self->failed) {
    Frame* frame = &self->frames[self->count - 1];
    const SubtreeHeapData* parent = frame->subtree->ptr;
    if (frame->next == parent->child_count) {
      if (frame->visible && frame->level < self->left) self->left = frame->level;
      if (self->written > --self->count) self->written = self->count;
      continue;
    }
    const Subtree* child = ts_subtree_children(*frame->subtree) + frame->next;
    Length at = frame->at;
    if (frame->next++ > 0) at = length_add(at, ts_subtree_padding(*child));
    frame->at = length_add(at, ts_subtree_size(*child));
    TSSymbol alias = 0;
    if (!ts_subtree_extra(*child)) {
      if (frame->aliases != NULL) alias = frame->aliases[frame->structural];
      ++frame->structural;
    }
    const bool visible = alias != 0 || ts_subtree_visible(*child);
    if (arrive(self, child, at, alias, visible, frame->level + (frame->visible ? 1 : 0), kind)) {
      *node = self->current;
      return true;
    }
  }
  return false;
}

void peer_preorder_path(PeerPreorder* self, TSNode* path, uint16_t* kinds) {
  for (; self->written < self->count; ++self->written) {
    const Frame* frame = &self->frames[self->written];
    if (!frame->visible) continue;
    path[frame->level] = node_of(self, frame->subtree, frame->position, frame->alias);
    kinds[frame->level] = kind_of(self, frame->subtree, frame->alias);
  }
  if (!self->is_leaf) return;
  path[self->level] = self->current;
  kinds[self->level] = kind_of(self, self->current.id, (TSSymbol)self->current.context[3]);
}
