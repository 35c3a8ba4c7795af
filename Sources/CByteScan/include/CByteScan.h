#ifndef CBYTESCAN_H
#define CBYTESCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__x86_64__)
#include <emmintrin.h>
#endif

/// Asks the processor to fetch the cache line at `address`; never faults, changes nothing.
static inline void cbytescan_prefetch(const void *address) { __builtin_prefetch(address); }

/// The same for a cache line that will be written.
static inline void cbytescan_prefetch_to_write(const void *address) { __builtin_prefetch(address, 1); }

/// Asks the system to back the `size` bytes at `address` with large pages; changes nothing else, may do nothing.
///
/// Tables that are read at random spend much of their time on translating addresses, page by page.
void cbytescan_prefer_large_pages(void *address, size_t size);

/// Takes the memory of the `size` bytes at `address` from the system now instead of when it is first written; changes
/// no byte, may do nothing.
///
/// Any thread may call it beside those that use the memory. Where it is no longer there, nothing happens.
void cbytescan_populate(void *address, size_t size);

/// `size` zero bytes on large pages where the system has them, or NULL; to be freed with `free`.
///
/// The memory is only taken from the system when it is first touched, by whichever thread does.
void *cbytescan_allocate_zeroed(size_t size);

/// The offset of the first `byte` among the `count` bytes at `bytes`, or `count` if it is not there.
static inline size_t cbytescan_find(const uint8_t *bytes, size_t count, uint8_t byte) {
    const uint8_t *found = count == 0 ? NULL : (const uint8_t *)memchr(bytes, byte, count);
    return found == NULL ? count : (size_t)(found - bytes);
}

/// How many of the `count` bytes at `bytes` are `byte`.
static inline size_t cbytescan_count(const uint8_t *bytes, size_t count, uint8_t byte) {
    size_t total = 0;
    // Stretches short enough to be counted in bytes, so that the compiler compares many at once.
    for (size_t start = 0; start < count; start += 255) {
        const size_t end = count - start < 255 ? count : start + 255;
        uint8_t found = 0;
        for (size_t index = start; index < end; index += 1) { found += bytes[index] == byte; }
        total += found;
    }
    return total;
}

/// Whether `first` or `second` is among the `count` bytes at `bytes`.
static inline bool cbytescan_holds_either(const uint8_t *bytes, size_t count, uint8_t first, uint8_t second) {
    // Without an early end inside a stretch, so that the compiler compares many bytes at once.
    for (size_t start = 0; start < count; start += 4096) {
        const size_t end = count - start < 4096 ? count : start + 4096;
        uint8_t found = 0;
        for (size_t index = start; index < end; index += 1) {
            found |= (uint8_t)((bytes[index] == first) | (bytes[index] == second));
        }
        if (found) { return true; }
    }
    return false;
}

/// Whether a byte among the `count` bytes at `bytes` is a line feed, a carriage return, `first` or `second`.
static inline bool cbytescan_needs_quotes(const uint8_t *bytes, size_t count, uint8_t first, uint8_t second) {
    size_t index = 0;
#if defined(__x86_64__)
    const __m128i firsts = _mm_set1_epi8((char)first), seconds = _mm_set1_epi8((char)second);
    const __m128i feeds = _mm_set1_epi8('\n'), returns = _mm_set1_epi8('\r');
    for (; index < count; index += 16) {
        __m128i text;
        if (count - index >= 16) {
            text = _mm_loadu_si128((const __m128i *)(bytes + index));
        } else if (count - index >= 8) {
            // Two words that overlap: a byte that is looked at twice does no harm.
            uint64_t low, high;
            memcpy(&low, bytes + index, 8);
            memcpy(&high, bytes + count - 8, 8);
            text = _mm_set_epi64x((long long)high, (long long)low);
        } else {
            break;
        }
        const __m128i found = _mm_or_si128(
            _mm_or_si128(_mm_cmpeq_epi8(text, firsts), _mm_cmpeq_epi8(text, seconds)),
            _mm_or_si128(_mm_cmpeq_epi8(text, feeds), _mm_cmpeq_epi8(text, returns)));
        if (_mm_movemask_epi8(found)) { return true; }
    }
#endif
    for (; index < count; index += 1) {
        const uint8_t byte = bytes[index];
        if (byte == first || byte == second || byte == '\n' || byte == '\r') { return true; }
    }
    return false;
}

/// How many of the 16 bytes at `bytes` come before the first that is not plain text, 16 if all are.
///
/// Plain in XML and CSV alike: printable ASCII without `< > & ] " ,`.
static inline unsigned cbytescan_plain_text(const uint8_t *bytes) {
#if defined(__x86_64__)
    const __m128i text = _mm_loadu_si128((const __m128i *)bytes);
    // Signed: what is not ASCII counts as less than a blank.
    __m128i special = _mm_cmplt_epi8(text, _mm_set1_epi8(' '));
    special = _mm_or_si128(special, _mm_cmpeq_epi8(text, _mm_set1_epi8('<')));
    special = _mm_or_si128(special, _mm_cmpeq_epi8(text, _mm_set1_epi8('>')));
    special = _mm_or_si128(special, _mm_cmpeq_epi8(text, _mm_set1_epi8('&')));
    special = _mm_or_si128(special, _mm_cmpeq_epi8(text, _mm_set1_epi8(']')));
    special = _mm_or_si128(special, _mm_cmpeq_epi8(text, _mm_set1_epi8('"')));
    special = _mm_or_si128(special, _mm_cmpeq_epi8(text, _mm_set1_epi8(',')));
    special = _mm_or_si128(special, _mm_cmpeq_epi8(text, _mm_set1_epi8(0x7F)));
    return (unsigned)__builtin_ctz((unsigned)_mm_movemask_epi8(special) | 0x10000u);
#else
    unsigned count = 0;
    while (count < 16) {
        const uint8_t byte = bytes[count];
        if (byte < ' ' || byte >= 0x7F || byte == '<' || byte == '>' || byte == '&' || byte == ']' || byte == '"'
            || byte == ',') {
            break;
        }
        count += 1;
    }
    return count;
#endif
}

