import BillingFiles
import Foundation
import Testing

@testable import FormatProfiles

/// Every sample is recognised, and each of its records accounted for.
@Suite struct SampleTableTests {
    struct Expected: CustomTestStringConvertible {
        let file: String
        let format: String
        let records: Int
        var skipped: [String: Int] = [:]
        var findings: [String] = []
        var testDescription: String { file }
    }

    static let expected = [
        Expected(
            file: "asterisk-cdr-csv/Master.csv", format: "asterisk-cdr-csv", records: 11, skipped: ["not answered": 3]),
        Expected(file: "billrun-usage-csv/file1.csv", format: "billrun-usage-csv", records: 3),
        Expected(
            file: "billrun-usage-csv/test3.csv", format: "billrun-usage-csv", records: 6,
            findings: ["no-final-line-end"]),
        Expected(
            file: "carrier-partial-csv/partial1.csv", format: "carrier-partial-csv", records: 1,
            skipped: ["partial record": 1]),
        Expected(file: "cgrates-cdr-csv/ers_file1.csv", format: "cgrates-cdr-csv", records: 2),
        Expected(file: "cgrates-cdr-csv/ers_file3_header.csv", format: "cgrates-cdr-csv", records: 1),
        Expected(
            file: "cisco-cucm-cdr/cdr.txt", format: "cisco-cucm-cdr", records: 1,
            skipped: ["type row": 1, "not answered": 2]),
        Expected(
            file: "opensips-acc-flatstore/acc_1.log", format: "opensips-acc-flatstore", records: 4,
            skipped: ["end of a call": 4], findings: ["no-final-line-end"]),
        Expected(
            file: "opensips-acc-flatstore/acc_part1.log", format: "opensips-acc-flatstore", records: 0,
            skipped: ["end without a beginning": 1], findings: ["no-final-line-end"]),
        Expected(
            file: "opensips-acc-flatstore/acc_part2.log", format: "opensips-acc-flatstore", records: 2,
            findings: ["no-final-line-end"]),
        Expected(file: "cisco-cucm-cdr/cmr.txt", format: "cisco-cucm-cmr", records: 2, skipped: ["type row": 1]),
        Expected(
            file: "broadworks-cdr-xml/broadworks_v19.xml", format: "broadworks-cdr-xml", records: 2,
            skipped: ["not a call": 2]),
        Expected(file: "cii-d16b/CII_business_example_01.xml", format: "cii-d16b", records: 5),
        Expected(file: "cii-d16b/CII_example1.xml", format: "cii-d16b", records: 20),
        Expected(file: "cii-d16b/CII_example3.xml", format: "cii-d16b", records: 1),
        Expected(file: "fatturapa/gobl/invoice-reverse-charge.xml", format: "fatturapa-1.2", records: 2),
        Expected(file: "fatturapa/gobl/invoice-services-period.xml", format: "fatturapa-1.2", records: 2),
        Expected(file: "fatturapa/gobl/invoice-simple.xml", format: "fatturapa-1.2", records: 2),
        Expected(file: "fatturapa/gobl/invoice-windows1252.xml", format: "fatturapa-1.2", records: 2),
        Expected(file: "fatturapa/italia-testsdi/IT01234567890_FPR01.xml", format: "fatturapa-1.2", records: 1),
        Expected(file: "fatturapa/italia-testsdi/IT01234567890_FPR03.xml", format: "fatturapa-1.2", records: 3),
        Expected(file: "fatturapa/italia-testsdi/missing_CedentePrestatore.xml", format: "fatturapa-1.2", records: 1),
        Expected(
            file: "fatturapa/sdi-notifications/IT01234567890_11111_NS_001.xml", format: "fatturapa-sdi-notice",
            records: 0, skipped: ["error for which SdI rejected an invoice": 1]),
        Expected(
            file: "nrtrde-xml/nrt_2_1.xml", format: "nrtrde-xml", records: 7, findings: ["control-total-mismatch"]),
        Expected(file: "sepa-camt.054/genkgo/camt054.v2.xml", format: "sepa-camt.054", records: 3),
        Expected(file: "sepa-camt.054/genkgo/camt054.v8.xml", format: "sepa-camt.054", records: 3),
        Expected(file: "sepa-camt.054/oca/test-sepa-camt-unpaid.xml", format: "sepa-camt.054", records: 1),
        Expected(file: "sepa-pain.002/test-sepa-pain-unpaid.xml", format: "sepa-pain.002", records: 4),
        Expected(file: "sepa-pain.008/pain.008.002.02.xml", format: "sepa-pain.008", records: 2),
        Expected(file: "sepa-pain.008/pain.008.003.02.xml", format: "sepa-pain.008", records: 2),
        Expected(
            file: "tap3-xml/tap_3_12_valid.xml", format: "tap3-xml", records: 4, findings: ["control-total-mismatch"]),
        Expected(file: "tap3-xml/tap_notification.xml", format: "tap3-xml", records: 0),
        Expected(file: "ubl-2.1/BIS3_Invoice_positive.XML", format: "ubl-2.1", records: 1),
        Expected(file: "ubl-2.1/BIS_Billing_30-Telefoni.xml", format: "ubl-2.1", records: 12),
        Expected(file: "ubl-2.1/ubl-tc434-creditnote1.xml", format: "ubl-2.1", records: 1),
        Expected(file: "ubl-2.1/ubl-tc434-example1.xml", format: "ubl-2.1", records: 20),
    ]

