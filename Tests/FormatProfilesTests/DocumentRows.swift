import FormatProfiles
import Testing

@testable import BillingFiles

/// The rows of a document whose format its content tells.
struct DocumentRows {
    let format: String
    let rows: [String]
    let trial: ForeignTrial

    init(_ bytes: [UInt8]) throws {
        let detection = FormatDetection(try ShippedProfiles.all(), beginning: bytes, isWhole: true)
        let file = try #require(
            detection.certain, "\(detection.candidates.map { ($0.file.profile.name, $0.confidence) })")
        try self.init(file, bytes)
    }

    init(_ file: ForeignFile, _ bytes: [UInt8]) throws {
        format = file.profile.name
        trial = ForeignTrial(file, beginning: bytes, isWhole: true)
        let reader = try #require(file.documentReader())
        let text = [reader.feed(bytes.span), reader.finish()]
            .map { String(decoding: $0.rows.bytes[..<$0.rows.count], as: UTF8.self) }.joined()
        rows = text.split(separator: "\n").map(String.init)
    }
}
