import ArgumentParser
import BillingFiles
import FormatProfiles
import Reports

/// `rinnovo formats detect`.
struct DetectFormat: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "detect", abstract: "Says which format each of some files is in, how sure that is, and why.",
        discussion: """
            The beginning of a file is read in every format. The formats that fit are listed, the surest first, with \
            what the first records come to. Without --format, a file is read only in a format that is sure.

            Exit codes, that of the worst file: 0 one format is sure, 65 none or several are, 66 it cannot be opened.
            """)

    @Argument(help: "Files; .gz and .zst are read; - for standard input.")
    var files: [String]

    @Flag(help: "Print JSON: an object for one file, an array for several.")
    var json = false

    @Flag(name: .shortAndLong, help: "Also say why the other formats do not fit.")
    var verbose = false

    func run() throws {
        let console = Console(isQuiet: false, isVerbose: verbose)
        let profiles = try ShippedProfiles.all()
        var worst = ExitStatus.done
        var documents: [JSONValue] = []
        for file in files {
            let text: DetectionText
            do throws(InputError) {
                text = try Self.detection(of: file, profiles)
            } catch {
                guard files.count > 1, case .cannotOpen = error else { throw error }
                try console.warn(["rinnovo: error: \(error)"])
                worst = .inputNotOpened
                continue
            }
            if json { documents.append(text.json) } else { try console.tell(text.lines(isVerbose: verbose)) }
            if !text.isSure, worst == .done { worst = .untrustedInput }
        }
        if json {
            let all = files.count == 1 ? documents.first ?? .null : .array(documents)
            try console.print(String(decoding: all.bytes, as: UTF8.self))
        }
        if worst != .done { throw CommandOutcome(status: worst) }
    }

    private static func detection(of file: String, _ profiles: [FormatProfile]) throws(InputError) -> DetectionText {
        let source = try InputSource(path: file, hashing: false, replayable: false)
        let beginning = try source.peek(ForeignFile.beginningLength)
        let isWhole = beginning.count < ForeignFile.beginningLength
        let native = native(beginning)
        let detection = FormatDetection(native == nil ? profiles : [], beginning: beginning, isWhole: isWhole)
        return DetectionText(file: file, native: native, detection: detection)
    }

    /// The name of the native format of a file; nil for any other.
    private static func native(_ beginning: [UInt8]) -> String? {
        guard !beginning.isEmpty, InputFormat.isNative(beginning) else { return nil }
        return NativeFormat(beginning: beginning).name
    }
}
