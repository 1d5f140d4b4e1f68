"""What XML may hold: SVG pictures, feeds and JUnit files take any words, also those of a careless source."""

from __future__ import annotations

import re

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_xml_text(text: str) -> str:
    """Text in which U+FFFD stands for each character that no XML may hold, not even as an entity."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
