"""What words can be in the grammar of names and titles."""

from __future__ import annotations

from enum import IntFlag


class Word(IntFlag):
    """What a word, whatever its case, can be in the grammar of names and titles."""

    FUNCTION = 1
    CALENDAR = 2
    ORGANISATION = 4
    PLACE = 8
    LEADER = 16
    PLAIN = 32
    HONORIFIC = 64
    MODIFIER = 128
    PORTFOLIO = 256
    GIVEN = 512
    SPEECH = 1024
    LINK = 2048
    COMMON = 4096
    THING = 8192
    PLURAL = 16384
    RANK = 32768
    PLACE_START = 65536
    BODY = 131072
    TRANSLITERATED = 262144
