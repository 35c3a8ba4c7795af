import Testing

/// Colours and progress are for terminals alone.
@Suite struct TerminalTests {
    private static let escape = UInt8(ascii: "\u{1B}")

    @Test(arguments: [nil, "", "1"])
    func noColourWithoutATerminal(noColour: String?) throws {
        for arguments in [Sample.audit(output: nil), ["--help"], ["audit", "--bogus"], ["rules", "list"]] {
            var command = try Rinnovo.command(arguments)
            command.environment = ["NO_COLOR": noColour, "TERM": "xterm-256color"]
            let outcome = try command.run()
            #expect(!outcome.outputBytes.contains(Self.escape))
            #expect(!outcome.errorBytes.contains(Self.escape))
            #expect(!outcome.errorBytes.contains(UInt8(ascii: "\r")), "progress without a terminal")
        }
    }

    /// `NO_COLOR` and whether there are colours on a terminal then.
    static let terminals: [(noColour: String?, hasColours: Bool)] = [(nil, true), ("", true), ("1", false)]

    @Test(
        .enabled(if: Command.exists("script"), "script, which gives a pseudo terminal, is not installed"),
        arguments: terminals)
    func coloursOnATerminal(noColour: String?, hasColours: Bool) throws {
        let words = [try Rinnovo.command([]).program] + Sample.audit(output: nil, "--quiet")
        let quoted = words.map { "'\($0)'" }.joined(separator: " ")
        for (line, expected) in [(quoted.replacing(" '--quiet'", with: ""), hasColours), (quoted, false)] {
            let command = Command(
                program: "script", arguments: ["-qec", line, "/dev/null"],
                environment: ["NO_COLOR": noColour, "TERM": "xterm-256color"])
            let outcome = try command.run()
            #expect(outcome.code == 1, "\(outcome.report)")
            #expect(outcome.output.contains("\u{1B}[") == expected, "\(line)")
        }
    }
}
