import Foundation
import Testing

/// The program touches what it was told to touch, and talks to nobody.
@Suite(.enabled(if: Strace.isUsable, "strace is not installed or not allowed: OPENED FILES ARE NOT TESTED"))
struct SystemCallTests {
    @Test func onlyTheNamedFilesAreOpened() throws {
        let scratch = try TemporaryDirectory()
        // One thread: calls of several at once are written in pieces.
        let command = try Rinnovo.command(Sample.audit(output: scratch.path("out"), "--threads", "1"))
        let (calls, outcome) = try Strace.calls(
            of: command, ["open", "openat", "openat2", "creat", "mkdir", "mkdirat"])
        #expect(outcome.code == 1, "\(outcome.report)")
        #expect(calls.count > 20)
        let parent = URL(fileURLWithPath: scratch.path).resolvingSymlinksInPath().path
        for call in calls {
            // What was opened stands behind the number of the descriptor; a call that failed opened nothing.
            guard let path = call.line.firstMatch(of: /= \d+<([^>]*)>$/)?.1 else {
                #expect(call.line.contains(" = -1 ") || call.name.hasPrefix("mkdir"), "\(call.line)")
                continue
            }
            let isWritten = call.line.contains("O_WRONLY") || call.line.contains("O_RDWR")
            let isOutput = path == parent || path.hasPrefix(parent + "/")
            let isInput = [Sample.subscriptions, Sample.charges].contains { sameFile($0, String(path)) }
            #expect(isOutput || !isWritten && (isInput || isOfTheSystem(String(path))), "\(call.line)")
        }
    }

    @Test func nobodyIsCalled() throws {
        let scratch = try TemporaryDirectory()
        let command = try Rinnovo.command(Sample.audit(output: scratch.path("out")))
        let (calls, outcome) = try Strace.calls(of: command, ["%network", "execve", "execveat", "fork", "vfork"])
        #expect(outcome.code == 1, "\(outcome.report)")
        #expect(calls.map(\.name) == ["execve"])
    }

    private func sameFile(_ one: String, _ other: String) -> Bool {
        URL(fileURLWithPath: one).resolvingSymlinksInPath() == URL(fileURLWithPath: other).resolvingSymlinksInPath()
    }

    /// Libraries, and what the language's runtime asks of the system.
    private func isOfTheSystem(_ path: String) -> Bool {
        let name = URL(fileURLWithPath: path).lastPathComponent
        if name.hasSuffix(".so") || name.contains(".so.") || name == "ld.so.cache" { return true }
        // The address space of the process itself, and how many processors there are.
        return path.wholeMatch(of: /\/proc\/(self|\d+)\/maps|\/sys\/devices\/system\/cpu\/\w+/) != nil
    }
}
