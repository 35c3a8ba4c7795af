import BillingFiles
import Foundation
import Testing

@Suite("What stands in folders") struct InputFolderTests {
    private let folder: String

    init() throws {
        folder =
            FileManager.default.temporaryDirectory.appendingPathComponent("rinnovo-folder-\(UUID().uuidString)").path
        for name in ["a/b", ".hidden", "a.d"] {
            try FileManager.default.createDirectory(atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
        }
    }

    private func write(_ name: String) throws {
        try Data("x".utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
    }

    @Test func everyEntryIsToldOnceInTheOrderOfPaths() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for name in ["z.csv", "a/1.csv", "a/b/2.xml", "a.d/3.csv", ".secret", ".hidden/4.csv", "a/.x"] {
            try write(name)
        }
        try FileManager.default.createSymbolicLink(atPath: "\(folder)/linked.csv", withDestinationPath: "z.csv")
        try FileManager.default.createSymbolicLink(atPath: "\(folder)/loop", withDestinationPath: ".")
        try FileManager.default.createSymbolicLink(atPath: "\(folder)/dead.csv", withDestinationPath: "nothing")
        unsafe mkfifo("\(folder)/pipe.csv", 0o600)
        let entries = InputFolder.entries(of: folder)
        let told = entries.map { entry in
            let name = String(entry.path.dropFirst(folder.count + 1))
            return switch entry.kind {
            case .file: name
            case .passedOver(let reason): "\(name) - \(reason)"
            case .unreadable(let reason): "\(name) ! \(reason)"
            }
        }
        #expect(
            told == [
                ".hidden - it is a hidden folder", ".secret - it is a hidden file", "a.d/3.csv",
                "a/.x - it is a hidden file", "a/1.csv", "a/b/2.xml", "dead.csv ! No such file or directory",
                "linked.csv", "loop - it is a link to a folder", "pipe.csv - it is no file", "z.csv",
            ])
        #expect(InputFolder.isFolder(folder) && InputFolder.isFolder("\(folder)/loop"))
        #expect(!InputFolder.isFolder("\(folder)/z.csv") && !InputFolder.isFolder("\(folder)/nothing"))
        #expect(InputFolder.sizeOfFile("\(folder)/linked.csv") == 1)
        #expect(InputFolder.sizeOfFile("\(folder)/pipe.csv") == nil)
    }

    @Test func aFolderThatCannotBeListedIsTold() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let entries = InputFolder.entries(of: "\(folder)/absent")
        #expect(entries.map(\.path) == ["\(folder)/absent"])
        guard case .unreadable = entries.first?.kind else {
            Issue.record("a folder that is not there was listed")
            return
        }
    }
}
