import BillingFiles
import Reports

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Where a command talks to people: how much, and with or without colours.
struct Console {
    /// Whether only errors are told.
    let isQuiet: Bool

    /// Whether everything is told.
    let isVerbose: Bool

    /// The style of standard output: colours on a terminal alone, and never with `NO_COLOR`.
    var style: TextStyle { TextStyle(usesColour: Self.allowsColour && StandardOutput.output.isTerminal) }

    /// The style of standard error.
    var errorStyle: TextStyle { TextStyle(usesColour: Self.allowsColour && StandardOutput.error.isTerminal) }

    /// Writes lines to standard output, unless quiet.
    func tell(_ lines: [String]) throws(OutputError) {
        guard !isQuiet, !lines.isEmpty else { return }
        try StandardOutput.output.write(lines.joined(separator: "\n") + "\n")
    }

    /// Writes a text to standard output as it is, line ends included; also when quiet.
    func print(_ text: String) throws(OutputError) { try StandardOutput.output.write(text) }

    /// Writes lines to standard error; also when quiet.
    func warn(_ lines: [String]) throws(OutputError) {
        guard !lines.isEmpty else { return }
        try StandardOutput.error.write(lines.joined(separator: "\n") + "\n")
    }

    /// See no-color.org: any value but the empty one switches colours off.
    private static var allowsColour: Bool {
        guard let value = unsafe getenv("NO_COLOR") else { return true }
        return unsafe value.pointee == 0
    }
}
