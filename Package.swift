// swift-tools-version: 6.2
import PackageDescription

/// Every Swift target is built in the Swift 6 language mode with the same, strict settings.
let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .strictMemorySafety(),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
    name: "rinnovo",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "rinnovo", targets: ["rinnovo"]),
        .library(name: "XMLStream", targets: ["XMLStream"]),
        .library(name: "BillingValues", targets: ["BillingValues"]),
        .library(name: "BillingFiles", targets: ["BillingRecords", "BillingFiles"]),
        .library(name: "FileValidation", targets: ["FileValidation"]),
        .library(name: "RenewalAudit", targets: ["RenewalAudit", "ArrearsRecovery", "Reports"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ],
    targets: [
        // C libraries and the few C lines that Swift cannot say.
        .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
        .target(name: "CByteScan"),
        .target(name: "CThreadMeter"),

        // The rooms of the house, lowest first. Arrows point downwards only.
        .target(name: "BillingValues", swiftSettings: settings),
        .target(
            name: "SettingsText",
            dependencies: ["BillingValues", .product(name: "Yams", package: "Yams")],
            swiftSettings: settings),
        .target(name: "BillingRecords", dependencies: ["BillingValues"], swiftSettings: settings),
        .target(name: "DelimitedText", dependencies: ["CByteScan"], swiftSettings: settings),
        .target(name: "XMLStream", dependencies: ["CLibXML2", "CThreadMeter"], swiftSettings: settings),
        .target(
            name: "BillingFiles",
            dependencies: [
                "BillingRecords", "BillingValues", "DelimitedText", "XMLStream", "CByteScan", "CZlib", "CZstd",
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: settings),
        .target(
            name: "FileValidation",
            dependencies: [
                "BillingFiles", "BillingRecords", "BillingValues", "DelimitedText", "SettingsText", "XMLStream",
            ],
            swiftSettings: settings),
        .target(
            name: "RenewalAudit",
            dependencies: ["BillingRecords", "BillingValues", "CByteScan"],
            swiftSettings: settings),
        .target(
            name: "ArrearsRecovery",
            dependencies: ["RenewalAudit", "BillingRecords", "BillingValues"],
            swiftSettings: settings),
        .target(
            name: "ChargeLedger",
            dependencies: [
                "ArrearsRecovery", "RenewalAudit", "BillingRecords", "BillingValues",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: settings),
        .target(
            name: "OperatorSettings",
            dependencies: ["SettingsText", "ArrearsRecovery", "RenewalAudit", "BillingFiles", "BillingValues"],
            swiftSettings: settings),
        .target(
            name: "FormatProfiles",
            dependencies: ["SettingsText", "BillingFiles", "BillingValues", "DelimitedText"],
            exclude: ["Profiles"],
            swiftSettings: settings),
        .target(
            name: "DirectDebits",
            dependencies: ["SettingsText", "ArrearsRecovery", "BillingFiles", "BillingValues", "DelimitedText"],
            swiftSettings: settings),
        .target(
            name: "Reports",
            dependencies: [
                "ArrearsRecovery", "RenewalAudit", "FileValidation", "BillingFiles", "BillingRecords", "BillingValues",
                "DelimitedText",
            ],
            swiftSettings: settings),
        .executableTarget(
            name: "rinnovo",
            dependencies: [
                "Reports", "ArrearsRecovery", "RenewalAudit", "FileValidation", "BillingFiles", "BillingRecords",
                "BillingValues", "DelimitedText", "XMLStream", "OperatorSettings", "FormatProfiles", "DirectDebits",
                "SettingsText",
                "ChargeLedger",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: settings),

        // What the tests share: random numbers, their seed, and the counting of mismatches.
        .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: settings),
        .testTarget(
            name: "BillingValuesTests", dependencies: ["BillingValues", "TestSupport"], exclude: ["Oracle"],
            swiftSettings: settings),
        .testTarget(
            name: "DelimitedTextTests", dependencies: ["DelimitedText", "TestSupport"], swiftSettings: settings),
        .testTarget(
            name: "SettingsTextTests", dependencies: ["SettingsText", "BillingValues"], swiftSettings: settings),
        .testTarget(
            name: "OperatorSettingsTests",
            dependencies: [
                "OperatorSettings", "SettingsText", "ArrearsRecovery", "RenewalAudit", "BillingFiles", "BillingValues",
                "TestSupport",
            ],
            swiftSettings: settings),
        .testTarget(
            name: "FormatProfilesTests",
            dependencies: [
                "FormatProfiles", "SettingsText", "BillingFiles", "BillingRecords", "BillingValues", "DelimitedText",
                "TestSupport",
            ],
            swiftSettings: settings),
        .testTarget(
            name: "DirectDebitsTests",
            dependencies: [
                "DirectDebits", "ArrearsRecovery", "BillingFiles", "BillingRecords", "BillingValues", "RenewalAudit",
                "FormatProfiles", "SettingsText", "XMLStream", "TestSupport",
            ],
            swiftSettings: settings),
        .testTarget(name: "XMLStreamTests", dependencies: ["XMLStream"], swiftSettings: settings),
        .testTarget(
            name: "BillingFilesTests",
            dependencies: [
                "BillingFiles", "BillingRecords", "BillingValues", "DelimitedText", "TestSupport",
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: settings),
        .testTarget(
            name: "FileValidationTests",
            dependencies: [
                "FileValidation", "BillingFiles", "BillingValues", "DelimitedText", "SettingsText", "XMLStream",
                "TestSupport",
            ],
            swiftSettings: settings),
        .testTarget(
            name: "RenewalAuditTests",
            dependencies: ["RenewalAudit", "BillingRecords", "BillingValues", "TestSupport"],
            swiftSettings: settings),
        .testTarget(
            name: "ArrearsRecoveryTests",
            dependencies: ["ArrearsRecovery", "RenewalAudit", "BillingRecords", "BillingValues", "TestSupport"],
            swiftSettings: settings),
        .testTarget(
            name: "ChargeLedgerTests",
            dependencies: [
                "ChargeLedger", "ArrearsRecovery", "RenewalAudit", "BillingRecords", "BillingValues", "TestSupport",
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: settings),
        .testTarget(
            name: "ReportsTests",
            dependencies: [
                "Reports", "RenewalAudit", "ArrearsRecovery", "FileValidation", "BillingFiles", "BillingRecords",
                "BillingValues", "TestSupport",
            ],
            exclude: ["Golden"], swiftSettings: settings),
        .testTarget(name: "CommandTests", dependencies: ["BillingValues", "TestSupport"], swiftSettings: settings),
    ]
)
