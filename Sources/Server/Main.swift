internal import Hummingbird
internal import Yams
internal import ArgumentParser
internal import ServiceLifecycle
internal import GRDB
internal import Crypto
internal import Mustache
internal import NIOPosix
internal import NIOHTTP1
@main struct M { static func main() {} }
