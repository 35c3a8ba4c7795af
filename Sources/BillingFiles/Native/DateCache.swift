import BillingRecords

/// The dates that were read last: a file has few of them, many times each.
struct DateCache: Sendable {
    private struct Entry {
        var word: UInt64 = 0
        var secondWord: UInt64 = 0
        var date = BatchDate.none
    }

    private var entries = InlineArray<256, Entry>(repeating: Entry())

    /// The date that a value stands for, as `FieldValue.date` reads it.
    @inline(__always)
    mutating func date(_ value: FieldValue) -> BatchDate? {
        guard value.length == 10 else { return value.date }
        let (word, secondWord) = (value.word, value.secondWord)
        let place = Int(truncatingIfNeeded: ((word ^ secondWord &<< 7) &* 0x9E37_79B9_7F4A_7C15) &>> 56)
        if entries[place].word == word && entries[place].secondWord == secondWord { return entries[place].date }
        guard let date = value.date else { return nil }
        entries[place] = Entry(word: word, secondWord: secondWord, date: date)
        return date
    }
}
