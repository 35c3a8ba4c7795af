import BillingFiles

/// Where a conversion writes: a file that appears complete, or standard output.
enum ConversionOutput {
    case file(SingleFileOutput)
    case stream(StreamOutput)

    /// Prepares an output of some options; with `isKept` nothing is on a stream before its publication.
    init(_ path: String, _ options: ConversionOptions, input: InputSource, isKept: Bool) throws(OutputError) {
        if path == "-" {
            self = .stream(try StreamOutput(isKept: isKept))
        } else {
            self = .file(
                try SingleFileOutput(
                    path: path, replacing: options.replacesOutput, inputs: [input.identity], hashing: false,
                    inBackground: options.threads > 1))
        }
    }

    /// Appends bytes.
    func append(_ bytes: Span<UInt8>) throws(OutputError) {
        switch self {
        case .file(let output): try output.file.append(bytes)
        case .stream(let output): try output.append(bytes)
        }
    }

    /// Brings the output to its name, or what was kept of it to the stream.
    func publish() throws(OutputError) {
        switch self {
        case .file(let output):
            _ = try output.file.finishWithoutDigest()
            try output.publish()
        case .stream(let output):
            try output.publish()
        }
    }
}
