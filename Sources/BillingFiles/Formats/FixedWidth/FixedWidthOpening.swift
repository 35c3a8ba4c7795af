import DelimitedText

/// Finds out whether a file is one of a format of fixed positions.
struct FixedWidthOpening {
    private let profile: FormatProfile
    private let records: FixedWidthRecords
    private let text: [UInt8]
    private let isWhole: Bool

    init(_ profile: FormatProfile, _ records: FixedWidthRecords, _ text: [UInt8], isWhole: Bool) {
        self.profile = profile
        self.records = records
        self.text = text.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(text.dropFirst(3)) : text
        self.isWhole = isWhole
    }

    func open() -> Result<ForeignFile, ForeignMismatch> {
        var lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        // What stands behind the last line end is no line, or not a whole one.
        if !isWhole || lines.last?.isEmpty == true { lines.removeLast() }
        guard !lines.isEmpty else {
            return .failure(ForeignMismatch(found: "no line", expected: "at least one line"))
        }
        for (number, line) in lines.prefix(DelimitedOpening.sampleSize).enumerated() {
            let bytes = Array(line.last == UInt8(ascii: "\r") ? line.dropLast() : line)
            guard let type = records.type(of: bytes.span) else {
                return .failure(
                    ForeignMismatch(
                        found: "line \(number + 1), which begins with '\(VisibleText.of(bytes.prefix(8)))'",
                        expected: "lines that begin with "
                            + records.types.map { "'\($0.prefix)'" }.joined(separator: ", ")))
            }
            if let length = records.types[type].length, length != bytes.count {
                return .failure(
                    ForeignMismatch(
                        found: "line \(number + 1) of \(bytes.count) bytes",
                        expected: "\(length) bytes in lines that begin with '\(records.types[type].prefix)'"))
            }
        }
        let prefixes = records.types.map(\.prefix)
        return .success(
            ForeignFile(
                profile: profile,
                form: DelimitedForm(
                    dialect: .unquoted(delimiter: 0x1F), encoding: profile.encoding, hasHeader: false),
                columns: records.types.filter { $0.role == .record }.flatMap { $0.fields.map(\.name) },
                reasons: ["its lines begin with \(prefixes.joined(separator: ", ")) and have their lengths"],
                isCharacteristic: !prefixes.contains(""), plan: MappingPlan(profile)))
    }
}

extension FixedWidthRecords {
    /// The type of a line; nil where none begins so.
    func type(of line: Span<UInt8>) -> Int? {
        for index in types.indices {
            let prefix = Array(types[index].prefix.utf8)
            if line.count >= prefix.count, line.extracting(first: prefix.count).isSame(as: prefix.span) { return index }
        }
        return nil
    }
}
