public import XMLStream

/// Tells by its root element whether an XML document is of a format.
struct XMLOpening {
    private let profile: FormatProfile
    private let records: XMLRecords
    private let beginning: [UInt8]

    init(_ profile: FormatProfile, _ records: XMLRecords, _ beginning: [UInt8]) {
        self.profile = profile
        self.records = records
        self.beginning = beginning
    }

    func open() -> Result<ForeignFile, ForeignMismatch> {
        let plan = MappingPlan(profile)
        let places = XMLRecordPlan(records, sources: plan.sources)
        let expected = "an XML document that begins with " + places.rootNames.joined(separator: " or ")
        guard let root = ForeignFile.rootName(beginning) else {
            return .failure(ForeignMismatch(found: "no XML element", expected: expected))
        }
        let told = "<\(VisibleText.of(root.written.utf8))>"
        let space = root.namespace.map { " of " + VisibleText.of($0.utf8) } ?? " of no namespace"
        guard places.hasRoot(root) else {
            return .failure(ForeignMismatch(found: told + space, expected: expected))
        }
        var file = ForeignFile(
            profile: profile, form: .native, columns: [], reasons: ["it begins with " + told + space],
            isCharacteristic: true, plan: plan)
        file.markup = XMLEncoding(firstBytes: beginning.span)
        file.isWithoutRecords = places.emptyRoots.contains { $0.matches([root][...]) }
        return .success(file)
    }
}

extension ForeignFile {
    /// The name of the root element of an XML document, told by its first bytes; nil where there is none among them.
    public static func rootName(_ beginning: [UInt8]) -> XMLName? {
        guard XMLCutting.isXML(beginning) else { return nil }
        let parser = XMLPushParser(allowsDoctype: true)
        let piece = 4096
        for start in stride(from: 0, to: beginning.count, by: piece) {
            parser.feed(beginning.span.extracting(start..<min(start + piece, beginning.count)))
            for event in parser.events.list where event.kind == .startElement { return parser.name(event.name) }
            if parser.hasStopped { return nil }
        }
        return nil
    }
}
