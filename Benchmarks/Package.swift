// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0

import PackageDescription

// A package of its own, so that no user of the library builds it.

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

let package = Package(
    name: "aftersales-benchmarks",
    dependencies: [
        .package(name: "aftersales", path: "..")
    ],
    targets: [
        // What must not be Swift: floors, and callers that add nothing of their own
        .target(
            name: "CFloor",
            cSettings: [.define("_GNU_SOURCE"), .unsafeFlags(["-Wall", "-Wextra"])],
            linkerSettings: [.linkedLibrary("sqlite3")]),
        .executableTarget(name: "floor-server"),

        // The runner
        .executableTarget(
            name: "bench",
            dependencies: [
                "CFloor",
                .product(name: "AftersalesClient", package: "aftersales"),
                .product(name: "TTRPC", package: "aftersales"),
                .product(name: "TTRPCServices", package: "aftersales"),
                .product(name: "ProtobufC", package: "aftersales"),
            ],
            swiftSettings: settings),
    ],
    cLanguageStandard: .c11
)
