"""Two articles aligned, and passages, wording and stories over a whole corpus."""
