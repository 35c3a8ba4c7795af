import BillingFiles
import DelimitedText

/// What came of one block of a foreign file.
struct ForeignOutcome: Sendable {
    /// What was counted while its rows were made.
    var decoded: DecodedBlock
    /// The records that may repeat a key, with the finding if they do.
    var suspects: [(key: Int, bytes: [UInt8], finding: BlockFinding)]
    /// The hashes of the keys, where they are asked for.
    var hashes: [[UInt64]]
}

/// Makes rows of foreign blocks and judges them; each thread has one of its own.
struct ForeignWorker: BlockWorker {
    private var rows: ForeignRows
    private var judge: DelimitedWorker
    private let words: FaultWords

    init(foreign: ForeignFile, plan: TablePlan, suspicion: KeySuspicion, collecting seed: UInt64? = nil) {
        rows = ForeignRows(foreign)
        judge = DelimitedWorker(plan: plan, suspicion: suspicion, refusingRules: nil, collecting: seed)
        words = FaultWords(plan: plan)
    }

    mutating func work(on block: Block) -> ForeignOutcome {
        defer { rows.release() }
        var decoded = rows.read(block)
        let text = rows.rows
        let judged = judge.work(on: text)
        for fault in judged.faults {
            if case .structure = fault.kind { continue }
            if case .lineEnd = fault.kind { continue }
            if fault.field >= 0, rows.isMeaningless(record: fault.record, column: fault.field) { continue }
            decoded.findings.append(finding(fault, text))
        }
        decoded.findings += rows.meaninglessValues()
        decoded.findings.sort { $0.byteOffset < $1.byteOffset }
        let suspects = judged.suspects.map { suspect in
            (key: suspect.key, bytes: suspect.bytes, finding: finding(suspect.fault, text))
        }
        return ForeignOutcome(decoded: decoded, suspects: suspects, hashes: judged.hashes)
    }

    private mutating func finding(_ fault: RowFault, _ text: Block) -> BlockFinding {
        let words = words.of(fault, in: text)
        let column = max(0, fault.field)
        let place = rows.place(record: fault.record, column: column)
        return BlockFinding(
            rule: fault.rule, record: fault.record, line: place.line, column: place.column,
            byteOffset: place.byteOffset, field: fault.field < 0 ? nil : self.words.plan.columns[column].name,
            found: words.found, expected: words.expected)
    }
}
