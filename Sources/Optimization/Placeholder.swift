// (replaced when the target gets its first file)
