import DelimitedText

/// How the rows of a native file become the records of a target.
public struct ConversionLayout: Sendable {
    /// The kind of the file.
    public let kind: NativeKind

    /// The columns of the rows that are read.
    public let columns: [String]

    /// The format of the target.
    public let target: ConversionTarget

    let tags: XMLRecordTags?

    /// The layout for rows of a kind with these columns.
    public init(kind: NativeKind, columns: [String], target: ConversionTarget) {
        self.kind = kind
        self.columns = columns
        self.target = target
        if case .native(.xml) = target {
            tags = XMLRecordTags(kind: kind, columns: columns)
        } else {
            tags = nil
        }
    }

    /// The layout for a file with this header, or what is wrong with it.
    ///
    /// - Parameter further: the columns of an XML file besides the known ones.
    public static func make(
        header: BlockSequence.Header, further: [String] = [], file: String, target: ConversionTarget
    ) -> Result<ConversionLayout, InputFindingList> {
        if let foreign = header.foreign {
            return .success(
                ConversionLayout(kind: foreign.profile.kind, columns: foreign.rowColumns, target: target))
        }
        guard let xml = header.xml else { return make(columns: header.names, file: file, target: target) }
        if let kind = NativeKind(rootElement: xml.root), xml.namespace == nil {
            let columns = kind.canonicalOrder(of: kind.columns + further)
            return .success(ConversionLayout(kind: kind, columns: columns, target: target))
        }
        let roots = NativeKind.allCases.map { "<\($0.rootElement)>" }.joined(separator: ", ")
        return .failure(InputFindingList(findings: [xml.wrongRoot(file: file, expected: "one of \(roots)")]))
    }

    private static func make(
        columns names: [[UInt8]], file: String, target: ConversionTarget
    ) -> Result<ConversionLayout, InputFindingList> {
        let columns = names.map { String(decoding: $0, as: UTF8.self) }
        let header = Place(file: file, line: 1, record: 0, column: 1, field: nil, byteOffset: 0)
        var findings: [InputFinding] = []
        var seen: Set<String> = []
        for name in columns where !seen.insert(name).inserted {
            var place = header
            place.field = VisibleText.of(name.utf8)
            findings.append(
                InputFinding(
                    rule: .duplicateColumn, place: place, found: "two columns named \(VisibleText.of(name.utf8))",
                    expected: "each name once"))
        }
        let kind = NativeKind(columns: columns)
        if kind == nil, let nearest = NativeKind.nearest(to: columns) {
            let kinds = NativeKind.allCases.map(\.rawValue).joined(separator: ", ")
            findings.append(
                InputFinding(
                    rule: .unknownLayout, place: header,
                    found: "columns of none of the kinds \(kinds)",
                    expected: "for \(nearest.kind.rawValue), the nearest, also "
                        + nearest.missing.joined(separator: ", ")))
        }
        guard findings.isEmpty, let kind else { return .failure(InputFindingList(findings: findings)) }
        return .success(ConversionLayout(kind: kind, columns: columns, target: target))
    }

    /// The shape of the records of an XML file that is read with this layout.
    public var shape: XMLRecordShape {
        XMLRecordShape(kind, further: Array(columns.dropFirst(kind.columns.count)))
    }

    /// The bytes in front of the first record.
    public var prologue: [UInt8] {
        if let tags { return tags.prologue }
        if let plan = target.plan { return plan.prologue }
        var bytes: [UInt8] = []
        FieldWriter().appendRecord(kind.canonicalOrder(of: columns), to: &bytes)
        return bytes
    }

    /// The bytes behind the last record, nil when what they state of the records has no room in them.
    ///
    /// - Parameter totals: what the records come to.
    public func epilogue(_ totals: StatedTotals = StatedTotals()) -> [UInt8]? {
        if let plan = target.plan { return plan.epilogue(totals) }
        return tags?.epilogue ?? []
    }

    /// The header row of a file of records that the target cannot hold.
    public var rejectsHeader: [UInt8] {
        var bytes: [UInt8] = []
        FieldWriter().appendRecord(columns, to: &bytes)
        return bytes
    }

    /// The size of blocks at which `count` of them together stay within some MiB in the target's form.
    ///
    /// In XML a row of empty fields grows by the length of all tags; long names need smaller blocks.
    public func blockSize(forBlocksAtOnce count: Int) -> Int {
        guard let tags else { return 1 << 18 }
        let growth = tags.length / max(1, columns.count) + 1
        return max(1 << 11, min(1 << 18, (24 << 20) / max(1, count) / growth))
    }

    /// What the names of the columns lose in a file of so many records.
    public func lossesOfColumns(records: Int) -> ConversionLosses {
        var losses = ConversionLosses()
        guard let tags else { return losses }
        for column in tags.lostColumns {
            losses.add(.columnName, field: columns[column], count: max(1, records))
        }
        if records == 0 {
            for name in columns where !kind.columns.contains(name) { losses.add(.columnWithoutRecords, field: name) }
        }
        return losses
    }

    /// The fields of the rows in the order of the target's columns.
    var orderedFields: [Int] {
        let places = Dictionary(zip(columns, columns.indices), uniquingKeysWith: { first, _ in first })
        return kind.canonicalOrder(of: columns).compactMap { places[$0] }
    }
}
