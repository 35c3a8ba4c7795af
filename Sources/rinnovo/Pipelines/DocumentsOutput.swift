import BillingFiles

/// Writes the documents that the records of a conversion make: one to a file, several to a folder.
struct DocumentsOutput {
    private let assembler: DocumentAssembler
    private let plan: WritingPlan

    init(_ assembler: DocumentAssembler, _ plan: WritingPlan) {
        self.assembler = assembler
        self.plan = plan
    }

    /// Writes the documents; false where there is none.
    ///
    /// - Throws: a `CommandOutcome` where several documents would go to one file, or a sum has no room in an amount.
    func write(to output: ConversionOutput, _ recognition: OutputRecognition?) throws -> Bool {
        guard assembler.count > 0 else { return false }
        if case .folder(let folder) = output {
            for number in 0..<assembler.count {
                let bytes = try bytes(of: number)
                try check(bytes)
                let file = try folder.createFile(named: assembler.fileName(of: number), hashing: false)
                try file.append(bytes.span)
                _ = try file.finishWithoutDigest()
            }
            return true
        }
        guard assembler.count == 1 else {
            throw CommandOutcome(
                status: .usage,
                message:
                    "the records make \(assembler.count) documents of \(plan.profile.name), for they differ in what one "
                    + "document says of all its records, and a file holds one document: name a folder with a slash at its "
                    + "end, such as out/")
        }
        let bytes = try bytes(of: 0)
        recognition?.take(bytes.span)
        try output.append(bytes.span)
        return true
    }

    private func bytes(of number: Int) throws -> [UInt8] {
        guard let bytes = assembler.bytes(of: number) else {
            throw CommandOutcome(
                status: .findings,
                message: "a total of the records is larger than \(plan.profile.name) can state, so nothing was written")
        }
        return bytes
    }

    /// Every document of several must be read again as what it is.
    private func check(_ bytes: [UInt8]) throws {
        let beginning = Array(bytes.prefix(ForeignFile.beginningLength))
        let isWhole = bytes.count < ForeignFile.beginningLength
        guard case .failure(let mismatch) = ForeignFile.open(plan.profile, beginning: beginning, isWhole: isWhole)
        else { return }
        throw CommandOutcome(
            status: .usage,
            message: "what was written would not be read again as \(plan.profile.name), so nothing is published: "
                + "found \(mismatch.found), expected \(mismatch.expected)")
    }
}
