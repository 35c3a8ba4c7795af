import Testing

@testable import BillingFiles
@testable import FormatProfiles

/// Formats of which no file may be shown: files written here after their field lists, and what becomes of each field.
@Suite struct WrittenSampleTests {
    struct Sample: CustomTestStringConvertible {
        let format: String
        let text: String
        let rows: [String]
        var skipped: [String: Int] = [:]
        var findings: [String] = []
        var testDescription: String { format }
    }

    private static let uuid = "0c7c2d2e-8a2f-4b8b-9d25-2a4f3a6a4f11"

    static let samples = [
        Sample(
            format: "asterisk-cdr-csv",
            text: "\"acme\",\"39055\",\"39347\",\"out\",\"\"\"Joe, B.\"\" <39055>\",\"SIP/1\",\"SIP/2\",\"Dial\",\"x\","
                + "\"2025-03-01 10:00:00\",\"2025-03-01 10:00:05\",\"2025-03-01 10:01:05\",65,60,\"ANSWERED\",\"BILLING\"\n",
            rows: ["0,39055,2025-03-01T10:00:05,voice,60,,39347,,"]),
        Sample(
            format: "asterisk-cdr-csv",
            text: "\"\",\"39055\",\"39347\",\"out\",\"<39055>\",\"SIP/1\",\"\",\"\",\"\","
                + "\"2025-03-01 10:00:00\",\"2025-03-01 10:00:05\",\"2025-03-01 10:01:05\",65,60,\"ANSWERED\",\"BILLING\","
                + "\"pbx-174.1\",\"\",\"\",\"pbx-174.1\",\"7\"\n"
                + "\"\",\"39055\",\"39347\",\"out\",\"<39055>\",\"SIP/1\",\"\",\"\",\"\","
                + "\"2025-03-01 10:00:00\",,\"2025-03-01 10:01:05\",65,0,\"NO ANSWER\",\"BILLING\","
                + "\"pbx-174.1\",\"\",\"\",\"pbx-174.1\",\"8\"\n",
            rows: ["pbx-174.1-7,39055,2025-03-01T10:00:05,voice,60,,39347,,"], skipped: ["not answered": 1]),
        Sample(
            format: "freeswitch-cdr-csv",
            text: "\"Rossi, Anna\",\"1001\",\"0039055\",\"default\",\"2025-03-01 10:00:00\",\"2025-03-01 10:00:02\","
                + "\"2025-03-01 10:00:12\",\"12\",\"10\",\"NORMAL_CLEARING\",\"\(uuid)\", \"\(uuid)\", \"acme, inc\"\n",
            rows: ["\(uuid),1001,2025-03-01T10:00:02,voice,10,,0039055,,"]),
        Sample(
            format: "broadworks-cdr-csv",
            text: broadworks("1", "Normal", "20160419210005.247", "Yes")
                + broadworks("2", "Start", "", "") + broadworks("3", "Normal", "", "No"),
            rows: ["1,+39055,2016-04-19T21:00:05Z,voice,,,\"0039,347\",,"],
            skipped: ["not a call (type)": 1, "not answered": 1]),
        Sample(
            format: "gamma-item-rental",
            text: "02/06/2011,June 2011,01632960001,Line rental,Rental,10.5050,0.0000,1\n"
                + "05/06/2011,June 2011,01632960002,New line,Connection,30.0000,,1\n"
                + "05/12/2011,December 2011,01632960002,Line rental,Rental,10.5000,-4.2000,1\n",
            rows: [
                "0,01632960001,renewal,2011-06-02,2011-07-01,2011-07-31,10.51,GBP,posted",
                "69,01632960002,activation,2011-06-05,2011-06-01,2011-06-30,30.00,GBP,posted",
                "133,01632960002,\u{1A}-4.2000,2011-12-05,2012-01-01,2012-01-31,10.50,GBP,posted",
            ], findings: ["invalid-value"]),
        Sample(
            format: "twt-cps",
            text:
                "11336;8470764;2014/11/05 08.28.54;0376667111;003934710222;39347;Italy Mobile Vodafone;126;0,0546;0;0;0;39347\n",
            rows: ["0,0376667111,2014-11-05T08:28:54,voice,126,,003934710222,0.05,EUR"]),
        Sample(
            format: "bt-phone-bill-csv",
            text: "\r\n\r\n\r\nChargeCode,InstallationNo,LineNo,ChargeCardNo,Date,Time,Destination,CalledNo,Duration,"
                + "TxtDirectRebate,Cost\r\nA,1,01632960001   ,,05/11/2010,09:07,London,02079460000   ,0000:25:56,,"
                + "           0.088\r\n",
            rows: ["114,01632960001,2010-11-05T09:07:00,voice,1556,,02079460000,0.09,GBP"]),
        Sample(
            format: "lago-fees-csv",
            text: "invoice_lago_id,invoice_number,invoice_issuing_date,fee_lago_id,fee_item_type,fee_item_code,"
                + "subscription_external_id,fee_from_date_utc,fee_to_date_utc,fee_amount_currency,fee_total_amount_cents\n"
                + "i1,N-1,2025-02-01,f1,subscription,plan,S1,2025-01-01,2025-01-31,EUR,1234\n"
                + "i2,N-2,2025-02-01,f2,subscription,plan,S2,2025-01-01T00:00:00Z,2025-01-31T23:59:59Z,JPY,1234\n"
                + "i3,N-3,2025-02-01,f3,gift,plan,S3,2025-01-01,2025-01-31,EUR,1234\n"
                + "i4,N-4,2025-02-01,f4,add_on,setup,,,,EUR,5\n",
            rows: [
                "f1,S1,renewal,2025-02-01,2025-01-01,2025-01-31,12.34,EUR,posted",
                "f2,S2,renewal,2025-02-01,2025-01-01,2025-01-31,1234,JPY,posted",
                "f3,S3,\u{1A}gift,2025-02-01,2025-01-01,2025-01-31,12.34,EUR,posted",
            ], skipped: ["no subscription": 1], findings: ["invalid-value"]),
        Sample(
            format: "zuora-billing-preview",
            text: "Account: ID,Rate Plan Charge: ID,Invoice Item: Charge Amount,Invoice Item: Processing Type,"
                + "Invoice Item: Service Start Date,Invoice Item: Service End Date,Invoice Item: ID,"
                + "Subscription: SubscriptionId,Invoice Item: ChargeType,Invoice Item: SubscriptionNumber\n"
                + "a,p,19.9,charge,2025-03-01,2025-03-31,i,x,Recurring,A-S1\n"
                + "a,p,19.9,charge,2025-02-01T00:00:00-0800,2025-02-28T00:00:00-0800,i,x2,Recurring,\n"
                + "a,p,5,charge,2025-03-01,2025-03-31,i,x,OneTime,A-S1\na,p,4,tax,2025-03-01,2025-03-31,i,x,Recurring,A-S1\n"
                + "a,p,-2,discount,2025-03-01,2025-03-31,i,x,Recurring,A-S1\n",
            rows: [
                "A-S1,discounted,2025-03-01,2025-04-01,19.9", "x2,discounted,2025-02-01,2025-03-01,19.9",
                "A-S1,\u{1A}discount,2025-03-01,2025-04-01,-2",
            ], skipped: ["no renewal": 1, "tax": 1], findings: ["unknown-event"]),
        Sample(
            format: "gamma-fcs-v3",
            text: fcsHeader + "V,N,A100,+442079460000,05/11/2014,08:28:54,126,,,Call,C1,1,0.0546,,,,,,,,,,,,,,,,R1,GBP,"
                + "+441632960001,,,,,,,,,,,\n"
                + "G,N,A100,,05/11/2014,09:00:00,0,,,Data,C2,1,1.5,,,,,,,,,,,,,,,,R2,GBP,+441632960001,,,,2048,,,,,,,\n",
            rows: [
                "R1,+441632960001,2014-11-05T08:28:54,voice,126,,+442079460000,0.05,GBP",
                "R2,+441632960001,2014-11-05T09:00:00,data,0,2048,,1.5,GBP",
            ]),
        Sample(
            format: "3cx-cdr-log",
            text: threeCX([
                "h1", "c1", "00:01:05", "2019/10/02 08:04:00", "2019/10/02 08:04:10", "2019/10/02 08:05:15",
                "src_participant_terminated", "Ext.100", "0376667111", "100", "10000", "0376667111", "", "0376667111",
            ])
                + "\n"
                + threeCX(["h2", "c2", "", "2019/10/02 08:04:00", "", "2019/10/02 08:05:15", "no answer", "Ext.101"]),
            rows: ["h1,100,2019-10-02T08:04:10,voice,65,,0376667111,,"], skipped: ["blank line": 1, "not answered": 1]),
        Sample(
            format: "carrier-fixed-width",
            text: fixedHeader + fixedCall("1", "20120711101112", "00003000")
                + fixedCall("2", "20120711101212", "00302500")
                + fixedTrailer(count: 2, duration: "000000305500"),
            rows: [
                "CDR0000001,0031201234567,2012-07-11T10:11:12,voice,30,,0031651234567,,",
                "CDR0000002,0031201234567,2012-07-11T10:12:12,voice,1825,,0031651234567,,",
            ], skipped: ["header": 1, "trailer": 1]),
    ]

