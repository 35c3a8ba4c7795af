import TestSupport
import Testing

@testable import BillingFiles

@Suite("The columns of native files")
struct NativeLayoutTests {
    private func findings(_ names: [String]) -> [InputFinding] {
        switch NativeLayout.make(names: names.map { Array($0.utf8) }, required: NativeColumns.charges, file: "f.csv") {
        case .success: []
        case .failure(let list): list.findings
        }
    }

    @Test("All columns in any order, with others between them")
    func sound() throws {
        var random = SplitMix64(seed: testSeed)
        for _ in 0..<50 {
            let names = (NativeColumns.charges + ["note", "", "Status"]).shuffled(using: &random)
            let layout = try NativeLayout.make(
                names: names.map { Array($0.utf8) }, required: NativeColumns.charges, file: "f.csv"
            ).get()
            #expect(layout.names == names)
            #expect(layout.fields.map { names[$0] } == NativeColumns.charges)
        }
    }

    @Test("Each missing column is a finding", arguments: NativeColumns.charges)
    func missing(column: String) {
        let found = findings(NativeColumns.charges.map { $0 == column ? $0.uppercased() : $0 })
        #expect(found.map(\.rule) == [.missingColumn])
        #expect(found.map(\.place.field) == [column])
        #expect(found.map(\.place.line) == [1])
        #expect(found.map(\.expected) == ["a column named \(column)"])
        #expect(found[0].found.contains(column.uppercased()))
    }

    @Test("A file of something else lacks all columns")
    func nothingFits() {
        let found = findings(["a", "b"])
        #expect(found.map(\.rule) == Array(repeating: .missingColumn, count: 9))
        #expect(found.map(\.place.field) == NativeColumns.charges)
        #expect(found[0].found == "the columns a, b")
    }

    @Test("A name that stands twice is a finding each time, needed or not")
    func duplicates() {
        let found = findings(NativeColumns.charges + ["note", "status", "note", "note"])
        #expect(found.map(\.rule) == [.duplicateColumn, .duplicateColumn, .duplicateColumn])
        #expect(found.map(\.place.field) == ["status", "note", "note"])
    }

    @Test("Names are shown without what a terminal obeys")
    func hostileNames() {
        let found = findings(NativeColumns.charges + ["\u{1B}[2J", "\u{1B}[2J"])
        #expect(found.map(\.place.field) == ["\\u{1B}[2J"])
        #expect(found[0].found == "two columns named \\u{1B}[2J")
    }

    @Test("Files tell their kind by the columns that they must have")
    func kinds() throws {
        func header(_ names: [String]) -> BlockSequence.Header {
            BlockSequence.Header(names: names.map { Array($0.utf8) }, bytes: [], lines: 1)
        }
        _ = try NativeFiles.chargeDecoder(header: header(NativeColumns.charges), file: "f").get()
        _ = try NativeFiles.subscriptionDecoder(header: header(NativeColumns.subscriptions), file: "f").get()
        #expect(throws: InputFindingList.self) {
            try NativeFiles.chargeDecoder(header: header(NativeColumns.subscriptions), file: "f").get()
        }
    }
}
