import Foundation
import Testing

@testable import BillingFiles

@Suite struct StandardOutputTests {
    @Test func aFullDeviceIsNoticed() throws {
        let device = try FileDescriptor(opening: "/dev/full", flags: O_WRONLY)
        let output = StandardOutput(number: device.number, name: "standard output")
        #expect(!output.isTerminal)
        #expect(output.terminalWidth == nil)
        let error = #expect(throws: OutputError.self) { try output.write("lost") }
        #expect(error.map { "\($0)" }?.contains("No space left on device") == true)
    }

    @Test func bytesAndTextAreWrittenWhole() throws {
        let scratch = try ScratchDirectory()
        let file = try FileDescriptor(
            opening: scratch.path("log"), flags: O_WRONLY | O_CREAT, permissions: 0o600)
        let output = StandardOutput(number: file.number, name: "standard output")
        try output.write("però\n")
        try output.write([0x41, 0x0a])
        try output.write("")
        #expect(try scratch.bytes(of: "log") == Array("però\nA\n".utf8))
        // Writing does not close what is not ours.
        #expect(try file.status().size == 8)
    }

    @Test(arguments: [
        OutputError.cannotCreate(path: "out", reason: "r"), .alreadyExists(path: "out"),
        .wouldReplaceInput(path: "out"), .writeFailed(path: "out", reason: "r"),
    ])
    func errorsSayWhatWhereAndWhatToDo(error: OutputError) {
        let text = "\(error)"
        #expect(text.contains("'out'"))
        #expect(text.contains(";"), "a remedy")
        if case .alreadyExists = error { #expect(text.contains("--force")) }
    }
}