    private static func broadworks(_ id: String, _ type: String, _ time: String, _ answered: String) -> String {
        var fields = Array(repeating: "", count: 60)
        fields[0...9] = [
            id, "provider\\, one", type, "+39055", "g", "Originating", "+39055", "Public", "0039\\,347", time,
        ]
        fields[10...13] = ["1+020000", answered, time, ""]
        return fields.joined(separator: ",") + "\n"
    }

    private static func line(_ length: Int, _ parts: [(Int, String)]) -> String {
        var bytes = Array(repeating: UInt8(ascii: " "), count: length)
        for (start, text) in parts {
            for (index, byte) in text.utf8.enumerated() { bytes[start + index] = byte }
        }
        return String(decoding: bytes, as: UTF8.self) + "\n"
    }

    private static func threeCX(_ values: [String]) -> String {
        (values + Array(repeating: "", count: 27 - values.count)).joined(separator: ",") + "\n"
    }

    private static let fcsHeader =
        [
            "Call Type", "Call Cause Definition Required", "Customer Identifier", "Non-Charged Party", "Call Date",
            "Call Time", "Duration", "Bytes Transmitted", "Bytes Received", "Description", "Chargecode", "Time Band",
            "Salesprice", "Salesprice (Pre-Bundle)", "Extension", "DDI", "Grouping ID", "Call Class (Feature)",
            "Carrier",
            "Recording", "VAT", "Country of Origin", "Network", "Retail Tariff Code", "Remote Network", "APN",
            "Diverted Number", "Ring time", "Record ID", "Currency", "Caller Line Identity", "Network Access Reference",
            "NGCS Access Charge", "NGCS Service Charge", "Total Bytes Transferred", "User ID",
            "Onward Billing Reference", "Contract Name", "Bundle Name", "Bundle Allowance", "Discount Reference",
            "Routing Code",
        ].map { "\"\($0)\"" }.joined(separator: ",") + "\n"

