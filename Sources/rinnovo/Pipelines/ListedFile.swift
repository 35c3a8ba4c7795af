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
    /// In a folder a file is meant when its name says that it is CSV or XML, or its content does, or is that of a foreign
    /// format. All others are skipped, and a folder in which no file is meant is one that cannot be read: nothing of it
    /// was checked.
    ///
    /// - Parameter foreign: which foreign formats are read; nil for none.
    static func all(
        _ arguments: [String], _ definition: TableDefinition, foreign: InputFormat? = nil
    ) -> [ListedFile] {
        arguments.flatMap { argument -> [ListedFile] in
            guard argument != "-", InputFolder.isFolder(argument) else { return [.meant(path: argument)] }
            let files = InputFolder.entries(of: argument).map { file($0, definition, foreign) }
            guard files.contains(where: \.isNotSkipped) else {
                return files + [
                    .unreadable(path: argument, reason: "no file in it is CSV or XML, or of a known format")
                ]
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

    private static func file(
        _ entry: InputFolder.Entry, _ definition: TableDefinition, _ foreign: InputFormat?
    ) -> ListedFile {
        switch entry.kind {
        case .passedOver(let reason): return .skipped(path: entry.path, reason: reason)
        case .unreadable(let reason): return .unreadable(path: entry.path, reason: reason)
        case .file:
            if NativeFormat(path: entry.path) != nil || isReadable(entry.path, definition, foreign) {
                return .meant(path: entry.path)
            }
            return .skipped(
                path: entry.path, reason: "neither its name nor its content is that of CSV or XML, or of a known format"
            )
        }
    }

    /// Whether the content is that of a table, of XML or of a foreign format; so is what cannot be read, so that the
    /// reading tells why.
    private static func isReadable(_ path: String, _ definition: TableDefinition, _ foreign: InputFormat?) -> Bool {
        let source: InputSource
        let beginning: [UInt8]
        do throws(InputError) {
            source = try InputSource(path: path, hashing: false, replayable: false)
            beginning = try source.peek(TableRecognition.sampleSize)
        } catch {
            return true
        }
        if NativeFormat(beginning: beginning) == .xml || TableRecognition.isTable(beginning: beginning, definition) {
            return true
        }
        do {
            return try foreign?.certainFile(source) != nil
        } catch is InputError {
            return true
        } catch {
            return false
        }
    }
}
