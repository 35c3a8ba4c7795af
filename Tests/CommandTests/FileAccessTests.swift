import Foundation
import Testing

/// Inputs that cannot be opened and outputs that cannot be created, with the exit codes of the contract.
@Suite struct FileAccessTests {
    private let scratch: TemporaryDirectory

    init() throws {
        scratch = try TemporaryDirectory()
        try scratch.write(SmallAudit.subscriptions, to: "subscriptions.csv")
        try scratch.write(SmallAudit.charges, to: "charges.csv")
    }

    private func audit(
        subscriptions: String = "subscriptions.csv", charges: String = "charges.csv", output: String, _ more: String...
    ) throws -> Command.Outcome {
        var command = try Rinnovo.command(
            Rinnovo.audit(subscriptions, [charges], from: SmallAudit.from, to: SmallAudit.to, output: output) + more)
        command.directory = scratch.path
        return try command.run()
    }

    @Test func anInputThatIsMissing() throws {
        for outcome in [
            try audit(charges: "none.csv", output: "out"), try audit(subscriptions: "none.csv", output: "out"),
        ] {
            #expect(outcome.code == 66, "\(outcome.report)")
            #expect(outcome.error.contains("'none.csv'"))
            #expect(outcome.error.contains("; check the path"))
        }
        #expect(try scratch.names() == ["charges.csv", "subscriptions.csv"])
    }

    @Test func anInputThatIsADirectory() throws {
        try scratch.makeDirectory("folder")
        let outcome = try audit(charges: "folder", output: "out")
        #expect(outcome.code == 66, "\(outcome.report)")
        #expect(outcome.error.contains("'folder'"))
        #expect(try scratch.names() == ["charges.csv", "folder", "subscriptions.csv"])
    }

    @Test func anInputThatIsADevice() throws {
        let outcome = try audit(charges: "/dev/zero", output: "out")
        #expect(outcome.code == 66, "\(outcome.report)")
        #expect(try scratch.names() == ["charges.csv", "subscriptions.csv"])
    }

    /// A file that is no gzip file in spite of its name cannot be trusted.
    @Test func anInputThatIsNotCompressed() throws {
        try scratch.write(SmallAudit.charges, to: "plain.csv.gz")
        let outcome = try audit(charges: "plain.csv.gz", output: "out")
        #expect(outcome.code == 65, "\(outcome.report)")
        #expect(outcome.error.contains("rename it to what it holds"))
    }

    @Test func anOutputThatHoldsFiles() throws {
        try scratch.makeDirectory("out")
        try scratch.write("mine", to: "out/notes.txt")
        let outcome = try audit(output: "out")
        #expect(outcome.code == 73, "\(outcome.report)")
        #expect(outcome.error.contains("already exists"))
        #expect(outcome.error.contains("--force"))
        #expect(try scratch.files(in: "out") == ["notes.txt": Array("mine".utf8)])
        #expect(try scratch.names() == ["charges.csv", "out", "subscriptions.csv"])
    }

    @Test func forceKeepsWhatIsNotReplaced() throws {
        try scratch.makeDirectory("out")
        try scratch.write("mine", to: "out/notes.txt")
        try scratch.write("old", to: "out/summary.json")
        let outcome = try audit(output: "out", "--force")
        #expect(outcome.code == 0, "\(outcome.report)")
        #expect(try scratch.text(of: "out/notes.txt") == "mine")
        #expect(try scratch.text(of: "out/summary.json") != "old")
        #expect(Set(try scratch.names(in: "out")).isSuperset(of: Sample.outputs + ["notes.txt"]))
        #expect(try scratch.names() == ["charges.csv", "out", "subscriptions.csv"])
    }

    @Test func anOutputThatIsThereAndEmpty() throws {
        try scratch.makeDirectory("out")
        #expect(try audit(output: "out").code == 0)
        #expect(Set(try scratch.names(in: "out")).isSuperset(of: Sample.outputs))
    }

