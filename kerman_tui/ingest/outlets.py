"""One name per outlet: a label or an address as some source wrote it in, the name that the house uses out.

The names stand in outlets.toml; what is not in the table keeps its own label, and what says nothing stays unknown.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources
from urllib.parse import urlsplit

from kerman_tui import places
from kerman_tui.ingest.draft import clean_title
from kerman_tui.text.fold import fold

_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}", re.IGNORECASE)
_DEPARTMENT = re.compile(r" ?(?:[-–—|:](?P<dash>[^-–—|:]+)|\((?P<bracket>[^()]+)\)) ?$")
_HOST_PREFIXES = ("www.", "m.", "mobile.", "amp.", "en.", "english.", "edition.", "www2.", "www1.")
_LONGEST = 80
_LONGEST_HOST = 253


@cache
def _tables() -> tuple[Mapping[str, str], Mapping[str, str], frozenset[str]]:
    """Labels to names, domains to names, and departments."""
    labels: dict[str, str] = {}
    domains: dict[str, str] = {}
    shipped = tomllib.loads(resources.files(__package__).joinpath("outlets.toml").read_text("utf-8"))
    try:
        own = tomllib.loads(places.read_whole(places.config_file().parent / "outlets.toml").decode("utf-8"))
    except (OSError, ValueError, RecursionError):
        own = {}
    for source in (shipped.get("outlets"), own.get("outlets")):
        if not isinstance(source, Mapping):
            continue
        for written, others in source.items():
            name = clean_title(str(written))
            labels[_key(name)] = name
            for other in others if isinstance(others, list) else []:
                if _DOMAIN.fullmatch(str(other)):
                    domains[str(other).lower()] = name
                labels[_key(str(other))] = name
    return labels, domains, frozenset(shipped["departments"]["names"])


def _key(label: str) -> str:
    words = [fold(word) for word in re.findall(r"[^\W_]+", label)]
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


@lru_cache(maxsize=4096)
def outlet_of_label(label: str) -> str | None:
    """The name for a label ("New York Times - Opinion"), a domain or an address; ``None`` when it names nothing."""
    label = clean_title(label)
    if not any(c.isalnum() for c in label):
        return None
    labels, _, departments = _tables()
    if known := labels.get(_key(label)):
        return known
    if "://" in label or _DOMAIN.fullmatch(label):
        return outlet_of_url(label)
    bare = label
    while (match := _DEPARTMENT.search(bare)) and match.start():
        if (match["dash"] or match["bracket"]).strip().lower() not in departments:
            break
        bare = bare[: match.start()]
        if known := labels.get(_key(bare)):
            return known
    return bare if len(bare) <= _LONGEST else bare[: _LONGEST - 1].rstrip() + "…"


@lru_cache(maxsize=4096)
def outlet_of_url(url: str) -> str | None:
    """The outlet that publishes under an address: from the table, else the bare domain; ``None`` for no web address."""
    if known := known_outlet_of_url(url):
        return known
    host = _host(url)
    if host is None:
        return None
    for prefix in _HOST_PREFIXES:
        if host.startswith(prefix) and host.count(".") > 1:
            return host[len(prefix) :]
    return host


@lru_cache(maxsize=4096)
def known_outlet_of_url(url: str) -> str | None:
    """The name that the table gives for an address, or ``None``."""
    parts = (_host(url) or "").split(".")
    domains = _tables()[1]
    found = (domains.get(".".join(parts[start:])) for start in range(len(parts) - 1))
    return next((name for name in found if name), None)


@lru_cache(maxsize=4096)
def known_outlet(text: str) -> str | None:
    """The name in the table that ``text`` is, word for word; ``None`` for anything else. For mastheads."""
    return _tables()[0].get(_key(text)) if len(text) <= _LONGEST else None


def _host(url: str) -> str | None:
    try:
        host = urlsplit(url if "://" in url else f"http://{url}").hostname or ""
    except ValueError:
        return None
    return host.lower() if len(host) <= _LONGEST_HOST and _DOMAIN.fullmatch(host) else None
