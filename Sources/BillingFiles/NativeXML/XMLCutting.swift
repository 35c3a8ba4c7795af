/// How an XML file is cut into blocks while it is read.
struct XMLCutting {
    /// The front of the file.
    let header: XMLFileHeader

    /// The shape of its records.
    let shape: XMLRecordShape

    /// Where to cut.
    let cutter: XMLRecordCutter

    /// The one parser that reads on from where the file could no longer be cut; nil before.
    var serial: XMLSerialReader?

    init(header: XMLFileHeader, shape: XMLRecordShape) {
        self.header = header
        self.shape = shape
        cutter = XMLRecordCutter(record: shape.record, partEnd: header.partEnd)
    }

    /// Whether the bytes at the beginning of a file are those of an XML document: its first character is `<`.
    static func isXML(_ bytes: [UInt8]) -> Bool {
        for byte in bytes.dropFirst(ByteOrderMark(bytes)?.length ?? 0) {
            switch byte {
            case UInt8(ascii: "<"): return true
            case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"), 0: continue
            default: return false
            }
        }
        return false
    }
}
