import BillingRecords
import Testing

@testable import BillingFiles

/// The header row that most charges files of these tests begin with.
enum ChargeText {
    static let header = NativeColumns.charges.joined(separator: ",") + "\n"
}

/// Reading of a file of charges to the finding that stops it.
enum PlacedReading {
    static func firstRejection(
        of sequence: BlockSequence, _ decoder: inout NativeChargeDecoder, _ directory: inout BlockDirectory
    ) throws -> InputFinding {
        var batch = ChargeBatch()
        while let outcome = try sequence.nextBlock(reusing: []) {
            switch outcome {
            case .success(let block):
                _ = directory.add(block, decoder.decode(block, into: &batch))
            case .failure(let rejection): return directory.place(rejection, file: 0)
            }
        }
        throw NoRejection()
    }

    private struct NoRejection: Error {}
}
