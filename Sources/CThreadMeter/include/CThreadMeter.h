#ifndef CTHREADMETER_H
#define CTHREADMETER_H

#include <stddef.h>
#include <stdint.h>

// What one thread takes of the memory that a C library asks for, which Swift cannot count: it has no variables of a
// thread.

/// The bytes that a thread holds.
typedef struct threadmeter threadmeter_t;

/// A meter at zero, or NULL without memory; to be freed with `threadmeter_free`.
threadmeter_t *_Nullable threadmeter_create(void);

/// Frees a meter, which no thread may have any more.
void threadmeter_free(threadmeter_t *_Nonnull meter);

/// From now on, the calling thread counts with this meter; with none, given NULL.
void threadmeter_attach(threadmeter_t *_Nullable meter);

/// The bytes that the meter's thread has taken and not given back; any thread may ask.
int64_t threadmeter_bytes(const threadmeter_t *_Nonnull meter);

// The functions of the C library's heap of these names, counted.
void *_Nullable threadmeter_malloc(size_t size);
void *_Nullable threadmeter_realloc(void *_Nullable memory, size_t size);
char *_Nullable threadmeter_strdup(const char *_Nullable text);
void threadmeter_release(void *_Nullable memory);

#endif
