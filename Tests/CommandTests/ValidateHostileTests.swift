import Foundation
import Testing

/// Whatever a document or a schema holds, the program says something of it soon, with little memory, and never that
/// it is valid when it is not.
@Suite("Hostile XML", .serialized) struct ValidateHostileTests {
    private let scratch: TemporaryDirectory

    init() throws {
        scratch = try TemporaryDirectory()
    }

    @Test("A hostile document is a finding", arguments: HostileDocument.documents)
    func document(_ document: HostileDocument) throws {
        let path = try scratch.write(document.bytes(), to: "document.xml")
        var command = try Rinnovo.command(["validate", path])
        command.timeLimit = 20
        let run = try Measured(command)
        #expect(run.outcome.code == document.code, "\(run.outcome.report.prefix(2000))")
        #expect(!run.outcome.timedOut)
        // A second where nothing else runs.
        #expect(run.outcome.seconds < 10, "\(run.outcome.seconds) seconds")
        #expect(run.memory <= 64 << 20, "\(run.memory >> 20) MB")
        #expect(run.outcome.output.contains(": valid") == (document.code == 0))
        if let rule = document.rule { #expect(run.outcome.output.contains("[\(rule)]"), "\(run.outcome.output)") }
        #expect(!run.outcome.output.contains("root:"))
    }

    /// The same through a pipe, and with a schema that was named.
    @Test(arguments: HostileDocument.documents.filter { $0.code != 0 })
    func documentOnStandardInput(_ document: HostileDocument) throws {
        var command = try Rinnovo.command(["validate", "-", "--schema", "\(Command.package)/schemas/charges.xsd"])
        command.input = document.bytes()
        let outcome = try command.run()
        #expect(outcome.code == document.code, "\(outcome.report.prefix(2000))")
        #expect(!outcome.output.contains(": valid"))
        #expect(!outcome.output.contains("root:"))
    }

    static let schemas: [(name: String, text: String)] = [
        ("import of the network", including("import namespace=\"urn:x\"", "http://127.0.0.1:9/x.xsd")),
        ("include of the network", including("include", "http://127.0.0.1:9/x.xsd")),
        ("import of a file of the system", including("import namespace=\"urn:x\"", "file:///etc/passwd")),
        ("include of a file of the system", including("include", "/etc/passwd")),
        ("include outside the folder", including("include", "../outside.xsd")),
        (
            "DOCTYPE",
            "<!DOCTYPE xs:schema [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>\n"
                + "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"><xs:element name=\"charges\" "
                + "type=\"xs:string\"/></xs:schema>"
        ),
        ("never compiled", doubling),
        ("not well-formed", "<xs:schema"),
        ("no schema", "<charges/>"),
        ("empty", ""),
    ]

    private static func including(_ what: String, _ location: String) -> String {
        "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"><xs:\(what) schemaLocation=\"\(location)\"/>"
            + "<xs:element name=\"charges\" type=\"xs:string\"/></xs:schema>"
    }

    /// Each group holds the next one twice: 2 to the 40 steps.
    private static let doubling: String = {
        var text = "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\">"
        for level in 0..<40 {
            text +=
                "<xs:group name=\"g\(level)\"><xs:sequence><xs:group ref=\"g\(level + 1)\"/>"
                + "<xs:group ref=\"g\(level + 1)\"/></xs:sequence></xs:group>"
        }
        return text + "<xs:group name=\"g40\"><xs:sequence><xs:element name=\"e\"/></xs:sequence></xs:group>"
            + "<xs:element name=\"charges\"><xs:complexType><xs:group ref=\"g0\"/></xs:complexType></xs:element>"
            + "</xs:schema>"
    }()

    @Test("A hostile schema is refused with its place", arguments: schemas.indices)
    func schema(index: Int) throws {
        try scratch.makeDirectory("schemas")
        try scratch.write("<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"/>", to: "outside.xsd")
        let schema = try scratch.write(Self.schemas[index].text, to: "schemas/main.xsd")
        let document = try scratch.write("<charges/>", to: "document.xml")
        var command = try Rinnovo.command(["validate", document, "--schema", schema])
        command.timeLimit = 60
        let run = try Measured(command)
        let name = Self.schemas[index].name
        #expect(run.outcome.code == 64, "\(name): \(run.outcome.report)")
        #expect(run.outcome.seconds < 30, "\(name): \(run.outcome.seconds) seconds")
        #expect(run.memory <= 64 << 20, "\(name): \(run.memory >> 20) MB")
        #expect(run.outcome.output.isEmpty, "\(name): \(run.outcome.output)")
        #expect(run.outcome.error.contains("schemas/main.xsd"), "\(name): \(run.outcome.error)")
        #expect(!run.outcome.error.contains("root:"))
    }

    @Test(
        "No file and no socket is opened but those that were named",
        .enabled(if: Strace.isUsable, "strace is not installed or not allowed: OPENED FILES ARE NOT TESTED"))
    func nothingElseIsOpened() throws {
        try scratch.makeDirectory("schemas")
        let schema = try scratch.write(Self.schemas[0].text, to: "schemas/main.xsd")
        let small = HostileDocument.documents.filter { $0.bytes().count < 1_000_000 }
        #expect(small.count > 15)
        for (index, document) in small.enumerated() {
            let path = try scratch.write(document.bytes(), to: "document\(index).xml")
            try expectNothingElseOpened(["validate", "--threads", "1", path], named: [path], document.name)
        }
        let document = try scratch.write("<charges/>", to: "document.xml")
        for (name, text) in Self.schemas where name != "never compiled" {
            try scratch.write(text, to: "schemas/main.xsd")
            let arguments = ["validate", "--threads", "1", document, "--schema", schema]
            try expectNothingElseOpened(arguments, named: [schema, document], name)
        }
    }

    /// Libraries and what the runtime asks of the system aside; threads are followed, calls that fail too.
    private func expectNothingElseOpened(_ arguments: [String], named: [String], _ name: String) throws {
        let log = scratch.path("log")
        var command = try Rinnovo.command(arguments)
        command.arguments =
            ["-f", "-y", "-s", "4096", "-o", log, "-e", "trace=open,openat,openat2,creat,socket,connect,execve"]
            + [command.program] + command.arguments
        command.program = "strace"
        _ = try command.run()
        let lines = try scratch.text(of: "log").split(separator: "\n")
        #expect(lines.count > 5)
        for line in lines {
            #expect(!line.contains("socket(") && !line.contains("connect("), "\(name): \(line)")
            guard let path = line.firstMatch(of: /open(?:at2?)?\([^"]*"([^"]*)"/)?.1 else { continue }
            // The last are the system's tables of encodings.
            let isOfTheSystem =
                path.contains(".so") || path.contains("/gconv/gconv-modules") || path.hasPrefix("/proc/self/")
                || path.hasPrefix("/sys/devices/system/cpu")
            #expect(isOfTheSystem || named.contains(String(path)), "\(name): \(line)")
        }
    }
}
