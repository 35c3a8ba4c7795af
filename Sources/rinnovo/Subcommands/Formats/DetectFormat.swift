import ArgumentParser
import BillingFiles
import FormatProfiles
import Reports

/// `rinnovo formats detect`.
struct DetectFormat: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "detect", abstract: "Says which format a file is in, how sure that is, and why.",
        discussion: """
            The beginning of the file is read in every format. The formats that fit are listed, the surest first, with \
            what the first records come to. Without --format, a file is read only in a format that is sure.

            Exit codes: 0 one format is sure, 65 none or several are, 66 the file cannot be opened.
            """)

    @Argument(help: "A file; .gz and .zst are read; - for standard input.")
    var file: String

    @Flag(help: "Print JSON.")
    var json = false

    @Flag(name: .shortAndLong, help: "Also say why the other formats do not fit.")
    var verbose = false

    func run() throws {
        let source = try InputSource(path: file, hashing: false, replayable: false)
        let beginning = try source.peek(ForeignFile.beginningLength)
        let isWhole = beginning.count < ForeignFile.beginningLength
        let console = Console(isQuiet: false, isVerbose: verbose)
        let native = try Self.native(beginning)
        let detection = FormatDetection(
            native == nil ? try ShippedProfiles.all() : [], beginning: beginning, isWhole: isWhole)
        let text = DetectionText(file: file, native: native, detection: detection)
        if json {
            try console.print(text.json)
        } else {
            try console.tell(text.lines(isVerbose: verbose))
        }
        if native == nil, detection.certain == nil { throw CommandOutcome(status: .untrustedInput) }
    }

    /// The name of the native format of a file; nil for any other.
    private static func native(_ beginning: [UInt8]) throws -> String? {
        guard !beginning.isEmpty, InputFormat.isNative(beginning) else { return nil }
        return NativeFormat(beginning: beginning).name
    }
}
