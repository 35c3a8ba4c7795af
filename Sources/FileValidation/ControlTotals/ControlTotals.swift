public import BillingFiles

/// What senders state of files, held against what was read.
public struct ControlTotals {
    private let controls: [ControlFile]
    private let received: [ReceivedFile]

    /// A comparison of control files with the files that were read.
    public init(_ controls: [ControlFile], received: [ReceivedFile]) {
        self.controls = controls
        self.received = received
    }

    /// The faults of the control files, and every difference, in the order of the rows.
    public var findings: [InputFinding] {
        let statements = controls.flatMap(\.statements)
        var named: [(row: Int, finding: InputFinding)] = []
        named += ControlFileMissing.findings(statements, received)
        named += ControlTotalMismatch.findings(statements, received)
        named += SequenceGap.findings(statements, received)
        // A stable order: a row's findings stay in the order of the rules.
        let order = named.indices.sorted { (named[$0].row, $0) < (named[$1].row, $1) }
        return controls.flatMap(\.findings) + order.map { named[$0].finding }
    }

    /// The names of the files of which no control file says anything.
    public var unconfirmed: [String] {
        let named = Set(controls.flatMap { $0.statements.map(\.file) })
        return received.map(\.name).filter { !named.contains($0) }
    }
}
