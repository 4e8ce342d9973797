/* A walk through all visible nodes of a tree in source order that looks into tree-sitter's own
 * structures, as its cursor is too slow to pass over the nodes that nobody asks for. C, because the
 * core's headers are. One thread. */
#ifndef PEER_PREORDER_H
#define PEER_PREORDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <tree_sitter/api.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct PeerPreorder PeerPreorder;

/* What the walk stops at and what it leaves out. All must outlive the walk. */
typedef struct {
  const uint8_t* wanted;   /* by kind: not 0 where the walk stops; errors are wanted[kind_count] */
  uint32_t kind_count;
  const uint32_t* places;  /* sorted: nodes that hold none of them are left out with all in them */
  size_t place_count;
  bool has_places;         /* false: nothing is left out */
} PeerPreorderPlan;

/* Before `root`, which must be the root of its tree. Null where there is no memory. */
PeerPreorder* peer_preorder_new(TSNode root, const PeerPreorderPlan* plan);
void peer_preorder_delete(PeerPreorder* self);

/* To the next wanted node: false past the last. `node` and `kind` are what it is. */
bool peer_preorder_next(PeerPreorder* self, TSNode* node, uint16_t* kind);
/* The walk will not go below the node it stands at. */
void peer_preorder_skip_below(PeerPreorder* self);
/* There was no memory: the walk ended before the last node. */
bool peer_preorder_failed(const PeerPreorder* self);

/* Visible nodes from the root to the one the walk stands at. */
size_t peer_preorder_depth(const PeerPreorder* self);
/* Of the nodes that the walk went into and left since it last stopped, the depth of the outermost
 * one, counted as above; SIZE_MAX where it left none. */
size_t peer_preorder_left(const PeerPreorder* self);
/* Writes those to `path`, and what kinds they are to `kinds`, of which the caller keeps what was
 * written before: only what is new. */
void peer_preorder_path(PeerPreorder* self, TSNode* path, uint16_t* kinds);

#ifdef __cplusplus
}
#endif

#endif
