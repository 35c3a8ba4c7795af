import BillingFiles

/// Where a report goes: a file that appears complete, or standard output.
final class ReportOutput {
    private static let bufferSize = 32 << 10

    private let file: SingleFileOutput?
    private var buffer: [UInt8] = []

    /// Prepares the output; a path of nil is standard output.
    ///
    /// - Throws: `OutputError` when the file cannot be created, or exists and is not to be replaced.
    init(path: String?, replacing: Bool) throws(OutputError) {
        if let path {
            file = try SingleFileOutput(path: path, replacing: replacing, hashing: false)
        } else {
            file = nil
        }
    }

    /// Appends bytes, which may wait for others.
    func append(_ bytes: [UInt8]) throws(OutputError) {
        if let file { return try file.file.append(bytes) }
        buffer += bytes
        if buffer.count >= Self.bufferSize { try flush() }
    }

    /// Appends lines.
    func append(_ lines: [String]) throws(OutputError) {
        for line in lines { try append(Array(line.utf8) + [UInt8(ascii: "\n")]) }
    }

    /// Writes what waits to standard output.
    func flush() throws(OutputError) {
        guard !buffer.isEmpty else { return }
        try StandardOutput.output.write(buffer)
        buffer.removeAll(keepingCapacity: true)
    }

    /// Brings the report to its name.
    func publish() throws(OutputError) {
        try flush()
        guard let file else { return }
        _ = try file.file.finishWithoutDigest()
        try file.publish()
    }
}
