// swift-tools-version: 6.2
// The program that libFuzzer feeds with made-up input: `scripts/fuzz.sh` builds it.

import PackageDescription

/// Settings of every Swift target: the upcoming language features that mode 6 does not yet include, and no warnings.
let houseSettings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableUpcomingFeature("ImmutableWeakCaptures"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
    .treatWarning("DeprecatedDeclaration", as: .warning),
]

let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioWebSocket: Target.Dependency = .product(name: "NIOWebSocket", package: "swift-nio")
let nioExtras: Target.Dependency = .product(name: "NIOExtras", package: "swift-nio-extras")
let nioSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let nioHTTP2: Target.Dependency = .product(name: "NIOHTTP2", package: "swift-nio-http2")
let nioHPACK: Target.Dependency = .product(name: "NIOHPACK", package: "swift-nio-http2")
let nioTLS: Target.Dependency = .product(name: "NIOTLS", package: "swift-nio")
let dequeModule: Target.Dependency = .product(name: "DequeModule", package: "swift-collections")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")

// `Sources` is a link to the gateway's sources: they are targets of this package, whose code may use what is `package` there.
let package = Package(
    name: "gateway-fuzz",
    dependencies: [
        .package(url: "https://github.com/apple/swift-collections", exact: "1.6.0"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", exact: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-http2.git", exact: "1.46.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl.git", exact: "2.37.6"),
    ],
    targets: [
        // As in the gateway's own manifest: `scripts/check.sh` compares them.
        // System libraries and the C that makes them callable from Swift.
        .systemLibrary(name: "CByteScan"),
        .systemLibrary(name: "CLibcurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .target(name: "CLibcurlShims", dependencies: ["CLibcurl"]),
        .systemLibrary(name: "CLibcrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CMalloc"),
        .target(name: "CProfiler"),
        .systemLibrary(name: "CScheduler"),
        .systemLibrary(name: "CVersion"),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),

        // The engine, from the inside out. Arrows point one way only.
        .target(name: "JSON", dependencies: ["CByteScan"]),
        .target(name: "BaseEncodings"),
        .target(name: "Caching"),
        .target(name: "ContentCodings", dependencies: ["CZlib"]),
        .target(name: "GraphQL", dependencies: ["JSON"]),
        .target(
            name: "Upstream",
            dependencies: [
                "BaseEncodings", "Caching", "ContentCodings", "GraphQL", "JSON", "CLibcurl", "CLibcurlShims",
            ]
        ),
        .target(name: "JSONRPC", dependencies: ["GraphQL", "JSON"]),
        .target(
            name: "Gateway",
            dependencies: [
                "Upstream", "BaseEncodings", "Caching", "JSONRPC", "GraphQL", "JSON", "CLibcrypto", "CVersion", logging,
            ]
        ),
        .target(
            name: "GatewayServer",
            dependencies: [
                "Gateway", "JSONRPC", "BaseEncodings", "Caching", "ContentCodings", "JSON", "CLibcrypto", "CScheduler",
                nioCore, nioPosix, nioHTTP1, nioWebSocket, nioExtras, nioHTTP2, nioHPACK, nioSSL, nioTLS, dequeModule,
            ]
        ),

        // libFuzzer brings the entry point, so that this links only with `--sanitize=fuzzer`.
        .executableTarget(name: "gateway-fuzz", dependencies: ["Gateway", "GraphQL", "JSON"], path: "gateway-fuzz"),
    ],
    swiftLanguageModes: [.v6]
)

for target in package.targets where [.regular, .executable].contains(target.type) {
    if ["CLibcurlShims", "CProfiler"].contains(target.name) { continue }
    target.swiftSettings = (target.swiftSettings ?? []) + houseSettings
}
