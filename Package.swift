// swift-tools-version:6.2

import PackageDescription

// The arrows between our own modules: a module may import what stands in its row and nothing else.
// `Tests/ServerTests/House/ModuleArrows.swift` compares this file with the table of docs/architecture.md, and CI builds with
// `--explicit-target-dependency-import-check error`, so an import that is not declared here does not compile.

// deploy/test and CI set this switch; it is not always on so that a newer compiler's new warnings break nobody's build.
let warningsAreErrors = Context.environment["USHER_WARNINGS_ARE_ERRORS"] == "1"

let settings: [SwiftSetting] =
  [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableUpcomingFeature("ImmutableWeakCaptures"),
  ] + (warningsAreErrors ? [.treatAllWarnings(as: .error)] : [])

extension Target.Dependency {
  static let crypto = product(name: "Crypto", package: "swift-crypto")
  static let logging = product(name: "Logging", package: "swift-log")
  static let nioCore = product(name: "NIOCore", package: "swift-nio")
  static let nioPosix = product(name: "NIOPosix", package: "swift-nio")
  static let nioEmbedded = product(name: "NIOEmbedded", package: "swift-nio")
  static let nioHTTP1 = product(name: "NIOHTTP1", package: "swift-nio")
  static let nioHTTPTypes = product(name: "NIOHTTPTypes", package: "swift-nio-extras")
  static let httpTypes = product(name: "HTTPTypes", package: "swift-http-types")
  static let hummingbird = product(name: "Hummingbird", package: "hummingbird")
  static let hummingbirdCore = product(name: "HummingbirdCore", package: "hummingbird")
  static let mustache = product(name: "Mustache", package: "swift-mustache")
  static let grdb = product(name: "GRDB", package: "GRDB.swift")
  static let sqlite = product(name: "GRDBSQLite", package: "GRDB.swift")
  static let yams = product(name: "Yams", package: "Yams")
  static let argumentParser = product(name: "ArgumentParser", package: "swift-argument-parser")
  static let serviceLifecycle = product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
  static let unixSignals = product(name: "UnixSignals", package: "swift-service-lifecycle")
}

/// `compiledIn` names folders whose files the program carries as literals that `deploy/generate` makes.
func module(_ name: String, _ dependencies: [Target.Dependency], compiledIn: [String] = []) -> Target {
  .target(name: name, dependencies: dependencies, exclude: compiledIn, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], resources: [String] = []) -> Target {
  .testTarget(name: name, dependencies: dependencies, exclude: resources, swiftSettings: settings)
}

let package = Package(
  name: "usher",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "usher", targets: ["Server"])
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
    .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-extras", exact: "1.35.2"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1", traits: []),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
  ],
  targets: [
    .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CLibpq", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),

    module("Primitives", ["COpenSSL", .crypto]),
    module("Wire", ["Primitives"]),
    module("AccessControl", ["Primitives"]),
    module("Localization", ["Primitives"], compiledIn: ["Tables"]),
    module("Identity", ["Primitives", "AccessControl", "Localization", .logging]),
    module("OAuth", ["Identity", "AccessControl", "Localization", "Wire", "Primitives"]),
    module("AuthZEN", ["Identity", "AccessControl", "Localization", "Wire", "Primitives"]),
    module("Mail", ["Identity", "Localization", "Primitives", "CCurl", .logging]),
    module("Storage", ["Identity", "AccessControl", "Localization", "Primitives", .grdb, .sqlite]),
    module("StoragePostgres", ["Storage", "Identity", "Primitives", "CLibpq"]),
    module(
      "Web",
      [
        "OAuth", "AuthZEN", "Identity", "AccessControl", "Localization", "Wire", "Primitives",
        .hummingbird, .hummingbirdCore, .httpTypes, .mustache, .nioCore, .nioHTTP1, .nioHTTPTypes, .logging,
      ],
      compiledIn: ["Pages/Templates", "Pages/Files"]),
    .executableTarget(
      name: "Server",
      dependencies: [
        "Web", "Mail", "StoragePostgres", "Storage", "OAuth", "AuthZEN", "Identity", "AccessControl", "Localization", "Wire",
        "Primitives",
        "CCurl", .hummingbird, .httpTypes, .nioCore, .nioPosix, .logging, .yams, .argumentParser, .serviceLifecycle, .unixSignals,
      ],
      swiftSettings: settings),

    .target(
      name: "TestKit",
      dependencies: [
        "Web", "Identity", "AccessControl", "Localization", "Primitives", "StoragePostgres", "Storage", "CCurl",
        .hummingbird, .nioCore, .nioPosix, .nioHTTP1, .logging, .serviceLifecycle,
      ],
      path: "Tests/TestKit", swiftSettings: settings),
    .target(
      name: "StorageConformance",
      dependencies: ["TestKit", "Storage", "Identity", "AccessControl", "Localization", "Primitives"],
      path: "Tests/StorageConformance", swiftSettings: settings),
    .executableTarget(
      name: "StoreWriter", dependencies: ["Storage", "Identity", "AccessControl", "Localization", "Primitives"],
      path: "Tests/StoreWriter", swiftSettings: settings),
    .target(
      name: "CBench", path: "Tests/CBench", linkerSettings: [.linkedLibrary("crypto"), .linkedLibrary("sqlite3")]),
    .executableTarget(
      name: "Bench",
      dependencies: [
        "CBench", "TestKit", "Web", "OAuth", "Storage", "StoragePostgres", "Identity", "AccessControl", "Localization", "Wire",
        "Primitives",
        .hummingbird, .httpTypes, .nioCore, .nioPosix, .nioHTTP1, .logging,
      ],
      path: "Tests/Bench", swiftSettings: settings),
    tests("PrimitivesTests", ["Primitives", "COpenSSL", "TestKit", .crypto]),
    tests("AccessControlTests", ["AccessControl", "Primitives", "TestKit"], resources: ["Conditions/Data"]),
    tests("WireTests", ["Wire", "Primitives", "TestKit"]),
    tests("LocalizationTests", ["Localization", "Primitives", "TestKit"]),
    tests("IdentityTests", ["Identity", "AccessControl", "Localization", "Primitives", "TestKit"]),
    tests(
      "StorageTests",
      ["Storage", "StorageConformance", "StoreWriter", "Identity", "AccessControl", "Primitives", "TestKit", .grdb]),
    tests(
      "StoragePostgresTests",
      ["StoragePostgres", "Storage", "StorageConformance", "Identity", "AccessControl", "Primitives", "TestKit"]),
    tests("OAuthTests", ["OAuth", "Identity", "AccessControl", "Wire", "Primitives", "TestKit"]),
    tests("AuthZENTests", ["AuthZEN", "Identity", "AccessControl", "Localization", "Wire", "Primitives", "TestKit"]),
    tests("MailTests", ["Mail", "Identity", "Localization", "Primitives", "TestKit", .logging]),
    tests(
      "WebTests",
      [
        "Web", "OAuth", "AuthZEN", "Identity", "AccessControl", "Localization", "Wire", "Primitives", "TestKit", "Mail",
        "Storage", .hummingbird, .httpTypes, .nioCore, .nioEmbedded, .nioHTTP1, .nioPosix, .logging,
      ],
      resources: ["AuthZEN/Certification/scenario.json"]),
    tests(
      "ServerTests",
      [
        "Server", "Web", "Storage", "Identity", "AccessControl", "Localization", "Primitives", "TestKit", .logging,
        .argumentParser,
      ]),
  ]
)
