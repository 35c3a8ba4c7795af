import ArrearsRecovery
import BillingFiles
import Crypto
import RenewalAudit
import Reports

/// Writes `corrected-charges.csv`: every charge of the input byte for byte, then the recovery charges.
///
/// The header rows of later files are left out when they are those of the first. A file with other columns cannot
/// stand in the same table byte for byte; it gets a copy of its own, `corrected-charges-2.csv` for the second file.
final class CorrectedCharges {
    private struct Copy {
        let file: OutputFile
        let header: [UInt8]
        var endsWithLine = true

        /// The bytes that the copy must have in the end.
        var expectedSize: UInt64 = 0

        mutating func append(_ bytes: Span<UInt8>) throws(OutputError) {
            guard !bytes.isEmpty else { return }
            try file.append(bytes)
            endsWithLine = bytes[bytes.count - 1] == UInt8(ascii: "\n")
        }
    }

    private let output: OutputDirectory
    private let inBackground: Bool
    private var copies: [Copy] = []
    private var columns: [String] = []
    private var fileCount = 0
    private var current = 0

    /// Copies in a directory, written by a thread of their own if `inBackground`.
    init(output: OutputDirectory, inBackground: Bool) {
        self.output = output
        self.inBackground = inBackground
    }

    /// Begins the next file.
    func beginFile(_ header: BlockSequence.Header, layout: NativeLayout) throws(OutputError) {
        fileCount += 1
        if let first = copies.first, Self.withoutMark(header.bytes) == Self.withoutMark(first.header) {
            current = 0
            try endLine()
            return
        }
        let name = copies.isEmpty ? "corrected-charges.csv" : "corrected-charges-\(fileCount).csv"
        if copies.isEmpty { columns = layout.names }
        copies.append(Copy(file: try output.createFile(named: name, inBackground: inBackground), header: header.bytes))
        current = copies.count - 1
        try copies[current].append(header.bytes.span)
        copies[current].expectedSize += UInt64(header.bytes.count)
    }

    /// Copies bytes of the current file.
    func append(_ bytes: Span<UInt8>) throws(OutputError) {
        try copies[current].append(bytes)
        copies[current].expectedSize += UInt64(bytes.count)
    }

    /// Ends the current file; the hash of its bytes if the copy holds nothing else.
    func endFile() -> SHA256? {
        fileCount == 1 ? copies[0].file.digestSoFar : nil
    }

    /// Appends the charges that collect `instalments` and finishes all copies.
    ///
    /// - Parameter records: how many records each input file had.
    func finish(
        _ instalments: [Instalment], records: [Int], subscriptions: Subscriptions
    ) throws -> [(identity: OutputIdentity, records: Int?)] {
        current = 0
        guard !copies.isEmpty else { return [] }
        try endLine()
        let usesCRLF = copies[0].header.suffix(2) == [UInt8(ascii: "\r"), UInt8(ascii: "\n")]
        let table = RecoveryChargeTable(columns: columns, usesCRLF: usesCRLF)
        try table.write(instalments, as: RecoveryCharge.collecting, subscriptions: subscriptions) {
            bytes throws(OutputError) in
            copies[0].expectedSize += UInt64(bytes.count)
            try copies[0].append(bytes.span)
        }
        return try copies.map { copy in
            guard copy.file.size == copy.expectedSize else {
                throw CommandOutcome(
                    status: .internalError,
                    message: "\(copy.file.name) has \(copy.file.size) bytes instead of \(copy.expectedSize)")
            }
            let identity = try copy.file.finish()
            let isOnly = copies.count == 1
            return (identity, isOnly ? records.reduce(0, +) + instalments.count : nil)
        }
    }

    /// Ends the last line of the copy, if the input did not.
    private func endLine() throws(OutputError) {
        guard !copies[current].endsWithLine else { return }
        let usesCRLF = copies[current].header.suffix(2) == [UInt8(ascii: "\r"), UInt8(ascii: "\n")]
        let end: [UInt8] = usesCRLF ? [0x0D, 0x0A] : [0x0A]
        copies[current].expectedSize += UInt64(end.count)
        try copies[current].append(end.span)
    }

    private static func withoutMark(_ header: [UInt8]) -> ArraySlice<UInt8> {
        header.starts(with: [0xEF, 0xBB, 0xBF]) ? header.dropFirst(3) : header[...]
    }
}
