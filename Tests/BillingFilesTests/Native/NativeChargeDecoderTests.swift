import BillingRecords
import BillingValues
import TestSupport
import Testing

@testable import BillingFiles

@Suite("Charges are read from native files")
struct NativeChargeDecoderTests {
    @Test("A row becomes a charge with all its values")
    func everyValue() throws {
        let decoded = try DecodedCharges(
            ChargeText.header + "C1,S1,renewal,2025-02-03,2025-02-01,2025-02-28,12.34,EUR,posted\n"
                + "C2,Línea 2,one_off,2024-02-29,,,-0.001,KWD,reversed\n")
        #expect(decoded.findings.isEmpty)
        #expect(decoded.batch.charges.count == 2)
        let (first, second) = (decoded.batch.charges[0], decoded.batch.charges[1])
        #expect(decoded.text(first.subscription) == "S1")
        #expect(first.kind == .renewal)
        #expect(first.chargedOn.date == CivilDate("2025-02-03"))
        #expect(first.periodStart.date == CivilDate("2025-02-01"))
        #expect(first.periodEndDay == CivilDate("2025-02-28")?.dayNumber)
        #expect(first.amount == 1234)
        #expect(first.currency == Currency.eur.packedCode)
        #expect(first.status == .posted)
        #expect((first.byteOffset, first.ordinal) == (0, 0))
        #expect(decoded.text(second.subscription) == "Línea 2")
        #expect(second.kind == .oneOff)
        #expect(second.chargedOn.date == CivilDate("2024-02-29"))
        #expect(second.periodStart == BatchDate.none)
        #expect(second.periodEndDay == .min)
        #expect(second.amount == -1)
        #expect(second.status == .reversed)
        #expect((second.byteOffset, second.ordinal) == (64, 1))
        #expect(decoded.decoded.read.sorted.map(\.amount) == [1234, -1])
        #expect(decoded.decoded.records == 2)
    }

    @Test(
        "Ids are read through their quotes",
        arguments: [
            ("\"S1\"", "S1", false), ("\"S,1\"", "S,1", false), ("\"S\n1\"", "S\n1", false),
            ("\"S\"\"1\"", "S\"1", true), ("\"\"\"\"", "\"", true), ("\"\"\"S\"\"\"\"1\"\"\"", "\"S\"\"1\"", true),
            ("S 1", "S 1", false), ("é€😀", "é€😀", false), ("=1+1", "=1+1", false),
        ])
    func quotedIdentifiers(raw: String, value: String, isUnescaped: Bool) throws {
        let row = "C1,\(raw),renewal,2025-02-03,,,1.00,EUR,"
        let decoded = try DecodedCharges(ChargeText.header + row + "posted\n" + row + "posed\n")
        #expect(decoded.batch.charges.map { decoded.text($0.subscription) } == [value])
        #expect(decoded.batch.charges.map(\.subscription.isUnescaped) == [isUnescaped])
        #expect(decoded.batch.unreadable.map { decoded.text($0.subscription) } == [value])
    }

    @Test("Columns may stand in any order among others, and lines may end with CR LF", arguments: ["\n", "\r\n"])
    func anyOrder(lineEnd: String) throws {
        let sound = [
            "charge_id": "C1", "subscription_id": "S1", "kind": "refund", "charged_on": "2025-02-03",
            "period_start": "2025-02-01", "period_end": "2025-02-28", "amount": "-9.99", "currency": "USD",
            "status": "pending", "Kind": "nonsense", " kind": "no", "note": "\"a, \"\"b\"\"\nc\"",
        ]
        var random = SplitMix64(seed: testSeed)
        for _ in 0..<100 {
            let columns = sound.keys.sorted().shuffled(using: &random)
            let quoted = random.once(in: 2)
            let row = columns.map { column in
                let value = sound[column] ?? ""
                return quoted && !value.hasPrefix("\"") ? "\"\(value)\"" : value
            }
            let text = columns.joined(separator: ",") + lineEnd + row.joined(separator: ",") + lineEnd
            let decoded = try DecodedCharges(text)
            #expect(decoded.findings.isEmpty, "\(text), seed \(testSeed)")
            let charge = try #require(decoded.batch.charges.first, "\(text), seed \(testSeed)")
            #expect(decoded.text(charge.subscription) == "S1")
            #expect(charge.kind == .refund && charge.status == .pending)
            #expect(charge.amount == -999 && charge.currency == Currency.usd.packedCode)
            #expect(charge.chargedOn.date == CivilDate("2025-02-03"))
            #expect(charge.periodStart.date == CivilDate("2025-02-01"))
            #expect(charge.periodEndDay == CivilDate("2025-02-28")?.dayNumber)
        }
    }

