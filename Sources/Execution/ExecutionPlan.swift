public struct ExecutionPlan: Sendable {}
