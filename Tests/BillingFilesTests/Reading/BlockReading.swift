@testable import BillingFiles

/// All that a sequence gives for some files, read to the end.
struct BlockReading {
    var headers: [BlockSequence.Header] = []
    var blocks: [Block] = []
    var rejections: [(file: Int, rejection: InputRejection)] = []

    /// Reads all files of a sequence.
    init(_ sequence: BlockSequence) throws {
        repeat {
            switch try sequence.readHeader() {
            case .success(let header):
                headers.append(header)
                try readBlocks(sequence)
            case .failure(let rejection):
                rejections.append((sequence.currentFile, rejection))
            }
        } while sequence.advance()
    }

    /// Reads the files at some paths in blocks of a size.
    init(paths: [String], blockSize: Int, maximumRecordBytes: Int = 1 << 20) throws {
        try self.init(
            BlockSequence(
                sources: paths.map { path throws(InputError) in try InputSource(path: path) },
                maximumRecordBytes: maximumRecordBytes, blockSize: blockSize))
    }

    private mutating func readBlocks(_ sequence: BlockSequence) throws {
        // The storage of the last block is handed back, as the pipeline does.
        var storage: [UInt8] = []
        while let outcome = try sequence.nextBlock(reusing: storage) {
            switch outcome {
            case .success(let block):
                blocks.append(block)
                storage = block.storage
            case .failure(let rejection):
                rejections.append((sequence.currentFile, rejection))
                return
            }
        }
    }

    /// The bytes of a file's blocks, one after the other.
    func bytes(file: Int) -> [UInt8] {
        blocks.filter { $0.file == file }.flatMap { $0.storage.prefix($0.count) }
    }
}

extension Block {
    /// A block of its own over some bytes, followed by bytes that must not matter.
    init(_ bytes: [UInt8], isLast: Bool = true, fileOffset: UInt64 = 0) {
        self.init(
            ordinal: 0, file: 0, fileOffset: fileOffset,
            storage: bytes + [UInt8](repeating: UInt8(ascii: "9"), count: Block.padding), count: bytes.count,
            isLast: isLast)
    }
}
