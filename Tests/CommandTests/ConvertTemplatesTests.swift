import Foundation
import Testing

/// `rinnovo convert` to formats whose records stand in documents that say more.
@Suite struct ConvertTemplatesTests {
    private static let header =
        "end_to_end_id,status,decided_on,amount,currency,reason,reason_text,batch_id,message_id\n"
    private static let rows = [
        "E1,failed,2025-06-10,9.99,EUR,AC04,,B1,M1\n", "E2,pending,2025-06-12,5.00,EUR,,,B2,M1\n",
        "E3,posted,2025-06-10,5.00,EUR,,,B1,M1\n", "E4,failed,2025-06-10,0.05,EUR,,no funds,B1,M1\n",
    ]
    private let scratch: TemporaryDirectory

    init() throws {
        scratch = try TemporaryDirectory()
        try scratch.write(Self.header + Self.rows.joined(), to: "results.csv")
    }

    private func convert(_ arguments: String...) throws -> Command.Outcome {
        var command = try Rinnovo.command(["convert"] + arguments)
        command.directory = scratch.path
        return try command.run()
    }

    @Test func severalDocumentsGoToAFolder() throws {
        let outcome = try convert("results.csv", "out/", "--to", "sepa-pain.002", "--rejected", "rest.csv")
        #expect(outcome.code == 1, "\(outcome.report)")
        #expect(outcome.error.contains("converted 3 payment results from CSV"))
        let names = try FileManager.default.contentsOfDirectory(atPath: scratch.path + "/out").sorted()
        #expect(names == ["00001-2025-06-10T00_00_00.xml", "00002-2025-06-12T00_00_00.xml"])
        #expect(try scratch.text(of: "rest.csv") == Self.header + Self.rows[2])
        #expect(try convert("out/" + names[0], "1.csv", "--quiet").code == 1)
        #expect(try scratch.text(of: "1.csv") == Self.header + Self.rows[0] + Self.rows[3])
        #expect(try convert("out/" + names[1], "2.csv", "--quiet").code == 1)
        #expect(try scratch.text(of: "2.csv") == Self.header + Self.rows[1])
        // What is there stays, unless it may be replaced.
        #expect(try convert("results.csv", "out/", "--to", "sepa-pain.002").code == 73)
        #expect(try convert("results.csv", "out/", "--to", "sepa-pain.002", "--force").code == 1)
    }

    @Test func oneFileHoldsOneDocument() throws {
        let several = try convert("results.csv", "out.xml", "--to", "sepa-pain.002", "--rejected", "rest.csv")
        #expect(several.code == 64)
        #expect(several.error.contains("the records make 2 documents of sepa-pain.002"), "\(several.error)")
        #expect(try scratch.names() == ["results.csv"])
        try scratch.write(Self.header + Self.rows[0] + Self.rows[3], to: "day.csv")
        #expect(try convert("day.csv", "out.xml", "--to", "sepa-pain.002").code == 0)
        #expect(try convert("out.xml", "back.csv", "--quiet").code == 1)
        #expect(try scratch.bytes(of: "back.csv") == scratch.bytes(of: "day.csv"))
    }

    @Test func thereIsNoDocumentWithoutRecords() throws {
        try scratch.write(Self.header + Self.rows[2], to: "day.csv")
        let outcome = try convert("day.csv", "out.xml", "--to", "sepa-pain.002", "--rejected", "rest.csv")
        #expect(outcome.code == 1)
        #expect(outcome.error.contains("sepa-pain.002 has no document without records"), "\(outcome.error)")
        #expect(try scratch.names() == ["day.csv", "rest.csv", "results.csv"])
        #expect(try scratch.bytes(of: "rest.csv") == scratch.bytes(of: "day.csv"))
    }

    @Test(arguments: [("csv", "is a folder"), ("asterisk-cdr-csv", "is a folder")])
    func otherFormatsGoToNoFolder(format: String, text: String) throws {
        let outcome = try convert("results.csv", "out/", "--to", format)
        #expect(outcome.code == 64)
        #expect(outcome.error.contains(text), "\(outcome.error)")
    }

    /// The same records make the same documents, whatever the number of threads.
    @Test func threadsChangeNothing() throws {
        let facts = ["--set", "created=2025-06-13T08:00:00", "--set", "account-iban=FR1420041010050500013M02606"]
        let rows = (0..<30_000).map { number in
            "E\(number),posted,2025-06-\(10 + number % 7),\(number).01,EUR,,,B\(number % 5),M1\n"
        }
        try scratch.write(Self.header + rows.joined(), to: "many.csv")
        for threads in ["1", "8"] {
            var command = try Rinnovo.command(
                ["convert", "many.csv", "\(threads).xml", "--to", "sepa-camt.054", "--threads", threads] + facts)
            command.directory = scratch.path
            #expect(try command.run().code == 0)
        }
        let bytes = try scratch.bytes(of: "1.xml")
        #expect(bytes.count > 5_000_000)
        #expect(try bytes == scratch.bytes(of: "8.xml"))
    }
}
