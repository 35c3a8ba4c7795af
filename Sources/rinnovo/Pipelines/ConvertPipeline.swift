import BillingFiles
import Reports

/// The way of the data through a conversion: blocks are read in order, rewritten side by side, and written in order.
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
        let source = try InputSource(path: options.input, hashing: false, replayable: false)
        let output = try ConversionOutput(options, input: source)
        let format = try options.source ?? NativeFormat(beginning: source.peek(NativeFormat.telltaleLength))
        let outcome =
            switch format {
            case .csv: try RowConversion(source: source, options: options, progress: progress).run(to: output)
            case .xml: throw CommandOutcome(status: .usage, message: "converting from XML is not built yet")
            }
        progress.end()
        if options.isStrict, !outcome.losses.isEmpty { return outcome }
        try output.publish()
        return outcome
    }
}
