#ifndef CBYTESCAN_H
#define CBYTESCAN_H
/// Asks the processor to fetch the cache line at `address`; never faults, changes nothing.
static inline void cbytescan_prefetch(const void *address) { __builtin_prefetch(address); }
#endif
