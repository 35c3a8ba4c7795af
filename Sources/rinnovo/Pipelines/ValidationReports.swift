import BillingFiles
import BillingValues
import FileValidation
import OperatorSettings
import Reports
import SettingsText

/// Hands what a validation finds to the reports, graded as the operator wants it.
final class ValidationReports {
    private let reports: [OpenReport]
    private let grading: RuleGrading
    private let today: CivilDate
    private var excerpts: SourceExcerpts?

    /// How many findings of a rule and file some report wants.
    let mostErrors: Int

    /// Opens the reports, and tells of waivers that have run out.
    init(_ options: ValidationOptions, style: TextStyle) throws {
        grading = options.grading
        today = options.today
        mostErrors = options.reports.map { options.mostErrors ?? $0.format.mostErrors }.max() ?? 0
        reports = try options.reports.map { try OpenReport($0, options: options, style: style) }
    }

    /// The waivers that have run out, as findings on the rules file; the code that they alone lead to.
    func addExpiredWaivers() throws -> ExitStatus {
        let expired = grading.expired(on: today)
        guard !expired.isEmpty else { return .done }
        for (rule, waiver) in expired {
            let finding = InputFinding(
                rule: .expiredWaiver,
                place: Place(
                    file: grading.file, line: waiver.place.line, record: 0, column: waiver.place.column,
                    field: rule.identifier, byteOffset: UInt64(waiver.byteOffset)),
                found: "a waiver until \(waiver.lastDay) (\(VisibleText.of(waiver.reason.utf8)))",
                expected: "one that holds on \(today)")
            let reported = ReportedFinding(finding, severity: InputRule.expiredWaiver.severity, excerpt: nil)
            for report in reports { try report.add(reported) }
        }
        try end(
            FileValidationOutcome(
                file: grading.file, verdict: .valid, counts: [.expiredWaiver: expired.count], elements: 0, records: 0,
                notes: []))
        return .done
    }

    /// The findings that follow are about this file.
    func begin(_ source: InputSource) {
        excerpts = reports.contains(where: \.showsExcerpts) ? SourceExcerpts(source) : nil
    }

    /// Takes a finding on the file that is being validated.
    func add(_ finding: InputFinding) throws {
        guard case .counts(let severity) = grading.grade(of: finding.rule, on: today) else { return }
        let reported = ReportedFinding(finding, severity: severity, excerpt: excerpts?.excerpt(of: finding))
        for report in reports { try report.add(reported) }
    }

    /// Ends a file; gives what came of it as it is graded.
    @discardableResult
    func end(_ outcome: FileValidationOutcome) throws -> FileValidationOutcome {
        let graded = outcome.graded { rule in
            guard case .counts(let severity) = grading.grade(of: rule, on: today) else { return nil }
            return severity
        }
        for report in reports { try report.end(graded) }
        excerpts = nil
        return graded
    }

    /// Takes a file that is not validated.
    func unread(file: String, reason: String) throws {
        for report in reports { try report.unread(file: file, reason: reason) }
    }

    /// Takes a file of a folder that is not meant.
    func skipped(file: String, reason: String) throws {
        for report in reports { try report.skipped(file: file, reason: reason) }
    }

    /// Ends the reports.
    func publish() throws {
        for report in reports { try report.publish() }
    }
}
