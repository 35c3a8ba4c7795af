import Glibc

/// What stands in folders, for commands that take a folder for the files in it.
public enum InputFolder {
    /// Something in a folder.
    public struct Entry: Hashable, Sendable {
        /// What it is.
        public enum Kind: Hashable, Sendable {
            /// A file that can be read, or a link to one.
            case file
            /// Something that is not looked into, and why.
            case passedOver(reason: String)
            /// Something that cannot be looked into although it should be, and why.
            case unreadable(reason: String)
        }

        /// The path, which begins with that of the folder.
        public let path: String
        /// What it is.
        public let kind: Kind
    }

    /// Whether a path leads to a folder, by a link or not.
    public static func isFolder(_ path: String) -> Bool { status(path)?.kind == .directory }

    /// The size in bytes of a plain file; nil for anything else, and where nothing can be found out.
    public static func sizeOfFile(_ path: String) -> UInt64? {
        guard let status = status(path), status.kind == .regular else { return nil }
        return status.size
    }

    /// Everything in a folder and the folders in it, in the order of the paths' bytes.
    ///
    /// Hidden folders and links to folders are told and not looked into, so that no folder is seen twice.
    public static func entries(of path: String) -> [Entry] {
        var entries: [Entry] = []
        var folders = [path]
        while let folder = folders.popLast() {
            let descriptor: FileDescriptor
            let names: [[CChar]]
            do throws(SystemError) {
                descriptor = try FileDescriptor(opening: folder, flags: O_RDONLY | O_DIRECTORY)
                names = try descriptor.entryNames()
            } catch {
                entries.append(Entry(path: folder, kind: .unreadable(reason: error.reason)))
                continue
            }
            let prefix = folder.hasSuffix("/") ? folder : folder + "/"
            for name in names {
                let bytes = name.dropLast().map { UInt8(bitPattern: $0) }
                guard let text = String(validating: bytes, as: UTF8.self) else {
                    let shown = prefix + String(decoding: bytes, as: UTF8.self)
                    entries.append(Entry(path: shown, kind: .unreadable(reason: "its name is no UTF-8")))
                    continue
                }
                if let kind = kind(of: text, in: descriptor) {
                    entries.append(Entry(path: prefix + text, kind: kind))
                } else {
                    folders.append(prefix + text)
                }
            }
        }
        return entries.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    /// What an entry of a folder is; nil for a folder that is looked into.
    private static func kind(of name: String, in folder: FileDescriptor) -> Entry.Kind? {
        let isHidden = name.hasPrefix(".")
        do throws(SystemError) {
            let own = try FileStatus(of: name, in: folder.number, followingLinks: false)
            if own.kind == .directory { return isHidden ? .passedOver(reason: "it is a hidden folder") : nil }
            if isHidden { return .passedOver(reason: "it is a hidden file") }
            let status = try FileStatus(of: name, in: folder.number, followingLinks: true)
            switch status.kind {
            case .regular: return .file
            case .directory: return .passedOver(reason: "it is a link to a folder")
            default: return .passedOver(reason: "it is no file")
            }
        } catch {
            return .unreadable(reason: error.reason)
        }
    }

    private static func status(_ path: String) -> FileStatus? { try? FileStatus(of: path, followingLinks: true) }
}
