import BillingFiles
import FileValidation

/// A file that a validation was asked for, by its name or with its folder.
enum ListedFile: Sendable {
    /// It is validated.
    case meant(path: String)
    /// It stands in a folder and is not validated, and why.
    case skipped(path: String, reason: String)
    /// It cannot be read, and why.
    case unreadable(path: String, reason: String)

    /// The files of some arguments: those that are named, and those in folders, which come in the order of their paths.
    ///
    /// In a folder a file is meant when its name says that it is CSV or XML, or its content does. All others are skipped,
    /// and a folder in which no file is meant is one that cannot be read: nothing of it was checked.
    static func all(_ arguments: [String], _ definition: TableDefinition) -> [ListedFile] {
        arguments.flatMap { argument -> [ListedFile] in
            guard argument != "-", InputFolder.isFolder(argument) else { return [.meant(path: argument)] }
            let files = InputFolder.entries(of: argument).map { file($0, definition) }
            guard files.contains(where: \.isNotSkipped) else {
                return files + [.unreadable(path: argument, reason: "no file in it is CSV or XML")]
            }
            return files
        }
    }

    /// The path of a file that is validated.
    var path: String? {
        if case .meant(let path) = self { path } else { nil }
    }

    private var isNotSkipped: Bool {
        if case .skipped = self { false } else { true }
    }

    private static func file(_ entry: InputFolder.Entry, _ definition: TableDefinition) -> ListedFile {
        switch entry.kind {
        case .passedOver(let reason): return .skipped(path: entry.path, reason: reason)
        case .unreadable(let reason): return .unreadable(path: entry.path, reason: reason)
        case .file:
            if NativeFormat(path: entry.path) != nil || isReadable(entry.path, definition) {
                return .meant(path: entry.path)
            }
            return .skipped(path: entry.path, reason: "neither its name nor its content is that of CSV or XML")
        }
    }

    /// Whether the content is that of a table or of XML; so is what cannot be read, so that the reading tells why.
    private static func isReadable(_ path: String, _ definition: TableDefinition) -> Bool {
        do throws(InputError) {
            let source = try InputSource(path: path, hashing: false, replayable: false)
            let beginning = try source.peek(TableRecognition.sampleSize)
            return NativeFormat(beginning: beginning) == .xml
                || TableRecognition.isTable(beginning: beginning, definition)
        } catch {
            return true
        }
    }
}
