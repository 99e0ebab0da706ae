"""The corpus: opens articles from paths or by name, and answers every question about them."""

from kerman_tui.corpus.holding import ArticleNotFoundError, CorpusError
from kerman_tui.corpus.opening import Corpus

__all__ = ["ArticleNotFoundError", "Corpus", "CorpusError"]
