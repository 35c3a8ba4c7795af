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
}
