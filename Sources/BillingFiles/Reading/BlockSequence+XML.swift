import DelimitedText
import XMLStream

extension BlockSequence {
    /// Reads what goes up to the start tag of an XML file's root.
    func readXMLHeader() throws(InputError) -> Result<Header, InputRejection> {
        while true {
            switch XMLFileHeader.parse(carry, isWhole: sourceHasEnded) {
            case .failure(let list): return .failure(rejection(list))
            case .success(let header?): return .success(begin(header))
            case .success(nil): break
            }
            guard carry.count < limits.maximumRecordBytes else {
                return .failure(
                    InputRejection(
                        .xmlLimit,
                        at: Place(
                            file: sources[currentFile].displayName, line: 1, record: 0, column: 1, field: nil,
                            byteOffset: 0),
                        found: "more than \(limits.maximumRecordBytes) bytes before the root element",
                        expected: "the root element"))
            }
            carry.append(contentsOf: try fill(upTo: carry.count))
        }
    }

    private func begin(_ header: XMLFileHeader) -> Header {
        let shape = XMLRecordShape.ofAudit(NativeKind(rootElement: header.root) ?? .charges)
        carry.removeFirst(header.bytes.count)
        fileOffset = UInt64(header.bytes.count)
        begin(header, shape)
        let places = XMLBlockPlaces(header.bytes.span, encoding: header.encoding)
        return Header(
            names: [], bytes: header.bytes, lines: places.lineCount, columns: places.lastColumns, xml: header)
    }

    private func begin(_ header: XMLFileHeader, _ shape: XMLRecordShape) {
        var cutting = XMLCutting(header: header, shape: shape)
        // A file that ends behind its root's start tag has no block, and a parser must tell so.
        let isCut = sourceHasEnded && carry.isEmpty
        if !header.canBeCut || !shape.hasDistinctRecords || isCut {
            cutting.serial = XMLSerialReader(header: header, shape: shape, offset: fileOffset)
        }
        xmlCutting = cutting
    }

    /// Begins the foreign document whose first bytes were read.
    func begin(_ foreign: ForeignFile) -> Header {
        foreignDocument = foreign.documentReader(maximumRecordBytes: limits.maximumRecordBytes)
        var header = Header(names: [], bytes: [], lines: 0)
        header.foreign = foreign
        return header
    }

    /// Reads the records of an XML file in another shape than that of its root element, for further columns.
    ///
    /// To be called between the header and the first block.
    public func readRecords(as shape: XMLRecordShape) {
        guard let header = xmlCutting?.header else { return }
        begin(header, shape)
    }

    private func rejection(_ list: XMLFaultList) -> InputRejection {
        let (name, bytes) = (sources[currentFile].displayName, carry)
        guard let fault = list.faults.first else {
            return InputRejection(.notWellFormed, at: .whole(name), found: "no element", expected: "well-formed XML")
        }
        let told = XMLRecordFault(fault, record: 0)
        let offset = Int(clamping: fault.offset)
        let place = XMLBlockPlaces(bytes.span, encoding: XMLEncoding(firstBytes: bytes.span)).place(of: offset)
        return InputRejection(
            told.rule,
            at: Place(
                file: name, line: place.line + 1, record: 0, column: place.column, field: nil,
                byteOffset: fault.offset),
            found: told.found, expected: told.expected)
    }

    /// The next block of an XML file: whole records while it can be cut, then the parts of the one parser.
    func nextXMLBlock(reusing storage: consuming [UInt8]) throws(InputError) -> Result<Block, InputRejection>? {
        guard var cutting = xmlCutting else { return nil }
        if let serial = cutting.serial { return try nextSerialBlock(serial) }
        var (buffer, count) = takeCarry(into: storage)
        let capacity = max(blockSize, count)
        try read(into: &buffer, from: &count, upTo: capacity)
        if let end = end(of: buffer.span.extracting(0..<count), cutting.cutter) {
            carry.append(contentsOf: buffer[end..<count])
            return .success(finish(buffer, count: count, end: end))
        }
        // A comment, or a record longer than a block: from here on one parser reads what comes.
        carry = Array(buffer[..<count])
        let serial = XMLSerialReader(
            header: cutting.header, shape: cutting.shape, offset: fileOffset,
            maximumRecordBytes: limits.maximumRecordBytes)
        cutting.serial = serial
        xmlCutting = cutting
        return try nextSerialBlock(serial)
    }

    /// Where a block of these bytes ends; nil if they cannot be cut.
    private func end(of bytes: Span<UInt8>, _ cutter: XMLRecordCutter) -> Int? {
        var end = bytes.count
        if !sourceHasEnded {
            guard let cut = cutter.cut(bytes) else { return nil }
            end = cut
        }
        return cutter.holdsMoreThanTags(bytes.extracting(0..<end), isLast: sourceHasEnded) ? nil : end
    }

    private func takeAllCarry() -> [UInt8] {
        defer { carry.removeAll() }
        return carry
    }

    func nextSerialBlock(_ serial: some XMLPartReader) throws(InputError) -> Result<Block, InputRejection>? {
        if sourceHasEnded && carry.isEmpty && serial.isFinished { return nil }
        if carry.isEmpty && !sourceHasEnded { carry = try fill(upTo: blockSize) }
        let bytes = takeAllCarry()
        var part = bytes.isEmpty ? serial.finish() : serial.feed(bytes.span)
        let isLast = serial.isFinished
        let count = part.bytes.count
        part.bytes.append(contentsOf: repeatElement(0, count: Block.padding))
        var block = finish(part.bytes, count: count, end: count)
        block.isLast = isLast
        block.rows = part.rows
        block.findings = part.findings
        return .success(block)
    }
}

/// Reads a file of XML or JSON from front to back, and hands out its bytes in parts with the rows made of them.
protocol XMLPartReader {
    /// Whether the end of the file was told.
    var isFinished: Bool { get }

    /// Parses the next bytes and hands out those that are done with.
    func feed(_ bytes: Span<UInt8>) -> XMLSerialReader.Part

    /// Ends the file and hands out what is left of it.
    func finish() -> XMLSerialReader.Part
}

extension XMLSerialReader: XMLPartReader {}

extension ForeignXMLReader: XMLPartReader {}
