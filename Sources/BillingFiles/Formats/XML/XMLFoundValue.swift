// Unsafe code: bytes lent for the time of a copy.

/// A value of a document, or several where one is wanted.
struct XMLFoundValue: Sendable {
    /// Its text, without the blanks around it.
    private(set) var text: [UInt8] = []
    /// Where it begins in the document; nil where there is none.
    private(set) var offset: UInt64?
    /// Whether there are several, so that nobody can tell which is meant.
    private(set) var isAmbiguous = false
    private var sum: DecimalSum?

    /// Forgets the value and keeps its storage.
    mutating func clear() {
        if offset == nil { return }
        text.removeAll(keepingCapacity: true)
        offset = nil
        isAmbiguous = false
        sum = nil
    }

    /// Takes a value that was met.
    mutating func take(_ value: ArraySlice<UInt8>, at place: UInt64, _ choice: XMLSourceText.Choice) {
        take(value.span, at: place, choice)
    }

    /// Takes a value that was met.
    mutating func take(_ value: Span<UInt8>, at place: UInt64, _ choice: XMLSourceText.Choice) {
        guard offset != nil else {
            offset = place
            text.append(copying: value)
            if choice == .sum { sum = DecimalSum(value.bytesCopy[...]) }
            return
        }
        switch choice {
        case .first: return
        // The same text twice means what it means once.
        case .only: if !text.span.isSame(as: value) { isAmbiguous = true }
        case .sum:
            guard sum?.add(value.bytesCopy[...]) == true, let sum else {
                isAmbiguous = true
                return
            }
            text = sum.text
        }
    }
}

extension [UInt8] {
    /// Appends the bytes of a span, those of a short one without asking for each whether there is room.
    mutating func append(copying bytes: Span<UInt8>) {
        unsafe bytes.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
    }
}
