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
        // What may still be refused, or written anew, must not be on a stream before.
        let isKept = options.isStrict || format == .xml
        var output = try ConversionOutput(options, input: source, isKept: isKept)
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
            switch try conversion.run(to: output) {
            case .done(let outcome):
                progress.end()
                if !options.isStrict || outcome.losses.isEmpty { try output.publish() }
                return outcome
            case .furtherColumns(let names):
                further = names
                source = try InputSource(again: source)
                output = try ConversionOutput(options, input: source, isKept: isKept)
            }
        }
    }
}
