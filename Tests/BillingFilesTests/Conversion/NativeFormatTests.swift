import Testing

@testable import BillingFiles

@Suite struct NativeFormatTests {
    @Test(
        arguments: [
            ("csv", NativeFormat.csv), ("native-csv", .csv), ("xml", .xml), ("native-xml", .xml), ("CSV", nil),
            ("", nil),
            ("native-", nil), ("json", nil),
        ] as [(String, NativeFormat?)])
    func names(name: String, format: NativeFormat?) {
        #expect(NativeFormat(name: name) == format)
    }

    @Test(
        arguments: [
            ("a.csv", NativeFormat.csv), ("a.XML", .xml), ("a.csv.gz", .csv), ("dir.xml/a.csv.ZST", .csv),
            ("a.xml.csv", .csv),
            ("a.gz", nil), ("a.csv.gz.gz", nil), ("csv", nil), ("-", nil), ("a.csvx", nil),
        ] as [(String, NativeFormat?)])
    func paths(path: String, format: NativeFormat?) {
        #expect(NativeFormat(path: path) == format)
    }

    static let texts: [([UInt8], NativeFormat)] = [
        ([], .csv), (Array("a,b\n".utf8), .csv), (Array("<a/>".utf8), .xml), (Array(" \r\n\t<a/>".utf8), .xml),
        ([0xEF, 0xBB, 0xBF, 0x3C], .xml), ([0xEF, 0xBB, 0xBF, 0x0A, 0x3C], .xml), ([0xEF, 0xBB, 0xBF, 0x61], .csv),
        ([0xFF, 0xFE, 0x3C, 0], .xml), ([0xFE, 0xFF, 0, 0x3C], .xml), ([0xFF, 0xFE, 0x20, 0, 0x3C, 0], .xml),
        ([0xFF, 0xFE, 0x61, 0], .csv), ([0x3C, 0, 0x3F, 0], .xml), ([0, 0x3C, 0, 0x3F], .xml),
        (Array("a<b".utf8), .csv), (Array("   ".utf8), .csv),
    ]

    @Test(arguments: texts)
    func content(bytes: [UInt8], format: NativeFormat) {
        #expect(NativeFormat(beginning: bytes) == format)
    }
}
