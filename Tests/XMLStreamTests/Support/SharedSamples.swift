import Foundation
import Testing

/// The samples that stand beside the repository; tests that need them say so when they are not there.
enum SharedSamples {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../../shared/formats/samples").standardizedFileURL

    /// The path of a sample or schema.
    static func path(_ name: String) throws -> String {
        let path = folder.appending(path: name).path
        try #require(FileManager.default.fileExists(atPath: path), "\(path) is not there: nothing was tested")
        return path
    }

    /// The paths of the files with an ending, relative to the folder, sorted.
    static func names(endingWith ending: String, in parent: String = "") -> [String] {
        let root = parent.isEmpty ? folder : folder.appending(path: parent)
        let names = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
        return names.filter { $0.hasSuffix(ending) }.map { parent.isEmpty ? $0 : parent + "/" + $0 }.sorted()
    }
}
