// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0

import PackageDescription

// Who may import whom is ARCHITECTURE.md's table; an edge that is not listed here does not build.

/// Modules that own C: pointers are allowed, and stay inside.
let common: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// Modules that hand C pointers to nobody: every use of `unsafe` in them is an error.
let safe: [SwiftSetting] = common + [.strictMemorySafety()]

let nio: [Target.Dependency] = [
    .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "NIOPosix", package: "swift-nio"),
]
let log: Target.Dependency = .product(name: "Logging", package: "swift-log")
let deque: Target.Dependency = .product(name: "DequeModule", package: "swift-collections")
let arguments: Target.Dependency = .product(
    name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "aftersales",
    products: [
        .library(name: "AftersalesClient", targets: ["AftersalesClient", "AftersalesAPI"]),
        .library(name: "TTRPC", targets: ["TTRPC"]),
        .library(name: "TTRPCServices", targets: ["TTRPCServices"]),
        .library(name: "ProtobufC", targets: ["ProtobufC"]),
        .executable(name: "protoc-gen-swift-ttrpc", targets: ["protoc-gen-swift-ttrpc"]),
        .executable(name: "aftersalesd", targets: ["aftersalesd"]),
        .executable(name: "aftersalesctl", targets: ["aftersalesctl"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(
            url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // C from Debian
        .systemLibrary(
            name: "CProtobufC", pkgConfig: "libprotobuf-c",
            providers: [.apt(["libprotobuf-c-dev"])]),
        .systemLibrary(
            name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),

        // The RPC runtime
        .target(name: "CTTRPC"),
        .target(
            name: "ProtobufC", dependencies: ["CProtobufC"],
            swiftSettings: common + [.enableExperimentalFeature("Lifetimes")]),
        .target(
            name: "TTRPC", dependencies: ["ProtobufC", "CTTRPC", deque, log] + nio,
            // C functions that take bytes take spans.
            swiftSettings: safe + [.enableExperimentalFeature("SafeInteropWrappers")]),

        // Health and reflection for any server; their messages are generated
        .target(name: "CTTRPCServices", dependencies: ["CProtobufC"]),
        .target(
            name: "TTRPCServices", dependencies: ["ProtobufC", "TTRPC", "CTTRPCServices"],
            swiftSettings: common),

        // What the daemon asks of its host
        .target(name: "Host", swiftSettings: common),

        // The generator
        .target(name: "CProtocPlugin", dependencies: ["CProtobufC"], exclude: ["proto"]),
        .executableTarget(
            name: "protoc-gen-swift-ttrpc", dependencies: ["CProtocPlugin", "CProtobufC"],
            swiftSettings: common),

        // The contract; all of it generated
        .target(name: "CAftersalesAPI", dependencies: ["CProtobufC"]),
        .target(
            name: "AftersalesAPI", dependencies: ["ProtobufC", "TTRPC", "CAftersalesAPI"],
            swiftSettings: common),

        // The client and the command line
        .target(
            name: "AftersalesClient", dependencies: ["AftersalesAPI", "TTRPC", "TTRPCServices"],
            swiftSettings: safe),
        .target(name: "ProtoJSON", dependencies: ["ProtobufC"], swiftSettings: safe),
        .executableTarget(
            name: "aftersalesctl",
            dependencies: [
                "AftersalesClient", "AftersalesAPI", "ProtoJSON", "ProtobufC", "TTRPC",
                "TTRPCServices", arguments,
            ],
            swiftSettings: safe),

        // The domain and its store
        .target(name: "Digest", swiftSettings: safe),
        .target(name: "Aftersales", swiftSettings: safe),
        .target(name: "SQLite", dependencies: ["CSQLite"], swiftSettings: common),
        .target(
            name: "AftersalesStore", dependencies: ["Aftersales", "SQLite", "Digest", deque],
            swiftSettings: safe),

        // The service and the programs
        .target(
            name: "AftersalesService",
            dependencies: [
                "Aftersales", "AftersalesAPI", "AftersalesStore", "Digest", "ProtobufC", "TTRPC",
            ],
            resources: [.embedInCode("Policies/policy.txt")], swiftSettings: safe),
        .executableTarget(
            name: "aftersalesd",
            dependencies: [
                "Aftersales", "AftersalesAPI", "AftersalesService", "AftersalesStore", "Host",
                "TTRPC", "TTRPCServices", arguments, log, "Yams",
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: safe),

        // The demonstration and the replay
        .target(name: "CDaemonHarness"),
        .target(
            name: "DaemonHarness",
            dependencies: [
                "CDaemonHarness",
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ], swiftSettings: common),
        .target(
            name: "Replay",
            dependencies: ["Digest", .product(name: "HeapModule", package: "swift-collections")],
            swiftSettings: safe),
        .target(name: "TerminalText", swiftSettings: common),
        .executableTarget(
            name: "aftersales-demo",
            dependencies: [
                "AftersalesAPI", "AftersalesClient", "DaemonHarness", "Host", "ProtobufC", "TTRPC",
                "TerminalText", arguments,
            ], swiftSettings: safe),
        .executableTarget(
            name: "aftersales-replay",
            dependencies: [
                "AftersalesAPI", "AftersalesClient", "DaemonHarness", "Replay", "TTRPC",
                "TerminalText", arguments,
            ], swiftSettings: safe),

        // Tests mirror Sources
        .target(
            name: "CProtobufCFixtures", dependencies: ["CProtobufC"],
            path: "Tests/CProtobufCFixtures"),
        .testTarget(
            name: "ProtobufCTests",
            dependencies: ["ProtobufC", "CProtobufCFixtures", "protoc-gen-swift-ttrpc"],
            exclude: ["Fixtures"], swiftSettings: common),
        .testTarget(
            name: "AftersalesAPITests", dependencies: ["AftersalesAPI", "TTRPC", "ProtobufC"],
            swiftSettings: common),
        .testTarget(
            name: "AftersalesClientTests", dependencies: ["AftersalesClient", "TTRPCServices"],
            swiftSettings: common),
        .testTarget(
            name: "aftersalesctlTests", dependencies: ["aftersalesctl", "TTRPCServices"],
            swiftSettings: common),
        .testTarget(
            name: "ProtoJSONTests", dependencies: ["ProtoJSON"], exclude: ["Fixtures"],
            swiftSettings: common),
        .testTarget(
            name: "TTRPCTests", dependencies: ["TTRPC", "ProtobufC", log] + nio,
            swiftSettings: common),
        .testTarget(
            name: "TTRPCServicesTests", dependencies: ["TTRPCServices", "TTRPC", "ProtobufC"],
            swiftSettings: common),
        .testTarget(name: "HostTests", dependencies: ["Host"], swiftSettings: common),
        .testTarget(name: "DigestTests", dependencies: ["Digest"], swiftSettings: common),
        .testTarget(name: "SQLiteTests", dependencies: ["SQLite"], swiftSettings: common),
        .testTarget(name: "AftersalesTests", dependencies: ["Aftersales"], swiftSettings: common),
        .testTarget(
            name: "AftersalesStoreTests",
            dependencies: ["AftersalesStore", "Aftersales", "SQLite"],
            swiftSettings: common),
        .testTarget(
            name: "AftersalesServiceTests",
            dependencies: [
                "AftersalesService", "Aftersales", "AftersalesAPI", "AftersalesStore", "Digest",
                "ProtoJSON", "ProtobufC", "SQLite", "TTRPC",
            ], swiftSettings: common),
        .testTarget(
            name: "aftersalesdTests",
            dependencies: ["aftersalesd", "AftersalesService", "Host", log],
            swiftSettings: common),
        .testTarget(
            name: "DaemonHarnessTests", dependencies: ["DaemonHarness"], swiftSettings: common),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "Aftersales", "AftersalesAPI", "AftersalesClient", "AftersalesStore",
                "DaemonHarness", "Digest", "ProtobufC", "SQLite", "TTRPC", "TTRPCServices",
                "aftersalesd",
            ], exclude: ["Go"], swiftSettings: common),
        .target(
            name: "CEchoAPI", dependencies: ["CProtobufC"], path: "Tests/CEchoAPI"),
        .target(
            name: "EchoAPI", dependencies: ["ProtobufC", "TTRPC", "CEchoAPI"],
            path: "Tests/EchoAPI", exclude: ["Proto"], swiftSettings: common),
        .executableTarget(
            name: "ttrpc-echo",
            dependencies: [
                "EchoAPI", "Host", "TTRPC", arguments, log,
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ], path: "Tests/ttrpc-echo", swiftSettings: common),
        .testTarget(
            name: "ConformanceTests",
            dependencies: ["DaemonHarness", "EchoAPI", "TTRPC", "ttrpc-echo"],
            exclude: ["Go", "Rust"], swiftSettings: common),
        .testTarget(name: "ReplayTests", dependencies: ["Replay"], swiftSettings: common),
        .testTarget(
            name: "TerminalTextTests", dependencies: ["TerminalText"], swiftSettings: common),
    ]
)

// The sanitizers look at the modules that own C, sockets or threads; nothing else is built for them.
if Context.environment["AFTERSALES_SANITIZED"] != nil {
    let kept: Set<String> = [
        "CProtobufC", "CSQLite", "CTTRPC", "ProtobufC", "SQLite", "TTRPC", "CProtocPlugin",
        "protoc-gen-swift-ttrpc", "CProtobufCFixtures", "ProtobufCTests", "SQLiteTests",
        "TTRPCTests", "CTTRPCServices", "TTRPCServices", "TTRPCServicesTests",
    ]
    package.targets.removeAll { !kept.contains($0.name) }
    package.products = []
}

// The fuzzers are built with instrumentation, by scripts/fuzz.sh alone.
if Context.environment["AFTERSALES_FUZZED"] != nil {
    let instrumented: [SwiftSetting] = [.unsafeFlags(["-sanitize=fuzzer"])]
    let kept: Set<String> = ["CProtobufC", "CTTRPC", "ProtobufC", "TTRPC"]
    package.targets.removeAll { !kept.contains($0.name) }
    for target in package.targets where ["ProtobufC", "TTRPC"].contains(target.name) {
        target.swiftSettings = (target.swiftSettings ?? []) + instrumented
    }
    package.targets += [
        .target(name: "CLibFuzzer", path: "Fuzz/CLibFuzzer"),
        .executableTarget(
            name: "ttrpc-fuzz",
            dependencies: ["CLibFuzzer", "TTRPC", .product(name: "NIOCore", package: "swift-nio")],
            path: "Fuzz/ttrpc-fuzz", swiftSettings: common + instrumented),
    ]
    package.products = []
}
