import Foundation
import Testing

@testable import BillingFiles
@testable import FormatProfiles

/// The samples of formats that can be written: their records, written again in their format, are read as they were.
@Suite struct WrittenFormatSampleTests {
    static let samples = SampleTableTests.expected.filter {
        $0.records > 0 && WrittenFormatsPropertyTests.writable.contains($0.format)
    }

    /// How many records of a sample the version of its format that is written cannot hold.
    ///
    /// Transactions of camt.054 have an amount since version 4; services of TAP3 have no element of their own that is
    /// written.
    static let unheld = ["sepa-camt.054/genkgo/camt054.v2.xml": 3, "tap3-xml/tap_3_12_valid.xml": 1]

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
        #expect(trip.refused.count == Self.unheld[sample.file, default: 0], "\(trip.converted.read.findings)")
        guard trip.refused.count < first.rows.count else { return }
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
