"""What she marked: the basket, citations, export and the road to the clipboard."""
