#pragma once
#include <expat.h>
#include <malloc.h>
#include <stdlib.h>

// Expat keeps every distinct name it meets and every unfinished token in memory. The budget below
// makes it fail with XML_ERROR_NO_MEMORY instead of growing with a hostile part. One parser at a
// time runs on a thread, from creation to release, so a counter of the thread is enough.
static _Thread_local size_t junheng_expat_held = 0;
static _Thread_local size_t junheng_expat_limit = 0;

static inline void *junheng_expat_malloc(size_t size) {
  if (size > junheng_expat_limit || junheng_expat_held > junheng_expat_limit - size) return NULL;
  void *block = malloc(size);
  if (block != NULL) junheng_expat_held += malloc_usable_size(block);
  return block;
}

static inline void *junheng_expat_realloc(void *old, size_t size) {
  size_t before = old == NULL ? 0 : malloc_usable_size(old);
  if (size > junheng_expat_limit || junheng_expat_held - before > junheng_expat_limit - size) return NULL;
  void *block = realloc(old, size);
  if (block != NULL) junheng_expat_held = junheng_expat_held - before + malloc_usable_size(block);
  return block;
}

static inline void junheng_expat_free(void *block) {
  if (block == NULL) return;
  junheng_expat_held -= malloc_usable_size(block);
  free(block);
}

// A parser that may hold at most `limit` bytes.
static inline XML_Parser junheng_expat_parser(size_t limit) {
  static const XML_Memory_Handling_Suite suite = {
    junheng_expat_malloc, junheng_expat_realloc, junheng_expat_free};
  junheng_expat_held = 0;
  junheng_expat_limit = limit;
  return XML_ParserCreate_MM(NULL, &suite, NULL);
}
