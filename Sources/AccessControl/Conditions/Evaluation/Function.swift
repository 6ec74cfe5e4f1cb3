/// The functions of the standard.
enum Function: String, CaseIterable {
  case size, contains, startsWith, endsWith, matches, type, dyn
  case bool, int, uint, double, string, bytes, timestamp, duration
  case getFullYear, getMonth, getDate, getDayOfMonth, getDayOfWeek, getDayOfYear, getHours, getMinutes, getSeconds,
    getMilliseconds

  /// The part of a time that it asks for.
  var getter: TimeGetter? { TimeGetter(rawValue: rawValue) }
}
