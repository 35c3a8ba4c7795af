import ArrearsRecovery
import TestSupport
import Testing

/// What a template says to a customer, and what is wrong in one.
@Suite struct NoticeTemplateTests {
    private func text(_ source: String, arrears: Int = 3, language: NoticeLanguage = .italian) throws -> String {
        NoticeLint.sample(try NoticeTemplate(source), policy: .standard(language), arrears: arrears)
    }

    @Test(arguments: [
        ("{{number}} {{total}}", "3 29,97 EUR"), ("{{first_date}}-{{last_date}}", "31/01/2026-01/04/2026"),
        ("{{ number }}{{{number}}}", "33"), ("a{{! never mind }}b", "ab"), ("{{#several}}n{{/several}}", "n"),
        ("{{^several}}1{{/several}}", ""), ("{{#one_day}}x{{/one_day}}{{^one_day}}y{{/one_day}}", "y"),
        ("{{#contact}}call {{contact}}{{/contact}}{{^contact}}nobody{{/contact}}", "nobody"),
        ("{{#arrears}}{{amount}}{{^last}}, {{/last}}{{/arrears}}", "9,99 EUR, 9,99 EUR, 9,99 EUR"),
        ("{{#arrears}}{{collect_on}} {{/arrears}}", "31/01/2026 02/03/2026 01/04/2026 "),
        ("{{#arrears}}{{#several}}{{period_start}};{{/several}}{{/arrears}}", "31/01/2025;28/02/2025;31/03/2025;"),
        ("{{collections}} & <{{offer}}>", "3 & <Easy Pay>"), ("{ }} {a}", "{ }} {a}"), ("", ""),
        ("{{discount}}{{#discount}}x{{/discount}}", ""),
    ])
    func aTemplateSays(source: String, expected: String) throws { #expect(try text(source) == expected) }

    @Test func oneArrearIsNotSeveral() throws {
        #expect(
            try text("{{#several}}n{{/several}}{{^several}}1{{/several}}{{#one_day}}d{{/one_day}}", arrears: 1) == "1d")
    }

    @Test func englishHasItsOwnDatesAndAmounts() throws {
        #expect(try text("{{total}} {{last_date}}", language: .english) == "29.97 EUR 1 Apr 2026")
    }

    @Test(arguments: [
        ("{{totl}}", 1, 1, true), ("a\n  {{x}}", 2, 3, true), ("{{}}", 1, 1, true),
        ("{{#nobody}}{{/nobody}}", 1, 1, true),
        ("{{total", 1, 1, false), ("{{{total}}", 1, 1, false), ("{{#several}}", 1, 1, false),
        ("{{/several}}", 1, 1, false), ("{{#several}}{{/one_day}}", 1, 13, false), ("{{amount}}", 1, 1, false),
        ("{{several}}", 1, 1, false), ("{{^arrears}}{{amount}}{{/arrears}}", 1, 13, false),
        ("{{#arrears}}{{#arrears}}{{/arrears}}{{/arrears}}", 1, 13, false),
    ])
    func aFaultHasItsPlace(source: String, line: Int, column: Int, isUnknownTag: Bool) {
        let fault = #expect(throws: NoticeTemplate.Fault.self) { try NoticeTemplate(source) }
        #expect(fault?.place == NoticeTemplate.Fault.at(line, column))
        #expect(fault?.isUnknownTag == isUnknownTag)
    }

    @Test func noTemplateTrapsAndNoTagIsLost() {
        var random = SplitMix64(seed: testSeed)
        var sound = 0
        let pieces = [
            "{{", "}}", "{", "}", "#", "/", "^", "!", "total", "arrears", "amount", "several", " ", "\n", "È",
            "{{total}}",
        ]
        for _ in 0..<20_000 {
            let source = (0..<random.below(12)).map { _ in random.pick(pieces) }.joined()
            guard let template = try? NoticeTemplate(source) else { continue }
            sound += 1
            let text = NoticeLint.sample(template, policy: .standard, arrears: 2)
            #expect(!text.contains("{{total}}"), "seed \(testSeed): \(source)")
        }
        #expect(sound > 1_000)
        let deep = String(repeating: "{{#several}}", count: 10_000)
        #expect(throws: NoticeTemplate.Fault.self) { try NoticeTemplate(deep) }
    }

    @Test(arguments: NoticeLanguage.allCases)
    func theBuiltInTextsAreSoundAndWhole(language: NoticeLanguage) throws {
        var policy = NoticePolicy.standard(language)
        policy.contact = "159"
        for channel in NoticeChannel.allCases {
            let template = try #require(policy.templates[channel])
            #expect(NoticeLint.check(template.source, channel: channel).findings == [])
            for arrears in [1, 2, 3, 6, 12, 60] {
                let text = NoticeLint.sample(template, policy: policy, arrears: arrears)
                #expect(!text.contains("{{") && !text.contains("}}") && !text.contains("  "), "\(text)")
                #expect(text.contains("159") && text.contains("2026") && text.contains("EUR"), "\(text)")
            }
            if channel == .sms {
                for arrears in [1, 3, 12] {
                    let length = SMSLength(NoticeLint.sample(template, policy: policy, arrears: arrears))
                    #expect(length.encoding == .gsm7 && length.segments == 1, "\(length)")
                }
            }
        }
    }

    @Test(arguments: [
        ("{{total}} {{first_date}} {{contact}}", ""), ("{{total}} {{contact}}", "no-date 1:1"),
        ("{{#arrears}}{{amount}} {{collect_on}}{{/arrears}} {{contact}}", ""),
        ("{{first_date}}", "no-amount 1:1, no-contact 1:1"),
        ("{{total}} {{first_date}} {{contact}}\n caffÈ", "not-gsm7 2:6"),
        ("{{total}} {{first_date}} {{contact}}{{#several}}…{{/several}}😀", "not-gsm7 1:49, not-gsm7 1:62"),
        ("{{ttl}}", "unknown-tag 1:1"), ("{{#several}}", "template-syntax 1:1"),
        ("", "no-amount 1:1, no-date 1:1, no-contact 1:1"),
    ])
    func lint(source: String, findings: String) {
        let found = NoticeLint.check(source, channel: .sms).findings.map {
            "\($0.rule.rawValue) \($0.place.line):\($0.place.column)"
        }
        #expect(found.joined(separator: ", ") == findings)
    }

    @Test func aLetterMayHaveAnyCharacter() {
        #expect(NoticeLint.check("È {{total}} {{first_date}} {{contact}}", channel: .letter).findings == [])
    }
}

extension NoticeTemplate.Fault {
    /// The place of a line and a column, as a fault has it.
    fileprivate static func at(_ line: Int, _ column: Int) -> NoticeTemplate.Place? {
        let source = String(repeating: "\n", count: line - 1) + String(repeating: " ", count: column - 1) + "{{"
        do {
            _ = try NoticeTemplate(source)
            return nil
        } catch {
            return error.place
        }
    }
}
