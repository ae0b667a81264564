// swift-tools-version: 6.2
// Workestra Gateway: GraphQL and JSON-RPC in front of a REST API. Licence: Apache-2.0.

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
let nioEmbedded: Target.Dependency = .product(name: "NIOEmbedded", package: "swift-nio")
let nioExtras: Target.Dependency = .product(name: "NIOExtras", package: "swift-nio-extras")
let nioSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let nioHTTP2: Target.Dependency = .product(name: "NIOHTTP2", package: "swift-nio-http2")
let nioHPACK: Target.Dependency = .product(name: "NIOHPACK", package: "swift-nio-http2")
let nioTLS: Target.Dependency = .product(name: "NIOTLS", package: "swift-nio")
let dequeModule: Target.Dependency = .product(name: "DequeModule", package: "swift-collections")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let metrics: Target.Dependency = .product(name: "Metrics", package: "swift-metrics")
let tracing: Target.Dependency = .product(name: "Tracing", package: "swift-distributed-tracing")
let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let serviceLifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")

let unixSignals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")

let package = Package(
    name: "workestra-gateway",
    products: [
        .executable(name: "workestra-gateway", targets: ["workestra-gateway"]),
        .executable(name: "workestra-sandbox", targets: ["workestra-sandbox"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", exact: "1.6.0"),
        .package(url: "https://github.com/apple/swift-distributed-tracing", exact: "1.7.3"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", exact: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", exact: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-http2.git", exact: "1.46.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl.git", exact: "2.37.6"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
    ],
    targets: [
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

        // A stand-in for the upstream; knows nothing of the gateway.
        .target(name: "Sandbox", dependencies: ["JSON", "CLibcrypto", nioCore, nioPosix, nioHTTP1]),

        .target(
            name: "Observability",
            dependencies: ["CProfiler", "Gateway", "Upstream", "GraphQL", "JSON", logging, metrics, tracing]
        ),

        // What operators write: the configuration file.
        .systemLibrary(name: "CLibyaml", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .target(name: "Configuration", dependencies: ["BaseEncodings", "CLibyaml", "GraphQL", "JSON"]),

        // Clients that are known by the tokens of an issuer.
        .target(name: "JSONWebTokens", dependencies: ["Gateway", "BaseEncodings", "Caching", "JSON", "CLibcrypto"]),

        // Command lines.
        .executableTarget(
            name: "workestra-gateway",
            dependencies: [
                "CMalloc", "Configuration", "JSONWebTokens", "GatewayServer", "Observability", "Gateway", "JSONRPC",
                "Upstream", "GraphQL", "JSON", argumentParser, logging, metrics, serviceLifecycle, unixSignals,
            ]
        ),
        .executableTarget(name: "workestra-sandbox", dependencies: ["Sandbox", argumentParser]),

        // Tests, and what several of them need.
        .target(name: "TestSupport", path: "Tests/TestSupport"),
        .testTarget(name: "BaseEncodingsTests", dependencies: ["BaseEncodings"]),
        .testTarget(name: "JSONTests", dependencies: ["TestSupport", "JSON"]),
        .testTarget(name: "GraphQLTests", dependencies: ["GraphQL", "JSON"]),
        .testTarget(name: "CachingTests", dependencies: ["TestSupport", "Caching"]),
        .testTarget(name: "ConfigurationTests", dependencies: ["Configuration"]),
        .testTarget(name: "JSONWebTokensTests", dependencies: ["JSONWebTokens", "Gateway", "JSON"]),
        .testTarget(
            name: "UpstreamTests",
            dependencies: ["TestSupport", "Upstream", "BaseEncodings", "Caching", "GraphQL", "JSON"]
        ),
        .testTarget(
            name: "GatewayTests",
            dependencies: ["TestSupport", "GatewayTestSupport", "Gateway", "Upstream", "JSONRPC", "GraphQL", "JSON"]
        ),
        .testTarget(
            name: "ObservabilityTests",
            dependencies: [
                "GatewayTestSupport", "Observability", "GatewayServer", "Gateway", "Upstream", "GraphQL", "JSON",
                "Sandbox", logging, metrics, tracing,
            ],
            exclude: ["read_openmetrics.py", "read_otlp.py", "scrape_with_prometheus.py"]
        ),
        .testTarget(name: "JSONRPCTests", dependencies: ["JSONRPC", "GraphQL", "JSON"]),
        .testTarget(name: "SandboxTests", dependencies: ["Sandbox", "JSON", nioCore, nioPosix, nioHTTP1]),
        .testTarget(
            name: "GatewayServerTests",
            dependencies: [
                "GatewayTestSupport", "GatewayServer", "Gateway", "JSONRPC", "Upstream", "ContentCodings", "GraphQL",
                "JSON", "Sandbox", nioCore, nioEmbedded, nioPosix, nioHTTP1, nioWebSocket,
            ],
            exclude: [
                "python_browser.py", "python_clients.py", "python_fastmcp.py", "python_genai.py", "python_http2.py",
                "python_incremental.py", "python_live.py", "python_mcp_clients.py", "python_mcp_schemas.py",
                "python_openai_agents.py",
                "python_openrpc.py", "python_rpc_clients.py", "python_rpc_libraries.py",
            ]
        ),
        .testTarget(
            name: "ConformanceTests",
            dependencies: ["Gateway", "GraphQL", "JSON"],
            exclude: ["Fixtures"]
        ),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "TestSupport", "Configuration", "GatewayTestSupport", "GatewayServer", "Gateway", "Upstream", "JSONRPC",
                "GraphQL",
                "JSON", "Sandbox",
            ],
            exclude: ["tls_upstream.py"]
        ),
        .testTarget(
            name: "ModelTests",
            dependencies: [
                "GatewayTestSupport", "GatewayServer", "Gateway", "Upstream", "GraphQL", "JSON", "Sandbox",
            ]
        ),
        .target(
            name: "GatewayTestSupport",
            dependencies: ["GatewayServer", "Gateway", "Upstream", "GraphQL", "JSON"],
            path: "Tests/GatewayTestSupport"
        ),
    ],
    swiftLanguageModes: [.v6]
)

for target in package.targets where [.regular, .executable, .test].contains(target.type) {
    if ["CLibcurlShims", "CProfiler"].contains(target.name) { continue }
    target.swiftSettings = (target.swiftSettings ?? []) + houseSettings
}
