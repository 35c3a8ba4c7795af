#include "CThreadMeter.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#ifdef __APPLE__
#include <malloc/malloc.h>
#define usable_size malloc_size
#else
#include <malloc.h>
#define usable_size malloc_usable_size
#endif

struct threadmeter {
    // One thread adds, others read.
    _Atomic int64_t bytes;
};

static _Thread_local threadmeter_t *attached;

static void count(int64_t bytes) {
    atomic_fetch_add_explicit(&attached->bytes, bytes, memory_order_relaxed);
}

threadmeter_t *threadmeter_create(void) { return calloc(1, sizeof(threadmeter_t)); }

void threadmeter_free(threadmeter_t *meter) { free(meter); }

void threadmeter_attach(threadmeter_t *meter) { attached = meter; }

int64_t threadmeter_bytes(const threadmeter_t *meter) {
    return atomic_load_explicit(&meter->bytes, memory_order_relaxed);
}

void *threadmeter_malloc(size_t size) {
    void *memory = malloc(size);
    if (attached && memory) count((int64_t)usable_size(memory));
    return memory;
}

void *threadmeter_realloc(void *memory, size_t size) {
    if (!attached) return realloc(memory, size);
    int64_t before = memory ? (int64_t)usable_size(memory) : 0;
    void *moved = realloc(memory, size);
    // Without a new place the old one stays taken, unless nothing was asked for.
    if (moved) count((int64_t)usable_size(moved) - before);
    else if (size == 0) count(-before);
    return moved;
}

char *threadmeter_strdup(const char *text) {
    if (!text) return NULL;
    size_t size = strlen(text) + 1;
    char *copy = threadmeter_malloc(size);
    return copy ? memcpy(copy, text, size) : NULL;
}

void threadmeter_release(void *memory) {
    if (attached && memory) count(-(int64_t)usable_size(memory));
    free(memory);
}
