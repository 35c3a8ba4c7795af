import BillingValues

/// What the timeline of a line says of the window, in a few words of memory: enough to let its regular charges pass, and
/// to know that nothing else can be found on it.
struct DueOutline: Sendable {
    /// The row of the line.
    let row: UInt32

    /// How many judged renewals are due.
    var dueCount: UInt32 = 0

    /// How many renewals of the window are collected on a day that the exports do not reach.
    var laterCount: UInt32 = 0

    /// The first of its runs of equal renewals, and how many it has.
    var firstRun: UInt32
    var runCount: UInt32 = 0

    /// Whether charges of its first collections must be shared out, so that activations and fees are looked at, too.
    var sharesCollections = false

    /// Whether its activation fee is judged.
    var judgesFee = false

    /// Whether every due renewal is in some run.
    var isUniform = false

    init(row: Int, firstRun: Int) {
        self.row = UInt32(truncatingIfNeeded: row)
        self.firstRun = UInt32(truncatingIfNeeded: firstRun)
    }
}

/// The outlines of all lines that are judged by timelines and not as their rows alone would have it.
///
/// A look-up costs two waits for memory: one for the number of the outline, one for the outline and its first run.
public struct DueOutlines: Sendable {
    private var outlines: ContiguousArray<DueOutline> = []
    private var runs: ContiguousArray<UniformRenewals> = []

    /// The number of each row's outline, from 1; empty while there are none.
    private var numbers: ContiguousArray<UInt32> = []

    /// No outlines.
    init() {}

    /// Whether no line needs one.
    var isEmpty: Bool { outlines.isEmpty }

    /// Adds the outlines of some rows, of so many in all.
    mutating func append(_ outlines: ContiguousArray<DueOutline>, runs: ContiguousArray<UniformRenewals>, rows: Int) {
        guard !outlines.isEmpty else { return }
        if numbers.isEmpty { numbers = ContiguousArray(repeating: 0, count: rows) }
        let offset = UInt32(truncatingIfNeeded: self.runs.count)
        self.runs.append(contentsOf: runs)
        for var outline in outlines {
            outline.firstRun &+= offset
            self.outlines.append(outline)
            numbers[Int(outline.row)] = UInt32(truncatingIfNeeded: self.outlines.count)
        }
    }

    /// The outline of a row, or nil.
    subscript(row: Int) -> DueOutline? {
        guard row < numbers.count, numbers[row] > 0 else { return nil }
        return outlines[Int(numbers[row]) - 1]
    }

    /// The runs of equal renewals of a line.
    func runs(of outline: DueOutline) -> ContiguousArray<UniformRenewals>.SubSequence {
        runs[Int(outline.firstRun)..<Int(outline.firstRun + outline.runCount)]
    }
}
