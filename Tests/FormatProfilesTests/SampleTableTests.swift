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
