"""Any words can stand in an XML file, and a reader sees where a character could not."""

from __future__ import annotations

from xml.etree import ElementTree
from xml.sax.saxutils import escape

from hypothesis import example, given
from hypothesis import strategies as st

from kb.xml_text import as_xml_text


@given(st.text(st.characters(), max_size=20))
@example("nul\x00 escape\x1b surrogate\ud800 no character\ufffe")
def test_any_text_is_read_back_with_a_sign_for_each_character_left_out(text: str) -> None:
    clean = as_xml_text(text)
    assert len(clean) == len(text)
    assert {new for old, new in zip(text, clean, strict=True) if old != new} <= {"\ufffd"}
    read = ElementTree.fromstring(f"<a>{escape(clean, {chr(13): '&#13;'})}</a>").text or ""
    assert read == clean
