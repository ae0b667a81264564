/// A lane's use of a budget for one kind of call.
package struct LaneStatus: Sendable, Hashable {
    /// The lane's name in the configuration.
    package let name: String
    /// The share of the budget per minute that is held back for the lane while it is in use, in percent.
    package let share: Int
    /// The calls that the lane has made in the last minute.
    package let calls: Int
    /// The number of the lane's calls that wait.
    package let waiting: Int
}
