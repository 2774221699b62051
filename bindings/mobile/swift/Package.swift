// swift-tools-version: 6.0
import Foundation
import PackageDescription

// where `build.sh` puts the Rust library; the folder of another build may be named
let library = Context.environment["HANDFAST_LIBRARY"] ?? "\(Context.packageDirectory)/../../../target/debug"

// on Apple's platforms a framework that holds the library may lie here instead
let framework = "HandfastNative.xcframework"
let isFramed = FileManager.default.fileExists(atPath: "\(Context.packageDirectory)/\(framework)")

let package = Package(
    name: "Handfast",
    platforms: [.macOS(.v13), .iOS(.v16)],
    products: [.library(name: "Handfast", targets: ["Handfast"])],
    targets: [
        isFramed ? .binaryTarget(name: "HandfastNative", path: framework) : .systemLibrary(name: "HandfastNative"),
        .target(
            name: "Handfast",
            dependencies: ["HandfastNative"],
            linkerSettings: isFramed
                ? [] : [.unsafeFlags(["-L\(library)", "-Xlinker", "-rpath", "-Xlinker", library])]
        ),
        .testTarget(name: "HandfastTests", dependencies: ["Handfast"]),
    ],
    swiftLanguageModes: [.v6]
)
