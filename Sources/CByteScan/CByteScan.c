// Reads and writes through raw pointers: the bounds are the caller's promise, see CByteScan.h.

#if defined(__linux__)
#define _DEFAULT_SOURCE
#include <sys/mman.h>
#endif

#include "CByteScan.h"

#include <stdlib.h>

#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

/// Each bit of the result is the parity of the bits of `bits` up to and including it.
static inline uint64_t parity(uint64_t bits) {
    for (int shift = 1; shift < 64; shift <<= 1) {
        bits ^= bits << shift;
    }
    return bits;
}

// MARK: any processor

static inline uint64_t load_word(const uint8_t *address) {
    uint64_t word;
    memcpy(&word, address, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

/// The top bit of every byte in which `a` and `b` agree, exactly (no carry runs into the next byte).
static inline uint64_t equal_bytes(uint64_t a, uint64_t b) {
    const uint64_t low = 0x7F7F7F7F7F7F7F7F, difference = a ^ b;
    return ~(((difference & low) + low) | difference | low);
}

static inline void emit_one_by_one(uint32_t *out, uint32_t base, uint64_t bits) {
    for (; bits != 0; bits &= bits - 1) {
        *out++ = base + (uint32_t)__builtin_ctzll(bits);
    }
}

#define CBYTESCAN_NAME index_portable
#define CBYTESCAN_TARGET
#define VECTOR uint64_t
#define WIDTH 8
#define VECTOR_LOAD(p) load_word(p)
#define VECTOR_ALL(byte) ((uint64_t)0x0101010101010101 * (byte))
#define VECTOR_EQUAL(a, b) equal_bytes(a, b)
#define VECTOR_OR(a, b) ((a) | (b))
#define VECTOR_MASK(v) (((v) >> 7) * 0x0102040810204080 >> 56)
#define VECTOR_HIGH(v) ((v) & 0x8080808080808080)
#define EMIT(out, base, bits) emit_one_by_one(out, base, bits)
#include "IndexLoop.h"

#if defined(__x86_64__)

// MARK: x86-64

/// Writes eight at a time: how many there are is then rarely a branch that the processor guesses wrong.
static inline void emit_by_eights(uint32_t *out, uint32_t base, uint64_t bits) {
    const uint64_t top = (uint64_t)1 << 63; // keeps the count of trailing zeros defined when no bit is left
    do {
        for (int k = 0; k < 8; k++) {
            *out++ = base + (uint32_t)__builtin_ctzll(bits | top);
            bits &= bits - 1;
        }
    } while (bits != 0);
}

#define CBYTESCAN_NAME index_baseline
#define CBYTESCAN_TARGET
#define VECTOR __m128i
#define WIDTH 16
#define VECTOR_LOAD(p) _mm_loadu_si128((const __m128i *)(p))
#define VECTOR_ALL(byte) _mm_set1_epi8((char)(byte))
#define VECTOR_EQUAL(a, b) _mm_cmpeq_epi8(a, b)
#define VECTOR_OR(a, b) _mm_or_si128(a, b)
#define VECTOR_MASK(v) (uint32_t)_mm_movemask_epi8(v)
#define VECTOR_HIGH(v) _mm_movemask_epi8(v)
#define EMIT(out, base, bits) emit_by_eights(out, base, bits)
#include "IndexLoop.h"

#define AVX2_TARGET __attribute__((target("avx2,bmi,popcnt")))

AVX2_TARGET
static inline void emit_avx2(uint32_t *out, uint32_t base, uint64_t bits) {
    do {
        for (int k = 0; k < 8; k++) {
            *out++ = base + (uint32_t)_tzcnt_u64(bits);
            bits = _blsr_u64(bits);
        }
    } while (bits != 0);
}

#define CBYTESCAN_NAME index_avx2
#define CBYTESCAN_TARGET AVX2_TARGET
#define VECTOR __m256i
#define WIDTH 32
#define VECTOR_LOAD(p) _mm256_loadu_si256((const __m256i *)(p))
#define VECTOR_ALL(byte) _mm256_set1_epi8((char)(byte))
#define VECTOR_EQUAL(a, b) _mm256_cmpeq_epi8(a, b)
#define VECTOR_OR(a, b) _mm256_or_si256(a, b)
#define VECTOR_MASK(v) (uint32_t)_mm256_movemask_epi8(v)
#define VECTOR_HIGH(v) _mm256_movemask_epi8(v)
#define EMIT(out, base, bits) emit_avx2(out, base, bits)
#include "IndexLoop.h"

#define AVX512_TARGET __attribute__((target("avx512f,avx512bw,avx512vbmi2,bmi,popcnt")))

/// Writes sixteen at a time: hardly a chunk has more.
AVX512_TARGET
static inline void emit_avx512(uint32_t *out, uint32_t base, uint64_t bits) {
    static const uint8_t numbers[64] = {
        0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
        22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43,
        44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};
    const __m512i first = _mm512_set1_epi32((int)base);
    __m512i set = _mm512_maskz_compress_epi8(bits, _mm512_loadu_si512(numbers));
    const int count = (int)_mm_popcnt_u64(bits);
    for (int written = 0;;) {
        _mm512_storeu_si512(out, _mm512_add_epi32(_mm512_cvtepu8_epi32(_mm512_castsi512_si128(set)), first));
        written += 16;
        if (written >= count) {
            return;
        }
        out += 16;
        set = _mm512_alignr_epi32(set, set, 4);
    }
}

#define CBYTESCAN_NAME index_avx512
#define CBYTESCAN_TARGET AVX512_TARGET
#define VECTOR __m512i
#define WIDTH 64
#define VECTOR_LOAD(p) _mm512_loadu_si512(p)
#define VECTOR_ALL(byte) _mm512_set1_epi8((char)(byte))
#define VECTOR_EQUAL(a, b) _mm512_movm_epi8(_mm512_cmpeq_epi8_mask(a, b))
#define VECTOR_OR(a, b) _mm512_or_si512(a, b)
#define VECTOR_MASK(v) _mm512_movepi8_mask(v)
#define VECTOR_HIGH(v) _mm512_movepi8_mask(v)
#define EMIT(out, base, bits) emit_avx512(out, base, bits)
#include "IndexLoop.h"

bool cbytescan_kernel_runs(cbytescan_kernel kernel) {
    switch (kernel) {
    case CBYTESCAN_PORTABLE:
    case CBYTESCAN_BASELINE:
        return true;
    case CBYTESCAN_AVX2:
        return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("popcnt");
    case CBYTESCAN_AVX512:
        return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")
            && __builtin_cpu_supports("avx512vbmi2") && __builtin_cpu_supports("bmi")
            && __builtin_cpu_supports("popcnt");
    }
    return false;
}

cbytescan_index cbytescan_index_separators(
    cbytescan_kernel kernel, const uint8_t *bytes, size_t from, size_t to, size_t limit, uint8_t delimiter,
    uint8_t quote, cbytescan_quoting quoting, uint32_t *positions) {
    switch (kernel) {
    case CBYTESCAN_AVX512:
        return index_avx512(bytes, from, to, limit, delimiter, quote, quoting, positions);
    case CBYTESCAN_AVX2:
        return index_avx2(bytes, from, to, limit, delimiter, quote, quoting, positions);
    case CBYTESCAN_BASELINE:
        return index_baseline(bytes, from, to, limit, delimiter, quote, quoting, positions);
    case CBYTESCAN_PORTABLE:
        break;
    }
    return index_portable(bytes, from, to, limit, delimiter, quote, quoting, positions);
}

#else

#if defined(__aarch64__)

// MARK: arm64

static inline uint32_t mask_neon(uint8x16_t lanes) {
    static const uint8_t weights[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    const uint8x16_t weighted = vandq_u8(lanes, vld1q_u8(weights));
    return (uint32_t)vaddv_u8(vget_low_u8(weighted)) | (uint32_t)vaddv_u8(vget_high_u8(weighted)) << 8;
}

#define CBYTESCAN_NAME index_baseline
#define CBYTESCAN_TARGET
#define VECTOR uint8x16_t
#define WIDTH 16
#define VECTOR_LOAD(p) vld1q_u8(p)
#define VECTOR_ALL(byte) vdupq_n_u8(byte)
#define VECTOR_EQUAL(a, b) vceqq_u8(a, b)
#define VECTOR_OR(a, b) vorrq_u8(a, b)
#define VECTOR_MASK(v) mask_neon(v)
#define VECTOR_HIGH(v) (vmaxvq_u8(v) & 0x80)
#define EMIT(out, base, bits) emit_one_by_one(out, base, bits)
#include "IndexLoop.h"

#endif

bool cbytescan_kernel_runs(cbytescan_kernel kernel) {
#if defined(__aarch64__)
    if (kernel == CBYTESCAN_BASELINE) {
        return true;
    }
#endif
    return kernel == CBYTESCAN_PORTABLE;
}

cbytescan_index cbytescan_index_separators(
    cbytescan_kernel kernel, const uint8_t *bytes, size_t from, size_t to, size_t limit, uint8_t delimiter,
    uint8_t quote, cbytescan_quoting quoting, uint32_t *positions) {
#if defined(__aarch64__)
    if (kernel == CBYTESCAN_BASELINE) {
        return index_baseline(bytes, from, to, limit, delimiter, quote, quoting, positions);
    }
#else
    (void)kernel;
#endif
    return index_portable(bytes, from, to, limit, delimiter, quote, quoting, positions);
}

#endif

// MARK: hints about memory

void cbytescan_prefer_large_pages(void *address, size_t size) {
#if defined(__linux__) && defined(MADV_HUGEPAGE)
    // Only whole pages of the range, so that no neighbour's memory is meant; a refusal costs speed alone.
    const uintptr_t page = 4096;
    uintptr_t first = ((uintptr_t)address + page - 1) & ~(page - 1);
    uintptr_t end = ((uintptr_t)address + size) & ~(page - 1);
    if (first < end) {
        (void)madvise((void *)first, end - first, MADV_HUGEPAGE);
    }
#else
    (void)address;
    (void)size;
#endif
}

void cbytescan_populate(void *address, size_t size) {
#if defined(__linux__)
    // Linux 5.14 and later; older ones refuse it, which costs speed alone. Not all headers have its name yet.
    const int populate_write = 23;
    (void)madvise(address, size, populate_write);
#else
    (void)address;
    (void)size;
#endif
}

void *cbytescan_allocate_zeroed(size_t size) {
    void *memory = calloc(1, size);
    if (memory != NULL) {
        cbytescan_prefer_large_pages(memory, size);
    }
    return memory;
}
