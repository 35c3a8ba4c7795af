import BillingFiles
import BillingRecords

/// What an audit does with the files of one role; what all roles have in common `RoleFiles` does.
protocol RoleReader {
    /// Decodes the blocks of a file on one thread.
    associatedtype Worker: BlockWorker where Worker.Outcome: DecodedOutcome

    /// Whether outcomes are taken beside the reading of blocks: for those that cost more than the reading.
    static var takesAside: Bool { get }

    /// What at least one record of a file must be; nil where a file may be without records.
    static var neededRecord: String? { get }

    /// The amounts of all records of the file that was read last; nil where nobody adds them up.
    var money: MoneyTally? { get }

    /// Begins a file and makes its workers, one a thread; the faults of its columns end it.
    mutating func begin(
        _ header: BlockSequence.Header, of source: InputSource
    ) throws -> Result<[Worker], InputFindingList>

    /// Sees a block as it stands in the file, in the order of the file and before its outcome is taken.
    func see(_ block: Block) throws

    /// Takes the outcome of a block, in the order of the file; `entry` tells where the block begins, if blocks are kept.
    mutating func take(_ outcome: Worker.Outcome, of entry: BlockDirectory.Entry?)

    /// Takes the workers back when the file has no further block.
    mutating func end(_ workers: [Worker])

    /// Ends a file of which every byte was read, and tells what it was.
    func finish(_ source: InputSource, file: Int) throws -> InputIdentity
}

extension RoleReader {
    static var takesAside: Bool { false }
    static var neededRecord: String? { nil }
    var money: MoneyTally? { nil }
    func see(_ block: Block) {}
    func end(_ workers: [Worker]) {}
    func finish(_ source: InputSource, file: Int) throws -> InputIdentity { try source.finish() }
}

/// What comes of a block, and the account of its decoding.
protocol DecodedOutcome: Sendable {
    var decoded: DecodedBlock { get }
}

extension DecodedBlock: DecodedOutcome {
    var decoded: DecodedBlock { self }
}
