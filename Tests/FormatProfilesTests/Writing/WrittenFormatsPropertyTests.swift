import BillingValues
import Foundation
import TestSupport
import Testing

@testable import BillingFiles
@testable import FormatProfiles

/// Random native records, written in every shipped format that can be written, are read again as they were: every
/// value that the format carries, and the list of what it does not carry is exact.
@Suite struct WrittenFormatsPropertyTests {
    static let writable: [String] = ShippedProfiles.names.filter { name in
        guard let profile = try? ShippedProfiles.profile(named: name) else { return false }
        if case .success = WritingPlan.make(profile) { return true }
        return false
    }

    @Test func thereAreFormatsToWrite() {
        #expect(Self.writable.count >= 8, "\(Self.writable)")
    }

    @Test(arguments: writable) func whatIsWrittenIsReadAgain(name: String) throws {
        let profile = try #require(try ShippedProfiles.profile(named: name))
        var random = SplitMix64(seed: testSeed)
        let columns = profile.kind.columns + profile.kind.optionalColumns + ["own_note"]
        // Few random periods are the month that a rental in advance is for.
        let count = name == "gamma-item-rental" ? 30_000 : 3000
        var rows = (0..<count).map { _ in RandomRecord.values(columns, of: profile, &random) }
        // Thousands of the largest amounts have a sum that no document can state; that is another test.
        if !profile.writing.documents.isEmpty { rows.removeAll { $0.contains("90000000000000.99") } }
        let trip = try FormatRoundTrip(profile, columns: columns, rows: rows)
        let written = rows.indices.filter { !trip.refused.contains($0) }
        #expect(trip.converted.written == written.count && trip.converted.refused == trip.refused.count)
        #expect(
            written.count >= 10,
            "seed \(testSeed): \(trip.converted.read.findings.prefix(20).map { "\($0.field ?? "") \($0.found) \($0.expected)" })"
        )
        let back = try trip.readBack()
        #expect(back.findings.isEmpty, "seed \(testSeed): \(back.findings.prefix(3))")
        #expect(back.rows.count == written.count, "seed \(testSeed)")
        #expect(try trip.detected() == name, "seed \(testSeed)")
        var respelled = Array(repeating: 0, count: columns.count)
        var uncarried = respelled
        for (number, read) in zip(trip.inReadingOrder(written, of: rows, columns), back.rows) {
            for (place, column) in columns.enumerated() {
                let own = rows[number][place]
                let value = back.columns.firstIndex(of: column).map { read[$0] } ?? ""
                guard trip.plan.carried.contains(column) else {
                    // An id that is the place in the file is another one.
                    let isPlace = trip.plan.plan.columns.firstIndex(of: column).map(trip.plan.places.contains) ?? false
                    #expect(value.isEmpty || isPlace)
                    if !own.isEmpty { uncarried[place] += 1 }
                    continue
                }
                if value == own { continue }
                respelled[place] += 1
                #expect(means(own, value, column), "seed \(testSeed), \(column): \(own) became \(value)")
            }
        }
        #expect(respelled == trip.converted.respelled, "seed \(testSeed)")
        #expect(uncarried == trip.converted.uncarried, "seed \(testSeed)")
    }

    /// Whether two texts of a column mean the same, told by other code than that under test.
    private func means(_ one: String, _ other: String, _ column: String) -> Bool {
        switch column {
        case "amount", "price": return Decimal(string: one) == Decimal(string: other)
        case "started_at":
            let form = ISO8601DateFormatter()
            let plain = { (text: String) in text.replacing(".000", with: "") }
            guard let left = form.date(from: plain(one)), let right = form.date(from: plain(other)) else {
                return false
            }
            return left == right
        case "duration_s", "volume_bytes": return Int(one) != nil && Int(one) == Int(other)
        default: return false
        }
    }
}
