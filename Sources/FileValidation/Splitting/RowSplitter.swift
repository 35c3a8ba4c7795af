import BillingFiles

/// Takes the rows of a file apart: those without an error, and the others with their reasons.
protocol RowSplitter {
    /// Takes a block of which nothing is refused.
    func accept(_ block: Block, records: Int) throws

    /// Takes a block of which some records are refused, in order, and the findings on them.
    func split(
        _ block: Block, records: Int, refused: [RecordExtent], reasons: [(fault: RowFault, finding: InputFinding)]
    ) throws
}
