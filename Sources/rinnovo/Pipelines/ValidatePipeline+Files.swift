import BillingFiles
import FileValidation
import Reports

extension ValidatePipeline {
    /// Up to this size a file is the work of one thread; all threads share the blocks of a larger one.
    private static let largestOfOneThread: UInt64 = 4 << 20

    /// Validates the files, reports on them in their order, and returns the code of the worst.
    ///
    /// Of files that stand one behind the other and are small each thread takes one; a large one has all threads.
    func run(_ files: [ListedFile], _ check: FileCheck, _ report: ValidationReports) throws -> ExitStatus {
        let progress = ProgressLine(isQuiet: options.isQuiet)
        defer { progress.end() }
        var worst = ExitStatus.done
        var done = 0
        func take(_ event: FileCheck.Event, _ rows: RowFiles?) throws {
            if case .found = event { progress.end() }
            guard let status = try tell(event, to: report, rows) else { return }
            worst = Self.worse(worst, status)
            done += 1
            progress.update(files: done, of: files.count)
        }
        while done < files.count {
            let first = done
            let small = files[first...].prefix(while: Self.isSmall).count
            if small > 1, options.threads > 1 {
                try OrderedTasks.run(count: small, threads: options.threads) { index, give in
                    try check.run(files[first + index], threads: 1, give: give)
                } take: { event in
                    try take(event, nil)
                }
            } else {
                var rows: RowFiles?
                try check.run(
                    files[first], threads: options.threads,
                    rowFiles: { source in
                        rows = try rowFiles(source)
                        return rows
                    },
                    progress: { progress.update($0, [$1]) }, give: { try take($0, rows) })
            }
        }
        return worst
    }

    /// Whether a file is not worth the work of all threads.
    private static func isSmall(_ file: ListedFile) -> Bool {
        guard let path = file.path else { return true }
        guard path != "-", let size = InputFolder.sizeOfFile(path) else { return false }
        // What is compressed has some ten times its size.
        return size <= largestOfOneThread / (Compression(path: path) == .none ? 1 : 10)
    }

    /// Reports what is told of a file; gives its code when it is done with.
    private func tell(
        _ event: FileCheck.Event, to report: ValidationReports, _ rows: RowFiles?
    ) throws -> ExitStatus? {
        switch event {
        case .begun(let source): report.begin(source)
        case .found(let finding): try report.add(finding)
        case .ended(let outcome):
            let graded = try report.end(outcome)
            try publish(rows, outcome)
            return graded.breaksTrust ? .untrustedInput : graded.verdict == .valid ? .done : .findings
        case .unread(let path, let reason):
            try console.warn(["rinnovo: error: \(InputError.cannotOpen(path: path, reason: reason))"])
            try report.unread(file: path, reason: reason)
            return .inputNotOpened
        case .skipped(let path, let reason):
            try report.skipped(file: path, reason: reason)
            // Lines of findings have no place for it.
            if !options.isQuiet, options.reports.allSatisfy({ $0.format == .jsonl }) {
                try console.warn([
                    "rinnovo: \(ValidationText(style: console.errorStyle).skipped(file: path, reason: reason))"
                ])
            }
            return .done
        }
        return nil
    }

    /// The files for the rows without and with errors, if they are asked for.
    private func rowFiles(_ source: InputSource) throws -> RowFiles? {
        guard options.acceptedPath != nil || options.rejectedPath != nil else { return nil }
        return try RowFiles(
            accepted: options.acceptedPath, rejected: options.rejectedPath, replacing: options.replacesReport,
            inputs: [source.identity])
    }

    /// Brings the rows to their files, if every one of them is in one.
    private func publish(_ rows: RowFiles?, _ outcome: FileValidationOutcome) throws {
        guard let rows else { return }
        guard rows.isBalanced, rows.acceptedRecords + rows.rejectedRecords == outcome.records else {
            try console.warn([
                "rinnovo: error: no rows were written, for '\(outcome.file)' could not be read from its header to its end"
            ])
            return
        }
        try rows.publish()
        let text = ValidationText(style: console.errorStyle)
        if !options.isQuiet { try console.warn([text.rows(outcome, rows)]) }
    }

    /// Of two codes the one that hides less: a file that nobody read, then one that cannot be trusted.
    static func worse(_ one: ExitStatus, _ other: ExitStatus) -> ExitStatus {
        let order: [ExitStatus] = [.inputNotOpened, .usage, .untrustedInput, .findings]
        return order.first { $0 == one || $0 == other } ?? .done
    }
}