    private static let fixedHeader = line(155, [(0, "HDR"), (95, "DDB-Some-1.CDR"), (135, "000309")])

    private static func fixedCall(_ number: String, _ start: String, _ duration: String) -> String {
        line(
            223,
            [
                (0, "CDR000000" + number), (14, start + "00"), (30, "0031201234567"), (52, "0031651234567"),
                (127, duration),
            ])
    }

    private static func fixedTrailer(count: Int, duration: String) -> String {
        let text = String(count)
        return line(
            182,
            [(0, "TRL"), (135, "000309"), (141, String(repeating: "0", count: 8 - text.count) + text), (149, duration)])
    }

    @Test(arguments: samples)
    func readsEveryField(sample: Sample) throws {
        let bytes = Array(sample.text.utf8)
        let detection = FormatDetection(try ShippedProfiles.all(), beginning: bytes, isWhole: true)
        let file = try #require(
            detection.certain,
            "\(detection.candidates.map { ($0.file.profile.name, $0.confidence) }) \(detection.mismatches.filter { $0.name == sample.format })"
        )
        #expect(file.profile.name == sample.format)
        let trial = ForeignTrial(file, beginning: bytes, isWhole: true)
        #expect(trial.skipped == sample.skipped)
        #expect(trial.findings.map(\.rule.identifier) == sample.findings)
        #expect(Self.rows(file, bytes) == sample.rows)
    }

    /// The rows of a whole file.
    static func rows(_ file: ForeignFile, _ bytes: [UInt8]) -> [String] {
        var start = 0
        for _ in 0..<(file.form.skippedLines + (file.form.hasHeader ? 1 : 0)) {
            start = bytes[start...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.count
        }
        let text = Array(bytes[start...])
        var rows = ForeignRows(file)
        _ = rows.read(
            Block(
                ordinal: 0, file: 0, fileOffset: UInt64(start), storage: text + Array(repeating: 0, count: 16),
                count: text.count, isLast: true))
        let made = rows.rows
        return String(decoding: made.storage[..<made.count], as: UTF8.self).split(separator: "\n").map(String.init)
    }

    /// A trailer that does not agree with the records is told, whatever it is about.
    @Test(arguments: [
        (
            fixedHeader + fixedCall("1", "20120711101112", "00003000")
                + fixedTrailer(count: 2, duration: "000000003000"), ["control-total-mismatch"]
        ),
        (
            fixedHeader + fixedCall("1", "20120711101112", "00003000")
                + fixedTrailer(count: 1, duration: "000000300000"), ["control-total-mismatch"]
        ),
        (
            fixedHeader + fixedCall("1", "20120711101112", "00003000")
                + fixedTrailer(count: 1, duration: "000000003000"), []
        ),
        (fixedHeader + fixedCall("1", "20120711101112", "00003000"), ["truncated-last-row"]),
        (
            fixedCall("1", "20120711101112", "00003000") + fixedTrailer(count: 1, duration: "000000003000"),
            ["control-total-mismatch"]
        ),
    ])
    func totalsMustAgree(text: String, expected: [String]) throws {
        let bytes = Array(text.utf8)
        let profile = try #require(try ShippedProfiles.profile(named: "carrier-fixed-width"))
        let file = try ForeignFile.open(profile, beginning: bytes, isWhole: true).get()
        // Cut anywhere between lines, the parts add up to the same.
        for cut in [0] + bytes.indices.filter({ bytes[$0] == UInt8(ascii: "\n") }).map({ $0 + 1 }).dropLast() {
            var rows = ForeignRows(file)
            var account = TotalsAccount(file)
            for part in [bytes[..<cut], bytes[cut...]] where !part.isEmpty {
                let block = Block(
                    ordinal: 0, file: 0, fileOffset: UInt64(part.startIndex),
                    storage: Array(part) + Array(repeating: 0, count: 16), count: part.count,
                    isLast: part.endIndex == bytes.count)
                account.add(rows.read(block).totals, line: 1, offset: block.fileOffset)
            }
            #expect(account.findings(file: "f").map(\.rule.identifier) == expected, "cut at \(cut)")
        }
    }
}
