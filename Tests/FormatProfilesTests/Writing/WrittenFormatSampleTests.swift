import Foundation
import Testing

@testable import BillingFiles
@testable import FormatProfiles

/// The samples of formats that can be written: their records, written again in their format, are read as they were.
@Suite struct WrittenFormatSampleTests {
    static let samples = SampleTableTests.expected.filter {
        $0.records > 0 && WrittenFormatsPropertyTests.writable.contains($0.format)
    }

    @Test func thereAreSamples() { #expect(Self.samples.count >= 5) }

    @Test(arguments: samples) func comesBack(sample: SampleTableTests.Expected) throws {
        let path = "../shared/formats/samples/" + sample.file
        guard let bytes = FileManager.default.contents(atPath: path) else {
            Issue.record("\(path) is absent: the samples are needed beside the repository")
            return
        }
        let profile = try #require(try ShippedProfiles.profile(named: sample.format))
        let first = try FormatRoundTrip.read(Array(bytes), profile)
        #expect(first.rows.count == sample.records)
        let trip = try FormatRoundTrip(profile, columns: first.columns, rows: first.rows)
        #expect(trip.refused.isEmpty, "\(trip.converted.read.findings)")
        let second = try trip.readBack()
        #expect(second.columns == first.columns)
        // An id that is the place in the file is another one where records before it were left out.
        let compared = first.columns.indices.filter { !trip.plan.places.contains($0) }
        #expect(compared.count > 3)
        let order = trip.inReadingOrder(Array(first.rows.indices), of: first.rows, first.columns)
        let own = order.map { number in compared.map { first.rows[number][$0] } }
        #expect(second.rows.map { row in compared.map { row[$0] } } == own)
        #expect(trip.converted.respelled.allSatisfy { $0 == 0 })
    }
}
