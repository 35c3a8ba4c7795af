public import Crypto

/// What a manifest says of a file: its name, its size and the SHA-256 of its bytes.
public struct FileDigest: Hashable, Sendable {
    /// The last component of the file's path, "standard input" for that.
    public let name: String

    /// Size in bytes, as stored.
    public let size: UInt64

    /// SHA-256 (FIPS 180-4) of the stored bytes: 64 lower-case hexadecimal digits, as `sha256sum` prints them.
    public let sha256: String

    /// Makes a digest from its parts.
    public init(name: String, size: UInt64, sha256: String) {
        self.name = name
        self.size = size
        self.sha256 = sha256
    }

    /// The SHA-256 of `bytes` in 64 lower-case hexadecimal digits.
    public static func sha256(of bytes: [UInt8]) -> String {
        hexadecimal(SHA256.hash(data: bytes))
    }

    /// A digest in 64 lower-case hexadecimal digits.
    public static func hexadecimal(_ digest: SHA256Digest) -> String {
        let digits = Array("0123456789abcdef".utf8)
        let text = digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return String(decoding: text, as: UTF8.self)
    }
}

/// What an input turned out to be.
public typealias InputIdentity = FileDigest

/// What an output turned out to be.
public typealias OutputIdentity = FileDigest