    @Test(arguments: expected)
    func accountsForEveryRecord(sample: Expected) throws {
        let path = "../shared/formats/samples/" + sample.file
        guard let bytes = FileManager.default.contents(atPath: path) else {
            Issue.record("\(path) is absent: the samples are needed beside the repository")
            return
        }
        let detection = FormatDetection(try ShippedProfiles.all(), beginning: Array(bytes), isWhole: true)
        let file = try #require(detection.certain, "\(detection.candidates.map { $0.file.profile.name })")
        let trial = ForeignTrial(file, beginning: Array(bytes), isWhole: true)
        let findings = trial.findings.map(\.rule.identifier)
        print(
            "sample \(sample.file): \(file.profile.name), \(trial.records) mapped, skipped \(trial.skipped), "
                + "findings \(findings)")
        #expect(file.profile.name == sample.format)
        #expect(trial.records == sample.records)
        #expect(trial.sound == sample.records)
        #expect(trial.skipped == sample.skipped)
        #expect(findings == sample.findings)
    }

    /// The files beside the samples that are no exports of records: schemas, binary TAP, tables of codes.
    private static func isNoExport(_ path: String) -> Bool {
        path.contains("schema") || path.hasSuffix(".ber") || path.hasSuffix("SOURCES.tsv")
            || path.hasSuffix("payment.return.reason.csv")
    }

    @Test func everySampleStandsInTheTable() throws {
        let folder = "../shared/formats/samples"
        let all = try FileManager.default.subpathsOfDirectory(atPath: folder)
        // What stands above another path is a folder.
        let folders = Set(all.map { String($0[..<($0.lastIndex(of: "/") ?? $0.startIndex)]) })
        let paths = all.filter { !folders.contains($0) && !Self.isNoExport($0) }
        #expect(Set(paths).subtracting(Self.expected.map(\.file)).isEmpty)
        #expect(paths.count > 30)
    }

    /// The telephone invoice: calls in arrears and the renewal in advance stand in one file.
    @Test func theRenewalOfATelephoneInvoiceHasItsOwnPeriod() throws {
        let path = "../shared/formats/samples/ubl-2.1/BIS_Billing_30-Telefoni.xml"
        guard let bytes = FileManager.default.contents(atPath: path) else {
            Issue.record("\(path) is absent: the samples are needed beside the repository")
            return
        }
        let rows = try DocumentRows(Array(bytes)).rows
        #expect(rows.last == "2007-99123/80,0765123456,renewal,2007-02-05,2007-02-05,2007-05-04,100,SEK,posted")
        let calls = rows.dropLast().map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
        #expect(calls.count == 11)
        for row in calls {
            #expect(row[4...5] == ["2006-11-05", "2007-02-04"])
            #expect(["usage", "adjustment"].contains(row[2]))
        }
        // Half up, as the document rounds: 75.3 minutes at 2.55 are 192.015.
        #expect(
            calls.map { $0[6] } == [
                "53.9", "0", "22.8", "205.75", "45", "192.02", "79.67", "10", "49.56", "22.32", "50",
            ])
    }
}
