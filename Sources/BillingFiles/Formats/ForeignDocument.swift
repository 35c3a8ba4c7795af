extension ForeignFile {
    /// Whether the file is a document that one reader reads from front to back: XML, JSON, or several tables.
    var isDocument: Bool {
        switch profile.layout {
        case .xml, .json, .tables: true
        case .delimited, .fixedWidth: false
        }
    }

    /// What reads the file if it is a document; nil for files that are read in blocks.
    func documentReader(maximumRecordBytes: Int = 1 << 20) -> (any XMLPartReader)? {
        switch profile.layout {
        case .delimited, .fixedWidth: nil
        case .xml(let records):
            ForeignXMLReader(records, plan, maximumRecordBytes: maximumRecordBytes, makesCopies: makesCopies)
        case .json(let records):
            ForeignJSONReader(records, plan, maximumRecordBytes: maximumRecordBytes, makesCopies: makesCopies)
        case .tables(let records):
            ForeignTablesReader(records, plan, maximumRecordBytes: maximumRecordBytes, makesCopies: makesCopies)
        }
    }
}