    @Test("A rejected row hands on what can be read of it")
    func unreadable() throws {
        let rows = [
            "C1,S1,renewal,2025-02-03,2025-02-01,2025-02-28,1.2.3,EUR,posted",
            "C2,S2,renewl,2025-02-03,,,1.00,EUR,posted",
            "C3,S3,refund,2025-02-30,2025-13-01,,1.00,EUR,posted",
            ",S4,renewal,,,,1.00,EUR,posted",
            "C5,,renewal,2025-02-03,,,1.00,EUR,posted",
            "C6,S6,renewal,2025-02-03,2025-02-01,2025-02-30,1.00,EUR,posted",
            "C7,S7,renewal,2025-02-03,2025-02-01,2025-01-31,1.00,EUR,posted",
            "C8,S8,renewal,2025-02-03,,2025-02-28,1.00,EUR,posted",
        ]
        let decoded = try DecodedCharges(ChargeText.header + rows.joined(separator: "\n") + "\n")
        let unreadable = decoded.batch.unreadable
        #expect(unreadable.map { decoded.text($0.subscription) } == ["S1", "S2", "S3", "S4", "S6", "S7", "S8"])
        #expect(unreadable.map(\.kind) == [.renewal, nil, .refund, .renewal, .renewal, .renewal, .renewal])
        let day = "2025-02-03"
        #expect(unreadable.map { $0.chargedOn.date?.description } == [day, day, nil, nil, day, day, day])
        let first = "2025-02-01"
        #expect(unreadable.map { $0.periodStart.date?.description } == [first, nil, nil, nil, first, first, nil])
        let last = ["2025-02-28", nil, nil, nil, nil, "2025-01-31", "2025-02-28"]
        #expect(unreadable.map { $0.periodEnd.date?.description } == last)
        #expect(unreadable.map(\.periodIsDamaged) == [false, false, true, false, true, true, true])
        #expect(unreadable.map(\.ordinal) == [0, 1, 2, 3, 5, 6, 7])
        let offsets = rows.indices.map { rows[..<$0].reduce(0) { $0 + $1.utf8.count + 1 } }
        #expect(unreadable.map { Int($0.byteOffset) } == Array(offsets[..<4] + offsets[5...]))
        #expect(decoded.decoded.rejected == 8)
        #expect(decoded.batch.charges.isEmpty)
    }

    @Test("A decoder forgets the block before")
    func nextBlock() throws {
        let header = BlockSequence.Header(
            names: NativeColumns.charges.map { Array($0.utf8) }, bytes: [], lines: 1)
        var decoder = try NativeFiles.chargeDecoder(header: header, file: "f").get()
        var batch = ChargeBatch()
        let bad = Array(
            "C1,\"S\"\"1\",x,2025-02-03,,,1.00,EUR,posted\n\"C\n2\",S2,renewal,2025-02-03,,,1.00,EUR,posted\n".utf8)
        let first = decoder.decode(Block(bad, isLast: false), into: &batch)
        #expect((first.records, first.lines, first.rejected, first.hasMultilineRecords) == (2, 3, 1, true))
        let second = decoder.decode(
            Block(Array("C3,S3,renewal,2025-02-03,,,1.00,EUR,posted\n".utf8)), into: &batch)
        #expect((second.records, second.lines, second.rejected, second.hasMultilineRecords) == (1, 1, 0, false))
        #expect(second.findings.isEmpty && batch.unreadable.isEmpty && batch.unescapedTexts.isEmpty)
        #expect(batch.charges.count == 1)
    }
}
