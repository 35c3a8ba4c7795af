// This file holds unsafe code: the bytes of a block, lent for the time of one call.

import BillingRecords

/// The bytes that the texts of a batch are ranges of.
@safe struct BatchBytes {
    let block: UnsafeBufferPointer<UInt8>
    let unescaped: UnsafeBufferPointer<UInt8>

    @inline(__always)
    func pointer(_ text: BatchText) -> UnsafePointer<UInt8> {
        let home = unsafe text.isUnescaped ? unescaped : block
        precondition(text.range.upperBound <= home.count)
        // Only an empty home has no address, and an empty text is never read.
        return unsafe (home.baseAddress ?? UnsafePointer(bitPattern: 16).unsafelyUnwrapped) + Int(text.start)
    }

    @inline(__always)
    func readable(_ text: BatchText) -> Int {
        unsafe (text.isUnescaped ? unescaped.count : block.count) - Int(text.start)
    }

    @inline(__always)
    func bytes(_ text: BatchText) -> UnsafeBufferPointer<UInt8> {
        unsafe UnsafeBufferPointer(start: pointer(text), count: text.length)
    }

    func copy(_ text: BatchText) -> [UInt8] { unsafe Array(bytes(text)) }
}
