/// Objects and arrays of JSON as values, of which the items are counted.
struct JSONType: Sendable {
    /// What such a value is.
    enum Shape: Sendable {
        case object
        case array
        /// An object whose `type` is one of GeoJSON (RFC 7946, section 1.4); its coordinates are not looked at.
        case geoJSON
        /// An object whose `type` is `Topology`.
        case topoJSON
    }

    /// What the values are.
    let shape: Shape
    /// The bounds of the number of items.
    var leastItems: Int?
    var mostItems: Int?

    private static let geoJSONTypes: Set<String> = [
        "Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection",
        "Feature", "FeatureCollection",
    ]

    /// What is wrong with a value.
    func judge(_ value: Span<UInt8>) -> ValueFaults {
        let beginning = shape == .array ? UInt8(ascii: "[") : UInt8(ascii: "{")
        guard let count = JSONShape.count(value, beginning: beginning) else { return .wrongType }
        switch shape {
        case .object, .array: break
        case .geoJSON:
            guard let type = JSONShape.text(of: "type", in: value), Self.geoJSONTypes.contains(type) else {
                return .wrongType
            }
        case .topoJSON: if JSONShape.text(of: "type", in: value) != "Topology" { return .wrongType }
        }
        if let leastItems, count < leastItems { return .tooShort }
        if let mostItems, count > mostItems { return .tooLong }
        return []
    }
}
