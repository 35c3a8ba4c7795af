import BillingFiles
import Reports

/// The way of the data through a conversion: blocks are read in order, rewritten side by side, and written in order.
///
/// A CSV file names its columns in front. An XML file names them in every record, and one that comes late makes the
/// reading start over with the wider table; nothing is published before a reading met no further one.
struct ConvertPipeline {
    private let options: ConversionOptions
    private let progress: ProgressLine

    init(_ options: ConversionOptions, progress: ProgressLine) {
        self.options = options
        self.progress = progress
    }

    /// Converts the file and publishes the output, unless something was lost that must not be.
    ///
    /// - Throws: `UntrustedInput` when the structure is broken, `InputError`, `OutputError`, and `CommandOutcome` with
    ///   the code for a bug when records are missing.
    func run() throws -> ConversionOutcome {
        var source = try InputSource(path: options.input, hashing: false)
        let foreign = try options.source.foreignFile(source, kind: nil, option: "--from")
        let native = try options.source.native ?? NativeFormat(beginning: source.peek(NativeFormat.telltaleLength))
        let format = foreign == nil ? native : .csv
        if let foreign { try ConversionKinds.check(foreign.profile.kind, options.target, of: foreign.profile.name) }
        var outputs = try outputs(source, format)
        var further: [String] = []
        if format == .csv {
            source.keepNoCopy()
        } else {
            further = XMLFurtherColumns.names(inBeginning: try source.peek(XMLFurtherColumns.lookAhead))
        }
        while true {
            let conversion = RecordConversion(
                source: source, format: format, foreign: foreign, options: options, progress: progress, further: further
            )
            let recognition = options.target.plan.map { OutputRecognition($0) }
            switch try conversion.run(to: outputs.records, rejects: outputs.rejects, recognition) {
            case .done(var outcome):
                progress.end()
                guard !options.isStrict || outcome.isComplete else { return outcome }
                if outcome.hasNoDocument {
                    try outputs.rejects?.publish()
                    return outcome
                }
                if let recognition, !options.output.hasSuffix("/") {
                    outcome.recognition = try recognition.recognition(hasRecords: outcome.records > 0)
                }
                try outputs.rejects?.publish()
                try outputs.records.publish()
                return outcome
            case .furtherColumns(let names):
                further = names
                source = try InputSource(again: source)
                outputs = try self.outputs(source, format)
            }
        }
    }

    /// Prepares where records go, and those that the target cannot hold.
    private func outputs(
        _ source: InputSource, _ format: NativeFormat
    ) throws(OutputError) -> (records: ConversionOutput, rejects: ConversionOutput?) {
        // What may still be refused, or written anew, must not be on a stream before.
        let isKept = options.isStrict || format == .xml || options.target.plan != nil
        var rejects: ConversionOutput?
        if let path = options.rejected {
            rejects = try ConversionOutput(path, options, input: source, isKept: isKept)
        }
        return (try ConversionOutput(options.output, options, input: source, isKept: isKept), rejects)
    }
}
