"""Text as such: safe for a terminal, folded, cut into words and sentences with offsets. Knows nothing of articles."""
