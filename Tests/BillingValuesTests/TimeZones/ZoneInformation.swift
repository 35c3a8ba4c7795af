import BillingValues
import Foundation
import Testing

/// The time zones of the machine that the tests run on.
enum ZoneInformation {
    static let directory = "/usr/share/zoneinfo"

    static let isThere = FileManager.default.fileExists(atPath: "\(directory)/Europe/Rome")

    static func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: "\(directory)/\(name)")))
    }

    static func rules(_ name: String) throws -> TimeZoneRules { try TimeZoneRules(tzif: bytes(name)) }
}

/// A TZif file of version 2 made of parts, for what no real file has.
struct MadeZone {
    var transitions: [(instant: Int64, type: UInt8)] = []
    var offsets: [Int32] = [0]
    var footer = "\n\n"
    var leaps: UInt32 = 0
    var version = UInt8(ascii: "2")

    var bytes: [UInt8] {
        var bytes = header(times: 0, types: 1) + type(0) + [0, 0, 0, 0]
        bytes += header(times: UInt32(transitions.count), types: UInt32(offsets.count), leaps: leaps)
        for transition in transitions { bytes += big(UInt64(bitPattern: transition.instant)) }
        bytes += transitions.map(\.type)
        for offset in offsets { bytes += type(offset) }
        return bytes + [0x58, 0x58, 0x58, 0] + [UInt8](repeating: 0, count: Int(leaps) * 12) + Array(footer.utf8)
    }

    private func header(times: UInt32, types: UInt32, leaps: UInt32 = 0) -> [UInt8] {
        Array("TZif".utf8) + [version] + [UInt8](repeating: 0, count: 15)
            + [0, 0, leaps, times, types, 4].flatMap { big(UInt64($0)).suffix(4) }
    }

    private func type(_ offset: Int32) -> [UInt8] { big(UInt64(UInt32(bitPattern: offset))).suffix(4) + [0, 0] }

    private func big(_ number: UInt64) -> [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * $0)) } }
}
