import ArrearsRecovery
import BillingFiles
import Crypto
import RenewalAudit
import Reports

/// Writes `corrected-charges.csv` or `.xml`: every charge of the input byte for byte, then the recovery charges.
///
/// The header rows of later CSV files are left out when they are those of the first. A file with other columns, and
/// every further XML file, cannot stand in the same file byte for byte; it gets a copy of its own,
/// `corrected-charges-2.csv` for the second file. A foreign file gets none: rows of ours cannot be put into it, and
/// `recovery-charges.csv` is the file to load.
final class CorrectedCharges {
    private let output: OutputDirectory
    private let inBackground: Bool
    private var copies: [CorrectedCopy] = []
    private var columns: [String] = []
    private var fileCount = 0
    /// The copy of the current file, -1 where it gets none.
    private var current = 0
    private var hasForeignFiles = false

    /// Copies in a directory, written by a thread of their own if `inBackground`.
    init(output: OutputDirectory, inBackground: Bool) {
        self.output = output
        self.inBackground = inBackground
    }

    /// Begins the next file.
    func beginFile(_ header: BlockSequence.Header, layout: NativeLayout) throws(OutputError) {
        fileCount += 1
        if header.foreign != nil {
            current = -1
            hasForeignFiles = true
            return
        }
        if header.xml == nil, let first = copies.first, first.header.xml == nil,
            Self.withoutMark(header.bytes) == Self.withoutMark(first.header.bytes)
        {
            current = 0
            return try copies[0].endLine()
        }
        if copies.isEmpty { columns = layout.names }
        let name = "corrected-charges" + (copies.isEmpty ? "" : "-\(fileCount)") + (header.xml == nil ? ".csv" : ".xml")
        copies.append(
            try CorrectedCopy(try output.createFile(named: name, inBackground: inBackground), header: header))
        current = copies.count - 1
    }

    /// Copies a block of the current file.
    func append(_ block: Block) throws(OutputError) {
        if current >= 0 { try copies[current].append(block) }
    }

    /// Ends the current file; the hash of its bytes if the copy holds nothing else.
    func endFile() -> SHA256? {
        fileCount == 1 && current == 0 ? copies[0].digest : nil
    }

    /// Appends the charges that collect `instalments` and finishes all copies.
    ///
    /// - Parameter records: how many records each input file had.
    func finish(
        _ instalments: [Instalment], records: [Int], subscriptions: Subscriptions
    ) throws -> [(identity: OutputIdentity, records: Int?)] {
        guard let first = copies.first else { return [] }
        let recordCount = copies.count == 1 && !hasForeignFiles ? records.reduce(0, +) + instalments.count : nil
        try copies[0].endLine()
        let usesCRLF = first.header.bytes.suffix(2) == [UInt8(ascii: "\r"), UInt8(ascii: "\n")]
        let isXML = first.header.xml != nil
        let table = RecoveryChargeTable(columns: columns, usesCRLF: usesCRLF && !isXML)
        var converter = RecordConverter(layout: ConversionLayout(kind: .charges, columns: columns, target: .xml))
        try table.write(instalments, as: RecoveryCharge.collecting, subscriptions: subscriptions) {
            rows throws(OutputError) in
            try copies[0].insert(isXML ? converter.records(of: rows) : rows)
        }
        return try copies.indices.map { index in (try copies[index].finish(), recordCount) }
    }

    private static func withoutMark(_ header: [UInt8]) -> ArraySlice<UInt8> {
        header.starts(with: [0xEF, 0xBB, 0xBF]) ? header.dropFirst(3) : header[...]
    }
}
