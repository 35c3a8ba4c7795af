import BillingRecords
import BillingValues

@testable import BillingFiles

/// Everything that decoding says of some charges files, independent of the blocks they were read in.
struct ChargesReadAll: Equatable {
    /// A sound charge and where it stands.
    struct Charge: Equatable {
        var subscription: String
        var kind: ChargeKind
        var status: ChargeStatus
        var chargedOn: BatchDate
        var periodStart: BatchDate
        var periodEndDay: Int32
        var amount: Int64
        var currency: UInt32
        var file: Int
        var record: Int
        var byteOffset: UInt64
    }

    /// A rejected row that names a subscription, and where it stands.
    struct Unreadable: Equatable {
        var subscription: String
        var kind: ChargeKind?
        var chargedOn: BatchDate
        var periodStart: BatchDate
        var periodEnd: BatchDate
        var periodIsDamaged: Bool
        var record: Int
        var byteOffset: UInt64
    }

    var charges: [Charge] = []
    var unreadable: [Unreadable] = []
    var findings: [InputFinding] = []
    var records: [Int]
    var rejected: [Int]
    var read = MoneyTally()

    /// The positions of the charges, and what resolves them; these depend on the blocks and are not compared.
    var positions: [RecordPosition] = []
    var directory: BlockDirectory
    var formats: [NativeFileFormat] = []
    var sources: [InputSource]

    /// Reads and decodes files.
    init(paths: [String], blockSize: Int, maximumRecordBytes: Int = 1 << 20) throws {
        sources = try paths.map { path throws(InputError) in try InputSource(path: path) }
        directory = BlockDirectory(files: sources.map(\.displayName))
        (records, rejected) = ([], [])
        let sequence = BlockSequence(
            sources: sources, maximumRecordBytes: maximumRecordBytes, blockSize: blockSize)
        repeat {
            let file = sequence.currentFile
            let header: BlockSequence.Header
            switch try sequence.readHeader() {
            case .success(let read): header = read
            case .failure(let rejection):
                findings.append(directory.place(rejection, file: file))
                continue
            }
            directory.beginFile(file, headerLines: header.lines, columns: header.columns)
            var second = XMLSecondReading(header, shape: XMLRecordShape(.charges))
            var decoder = try NativeFiles.chargeDecoder(header: header, file: sources[file].displayName).get()
            formats.append(NativeFileFormat(decoder.layout, header))
            reading: while let outcome = try sequence.nextBlock(reusing: []) {
                switch outcome {
                case .success(let block): take(block, &decoder, &second)
                case .failure(let rejection):
                    findings.append(directory.place(rejection, file: file))
                    break reading
                }
            }
            findings += try second.finish(adding: &directory)
        } while sequence.advance()
        records = directory.records
        rejected = directory.rejected
    }

    private mutating func take(
        _ block: Block, _ decoder: inout NativeChargeDecoder, _ second: inout XMLSecondReading
    ) {
        var batch = ChargeBatch()
        let decoded = decoder.decode(block, into: &batch)
        let firstRecord = directory.records[block.file]
        findings += second.add(block, decoded, to: &directory)
        read.add(decoded.read)
        func text(_ text: BatchText) -> String {
            let span = decoder.text.storage.span.extracting(0..<decoder.text.count)
            return String(decoding: text.bytes(block: span, unescaped: batch.unescapedTexts), as: UTF8.self)
        }
        for charge in batch.charges {
            charges.append(
                Charge(
                    subscription: text(charge.subscription), kind: charge.kind, status: charge.status,
                    chargedOn: charge.chargedOn, periodStart: charge.periodStart, periodEndDay: charge.periodEndDay,
                    amount: charge.amount, currency: charge.currency, file: block.file,
                    record: firstRecord + Int(charge.ordinal) + 1,
                    byteOffset: block.fileOffset + UInt64(charge.byteOffset)))
            positions.append(
                RecordPosition(block: block.ordinal, byteOffset: charge.byteOffset, record: charge.ordinal))
        }
        for row in batch.unreadable {
            unreadable.append(
                Unreadable(
                    subscription: text(row.subscription), kind: row.kind, chargedOn: row.chargedOn,
                    periodStart: row.periodStart, periodEnd: row.periodEnd, periodIsDamaged: row.periodIsDamaged,
                    record: firstRecord + Int(row.ordinal) + 1, byteOffset: block.fileOffset + UInt64(row.byteOffset)))
        }
    }

    static func == (left: Self, right: Self) -> Bool {
        left.charges == right.charges && left.unreadable == right.unreadable && left.findings == right.findings
            && left.records == right.records && left.rejected == right.rejected && left.read == right.read
    }
}
