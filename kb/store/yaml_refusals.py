"""The one table of what the YAML reader refuses: a code, its meaning and the way out.

The meaning is what an explanation of the code says; the message of one finding names the detail.
"""

from __future__ import annotations

from typing import NamedTuple


class Refusal(NamedTuple):
    """One kind of unusable YAML: `code` is stable, `hint` says what to do about it."""

    code: str
    meaning: str
    hint: str


class RefusedError(Exception):
    """A refusal met while composing; `mark` is its (line, column), both counted from 0."""

    def __init__(self, refusal: Refusal, mark: tuple[int, int], message: str, hint: str = "") -> None:
        super().__init__(message)
        self.refusal = refusal
        self.mark = mark
        self.message = message
        self.hint = hint or refusal.hint


MISSING = Refusal("KB001", "the file does not exist", "Check the spelling of the path.")
UNREADABLE = Refusal("KB002", "a file or folder that cannot be read or written", "Check its permissions.")
NOT_A_FILE = Refusal("KB003", "the path is not a regular file", "Name a file.")
TOO_LARGE = Refusal("KB004", "the file is larger than 2 MiB", "Split it into several files.")
NOT_UTF8 = Refusal("KB005", "the bytes are not UTF-8", "Save the file as UTF-8.")
CHARACTER = Refusal(
    "KB006",
    "a control, bidirectional-control or line-separator character",
    "Delete it: it is invisible, and can make text read as something it does not say.",
)
SYNTAX = Refusal("KB010", "the text is not YAML", "Compare the indentation with the lines above.")
EMPTY = Refusal("KB011", "the document is empty", "Write at least one key and its value.")
DOCUMENTS = Refusal("KB012", "the file holds more than one document", "Keep one per file.")
DIRECTIVE = Refusal("KB013", "a % directive", "Delete the line: no directive is needed.")
DUPLICATE = Refusal("KB014", "a key is given twice", "Keep one of the two.")
KEY = Refusal("KB015", "a key is not text", "Keys are text: put it in quotes.")
MERGE = Refusal("KB016", "a merge key <<", "Write the keys out where they are needed.")
ALIAS = Refusal("KB017", "an anchor or an alias", "Write the value out where it is needed.")
TAG = Refusal("KB018", "an explicit tag", "Delete the tag; put quotes round what must stay text.")
DATE = Refusal("KB019", "a date no calendar has", "Correct the day, or quote it if it is text.")
INTEGER = Refusal("KB020", "an integer of more than 18 digits", "Put it in quotes if it is text.")
DEPTH = Refusal("KB021", "values nested more than 40 deep", "Flatten the structure.")
LENGTH = Refusal("KB022", "a scalar of more than 20,000 characters", "Split the text.")
NODES = Refusal("KB023", "more than 200,000 nodes", "Split it into several files.")

REFUSALS: tuple[Refusal, ...] = tuple(
    entry for entry in list(globals().values()) if isinstance(entry, Refusal)
)
