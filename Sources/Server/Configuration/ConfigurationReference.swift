/// The reference of every setting, made from the table. `docs/configuration.md` is this text; a test compares them.
enum ConfigurationReference {
  static let markdown: String =
    preface + Settings.parts.map { "\n## \($0.title)\n\n" + $0.rows.map(entry).joined(separator: "\n") }.joined()

  private static let preface = """
    # Configuration

    This page is written by `usher check-configuration --reference` from the table of settings; change the table, not the page.

    A setting can be given in three places. Later ones win: the configuration file, the environment, the command line.

    | where | how |
    | --- | --- |
    | file | YAML, one `setting: value` a line; name the file with `--configuration FILE` or `USHER_CONFIGURATION` |
    | environment | `USHER_PUBLIC_ADDRESS=https://usher.example.com` |
    | command line | `--public-address https://usher.example.com` |

    A setting that is not known, or a value that is not allowed, is an error that names it, its place (and line), and what is allowed. Usher does
    not start then, and says everything that is wrong at once. `usher check-configuration` tells what is in force and where it was given.

    No setting is a secret itself: secrets are read from files that the settings name, so that neither the process list nor this output shows one.
    Times are a whole number and a unit: `90s`, `5m`, `8h`, `14d`.

    """

  private static func entry(_ row: SettingRow) -> String {
    """
    ### `\(row.name)`

    \(row.meaning)

    - must be \(row.allowed)
    - standard: \(row.standard.isEmpty ? "nothing" : "`\(row.standard)`")
    - `\(row.variable)`, `\(row.flag)`

    """
  }
}
