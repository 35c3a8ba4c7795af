import BillingFiles

/// Where a conversion writes: a file that appears complete, or standard output.
enum ConversionOutput {
    case file(SingleFileOutput)
    case stream(StreamOutput)
    /// A folder of documents that appears complete.
    case folder(OutputDirectory)

    /// Prepares an output of some options; with `isKept` nothing is on a stream before its publication.
    init(_ path: String, _ options: ConversionOptions, input: InputSource, isKept: Bool) throws(OutputError) {
        let inputs = [input.identity] + (options.collections?.inputs ?? [])
        if path == "-" {
            self = .stream(try StreamOutput(isKept: isKept))
        } else if path.hasSuffix("/") {
            let name = String(path.reversed().drop { $0 == "/" }.reversed())
            self = .folder(
                try OutputDirectory(
                    path: name.isEmpty ? "/" : name, replacing: options.replacesOutput, inputs: inputs))
        } else {
            self = .file(
                try SingleFileOutput(
                    path: path, replacing: options.replacesOutput, inputs: inputs, hashing: false,
                    inBackground: options.threads > 1))
        }
    }

    /// Appends bytes.
    func append(_ bytes: Span<UInt8>) throws(OutputError) {
        switch self {
        case .file(let output): try output.file.append(bytes)
        case .stream(let output): try output.append(bytes)
        case .folder: break
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
        case .folder(let output):
            try output.publish()
        }
    }
}
