// swift-tools-version: 6.1
import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

/// A target of this package: from low to high, each imports only what stands above it here.
func room(
    _ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = []
) -> Target {
    .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: "\(name)Tests", dependencies: dependencies, swiftSettings: strict)
}

let package = Package(
    name: "moonletter",
    products: [.executable(name: "moonletter", targets: ["moonletter"])],
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    ],
    targets: [
        .systemLibrary(name: "CLua", pkgConfig: "lua5.4", providers: [.apt(["liblua5.4-dev"])]),
        .systemLibrary(name: "CCmark", pkgConfig: "libcmark", providers: [.apt(["libcmark-dev"])]),
        // Its pkg-config file names flags that SwiftPM refuses; the module map links it.
        .systemLibrary(name: "CReadline", providers: [.apt(["libreadline-dev"])]),

        .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
        // Its files are those of plugins/; `./dev shipped` writes the list.
        .target(name: "CShippedPlugins"),

        .target(name: "CLuaBridge", dependencies: ["CLua", sqlite]),
        room("Basics"),
        room("Diagnostics"),
        .target(name: "CLineEditor"),
        room("LineEditor", ["CLineEditor", "CReadline", "Diagnostics"]),
        room("Calendars", ["Basics", "Diagnostics"]),
        room("Catalog"),
        room("Formats", ["Basics", "Catalog", "Diagnostics"]),
        room("ScriptSyntax", ["Diagnostics"]),
        room("RuleCompiler", ["Basics", "Catalog", "Diagnostics", "ScriptSyntax"]),
        room("Templates", ["Basics", "Catalog", "Diagnostics", "ScriptSyntax"]),
        room(
            "Linter",
            ["Basics", "Catalog", "Diagnostics", "Formats", "RuleCompiler", "ScriptSyntax", "Templates"]),
        room("Scripts", ["Basics", "Catalog", "Diagnostics", "Linter", "ScriptSyntax", "Templates"]),
        room("Tabular", ["Basics", "Diagnostics"]),

        room(
            "LuaRuntime", ["Basics", "CLua", "CLuaBridge", "Diagnostics"], resources: [.embedInCode("Lua")]),
        room("Messages", ["CCmark"]),
        room(
            "Rules",
            [
                "Basics", "Calendars", "Catalog", "Diagnostics", "Formats", "LuaRuntime", "Messages",
                "RuleCompiler",
                "ScriptSyntax",
                "Templates",
            ],
            resources: [.embedInCode("Lua")]),
        room("Plugins", ["Basics", "CShippedPlugins", "CZip", "Diagnostics", "LuaRuntime", "Rules"]),
        room("Simulator", ["Basics", "Calendars", "Catalog", "Diagnostics", "Messages", "Rules"]),
        .target(name: "CStore", dependencies: [sqlite]),
        room(
            "Store", ["Basics", "CStore", "Catalog", "Diagnostics", "Tabular", grdb, sqlite],
            resources: [.embedInCode("SQL")]),
        room(
            "Reports",
            [
                "Basics", "Catalog", "Diagnostics", "Formats", "LuaRuntime", "Messages", "RuleCompiler",
                "Rules",
                "Simulator", "Store",
            ],
            resources: [.embedInCode("RunPage/templates")]),
        room(
            "Demo", ["Basics", "Catalog", "Diagnostics", "Store"],
            resources: [.embedInCode("scripts"), .embedInCode("templates")]),
        room(
            "REPL",
            [
                "Basics", "Calendars", "Catalog", "Diagnostics", "Formats", "LineEditor", "LuaRuntime",
                "Reports",
                "RuleCompiler",
                "Rules", "ScriptSyntax", "Simulator", "Store", "Templates",
            ]),
        room(
            "Commands",
            [
                "Basics", "Calendars", "Catalog", "Demo", "Diagnostics", "Formats", "Linter", "LuaRuntime",
                "Messages", "Plugins", "REPL", "Reports",
                "RuleCompiler", "Rules", "ScriptSyntax", "Scripts", "Simulator", "Store", "Tabular",
                "Templates",
                argumentParser,
            ]),
        .executableTarget(name: "moonletter", dependencies: ["Commands"], swiftSettings: strict),

        .executableTarget(
            name: "RuntimeBench",
            dependencies: ["Basics", "Catalog", "Formats", "LuaRuntime", "Rules", "Store", grdb, sqlite],
            path: "Benchmarks/RuntimeBench",
            swiftSettings: strict),

        .target(name: "CTestSupport"),
        room("TestSupport", ["CTestSupport", "Diagnostics"]),
        tests("Basics", ["Basics"]),
        tests("Diagnostics", ["Diagnostics"]),
        tests("LineEditor", ["LineEditor", "LineProbe", "TestSupport"]),
        // Reads chunks at a terminal and says what it got.
        .executableTarget(
            name: "LineProbe", dependencies: ["LineEditor"], path: "Tests/LineProbe", swiftSettings: strict),
        tests("Calendars", ["Basics", "Calendars", "Diagnostics"]),
        tests("Formats", ["Basics", "Catalog", "Formats", "TestSupport"]),
        tests("ScriptSyntax", ["Basics", "CLua", "Diagnostics", "ScriptSyntax", "TestSupport"]),
        tests(
            "Linter",
            [
                "Basics", "Catalog", "Diagnostics", "Linter", "LuaRuntime", "Rules", "ScriptSyntax",
                "TestSupport",
            ]),
        tests("RuleCompiler", ["Basics", "Catalog", "RuleCompiler", "ScriptSyntax", "TestSupport"]),
        tests("LuaRuntime", ["Diagnostics", "LuaRuntime", "TestSupport", sqlite]),
        tests("Tabular", ["Basics", "Diagnostics", "Tabular", "TestSupport"]),
        tests("Messages", ["Messages", "TestSupport"]),
        tests("Templates", ["Basics", "Catalog", "Diagnostics", "Templates", "TestSupport"]),
        tests("Store", ["Basics", "Catalog", "Diagnostics", "Store", "Tabular", "TestSupport", grdb]),
        tests("Demo", ["Basics", "Catalog", "Demo", "Store", grdb]),
        tests(
            "Rules",
            [
                "Basics", "Catalog", "Commands", "Diagnostics", "LuaRuntime", "Messages", "Rules", "Store",
                "TestSupport",
                grdb,
            ]),
        tests(
            "Plugins",
            [
                "Basics", "Calendars", "Diagnostics", "LuaRuntime", "Plugins", "Rules", "TestSupport",
                "moonletter",
            ]),
        tests(
            "Simulator",
            [
                "Basics", "Calendars", "Catalog", "Commands", "Demo", "Diagnostics", "LuaRuntime", "Rules",
                "Simulator", "Store", "TestSupport", grdb,
            ]),
        tests(
            "Pushdown",
            [
                "Basics", "Catalog", "Commands", "Diagnostics", "RuleCompiler", "Rules", "Simulator", "Store",
                "TestSupport", grdb,
            ]),
        tests("Reports", ["Basics", "Catalog", "Reports", "Store", "TestSupport"]),
        tests(
            "REPL",
            [
                "Basics", "Catalog", "Commands", "LineEditor", "LuaRuntime", "REPL", "Reports", "Rules",
                "Simulator", "Store", "TestSupport", "moonletter",
            ]),
        tests(
            "Commands",
            [
                "Catalog", "Commands", "Demo", "LuaRuntime", "Rules", "ScriptSyntax", "TestSupport",
                "moonletter",
            ]),
        tests("Scripts", ["Basics", "Scripts", "ScriptSyntax", "TestSupport", "moonletter"]),
        // Runs one hostile script in a process of its own.
        .executableTarget(
            name: "SandboxProbe",
            dependencies: [
                "Basics", "Catalog", "Commands", "Diagnostics", "LuaRuntime", "Rules", "Store", grdb,
            ],
            path: "Tests/SandboxProbe", swiftSettings: strict),
        .testTarget(
            name: "HostileTests", dependencies: ["LuaRuntime", "SandboxProbe", "TestSupport"],
            exclude: ["Cases"], swiftSettings: strict),
    ]
)
