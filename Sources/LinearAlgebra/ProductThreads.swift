import COpenBLAS

/// The threads that matrix products run on.
public enum ProductThreads {
    /// Lets every following product use at most `count` threads.
    public static func limit(to count: Int) {
        precondition(count > 0, "products need a thread")
        openblas_set_num_threads(Int32(clamping: count))
    }
}
