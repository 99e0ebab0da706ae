"""From bytes to articles: readers, page cleaning, page splitting, outlets, dates, the pipeline and the store."""
