import ArgumentParser
import BillingFiles
import ChargeLedger
import FileValidation
import SettingsText

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The exit codes of the contract, and which error means which.
enum ExitStatus: Int32 {
    /// Done, nothing to report.
    case done = 0
    /// Done, and there are findings.
    case findings = 1
    /// The command line is wrong.
    case usage = 64
    /// The input cannot be trusted.
    case untrustedInput = 65
    /// An input cannot be opened.
    case inputNotOpened = 66
    /// A bug in the program.
    case internalError = 70
    /// An output cannot be created.
    case outputNotCreated = 73
    /// Reading or writing failed.
    case inputOutput = 74

    /// Ends the process.
    func end() -> Never { exit(rawValue) }

    /// Ends the process without a last call of anybody: where a thread is at work that cannot be stopped.
    func endAtOnce() -> Never { _exit(rawValue) }

    /// Tells people about an error and ends the process with its code.
    static func end(reporting error: any Error) -> Never {
        switch error {
        case let error as InputError:
            report("\(error)")
            of(error).end()
        case let error as OutputError:
            report("\(error)")
            of(error).end()
        case let error as LedgerError:
            report("\(error)")
            of(error).end()
        case let error as CommandOutcome:
            if let message = error.message { report(message) }
            error.status.end()
        case let refusal as SettingsRefusal:
            // Each fault on a line of its own, place first, as compilers do it.
            try? StandardOutput.error.write(refusal.faults.map { "\($0)\n" }.joined())
            report(
                refusal.faults.count == 1
                    ? "a file of settings is wrong" : "a file of settings is wrong in \(refusal.faults.count) places")
            usage.end()
        case let fault as ReferenceFault:
            report("\(fault)")
            usage.end()
        case is XMLContradiction:
            report("two ways of reading the same XML disagree, so nothing was written; please report it")
            internalError.end()
        default:
            endParsing(error)
        }
    }

    /// The code of an input error.
    private static func of(_ error: InputError) -> ExitStatus {
        switch error {
        case .cannotOpen: .inputNotOpened
        case .readFailed: .inputOutput
        case .notCompressedAsNamed, .damagedCompression, .expandsTooMuch, .changedWhileRead: .untrustedInput
        }
    }

    /// The code of an output error.
    private static func of(_ error: OutputError) -> ExitStatus {
        switch error {
        case .cannotCreate, .alreadyExists, .wouldReplaceInput: .outputNotCreated
        case .writeFailed: .inputOutput
        }
    }

    /// The code of an error with the ledger.
    private static func of(_ error: LedgerError) -> ExitStatus {
        switch error {
        case .missing: .inputNotOpened
        case .cannotOpen, .notALedger, .newerVersion, .busy, .unclear: .outputNotCreated
        case .broken: .untrustedInput
        case .notPossible: .usage
        case .failed: .inputOutput
        }
    }

    /// Help and version go to standard output, errors of the command line to standard error.
    private static func endParsing(_ error: any Error) -> Never {
        let text = RinnovoCommand.fullMessage(for: error)
        let isAnswer = RinnovoCommand.exitCode(for: error) == .success
        do {
            if !text.isEmpty { try (isAnswer ? StandardOutput.output : .error).write(text + "\n") }
        } catch {
            inputOutput.end()
        }
        (isAnswer ? done : usage).end()
    }

    private static func report(_ message: String) {
        // When standard error is gone, the exit code is all that is left to tell.
        try? StandardOutput.error.write("rinnovo: error: \(message)\n")
    }
}

/// How a command ended, where that is not simply "done".
struct CommandOutcome: Error {
    let status: ExitStatus
    var message: String?
}
