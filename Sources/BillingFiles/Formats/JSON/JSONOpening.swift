/// Tells by its first records whether a file of JSON is of a format.
struct JSONOpening {
    private let profile: FormatProfile
    private let records: JSONRecords
    private let beginning: [UInt8]
    private let isWhole: Bool

    init(_ profile: FormatProfile, _ records: JSONRecords, _ beginning: [UInt8], isWhole: Bool) {
        self.profile = profile
        self.records = records
        self.beginning = beginning
        self.isWhole = isWhole
    }

    func open() -> Result<ForeignFile, ForeignMismatch> {
        let expected = "JSON with records at " + records.records.joined(separator: ", ")
        guard Self.isJSON(beginning) else { return .failure(ForeignMismatch(found: "no JSON", expected: expected)) }
        var names = SourceNames()
        let condition = records.condition.map { PlannedCondition($0, &names) }
        var scanner = JSONScanner()
        var finder = JSONRecordFinder(records, sources: names.all)
        scanner.feed(beginning.span, to: &finder)
        if isWhole { scanner.finish(&finder) }
        // Records that wait for what stands behind them tell as much as they hold.
        let found = finder.takeFound() + finder.takeWaiting()
        if let condition, let other = found.firstIndex(where: { !Self.holds(condition, $0) }) {
            return .failure(
                ForeignMismatch(
                    found: "a record \(other + 1) without the members of the format", expected: expected))
        }
        let isTold = condition != nil && !found.isEmpty
        let reasons = isTold ? ["its first records have the members of the format"] : ["it is JSON"]
        return .success(
            ForeignFile(
                profile: profile, form: .native, columns: [], reasons: reasons, isCharacteristic: isTold,
                plan: MappingPlan(profile)))
    }

    private static func holds(_ condition: PlannedCondition, _ record: WaitingRecord) -> Bool {
        let (text, ranges) = record.joinedValues
        return condition.holds(text.span, ranges)
    }

    /// Whether a file begins as an object or array of JSON does.
    static func isJSON(_ beginning: [UInt8]) -> Bool {
        let rest = beginning.starts(with: [0xEF, 0xBB, 0xBF]) ? beginning.dropFirst(3) : beginning[...]
        let blanks: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D]
        guard let first = rest.first(where: { !blanks.contains($0) }) else { return false }
        return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    }
}

extension ForeignFile {
    /// Whether a file begins as an object or array of JSON does.
    public static func isJSON(_ beginning: [UInt8]) -> Bool { JSONOpening.isJSON(beginning) }

    /// Whether a file begins as JSON does and as no table would: behind the bracket stands what may stand there.
    public static func isSurelyJSON(_ beginning: [UInt8]) -> Bool {
        guard JSONOpening.isJSON(beginning),
            let bracket = beginning.firstIndex(where: { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "[") }),
            let next = beginning[(bracket + 1)...].first(where: { $0 > UInt8(ascii: " ") })
        else { return false }
        return (beginning[bracket] == UInt8(ascii: "{") ? "\"}" : "\"{[]-0123456789").utf8.contains(next)
    }
}

extension WaitingRecord {
    /// Its values one behind the other, and where each stands.
    var joinedValues: (text: [UInt8], ranges: [ValueRange]) {
        var (text, ranges) = ([UInt8](), [ValueRange]())
        for value in values {
            let start = text.count
            text += value?.text ?? []
            ranges.append(value == nil ? .absent : ValueRange(start..<text.count))
        }
        return (text, ranges)
    }
}