    @Test(arguments: ["missing/out", "charges.csv", "charges.csv/out", "/proc/out", ""])
    func anOutputThatCannotBeCreated(output: String) throws {
        for more in [[], ["--force"]] {
            var command = try Rinnovo.command(
                Rinnovo.audit(
                    "subscriptions.csv", ["charges.csv"], from: SmallAudit.from, to: SmallAudit.to, output: output)
                    + more)
            command.directory = scratch.path
            let outcome = try command.run()
            #expect(outcome.code == 73, "\(outcome.report)")
            #expect(outcome.error.contains("'\(output)'") || outcome.error.contains("/\(output)'"))
            #expect(try scratch.names() == ["charges.csv", "subscriptions.csv"])
            #expect(try scratch.text(of: "charges.csv") == SmallAudit.charges)
        }
    }

    /// Permissions mean nothing to the superuser.
    @Test(.enabled(if: geteuid() != 0, "the superuser may write everywhere"))
    func aParentThatCannotBeWritten() throws {
        try scratch.makeDirectory("sealed")
        try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: scratch.path("sealed"))
        defer {
            try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: scratch.path("sealed"))
        }
        #expect(try audit(output: "sealed/out").code == 73)
        #expect(try scratch.names(in: "sealed") == [])
    }

    /// The folder of the inputs as the output: without `--force` refused, with it the inputs stay.
    @Test func anOutputThatHoldsTheInputs() throws {
        let folder = try scratch.makeDirectory("both")
        try scratch.write(SmallAudit.subscriptions, to: "both/subscriptions.csv")
        try scratch.write(SmallAudit.charges, to: "both/charges.csv")
        #expect(
            try audit(subscriptions: "\(folder)/subscriptions.csv", charges: "both/charges.csv", output: "both").code
                == 73)
        let outcome = try audit(
            subscriptions: "\(folder)/subscriptions.csv", charges: "both/charges.csv", output: "both", "--force")
        #expect(outcome.code == 0, "\(outcome.report)")
        #expect(try scratch.text(of: "both/charges.csv") == SmallAudit.charges)
        #expect(try scratch.text(of: "both/subscriptions.csv") == SmallAudit.subscriptions)
        #expect(try scratch.text(of: "both/corrected-charges.csv") == SmallAudit.charges)
    }

    /// An input with the name of an output, also by a link, is never replaced.
    @Test(arguments: [false, true])
    func anInputWithTheNameOfAnOutput(isLink: Bool) throws {
        try scratch.makeDirectory("both")
        if isLink {
            try FileManager.default.createSymbolicLink(
                atPath: scratch.path("both/corrected-charges.csv"), withDestinationPath: scratch.path("charges.csv"))
        } else {
            try scratch.write(SmallAudit.charges, to: "both/corrected-charges.csv")
        }
        let outcome = try audit(charges: "both/corrected-charges.csv", output: "both", "--force")
        #expect(outcome.code == 73, "\(outcome.report)")
        #expect(outcome.error.contains("is one of the inputs"))
        #expect(try scratch.files(in: "both") == ["corrected-charges.csv": Array(SmallAudit.charges.utf8)])
        #expect(try scratch.names() == ["both", "charges.csv", "subscriptions.csv"])
    }

    @Test(arguments: [["--version"], ["rules", "list"], ["rules", "explain", "undecided"], ["--help"]])
    func standardOutputOnAFullDisk(arguments: [String]) throws {
        var command = try Rinnovo.command(arguments)
        command.outputPath = "/dev/full"
        #expect(try command.run().code == 74)
    }

    /// The files are complete before the summary is told.
    @Test func theSummaryOnAFullDisk() throws {
        var command = try Rinnovo.command(Sample.audit(output: scratch.path("out")))
        command.outputPath = "/dev/full"
        let outcome = try command.run()
        #expect(outcome.code == 74, "\(outcome.report)")
        #expect(outcome.error.contains("standard output"))
        #expect(Set(try scratch.names(in: "out")).isSuperset(of: Sample.outputs))
    }
}
