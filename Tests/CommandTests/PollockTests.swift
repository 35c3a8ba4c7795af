import Testing

/// A small set of the polluted files of `script/pollock`: no crash, and no record lost without a finding.
@Suite("Polluted files") struct PollockTests {
    @Test func nothingIsLostInSilence() throws {
        try #require(Command.exists("python3"), "python3 is not there: nothing was tested")
        var command = Command(program: "\(Command.package)/script/pollock", arguments: ["--rows", "2"])
        command.environment["RINNOVO_BINARY"] = Rinnovo.binary
        command.timeLimit = 120
        let outcome = try command.run()
        #expect(outcome.code == 0, "\(outcome.report)")
        #expect(outcome.output.hasPrefix("103 files\n"), "\(outcome.output)")
    }
}
