/// The folders that schema documents may come from: those of the documents that the user named.
struct SchemaFolders: Sendable {
    /// The canonical paths of the folders, each with a slash at its end.
    private let folders: [String]

    /// The canonical paths of the named documents.
    private let named: [String]

    /// The folders of documents with these canonical paths.
    init(of paths: [String]) {
        named = paths
        folders = paths.map { String($0[...($0.lastIndex(of: "/") ?? $0.startIndex)]) }
    }

    /// The canonical path that a reference leads to, or the fault that it has.
    ///
    /// An address of the network is never fetched: a document of the same name beside the one that refers to it, or
    /// among the named ones, stands for it.
    ///
    /// - Parameters:
    ///   - reference: The reference.
    ///   - path: The canonical path of the document that refers.
    ///   - name: That document as faults call it.
    func path(
        of reference: SchemaOutline.Reference, from path: String, name: String
    ) -> Result<String, SchemaRefusal> {
        func failure(_ kind: SchemaFault.Kind, _ message: String) -> Result<String, SchemaRefusal> {
            let fault = SchemaFault(kind, file: name, line: reference.line, column: reference.column, message)
            return .failure(SchemaRefusal(faults: [fault]))
        }
        let folder = path[...(path.lastIndex(of: "/") ?? path.startIndex)]
        let location = reference.location
        let target: String
        switch SchemaFolders.scheme(of: location) {
        case nil:
            guard let decoded = location.removingPercentSigns else {
                return failure(.unusableLocation, "\"\(location)\" is no address")
            }
            if decoded.hasPrefix("//") { return failure(.network, SchemaFolders.notFetched(location)) }
            target = decoded.hasPrefix("/") ? decoded : folder + decoded
        case "file":
            guard let decoded = location.removingPercentSigns, let local = SchemaFolders.localPath(decoded) else {
                return failure(.unusableLocation, "\"\(location)\" is no file of this machine")
            }
            target = local
        case "http", "https":
            guard let found = answer(to: location, in: folder) else {
                return failure(.network, SchemaFolders.notFetched(location))
            }
            target = found
        default:
            return failure(.unusableLocation, "\"\(location)\" is of a kind that is not supported")
        }
        // Whether a file outside is there is nobody's business: where it would be is asked first.
        guard allows(SchemaFolders.withoutDots(target)) else {
            return failure(.outsideFolders, SchemaFolders.outside(location))
        }
        guard let canonical = SchemaFiles.canonicalPath(target) else {
            return failure(.unreadable, "\"\(location)\" is not there")
        }
        guard allows(canonical) else { return failure(.outsideFolders, SchemaFolders.outside(location)) }
        return .success(canonical)
    }

    /// The document that stands for an address of the network: one of the same last name.
    private func answer(to location: String, in folder: Substring) -> String? {
        guard let last = location.split(separator: "/", omittingEmptySubsequences: false).last,
            let name = String(last).removingPercentSigns, !["", ".", ".."].contains(name), !name.contains("/")
        else { return nil }
        return SchemaFiles.canonicalPath(folder + name) ?? named.first { $0.hasSuffix("/" + name) }
    }

    /// Whether a canonical path is in one of the folders.
    private func allows(_ path: String) -> Bool {
        folders.contains { (path + "/").hasPrefix($0) }
    }

    /// The scheme of an address, in small letters; nil for relative ones.
    private static func scheme(of location: String) -> String? {
        guard let colon = location.firstIndex(of: ":") else { return nil }
        let scheme = location[..<colon]
        guard let first = scheme.first, first.isASCII, first.isLetter,
            scheme.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "+-.".contains($0)) })
        else { return nil }
        return scheme.lowercased()
    }

    /// The absolute path of a `file:` address.
    private static func localPath(_ location: String) -> String? {
        var path = location.dropFirst("file:".count)
        if path.hasPrefix("//localhost/") { path = path.dropFirst("//localhost".count) }
        if path.hasPrefix("///") { path = path.dropFirst(2) }
        return path.hasPrefix("/") && !path.hasPrefix("//") ? String(path) : nil
    }

    /// An absolute path with its `.` and `..` worked out, links not being looked at.
    private static func withoutDots(_ path: String) -> String {
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        return "/" + parts.joined(separator: "/")
    }

    private static func notFetched(_ location: String) -> String {
        "\"\(location)\" is not fetched, and no file of that name is beside this one: put it there"
    }

    private static func outside(_ location: String) -> String {
        "\"\(location)\" is outside the folders of the named schemas: name it with another --schema"
    }
}

extension String {
    /// The text with `%20` and its like undone; nil when one is broken, or stands for a zero byte or no UTF-8.
    var removingPercentSigns: String? {
        var bytes: [UInt8] = []
        var rest = Array(utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16),
                value > 0
            else { return nil }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    /// The text as the path of an address: everything but letters, digits, `-._~` and `/` becomes `%20` and its like.
    var asAddressPath: String {
        let hexadecimal = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"), UInt8(ascii: "/"):
                bytes.append(byte)
            default:
                bytes += [UInt8(ascii: "%"), hexadecimal[Int(byte >> 4)], hexadecimal[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
