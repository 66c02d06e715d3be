import CDigits
import LinearAlgebra
import Randomness

/// The embedded handwritten digits: 1,797 images of 8x8 pixels, and which digit each shows.
///
/// Optical Recognition of Handwritten Digits, E. Alpaydin and C. Kaynak (1998), UCI Machine Learning Repository,
/// https://doi.org/10.24432/C50P49, licence CC BY 4.0.
struct DigitImages {
    /// Grey levels from 0 (white) to 1 (black), `[1797 x 64]`, pixels row by row.
    let pixels: Matrix
    /// The digit that each image shows.
    let digits: [Int]

    init() {
        let rows = qmtl_digits_row_count()
        let pixelCount = qmtl_digits_row_size() - 1
        let bytes = UnsafeBufferPointer(start: qmtl_digits_bytes(), count: rows * (pixelCount + 1))
        let darkest: Float = 16
        var pixels = Matrix(rows: rows, columns: pixelCount)
        var digits: [Int] = []
        for row in 0..<rows {
            let image = bytes[row * (pixelCount + 1)..<(row + 1) * (pixelCount + 1)]
            for (pixel, level) in image.dropLast().enumerated() {
                pixels[row, pixel] = Float(level) / darkest
            }
            digits.append(Int(image[image.endIndex - 1]))
        }
        self.pixels = pixels
        self.digits = digits
    }

    /// Splits of 70 %, 15 % and 15 %, stratified by digit: always the same, so that results can be compared.
    func splits() -> [Split] {
        var generator = Philox(seed: 0, purpose: .split)
        return SplitAssignment.stratified(strata: digits, fractions: .standard, using: &generator)
    }
}
