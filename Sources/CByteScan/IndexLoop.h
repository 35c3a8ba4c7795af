// The separator index, written once for every instruction set.
//
// CByteScan.c includes this file once per instruction set, after it has defined:
//   CBYTESCAN_NAME             the name of the function
//   CBYTESCAN_TARGET           its attributes
//   VECTOR, WIDTH              the vector type and its size in bytes, a divisor of 64
//   VECTOR_LOAD(p)             WIDTH bytes from any address
//   VECTOR_ALL(byte)           the byte in every lane
//   VECTOR_EQUAL(a, b)         lanes of all ones where equal, of zeros elsewhere
//   VECTOR_OR(a, b)
//   VECTOR_MASK(v)             one bit per lane of such a comparison, the first lane lowest
//   VECTOR_HIGH(v)             nonzero if a lane of any bytes has its top bit set
//   EMIT(out, base, bits)      writes base + position of each set bit, in order; may write CBYTESCAN_SLACK too many
//
// The common chunk of 64 bytes holds separators and plain text only: it must not branch on any single byte. A chunk
// with a quote, a NUL or a CR may branch.
//
// Quotes are followed by parity: behind an odd number of them text is quoted. That is the rule of RFC 4180 as long as
// each quote that opens stands behind a separator or behind a quote that closes (the two then stand for one quote), and
// each quote that closes stands before a separator, a line end or a quote that opens. The first byte that breaks this
// is where the run stops; up to there the parity is right.

CBYTESCAN_TARGET
static cbytescan_index CBYTESCAN_NAME(
    const uint8_t *bytes, size_t from, size_t to, size_t limit, uint8_t delimiter, uint8_t quote,
    cbytescan_quoting quoting, uint32_t *positions) {
    const VECTOR delimiters = VECTOR_ALL(delimiter), line_feeds = VECTOR_ALL('\n');
    const VECTOR quotes = VECTOR_ALL(quote), returns = VECTOR_ALL('\r'), nuls = VECTOR_ALL(0);
    cbytescan_index seen = {.stop = to, .last_record_end = from, .quoting = quoting};
    for (size_t at = from; at < to; at += 64) {
        const uint8_t *chunk = bytes + at;
        const size_t count = to - at < 64 ? to - at : 64;
        uint8_t padded[64];
        uint64_t valid = ~(uint64_t)0;
        if (count < 64) {
            valid = ((uint64_t)1 << count) - 1;
            memset(padded, ' ', sizeof padded);
            memcpy(padded, chunk, count);
            chunk = padded;
        }
        uint64_t separators = 0, feeds = 0;
        VECTOR special = nuls, all = nuls;
#pragma clang loop unroll(full)
        for (int lane = 0; lane < 64; lane += WIDTH) {
            const VECTOR v = VECTOR_LOAD(chunk + lane);
            const VECTOR feed = VECTOR_EQUAL(v, line_feeds);
            feeds |= (uint64_t)VECTOR_MASK(feed) << lane;
            separators |= (uint64_t)VECTOR_MASK(VECTOR_OR(feed, VECTOR_EQUAL(v, delimiters))) << lane;
            special = VECTOR_OR(special, VECTOR_OR(VECTOR_EQUAL(v, quotes), VECTOR_EQUAL(v, nuls)));
            special = VECTOR_OR(special, VECTOR_EQUAL(v, returns));
            all = VECTOR_OR(all, v);
        }
        seen.non_ascii |= VECTOR_HIGH(all) != 0;
        // The padding may match a dialect's delimiter or quote; `valid` removes it again.
        separators &= valid;
        feeds &= valid;
        uint64_t stops = 0;
        if (VECTOR_HIGH(special) != 0 || seen.quoting != CBYTESCAN_OUTSIDE) {
            uint64_t quote_bits = 0, nul_bits = 0, return_bits = 0;
            for (int lane = 0; lane < 64; lane += WIDTH) {
                const VECTOR v = VECTOR_LOAD(chunk + lane);
                quote_bits |= (uint64_t)VECTOR_MASK(VECTOR_EQUAL(v, quotes)) << lane;
                nul_bits |= (uint64_t)VECTOR_MASK(VECTOR_EQUAL(v, nuls)) << lane;
                return_bits |= (uint64_t)VECTOR_MASK(VECTOR_EQUAL(v, returns)) << lane;
            }
            seen.quotes |= quote_bits != 0;
            const uint64_t was_inside = seen.quoting == CBYTESCAN_INSIDE ? ~(uint64_t)0 : 0;
            // A quote that opens counts as inside, one that closes as outside.
            const uint64_t inside = parity(quote_bits) ^ was_inside;
            const uint64_t closes = quote_bits & ~inside;
            const uint64_t behind_close = closes << 1 | (seen.quoting == CBYTESCAN_CLOSED);
            // Inside quotes this may be wrong, but there the next quote does not open.
            const bool starts_field = at == 0 || bytes[at - 1] == delimiter || bytes[at - 1] == '\n';
            const uint64_t behind_separator = (separators & ~inside) << 1 | starts_field;
            const uint64_t feed_behind = at + count < limit && bytes[at + count] == '\n';
            const uint64_t before_feed = feeds >> 1 | feed_behind << (count - 1);
            stops = nul_bits | (feeds & inside) | (return_bits & ~inside & ~before_feed)
                | (quote_bits & inside & ~(behind_separator | behind_close))
                | (behind_close & ~(separators | quote_bits | return_bits));
            stops &= valid;
            separators &= ~inside;
            feeds &= ~inside;
            seen.quoting = inside >> 63 ? CBYTESCAN_INSIDE : closes >> 63 ? CBYTESCAN_CLOSED : CBYTESCAN_OUTSIDE;
            if (stops != 0) {
                const uint64_t before = (stops & (~stops + 1)) - 1;
                separators &= before;
                feeds &= before;
                seen.stop = at + (size_t)__builtin_ctzll(stops);
            }
        }
        if (positions != NULL) {
            seen.line_feeds += (size_t)__builtin_popcountll(feeds);
            EMIT(positions + seen.separators, (uint32_t)at, separators);
            seen.separators += (size_t)__builtin_popcountll(separators);
        } else if (feeds != 0) {
            seen.last_record_end = at + 64 - (size_t)__builtin_clzll(feeds);
        }
        if (stops != 0) {
            break;
        }
    }
    return seen;
}

#undef CBYTESCAN_NAME
#undef CBYTESCAN_TARGET
#undef VECTOR
#undef WIDTH
#undef VECTOR_LOAD
#undef VECTOR_ALL
#undef VECTOR_EQUAL
#undef VECTOR_OR
#undef VECTOR_MASK
#undef VECTOR_HIGH
#undef EMIT
