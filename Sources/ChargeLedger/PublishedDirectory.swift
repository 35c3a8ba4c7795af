// Unsafe code: names and buffers lent to system calls.
import Glibc

/// Looks whether the files of a run that was killed got to their place.
///
/// The manifest has the hash of the run's link, which no other run has. It is written before the link is committed and
/// lies in the hidden directory beside (or inside) the output until that gets its name.
struct PublishedDirectory {
    /// What became of the files.
    enum Verdict: Equatable {
        /// The directory has them.
        case published
        /// They still lie under a hidden name, complete.
        case unpublished
        /// Neither, or some here and some there.
        case unclear
    }

    /// Looks for the files of a link.
    static func verdict(on link: LedgerLink) -> Verdict {
        guard let output = link.output else { return .unclear }
        if hasManifest(in: output, of: link) { return .published }
        let slash = output.lastIndex(of: "/") ?? output.startIndex
        let parent = slash == output.startIndex ? "/" : String(output[..<slash])
        for (folder, isInside) in [(parent, false), (output, true)] {
            for name in names(in: folder) where name.hasPrefix(".") && name.contains(".rinnovo-") {
                let staging = folder == "/" ? "/\(name)" : "\(folder)/\(name)"
                guard hasManifest(in: staging, of: link) else { continue }
                // Inside, files are moved one by one: when the first has gone, some of them may be in use.
                let present = Set(names(in: staging))
                return isInside && !link.fileNames.allSatisfy(present.contains) ? .unclear : .unpublished
            }
        }
        return .unclear
    }

    private static func hasManifest(in folder: String, of link: LedgerLink) -> Bool {
        guard let bytes = contents(of: "\(folder)/manifest.json") else { return false }
        return bytes.contains(Array(link.sha256.utf8))
    }

    /// The first MiB of a plain file; no manifest is longer.
    private static func contents(of path: String) -> [UInt8]? {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW)
        guard descriptor >= 0 else { return nil }
        defer { _ = close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        var count = 0
        while count < bytes.count {
            let start = count
            let got = unsafe bytes.withUnsafeMutableBytes { buffer in
                unsafe read(descriptor, buffer.baseAddress.map { unsafe $0 + start }, buffer.count - start)
            }
            if got < 0, errno == EINTR { continue }
            guard got > 0 else { break }
            count += got
        }
        return Array(bytes[..<count])
    }

    private static func names(in folder: String) -> [String] {
        guard let directory = unsafe opendir(folder) else { return [] }
        defer { _ = unsafe closedir(directory) }
        var names: [String] = []
        while let entry = unsafe readdir(directory) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            names.append(name)
        }
        return names
    }
}