/// Copies 16 bytes; both places must have them.
static inline void cbytescan_copy16(uint8_t *to, const uint8_t *from) { memcpy(to, from, 16); }

/// Copies `count` bytes to memory that this processor will not read again, and leaves its cache to others where it can.
///
/// The places must not overlap. Whoever reads the copy afterwards, thread or device, sees all of it.
static inline void cbytescan_copy_past_cache(void *target, const void *source, size_t count) {
    uint8_t *to = (uint8_t *)target;
    const uint8_t *from = (const uint8_t *)source;
#if defined(__x86_64__)
    const size_t unaligned = (size_t)(-(uintptr_t)to & 63);
    if (count >= 256 + unaligned) {
        memcpy(to, from, unaligned);
        size_t index = unaligned;
        for (; count - index >= 64; index += 64) {
            const __m128i first = _mm_loadu_si128((const __m128i *)(from + index));
            const __m128i second = _mm_loadu_si128((const __m128i *)(from + index + 16));
            const __m128i third = _mm_loadu_si128((const __m128i *)(from + index + 32));
            const __m128i fourth = _mm_loadu_si128((const __m128i *)(from + index + 48));
            _mm_stream_si128((__m128i *)(to + index), first);
            _mm_stream_si128((__m128i *)(to + index + 16), second);
            _mm_stream_si128((__m128i *)(to + index + 32), third);
            _mm_stream_si128((__m128i *)(to + index + 48), fourth);
        }
        // Such writes pass others; none may be behind when the buffer is handed over.
        _mm_sfence();
        memcpy(to + index, from + index, count - index);
        return;
    }
#endif
    memcpy(to, from, count);
}

/// The instruction sets for which the separator index is written. Every one gives the same answer.
typedef enum {
    CBYTESCAN_PORTABLE = 0, ///< 64-bit words, any processor
    CBYTESCAN_BASELINE = 1, ///< the vectors every processor of the architecture has: SSE2, NEON
    CBYTESCAN_AVX2 = 2,     ///< x86-64 with AVX2, BMI and POPCNT
    CBYTESCAN_AVX512 = 3,   ///< x86-64 with AVX-512 BW and VBMI2
} cbytescan_kernel;

/// Whether `kernel` runs on this processor.
bool cbytescan_kernel_runs(cbytescan_kernel kernel);

/// What stands before a run, as far as quotes go.
typedef enum {
    CBYTESCAN_OUTSIDE = 0, ///< a record start, a separator or unquoted text
    CBYTESCAN_INSIDE = 1,  ///< an opening quote or quoted text
    CBYTESCAN_CLOSED = 2,  ///< a closing quote
} cbytescan_quoting;

/// What one run of `cbytescan_index_separators` saw.
typedef struct {
    /// Where the run ended: `to`, or the first byte that needs a closer look. That is a NUL, a CR outside quotes
    /// without an LF behind it, an LF inside quotes, or the first byte of a field that breaks the rules of quoting.
    size_t stop;
    /// How many positions were written.
    size_t separators;
    /// How many of them are of an LF.
    size_t line_feeds;
    /// Only where no positions are written: behind the last LF outside quotes, `from` if there is none.
    size_t last_record_end;
    /// What stands before `stop`, if that is a multiple of 64 behind `from`; a run from there continues with it.
    cbytescan_quoting quoting;
    /// Whether a quote was seen; it may stand just behind `stop`.
    bool quotes;
    /// Whether a byte that is not ASCII was seen; it may stand just behind `stop`.
    bool non_ascii;
} cbytescan_index;

/// Writes the positions of the separators (`delimiter` or LF, outside quotes) in `[from, to)`, in order, up to the
/// first byte that needs a closer look.
///
/// `limit` is the end of the readable bytes, `from <= to <= limit < 2^32`: a CR just before `to` is judged by the
/// byte at `to`. `from` is a record start (0, or behind an LF) with `quoting` outside, or where the last run stopped.
/// `positions` is NULL or has room for `to - from + CBYTESCAN_SLACK` entries; those behind the reported count are
/// scratch. `kernel` must run on this processor. `delimiter` and `quote` differ from each other, NUL, CR and LF.
cbytescan_index cbytescan_index_separators(
    cbytescan_kernel kernel, const uint8_t *bytes, size_t from, size_t to, size_t limit,
    uint8_t delimiter, uint8_t quote, cbytescan_quoting quoting, uint32_t *positions);

/// Entries of `positions` that a run may write behind the last position it reports.
#define CBYTESCAN_SLACK 64

#endif
