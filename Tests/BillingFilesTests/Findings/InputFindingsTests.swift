import BillingFiles
import Testing

@Suite("Findings on inputs")
struct InputFindingsTests {
    private func finding(_ rule: InputRule, line: Int) -> InputFinding {
        InputFinding(
            rule: rule, place: Place(file: "f", line: line, record: line, column: 1, field: nil, byteOffset: 0),
            found: "x", expected: "y")
    }

    @Test("All are counted, the first of each rule kept, in their order", arguments: [0, 1, 3])
    func caps(kept: Int) {
        var findings = InputFindings(keptPerRule: kept)
        #expect(findings.isEmpty && findings.total == 0)
        for line in 1...10 {
            findings.add(finding(line.isMultiple(of: 2) ? .invalidDate : .invalidAmount, line: line))
        }
        findings.add(finding(.unknownKind, line: 11))
        #expect(!findings.isEmpty)
        #expect(findings.total == 11)
        #expect(findings.counts == [.invalidDate: 5, .invalidAmount: 5, .unknownKind: 1])
        let lines = Array(1...10).filter { ($0 + 1) / 2 <= kept } + (kept > 0 ? [11] : [])
        #expect(findings.kept.map(\.place.line) == lines)
    }

    @Test("A thousand of each rule are kept unless said otherwise")
    func standardCap() {
        var findings = InputFindings()
        for line in 1...1_001 { findings.add(finding(.invalidDate, line: line)) }
        #expect(findings.kept.count == 1_000)
        #expect(findings.kept.last?.place.line == 1_000)
        #expect(findings.counts[.invalidDate] == 1_001)
    }

    @Test("Trust breaks with the first finding on the structure, kept or not", arguments: InputRule.allCases)
    func trust(rule: InputRule) {
        var findings = InputFindings(keptPerRule: 0)
        findings.add(finding(.invalidDate, line: 1))
        #expect(!findings.breakTrust)
        findings.add(finding(rule, line: 2))
        #expect(findings.breakTrust == rule.breaksTrust)
    }

    @Test("Rules have one identifier each, in small letters and hyphens, and a remedy", arguments: InputRule.allCases)
    func rules(rule: InputRule) {
        #expect(InputRule.allCases.filter { $0.identifier == rule.identifier }.count == 1)
        #expect(rule.identifier.utf8.allSatisfy { (0x61...0x7A).contains($0) || [0x2D, 0x38].contains($0) })
        #expect(!rule.remedy.isEmpty && !rule.remedy.hasSuffix("."))
    }

    @Test("Values break rules of rows, structures rules of files")
    func trustTable() {
        #expect(
            InputRule.allCases.filter { !$0.breaksTrust } == [
                .schemaViolation, .missingValue, .invalidDate, .invalidAmount, .unknownCurrency,
                .negativePrice, .invalidCycle, .unknownKind, .unknownStatus, .unknownEvent, .invalidUntil,
                .eventOfNobody, .contradictingEvents, .contestedIdentifier, .invalidPeriod,
                .endedBeforeActivation, .duplicateSubscription, .unknownOffer, .offerDifference,
                .byteOrderMark, .mixedLineEnds, .unknownColumn, .misspeltColumn, .misplacedColumn,
                .unnamedColumn, .noFinalLineEnd, .invalidTime, .invalidNumber, .invalidValue, .patternMismatch,
                .belowMinimum, .aboveMaximum, .tooShort, .tooLong, .notInEnumeration, .duplicateValue,
                .duplicateKey, .unknownReference, .duplicateIdentifier, .chargeOfNobody, .chargeInFuture,
                .amountSign, .periodNotWholeCycle, .expiredWaiver, .unwritableValue,
            ])
    }
}
